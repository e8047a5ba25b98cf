/* How long every statistic of one client of 20 sessions takes, and that none allocates. */
/* SPDX-License-Identifier: MIT */
#include <attune/trend.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SESSIONS = 20, CLIENTS = 100, ROUNDS = 300 };

static unsigned long allocations;

/* Linked with --wrap: every allocation of the program passes here. */
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size)
{
    allocations++;
    return __real_malloc(size);
}

static double x[CLIENTS * SESSIONS], y[CLIENTS * SESSIONS];
static uint64_t starts[CLIENTS + 1];
static attune_trend trends[CLIENTS];
static attune_status statuses[CLIENTS];

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Distress that falls by half a point a session, with noise of a few points. */
static void make_clinic(void)
{
    unsigned random = 1;
    for (size_t i = 0; i < (size_t)CLIENTS * SESSIONS; i++) {
        random = random * 1664525u + 1013904223u;
        x[i] = (double)(i % SESSIONS + 1);
        y[i] = 24 - (double)(i % SESSIONS) / 2 + (double)(random >> 24) / 32;
        y[i] = (double)(int)y[i];
    }
    for (size_t g = 0; g <= CLIENTS; g++)
        starts[g] = g * SESSIONS;
}

/* The shortest of several rounds: what the work takes when nothing else runs. */
static double best_round(void *work, size_t size)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now(), took;
        trends[0].struct_size = sizeof trends[0];
        if (attune_trend_scan(starts, CLIENTS, x, y, (size_t)CLIENTS * SESSIONS, work, size, trends,
                              statuses, NULL) != ATTUNE_OK)
            return 1e9;
        took = now() - start;
        best = took < best ? took : best;
    }
    return best / CLIENTS * 1e6;
}

int main(void)
{
    size_t size = attune_trend_work(SESSIONS);
    void *work = malloc(size);
    make_clinic();
    unsigned long before = allocations;
    double took = work ? best_round(work, size) : 1e9;
    unsigned long during = allocations - before;
    free(work);
    printf("trend, %d sessions: %.2f us a client (goal 40)\n", SESSIONS, took);
    printf("allocations: %lu (goal 0)\n", during);
    return took < 40 && during == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
