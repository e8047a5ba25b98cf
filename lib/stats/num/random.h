/* Random numbers for statistics: streams by seed and number, in memory of the caller's. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_RANDOM_H
#define ATN_STATS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/*
 * The generator is GSL's mt19937. A seed of 64 bits names a family of 2^32 - 1 streams; each stream
 * is the generator seeded anew, and no two streams of a family begin alike. Two streams of
 * different families are the same with a chance of 2^-32.
 *
 * Bits: words, uniforms and shuffles are integers and exact quotients, the same on every machine.
 * A normal is a quotient of two of them, exact too; only whether a pair is taken can hang on the
 * last bit of log(), in fewer than one of 10^14 pairs. Functions such as exp() that a caller
 * applies to them are rounded as that machine's libm does.
 */
typedef struct atn_random {
    void *state;
    uint32_t base;
} atn_random;

/* Bytes of state that a random source works in. */
size_t atn_random_size(void);

/* Take state, aligned for any type, and stand at the beginning of stream 0 of the seed's family. */
void atn_random_begin(atn_random *random, void *state, uint64_t seed);

/* Go to the beginning of another stream of the family; number below 2^32 - 1. */
void atn_random_stream(atn_random *random, uint32_t number);

/* Within [0, 1), in steps of 2^-32. */
double atn_random_uniform(atn_random *random);

/* Standard normal. */
double atn_random_normal(atn_random *random);

/* 1 with this probability, else 0; takes one uniform. */
int atn_random_chance(atn_random *random, double probability);

/* A whole number from low to high, both included; high - low below 2^32. */
int64_t atn_random_between(atn_random *random, int64_t low, int64_t high);

/* Into random order, every order as likely: n things of size bytes each, n below 2^32. */
void atn_random_shuffle(atn_random *random, void *things, size_t n, size_t size);

#endif
