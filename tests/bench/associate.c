/* How long the associations of 100,000 clients of 12 sessions take, and how much memory. */
/* SPDX-License-Identifier: MIT */
#include <attune/associate.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { CLIENTS = 100000, SESSIONS = 12 };

#define GOAL 4.0 /* seconds: nine mixed models and four robust fits */

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

static void make_clinic(const attune_sessions *s, uint64_t *starts, int32_t *session,
                        double *scores)
{
    uint32_t seed = 1;
    for (size_t g = 0; g < s->n_clients; g++) {
        double level = draw(&seed), state = 0;
        for (size_t k = 0; k < SESSIONS; k++) {
            size_t i = g * SESSIONS + k;
            session[i] = (int32_t)k + 1;
            scores[s->n_rows + i] = 22 - 3 * level - (double)k - 2 * state + 3 * draw(&seed);
            state = 0.4 * state + 0.5 * draw(&seed);
            scores[i] = 5 + 0.7 * level + state;
            scores[2 * s->n_rows + i] = 3 + 0.3 * level + 0.7 * draw(&seed);
        }
        starts[g + 1] = starts[g] + SESSIONS;
    }
}

static double time_of(attune_sessions s, uint64_t clients, void *work, size_t size)
{
    attune_association found[ATTUNE_ASSOCIATIONS_MAX] = { { .struct_size = sizeof found[0] } };
    double start = now();
    size_t n = 0;
    s.n_clients = clients;
    if (attune_associate_fit(NULL, &s, work, size, found, ATTUNE_ASSOCIATIONS_MAX, &n, NULL) !=
        ATTUNE_OK)
        return 1e9;
    return now() - start;
}

/* A tenth of the clients, and all: time goes with the rows. */
int main(void)
{
    uint64_t rows = (uint64_t)CLIENTS * SESSIONS;
    size_t size = attune_associate_work(CLIENTS, rows);
    uint64_t *starts = calloc(CLIENTS + 1, sizeof *starts);
    int32_t *session = malloc(rows * sizeof *session);
    double *scores = malloc(3 * rows * sizeof *scores), tenth = 1e9, all = 1e9;
    void *work = malloc(size);
    struct rusage usage;
    if (starts && session && scores && work) {
        const attune_sessions s = { sizeof s, CLIENTS, rows,          starts,
                                    session,  scores,  scores + rows, scores + 2 * rows };
        make_clinic(&s, starts, session, scores);
        tenth = time_of(s, CLIENTS / 10, work, size);
        all = time_of(s, CLIENTS, work, size);
    }
    getrusage(RUSAGE_SELF, &usage);
    free(starts);
    free(session);
    free(scores);
    free(work);
    printf("associations, %d x %d: %.2f s (goal %.0f)\n", CLIENTS, SESSIONS, all, GOAL);
    printf("a tenth of the clients: %.2f s\n", tenth);
    printf("memory with the rows: %.0f MB\n", (double)usage.ru_maxrss / 1024);
    return all < GOAL ? EXIT_SUCCESS : EXIT_FAILURE;
}
