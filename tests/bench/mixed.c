/* How long a mixed model of 100,000 clients of 12 sessions takes, and how much memory. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/response/mixed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { CLIENTS = 100000, SESSIONS = 12, ROUNDS = 3 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Nearly normal: twelve uniform numbers. */
static double draw(uint32_t *seed)
{
    double sum = -6;
    for (int k = 0; k < 12; k++) {
        *seed = *seed * 1664525u + 1013904223u;
        sum += (double)(*seed >> 8) / 16777216.0;
    }
    return sum;
}

static void make_clinic(double *x, double *y, uint64_t *starts, size_t clients)
{
    uint32_t seed = 1;
    for (size_t g = 0; g < clients; g++) {
        double level = draw(&seed), slope = draw(&seed);
        for (size_t s = 0; s < SESSIONS; s++) {
            size_t i = g * SESSIONS + s;
            x[i] = log((double)s + 1);
            y[i] = 22 + 5 * level - (3 + 1.5 * slope - 0.5 * level) * x[i] + 3 * draw(&seed);
        }
        starts[g + 1] = starts[g] + SESSIONS;
    }
}

static double best_round(const atn_mixed_data *data, double *work, atn_mixed *fit)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now(), took;
        if (atn_mixed_fit(data, work, fit, NULL) != ATTUNE_OK)
            return 1e9;
        took = now() - start;
        best = took < best ? took : best;
    }
    return best;
}

/* A tenth of the clients, and all: time goes with the rows. */
int main(void)
{
    size_t rows = (size_t)CLIENTS * SESSIONS;
    double *x = malloc(rows * sizeof *x), *y = malloc(rows * sizeof *y);
    double *work = malloc(atn_mixed_work(CLIENTS, 1) * sizeof *work), tenth = 1e9, all = 1e9, mb;
    uint64_t *starts = calloc(CLIENTS + 1, sizeof *starts);
    atn_mixed fit = { .p = 0 };
    struct rusage usage;
    if (x && y && work && starts) {
        make_clinic(x, y, starts, CLIENTS);
        atn_mixed_data data = { .y = y,
                                .x = { x },
                                .n_x = 1,
                                .z = x,
                                .starts = starts,
                                .n_groups = CLIENTS / 10,
                                .structure = ATN_MIXED_SLOPE,
                                .reml = 1 };
        tenth = best_round(&data, work, &fit);
        data.n_groups = CLIENTS;
        all = best_round(&data, work, &fit);
    }
    getrusage(RUSAGE_SELF, &usage);
    mb = (double)usage.ru_maxrss / 1024;
    free(x);
    free(y);
    free(work);
    free(starts);
    printf("mixed model, %d x %d: %.3f s, %d iterations (goal 1.5)\n", CLIENTS, SESSIONS, all,
           (int)fit.iterations);
    printf("a tenth of the clients: %.3f s\n", tenth);
    printf("memory with the rows: %.0f MB (goal 200)\n", mb);
    return all < 1.5 && mb < 200 ? EXIT_SUCCESS : EXIT_FAILURE;
}
