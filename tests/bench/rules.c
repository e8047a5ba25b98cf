/* How long the filter takes for a session, and the full table of rules for 20 sessions. */
/* SPDX-License-Identifier: MIT */
#include <attune/attune.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SESSIONS = 20, COURSES = 200, ROUNDS = 20, MARKS = 2 * SESSIONS * ATTUNE_RULESET_MAX };

static double score[COURSES][SESSIONS];

/* Processor time: what others do on the machine does not count. */
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void require(attune_status status)
{
    if (status == ATTUNE_OK)
        return;
    fprintf(stderr, "status %d\n", (int)status);
    exit(EXIT_FAILURE);
}

/* Courses about 5.5 with a spread of about .45 and a fall of 1.2 in every second one. */
static void make_courses(void)
{
    for (int c = 0; c < COURSES; c++)
        for (int t = 0; t < SESSIONS; t++) {
            double wave = .6 * sin(1.7 * t + c) + .3 * sin(.9 * t * t + 2.0 * c);
            double fall = c % 2 == 1 && t == 5 + c % 12 ? 1.2 : 0;
            score[c][t] = fmin(7, round((5.5 + wave - fall) * 6) / 6);
        }
}

/* The best of several rounds, microseconds a course. */
static double time_of(const attune_rule_choice *choices, size_t n)
{
    static attune_mark marks[MARKS];
    attune_constants constants = { .struct_size = sizeof constants };
    attune_watch *watch = NULL;
    double best = INFINITY;
    marks[0].struct_size = sizeof marks[0];
    require(attune_scale_constants(attune_scale_find("demo-alliance"), &constants));
    constants.construct = ATTUNE_CONSTRUCT_OTHER;
    constants.cutoff = 4;
    constants.change_threshold = 1;
    require(attune_watch_new(&watch, &constants, choices, n, NULL, NULL));
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (int c = 0; c < COURSES; c++) {
            attune_series series = { .struct_size = sizeof series,
                                     .count = SESSIONS,
                                     .score = score[c] };
            size_t found = 0;
            require(attune_scan(watch, &series, marks, MARKS, &found, NULL, 0, NULL));
        }
        best = fmin(best, (now() - start) / COURSES * 1e6);
    }
    attune_watch_free(watch);
    return best;
}

int main(void)
{
    attune_rule_choice choices[ATTUNE_RULESET_MAX], filter;
    size_t n = 0;
    double one, all;
    make_courses();
    require(attune_rule_choose(attune_rule_find("rupture_filter"), &filter));
    while (attune_ruleset_choice(attune_ruleset_find("all"), n, &choices[n]) == ATTUNE_OK)
        n++;
    one = time_of(&filter, 1) / SESSIONS;
    all = time_of(choices, n);
    printf("rupture_filter: %.3f us a session (goal 5)\n", one);
    printf("all %zu rules, %d sessions: %.3f us a client (goal 60)\n", n, SESSIONS, all);
    return one < 5 && all < 60 ? EXIT_SUCCESS : EXIT_FAILURE;
}
