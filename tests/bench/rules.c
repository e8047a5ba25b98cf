/* A filter's time for a session, all rules' for 20: with companions and without. */
/* SPDX-License-Identifier: MIT */
#include <attune/attune.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SESSIONS = 20, COURSES = 200, ROUNDS = 20, MARKS = 2 * SESSIONS * ATTUNE_RULESET_MAX };

static double score[COURSES][SESSIONS], therapist[COURSES][SESSIONS], distress[COURSES][SESSIONS];

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
            therapist[c][t] = fmin(7, round((5.3 + .4 * wave - .5 * fall) * 6) / 6);
            distress[c][t] = fmax(0, round(22 - .4 * t - 3 * wave + 2 * fall));
        }
}

static void know(const char *scale, attune_constants *constants)
{
    *constants = (attune_constants) { .struct_size = sizeof *constants };
    require(attune_scale_constants(attune_scale_find(scale), constants));
}

/* Rules of an alliance measure that lacks nothing and is of every rule's kind. */
static attune_watch *make_watch(const attune_rule_choice *choices, size_t n, size_t others)
{
    attune_constants own, hers, his;
    const attune_companion companions[] = {
        { sizeof *companions, ATTUNE_ROLE_THERAPIST, &hers },
        { sizeof *companions, ATTUNE_ROLE_DISTRESS, &his },
    };
    attune_watch *watch = NULL;
    know("demo-alliance", &own);
    know("demo-alliance", &hers);
    know("demo-distress", &his);
    own.construct = ATTUNE_CONSTRUCT_OTHER;
    own.cutoff = 4;
    own.change_threshold = 1;
    require(attune_watch_new_joint(&watch, &own, companions, others, choices, n, NULL, NULL));
    return watch;
}

/* The best of several rounds, microseconds a course. */
static double time_of(const attune_rule_choice *choices, size_t n, size_t others)
{
    static attune_mark marks[MARKS];
    attune_watch *watch = make_watch(choices, n, others);
    double best = INFINITY;
    marks[0].struct_size = sizeof marks[0];
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (int c = 0; c < COURSES; c++) {
            const double *const columns[] = { therapist[c], distress[c] };
            attune_series series = { .struct_size = sizeof series,
                                     .n_companions = (uint32_t)others,
                                     .count = SESSIONS,
                                     .score = score[c],
                                     .companions = columns };
            size_t found = 0;
            require(attune_scan(watch, &series, marks, MARKS, &found, NULL, 0, NULL));
        }
        best = fmin(best, (now() - start) / COURSES * 1e6);
    }
    attune_watch_free(watch);
    return best;
}

/* Prints one row; 0 when it is slower than its goal, INFINITY for none. */
static int row(const char *what, const char *per, double time, double goal)
{
    printf("%s: %.3f us a %s", what, time, per);
    if (isfinite(goal))
        printf(" (goal %g)", goal);
    printf("\n");
    return time < goal;
}

static double time_one(const char *rule, size_t others)
{
    attune_rule_choice choice;
    require(attune_rule_choose(attune_rule_find(rule), &choice));
    return time_of(&choice, 1, others) / SESSIONS;
}

int main(void)
{
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    size_t n = 0;
    int fast = 1;
    make_courses();
    while (attune_ruleset_choice(attune_ruleset_find("all"), n, &choices[n]) == ATTUNE_OK)
        n++;
    printf("%zu rules, courses of %d sessions; companions are the therapist and distress\n", n,
           SESSIONS);
    fast &= row("rupture_filter", "session", time_one("rupture_filter", 0), 5);
    fast &= row("rupture_joint, with companions", "session", time_one("rupture_joint", 2), 5);
    fast &= row("all rules, without companions", "client", time_of(choices, n, 0), 60);
    fast &= row("all rules, with companions", "client", time_of(choices, n, 2), INFINITY);
    return fast ? EXIT_SUCCESS : EXIT_FAILURE;
}
