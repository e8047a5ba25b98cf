/* How long the expected response of 100,000 clients of 12 sessions takes, and how much memory. */
/* SPDX-License-Identifier: MIT */
#include <attune/responsefit.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { CLIENTS = 100000, SESSIONS = 12, ROUNDS = 3, MOST = 100000000 };

static const double goal_seconds = 1.5, goal_mb = 200; /* of CLIENTS, with the rows themselves */

typedef struct clinic {
    uint64_t *starts;
    int32_t *session;
    double *score;
    void *work;
    size_t work_size;
} clinic;

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

static void make_rows(clinic *c, size_t clients)
{
    uint32_t seed = 1;
    c->starts[0] = 0;
    for (size_t g = 0; g < clients; g++) {
        double level = draw(&seed), slope = draw(&seed);
        for (size_t s = 0; s < SESSIONS; s++) {
            size_t i = g * SESSIONS + s;
            c->session[i] = (int32_t)s + 1;
            c->score[i] = 22 + 5 * level - (3 + 1.5 * slope - 0.5 * level) * log((double)s + 1) +
                          3 * draw(&seed);
        }
        c->starts[g + 1] = c->starts[g] + SESSIONS;
    }
}

static void give_back(clinic *c)
{
    free(c->starts);
    free(c->session);
    free(c->score);
    free(c->work);
}

static int make_clinic(clinic *c, size_t clients)
{
    size_t rows = clients * SESSIONS;
    c->work_size = attune_response_work(clients, rows);
    c->starts = malloc((clients + 1) * sizeof *c->starts);
    c->session = malloc(rows * sizeof *c->session);
    c->score = malloc(rows * sizeof *c->score);
    c->work = malloc(c->work_size);
    if (!c->starts || !c->session || !c->score || !c->work)
        return 0;
    make_rows(c, clients);
    return 1;
}

/* The shortest of several rounds, in seconds; 1e9 when it could not be fitted. */
static double best_round(const clinic *c, size_t clients, attune_response *fit)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now(), took;
        if (attune_response_fit(NULL, c->starts, clients, c->session, c->score, clients * SESSIONS,
                                c->work, c->work_size, fit, NULL) != ATTUNE_OK)
            return 1e9;
        took = now() - start;
        best = took < best ? took : best;
    }
    return best;
}

/* One row; memory is the most that the program has held so far, so that fewer clients come first.
   Returns whether it could be fitted, and within the goal where that speaks of so many. */
static int measure(size_t clients)
{
    clinic c = { .work_size = 0 };
    attune_response fit = { .struct_size = sizeof fit };
    double seconds = make_clinic(&c, clients) ? best_round(&c, clients, &fit) : 1e9, mb;
    struct rusage usage;
    give_back(&c);
    getrusage(RUSAGE_SELF, &usage);
    mb = (double)usage.ru_maxrss / 1024;
    printf("expected response, %7zu x %d: %6.3f s, %.2f us a client, %4.0f MB, %d iterations",
           clients, SESSIONS, seconds, 1e6 * seconds / (double)clients, mb, (int)fit.iterations);
    if (clients == CLIENTS)
        printf(" (goal %.1f s, %.0f MB)", goal_seconds, goal_mb);
    printf("\n");
    return seconds < (clients == CLIENTS ? goal_seconds : 1e9) &&
           (clients != CLIENTS || mb < goal_mb);
}

/* `mixed`: a tenth of the goal's clients, and all: time goes with the rows. `mixed 1000000`: and
   so many besides. */
int main(int argc, char **argv)
{
    char *end = "";
    unsigned long more = argc > 1 ? strtoul(argv[1], &end, 10) : CLIENTS;
    int good;
    if (argc > 2 || *end || more < CLIENTS || more > MOST) {
        fprintf(stderr, "usage: bench_mixed [CLIENTS]: from %d to %d\n", CLIENTS, MOST);
        return 2;
    }
    good = measure(CLIENTS / 10);
    good &= measure(CLIENTS);
    if (more > CLIENTS)
        good &= measure(more);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
