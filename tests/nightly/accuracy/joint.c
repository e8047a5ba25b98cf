/* What the therapist and distress add to the filter, in both readings of what they follow. */
/* SPDX-License-Identifier: MIT */
#include "tests/nightly/accuracy/rules.h"
#include "tests/nightly/accuracy/worlds.h"
#include "tests/simulate/ideal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * accuracy_joint [--held-out] [--clients N] [--particles N] [--world NAME] [--set PARAM=VALUE]...
 *
 * Prints two lines a world, one a reading: what rupture_filter finds, what rupture_joint finds that
 * has the therapist's ratings and distress as well, how much more that is, and how much more than
 * what the particle filter finds that knows the world and sees the client's alliance; then how far
 * the chances of both are off. Held-out courses are those of main.c, so alliance, and what is found
 * in it alone, are the same; development has a seed of its own.
 */
enum { DEVELOPMENT = 20261102, HELD_OUT = 31415927, PARTICLES_SEED = 7, SETS = 8 };

typedef struct options {
    uint64_t seed, clients;
    int32_t particles;
    const char *world, *sets[SETS + 1];
} options;

/* What others follow of the client's deviation; the correlations stay what was published. */
static const struct reading {
    const char *name, *world;
} readings[] = { { "state", "default" }, { "score", "echo" } };
enum { READINGS = sizeof readings / sizeof *readings };

enum { SINGLE, IDEAL, IDEAL_BEGAN, JOINT, METHODS = JOINT + READINGS };
typedef struct bench {
    attune_watch *single, *joint;
    ideal ideal;
    tally tally[METHODS];
} bench;

static void judge_alone(bench *b, const attune_world *world, const course *c)
{
    verdict v;
    scan(b->single, c, &v);
    tally_add(&b->tally[SINGLE], c, &v);
    if (b->ideal.n == 0)
        return;
    ideal_judge(&b->ideal, world, c, &v);
    tally_add(&b->tally[IDEAL], c, &v);
    memcpy(v.statistic, v.began, sizeof v.statistic);
    tally_add(&b->tally[IDEAL_BEGAN], c, &v);
}

/* The client's alliance is the same in both readings. */
static void judge(bench *b, const attune_world *worlds, uint64_t seed, uint64_t client, void *work)
{
    course c;
    verdict v;
    for (int r = 0; r < READINGS; r++) {
        require(course_make(&worlds[r], seed, client, work, &c), "a course");
        scan(b->joint, &c, &v);
        tally_add(&b->tally[JOINT + r], &c, &v);
    }
    judge_alone(b, &worlds[0], &c);
}

static const double rates[] = { .02, .05, .10 };

typedef struct asked {
    const bench *bench;
    int rate, reading;
} asked;

static double found(const asked *a, int method, int32_t without)
{
    return tally_sensitivity(&a->bench->tally[method], rates[a->rate], without);
}

static double by_single(const void *of, int32_t without)
{
    return found(of, SINGLE, without);
}

static double by_joint(const void *of, int32_t without)
{
    return found(of, JOINT + ((const asked *)of)->reading, without);
}

static double by_ideal(const void *of, int32_t without)
{
    return fmax(found(of, IDEAL, without), found(of, IDEAL_BEGAN, without));
}

static double more(const void *of, int32_t without)
{
    return by_joint(of, without) - by_single(of, without);
}

static double more_than_ideal(const void *of, int32_t without)
{
    return by_joint(of, without) - by_ideal(of, without);
}

static void print_three(const bench *b, int reading, tally_figure *figure, int difference)
{
    for (int r = 0; r < 3; r++) {
        asked a = { b, r, reading };
        estimate e = tally_estimate(figure, &a);
        if (difference)
            printf(" %+.3f(%.0f)", e.value, 1000 * e.error);
        else
            printf(" %.3f", e.value);
    }
    printf(" |");
}

static void print_chances(const tally *t)
{
    printf(" %.3f %.3f |", tally_miscalibration(&t->began, -1), tally_miscalibration(&t->open, -1));
}

static void print_reading(const char *name, int reading, const bench *b)
{
    printf("%-16s %s |", name, readings[reading].name);
    print_three(b, reading, by_single, 0);
    print_three(b, reading, by_joint, 0);
    print_three(b, reading, more, 1);
    if (b->ideal.n > 0) {
        print_three(b, reading, by_ideal, 0);
        print_three(b, reading, more_than_ideal, 1);
    }
    print_chances(&b->tally[SINGLE]);
    print_chances(&b->tally[JOINT + reading]);
    printf("\n");
    fflush(stdout);
}

static void run_world(size_t w, const options *o)
{
    attune_world worlds[READINGS];
    attune_constants constants;
    bench b = { .ideal.n = o->particles };
    size_t n = (size_t)o->particles;
    void *work, *state = room(atn_random_size());
    for (int r = 0; r < READINGS; r++)
        require(accuracy_world(w, &worlds[r], &constants) &&
                    accuracy_follow(readings[r].world, &worlds[r]),
                "a world");
    work = room(attune_simulate_work(&worlds[0]));
    b.single = watch_of("rupture_filter", &constants, 0, NULL);
    b.joint = watch_of("rupture_joint", &constants, 1, o->sets);
    b.ideal.particle = room(n * sizeof(particle) + 1);
    b.ideal.drawn = room(n * sizeof(particle) + 1);
    b.ideal.weight = room(n * sizeof(double) + 1);
    atn_random_begin(&b.ideal.random, state, PARTICLES_SEED);
    for (uint64_t i = 0; i < o->clients; i++)
        judge(&b, worlds, o->seed + w, i, work);
    for (int m = 0; m < METHODS; m++)
        tally_end(&b.tally[m]);
    for (int r = 0; r < READINGS; r++)
        print_reading(accuracy_name(w), r, &b);
    for (int m = 0; m < METHODS; m++)
        tally_free(&b.tally[m]);
    attune_watch_free(b.single);
    attune_watch_free(b.joint);
    free(b.ideal.particle);
    free(b.ideal.drawn);
    free(b.ideal.weight);
    free(state);
    free(work);
}

static options options_of(int argc, char **argv)
{
    options o = { .seed = DEVELOPMENT, .clients = 4000, .particles = 2000 };
    int n = 0;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--held-out") == 0) {
            o.seed = HELD_OUT;
            continue;
        }
        i++;
        if (strcmp(argv[i - 1], "--clients") == 0)
            o.clients = strtoull(value, NULL, 10);
        else if (strcmp(argv[i - 1], "--particles") == 0)
            o.particles = (int32_t)strtol(value, NULL, 10);
        else if (strcmp(argv[i - 1], "--world") == 0)
            o.world = value;
        else if (strcmp(argv[i - 1], "--set") == 0 && n < SETS)
            o.sets[n++] = value;
        else
            require(0, "see the first lines of joint.c for what it takes");
    }
    return o;
}

int main(int argc, char **argv)
{
    options o = options_of(argc, argv);
    for (size_t w = 0; w < accuracy_worlds; w++)
        if (!o.world || strcmp(o.world, accuracy_name(w)) == 0)
            run_world(w, &o);
    return EXIT_SUCCESS;
}
