/* How long the present level has lasted, score by score: Bayesian online change points (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_RUNLENGTH_H
#define ATTUNE_RUNLENGTH_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * After each score the probability of every run length, the number of scores since the last change
 * of level (Adams & MacKay 2007, arXiv:0710.3742). A change comes before any score with probability
 * 1 / lambda; a level has a normal mean and precision, whose prior is Normal-Gamma: mean m worth k
 * scores, precision of shape a and rate b.
 *
 *     attune_runlength_options how = ATTUNE_RUNLENGTH_OPTIONS_INIT;
 *     double y[] = { 5.4, 5.6, 5.7, 5.6, 3.8, 3.6 }, work[600];
 *     attune_runlength run = { .struct_size = sizeof run };
 *     how.m = 5.5;
 *     attune_runlength_start(work, sizeof work, &how, NULL);
 *     for (int i = 0; i < 6; i++)
 *         attune_runlength_push(work, y[i], &run, NULL);
 *     printf("%d scores, %g\n", run.likeliest, run.recent);
 *
 * With this recursion run length 0 always has probability 1 / lambda: it tells nothing. What tells
 * of a change is `recent`, the probability of a run of at most two scores, or a fall of
 * `likeliest`.
 *
 * Memory is fixed: runs of `cap` scores or more share one place, which forgets as if its level had
 * lasted `cap` scores; `capped` is its probability. While that is 0 the answer is exact.
 */
typedef struct attune_runlength_options {
    uint32_t struct_size;
    int32_t cap;   /* 3 to 4096 */
    double lambda; /* expected scores from change to change, above 1, at most 1e6 */
    double m, k;   /* mean, and how many scores it is worth, k above 0 */
    double a, b;   /* shape, .001 to 100, and rate, above 0: a spread of about sqrt(b / a) */
} attune_runlength_options;

#define ATTUNE_RUNLENGTH_OPTIONS_INIT                                                              \
    {                                                                                              \
        (uint32_t)sizeof(attune_runlength_options), 64, 20.0, 0.0, 1.0, 1.0, 0.1                   \
    }

typedef struct attune_runlength {
    uint32_t struct_size; /* set by the caller */
    int32_t n;            /* completed scores so far */
    int32_t likeliest;    /* the run length of highest probability */
    int32_t change;       /* 1: n is 3 or more and recent .5 or more; else 0 */
    double probability;   /* of it */
    double recent;        /* of a run of at most 2 */
    double one;           /* of a run of 1: the change came with this score */
    double capped;        /* of a run of cap or more */
} attune_runlength;

/* Bytes that a state takes, aligned for double; 0: cap is outside 3..4096. */
ATTUNE_API size_t attune_runlength_work(int32_t cap);

/*
 * Begin in work. ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for less work than
 * attune_runlength_work(cap); ATTUNE_E_OPTION. The state is plain memory: it may be copied.
 */
ATTUNE_API attune_status attune_runlength_start(void *work, size_t size,
                                                const attune_runlength_options *options,
                                                attune_error *err);

/*
 * One score more; NaN, a form not completed, leaves the state alone. ATTUNE_E_ARGUMENT,
 * ATTUNE_E_STRUCT_SIZE; ATTUNE_E_VALUE for an infinite score, ATTUNE_E_NUMERIC beyond 1e100: then
 * neither state nor run is touched.
 */
ATTUNE_API attune_status attune_runlength_push(void *work, double y, attune_runlength *run,
                                               attune_error *err);

/*
 * A whole course: what a push of each of its n scores gives, in row order.
 *   options  m NaN is the mean of the completed scores, b NaN a times the square of their spread,
 *            the mean step between neighbours / d2 (see chart.h): a prior that looks back from the
 *            course's end. What a state would be in the midst of the course is then not known
 *            before its end. Without a spread (one score, or all equal) no change is found.
 *   y        n scores, NaN where not completed; NULL when n is 0
 *   work     size bytes, attune_runlength_work(cap)
 *   runs     room for n; struct_size is set in the first
 * ATTUNE_E_ARGUMENT; ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT; ATTUNE_E_OPTION; ATTUNE_E_VALUE, with
 * err->index the row, for an infinite score; ATTUNE_E_TOO_FEW when none is completed;
 * ATTUNE_E_NUMERIC for a score beyond 1e100 when b is given;
 * ATTUNE_E_OPTION too for an m that lies as many spreads from the scores when b is not. On failure
 * runs is untouched. Allocates nothing.
 * Thread-safe.
 */
ATTUNE_API attune_status attune_runlength_fit(const attune_runlength_options *options,
                                              const double *y, size_t n, void *work, size_t size,
                                              attune_runlength *runs, attune_error *err);

/*
 * How often any `change` is 1 among n independent normal scores about one mean, which is m, with
 * the spread sqrt(b / a), where they are given: see attune_chart_alarm. work holds size bytes,
 * attune_runlength_alarm_work(cap, n), aligned for any type; 0: cap or n is out of range.
 */
ATTUNE_API size_t attune_runlength_alarm_work(int32_t cap, size_t n);
ATTUNE_API attune_status attune_runlength_alarm(const attune_runlength_options *options, size_t n,
                                                size_t rounds, uint64_t seed, void *work,
                                                size_t size, double *rate, double *error,
                                                attune_error *err);

/* The words of attune_runlength as columns. Constant; count may be NULL. Thread-safe. */
ATTUNE_API const attune_field *attune_runlength_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
