/* How long sup-F and run lengths of a course take, of 20 sessions and of 100. */
/* SPDX-License-Identifier: MIT */
#include <attune/changepoint.h>
#include <attune/runlength.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SHORT = 20, LONG = 100, ROUNDS = 2000, PERMUTATIONS = 999 };

static double y[LONG];
static attune_runlength runs[LONG];

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Near normal scores, two sd lower in the second half. */
static void make_course(size_t n)
{
    unsigned random = 7;
    for (size_t i = 0; i < n; i++) {
        y[i] = i < n / 2 ? -6.0 : -8.0;
        for (int j = 0; j < 12; j++) {
            random = random * 1664525u + 1013904223u;
            y[i] += (double)(random >> 8) / 16777216.0;
        }
    }
}

static attune_status test(int32_t permutations, size_t n, void *work, size_t size)
{
    attune_supf found = { .struct_size = sizeof found };
    return attune_supf_fit(ATTUNE_CHANGEPOINT_MEAN, 0.15, permutations, 1, y, n, work, size, &found,
                           NULL);
}

static attune_status follow(int32_t cap, size_t n, void *work, size_t size)
{
    attune_runlength_options o = ATTUNE_RUNLENGTH_OPTIONS_INIT;
    o.cap = cap;
    o.m = o.b = NAN;
    runs->struct_size = sizeof *runs;
    return attune_runlength_fit(&o, y, n, work, size, runs, NULL);
}

/* The shortest of several rounds, in microseconds: what the work takes when nothing else runs. */
static double best_round(attune_status (*call)(int32_t, size_t, void *, size_t), int32_t option,
                         size_t n, int rounds, void *work, size_t size)
{
    double best = 1e9;
    make_course(n);
    for (int round = 0; round < rounds; round++) {
        double start = now(), took;
        if (call(option, n, work, size) != ATTUNE_OK)
            return 1e9;
        took = (now() - start) * 1e6;
        best = took < best ? took : best;
    }
    return best;
}

int main(void)
{
    static const struct {
        const char *name;
        attune_status (*call)(int32_t, size_t, void *, size_t);
        int32_t option;
        size_t n;
        int rounds;
        double bound; /* microseconds */
    } cases[] = {
        { "sup-F without p", test, 0, SHORT, ROUNDS, 10.0 },
        { "sup-F with 999 orders", test, PERMUTATIONS, SHORT, ROUNDS / 20, 2000.0 },
        { "sup-F without p", test, 0, LONG, ROUNDS, 50.0 },
        { "run lengths", follow, 128, SHORT, ROUNDS, 100.0 },
        { "run lengths", follow, 128, LONG, ROUNDS / 20, 2000.0 },
    };
    const size_t size = attune_supf_work(LONG) + attune_runlength_work(128);
    void *work = malloc(size);
    int code = work ? EXIT_SUCCESS : EXIT_FAILURE;
    for (size_t i = 0; work && i < sizeof cases / sizeof *cases; i++) {
        double took =
            best_round(cases[i].call, cases[i].option, cases[i].n, cases[i].rounds, work, size);
        printf("%s of %zu scores: %.1f us (bound %.0f)\n", cases[i].name, cases[i].n, took,
               cases[i].bound);
        code = took < cases[i].bound ? code : EXIT_FAILURE;
    }
    free(work);
    return code;
}
