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
 * has the therapist's ratings and distress as well, how much more that is, and its share of what
 * the particle filter finds that knows the world and sees the client's alliance. Seeds as main.c.
 */
enum { DEVELOPMENT = 20261102, HELD_OUT = 27182818, PARTICLES_SEED = 7, SETS = 8 };

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

enum { SINGLE, JOINT, IDEAL, IDEAL_BEGAN, METHODS };
typedef struct bench {
    attune_watch *watch[2];
    ideal ideal;
    tally tally[METHODS];
} bench;

static void judge(bench *b, const attune_world *world, const course *c)
{
    verdict v;
    for (int m = SINGLE; m <= JOINT; m++) {
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

static const double rates[] = { .02, .05, .10 };

typedef struct asked {
    const bench *bench;
    int rate;
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
    return found(of, JOINT, without);
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

static void print_three(const bench *b, tally_figure *figure, int difference)
{
    for (int r = 0; r < 3; r++) {
        asked a = { b, r };
        estimate e = tally_estimate(figure, &a);
        if (difference)
            printf(" %+.3f(%.0f)", e.value, 1000 * e.error);
        else
            printf(" %.3f", e.value);
    }
    printf(" |");
}

static void print_chances(const bench *b)
{
    static const int methods[] = { SINGLE, JOINT };
    for (int i = 0; i < 2; i++)
        printf(" %.3f %.3f |", tally_miscalibration(&b->tally[methods[i]].began, -1),
               tally_miscalibration(&b->tally[methods[i]].open, -1));
}

static void print_world(const char *name, const char *reading, bench *b)
{
    for (int m = 0; m < METHODS; m++)
        tally_end(&b->tally[m]);
    printf("%-16s %s |", name, reading);
    print_three(b, by_single, 0);
    print_three(b, by_joint, 0);
    print_three(b, more, 1);
    if (b->ideal.n > 0) {
        print_three(b, by_ideal, 0);
        print_three(b, more_than_ideal, 1);
    }
    print_chances(b);
    printf("\n");
    fflush(stdout);
}

static void run_reading(size_t w, const struct reading *reading, const options *o)
{
    attune_world world;
    attune_constants constants;
    bench b = { .ideal.n = o->particles };
    course c;
    size_t n = (size_t)o->particles;
    void *work, *state = room(atn_random_size());
    require(accuracy_world(w, &world, &constants) && accuracy_follow(reading->world, &world),
            "a world");
    work = room(attune_simulate_work(&world));
    b.watch[SINGLE] = watch_of("rupture_filter", &constants, 0, NULL);
    b.watch[JOINT] = watch_of("rupture_joint", &constants, 1, o->sets);
    b.ideal.particle = room(n * sizeof(particle) + 1);
    b.ideal.drawn = room(n * sizeof(particle) + 1);
    b.ideal.weight = room(n * sizeof(double) + 1);
    atn_random_begin(&b.ideal.random, state, PARTICLES_SEED);
    for (uint64_t i = 0; i < o->clients; i++) {
        require(course_make(&world, o->seed + w, i, work, &c), "a course");
        judge(&b, &world, &c);
    }
    print_world(accuracy_name(w), reading->name, &b);
    for (int m = 0; m < METHODS; m++)
        tally_free(&b.tally[m]);
    attune_watch_free(b.watch[SINGLE]);
    attune_watch_free(b.watch[JOINT]);
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
        for (int r = 0; r < READINGS; r++)
            if (!o.world || strcmp(o.world, accuracy_name(w)) == 0)
                run_reading(w, &readings[r], &o);
    return EXIT_SUCCESS;
}
