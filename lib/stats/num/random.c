/* Random streams: a seed of 64 bits and a stream's number become a generator's own seed. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/random.h"

#include "lib/stats/num/num.h"

/* Seeds of the generator: 1 to 2^32 - 1, for it takes 0 for another one. */
#define SEEDS UINT64_C(4294967295)

size_t atn_random_size(void)
{
    return atn_rng_size();
}

static void seed_with(atn_random *random, uint64_t number)
{
    atn_rng_seed(random->state, (uint32_t)(1 + number % SEEDS));
}

/* The generator itself scatters the seed, 22 bits at a time, so that near seeds lie far apart. */
void atn_random_begin(atn_random *random, void *state, uint64_t seed)
{
    random->state = state;
    random->base = 0;
    for (int shift = 0; shift < 64; shift += 22) {
        seed_with(random, random->base + (seed >> shift & 0x3fffff));
        random->base = atn_rng_word(state);
    }
    atn_random_stream(random, 0);
}

void atn_random_stream(atn_random *random, uint32_t number)
{
    seed_with(random, (uint64_t)random->base + number);
}

double atn_random_uniform(atn_random *random)
{
    return atn_rng_uniform(random->state);
}

double atn_random_normal(atn_random *random)
{
    return atn_rng_normal(random->state);
}

int atn_random_chance(atn_random *random, double probability)
{
    return atn_random_uniform(random) < probability;
}

int64_t atn_random_between(atn_random *random, int64_t low, int64_t high)
{
    double count = (double)(high - low) + 1.0;
    return low + (int64_t)(atn_random_uniform(random) * count);
}

void atn_random_shuffle(atn_random *random, void *things, size_t n, size_t size)
{
    atn_rng_shuffle(random->state, things, n, size);
}
