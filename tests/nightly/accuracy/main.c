/* How much the filter finds of what can be found, and whether its chances are true. */
/* SPDX-License-Identifier: MIT */
#include "tests/nightly/accuracy/rules.h"
#include "tests/nightly/accuracy/worlds.h"
#include "tests/simulate/ideal.h"

#include <attune/attune.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * accuracy [--held-out] [--clients N] [--particles N] [--world NAME] [--set PARAM=VALUE]
 *          [--learn COURSES]
 *
 * Prints a line a world. Settings of the filter are chosen on the seed of development, and what is
 * reported is measured on the held-out one, which nothing was chosen on. With --learn the filter
 * first learns from so many courses of the world, which are on a seed of their own.
 */
enum { DEVELOPMENT = 20261101, HELD_OUT = 31415927, CLINIC = 16180339, PARTICLES_SEED = 7 };

typedef struct options {
    uint64_t seed, clients;
    int32_t particles;
    size_t learn; /* 0: it learns nothing */
    const char *world, *set;
} options;

/* The methods that are compared in one world. */
enum { FILTER, OWN_RANGE, IDEAL, IDEAL_BEGAN, METHODS };
typedef struct bench {
    attune_watch *watch[2]; /* FILTER and OWN_RANGE */
    ideal ideal;
    tally tally[METHODS];
} bench;

static void judge(bench *b, const attune_world *world, const course *c)
{
    verdict v;
    for (int m = FILTER; m <= OWN_RANGE; m++) {
        scan(b->watch[m], c, &v);
        tally_add(&b->tally[m], c, &v);
    }
    if (b->ideal.n == 0)
        return;
    ideal_judge(&b->ideal, world, c, &v);
    tally_add(&b->tally[IDEAL], c, &v);
    memcpy(v.statistic, v.began, sizeof v.statistic);
    tally_add(&b->tally[IDEAL_BEGAN], c, &v);
}

/* ---- Figures of a world ---- */

static const double rates[] = { .02, .05, .10 };

typedef struct asked {
    const bench *bench;
    int method, rate;
} asked;

static double sensitivity(const void *of, int32_t without)
{
    const asked *a = of;
    return tally_sensitivity(&a->bench->tally[a->method], rates[a->rate], without);
}

/* To the better of the two statistics that the ideal's chances give. */
static double ratio(const void *of, int32_t without)
{
    const asked *a = of;
    const tally *t = a->bench->tally;
    double best = fmax(tally_sensitivity(&t[IDEAL], rates[a->rate], without),
                       tally_sensitivity(&t[IDEAL_BEGAN], rates[a->rate], without));
    return tally_sensitivity(&t[a->method], rates[a->rate], without) / best;
}

static double off_began(const void *of, int32_t without)
{
    return tally_miscalibration(
        &((const asked *)of)->bench->tally[((const asked *)of)->method].began, without);
}

static double off_open(const void *of, int32_t without)
{
    return tally_miscalibration(
        &((const asked *)of)->bench->tally[((const asked *)of)->method].open, without);
}

static void print_three(const bench *b, tally_figure *figure, int method, int with_error)
{
    for (int r = 0; r < 3; r++) {
        asked a = { b, method, r };
        estimate e = tally_estimate(figure, &a);
        if (with_error)
            printf(" %.3f(%02.0f)", e.value, 1000 * e.error);
        else
            printf(" %.3f", e.value);
    }
    printf(" |");
}

static void print_one(const bench *b, tally_figure *figure, int method)
{
    asked a = { b, method, 0 };
    estimate e = tally_estimate(figure, &a);
    printf(" %.4f(%02.0f)", e.value, 10000 * e.error);
}

static void print_world(const char *name, bench *b)
{
    for (int m = 0; m < METHODS; m++)
        tally_end(&b->tally[m]);
    printf("%-16s|", name);
    print_three(b, sensitivity, FILTER, 1);
    print_three(b, sensitivity, OWN_RANGE, 0);
    if (b->ideal.n > 0) {
        print_three(b, sensitivity, IDEAL, 0);
        print_three(b, sensitivity, IDEAL_BEGAN, 0);
        print_three(b, ratio, FILTER, 1);
    }
    print_one(b, off_began, FILTER);
    print_one(b, off_open, FILTER);
    printf(" | %+.4f %+.4f", tally_excess(&b->tally[FILTER].began, -1),
           tally_excess(&b->tally[FILTER].open, -1));
    if (b->ideal.n > 0) {
        printf(" |");
        print_one(b, off_began, IDEAL);
        print_one(b, off_open, IDEAL);
    }
    printf("\n");
    fflush(stdout);
}

static void run_world(size_t w, const options *o)
{
    attune_world world;
    attune_constants constants;
    const char *sets[] = { o->set, NULL };
    bench b = { .ideal.n = o->particles };
    course c;
    size_t n = (size_t)o->particles, work_size;
    void *work, *state = room(atn_random_size());
    require(accuracy_world(w, &world, &constants), "a world");
    work_size = attune_simulate_work(&world);
    work = room(work_size);
    b.watch[FILTER] = o->learn > 0 ? watch_learnt(&constants, &world, CLINIC + w, o->learn)
                                   : watch_of("rupture_filter", &constants, 0, sets);
    b.watch[OWN_RANGE] = watch_of("own_range", &constants, 0, NULL);
    b.ideal.particle = room(n * sizeof(particle) + 1);
    b.ideal.drawn = room(n * sizeof(particle) + 1);
    b.ideal.weight = room(n * sizeof(double) + 1);
    atn_random_begin(&b.ideal.random, state, PARTICLES_SEED);
    for (uint64_t i = 0; i < o->clients; i++) {
        require(course_make(&world, o->seed + w, i, work, &c), "a course");
        judge(&b, &world, &c);
    }
    print_world(accuracy_name(w), &b);
    for (int m = 0; m < METHODS; m++)
        tally_free(&b.tally[m]);
    attune_watch_free(b.watch[FILTER]);
    attune_watch_free(b.watch[OWN_RANGE]);
    free(b.ideal.particle);
    free(b.ideal.drawn);
    free(b.ideal.weight);
    free(state);
    free(work);
}

static options options_of(int argc, char **argv)
{
    options o = { .seed = DEVELOPMENT, .clients = 4000, .particles = 2000 };
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
        else if (strcmp(argv[i - 1], "--learn") == 0)
            o.learn = strtoull(value, NULL, 10);
        else if (strcmp(argv[i - 1], "--world") == 0)
            o.world = value;
        else if (strcmp(argv[i - 1], "--set") == 0)
            o.set = value;
        else
            require(0, "see the first lines of main.c for what it takes");
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
