/* How long the best partition of 1,000 scores takes, with no change, nine, and one every twenty. */
/* SPDX-License-Identifier: MIT */
#include <attune/changepoint.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROWS = 1000, ROUNDS = 200 };

static double y[ROWS];
static attune_changepoint found[ROWS];

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Near normal scores, two sd higher in every other stretch of the given length. */
static void make_course(size_t stretch)
{
    unsigned random = 7;
    for (size_t i = 0; i < ROWS; i++) {
        y[i] = i / stretch % 2 == 0 ? -6.0 : -4.0;
        for (int j = 0; j < 12; j++) {
            random = random * 1664525u + 1013904223u;
            y[i] += (double)(random >> 8) / 16777216.0;
        }
    }
}

/* The shortest of several rounds, in microseconds: what the work takes when nothing else runs. */
static double best_round(void *work, size_t size, size_t *count)
{
    const attune_changepoint_options o = ATTUNE_CHANGEPOINT_OPTIONS_INIT;
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now(), took;
        found->struct_size = sizeof *found;
        if (attune_changepoint_fit(&o, y, ROWS, work, size, found, ROWS, count, NULL, NULL) !=
            ATTUNE_OK)
            return 1e9;
        took = (now() - start) * 1e6;
        best = took < best ? took : best;
    }
    return best;
}

int main(void)
{
    const attune_changepoint_options o = ATTUNE_CHANGEPOINT_OPTIONS_INIT;
    const size_t stretches[] = { ROWS, 100, 20 };
    size_t size = attune_changepoint_work(&o, ROWS), count = 0;
    void *work = malloc(size);
    int code = work ? EXIT_SUCCESS : EXIT_FAILURE;
    for (size_t i = 0; work && i < sizeof stretches / sizeof *stretches; i++) {
        make_course(stretches[i]);
        double took = best_round(work, size, &count);
        printf("partition of %d scores: %zu changes in %.0f us (bound 200)\n", ROWS, count, took);
        code = took < 200 ? code : EXIT_FAILURE;
    }
    free(work);
    return code;
}
