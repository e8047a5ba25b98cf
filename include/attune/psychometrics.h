/* A measure's reliability, spread and stability, estimated from a clinic's own forms (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_PSYCHOMETRICS_H
#define ATTUNE_PSYCHOMETRICS_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/scale.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Three steps: answers become keyed parts (attune_parts_score of attune/score.h), parts of one form
 * a client tell how well they hang together (attune_consistency_fit), totals of all forms of all
 * clients how far they spread and how stable they are (attune_stability_fit). Everything is an
 * estimate from one clinic's forms, to be looked at before it is used: nothing here says whether
 * the sample is large enough, except that nothing is estimated from fewer than three.
 *
 *     size_t size = attune_consistency_work(12);
 *     attune_consistency found = { .struct_size = sizeof found };
 *     attune_status s = attune_consistency_fit(answers, 12, n_forms, malloc(size), size, &found,
 *                                              NULL, NULL);
 *     if (s == ATTUNE_OK)
 *         printf("alpha %.2f, omega %.2f\n", found.alpha, found.omega);
 */
#define ATTUNE_PSYCHOMETRICS_LEAST 3 /* forms, clients, pairs: below, nothing is estimated */
#define ATTUNE_PSYCHOMETRICS_FORMS_MAX 2147483647 /* forms that one call takes */
#define ATTUNE_PSYCHOMETRICS_VALUE_MAX 1.0e100    /* size of an answer or a score */

/* ---- Internal consistency ---- */

/*
 * Of keyed parts. Covariances and correlations are of pairwise-complete forms with n - 1; an item
 * answered by fewer than three, or by all alike, takes no part.
 *   alpha  k / (k - 1) (1 - trace C / sum C): Cronbach 1951, Psychometrika 16:297-334
 *   omega  1 - sum(1 - L^2) / sum R: McDonald 1999, Test Theory, with the loadings L of one factor
 *          on the correlations R by iterated principal axes (communalities begin at .5, are held
 *          at 1 or below, and hold still to 1e-11). Items that load against the others are turned
 *          first, as the R package psych does; `turned` counts them, and is a sign of a wrong key.
 */
typedef struct attune_consistency {
    uint32_t struct_size; /* set by the caller */
    int32_t n_items;      /* items given */
    int32_t n_used;       /* that vary */
    int32_t turned;       /* that load against the others */
    int32_t n_forms;      /* with an answer */
    int32_t n_complete;   /* with all of them */
    int32_t n_pair;       /* fewest forms that two items in use share; -1: fewer than two in use */
    int32_t iterations;   /* of the principal axes; 0: not tried, 10001: they did not settle */
    double alpha, omega;  /* NaN: see the table below; alpha may be negative, and with answers
                             missing pass 1 */
} attune_consistency;

/* One item of it, in the order given. */
typedef struct attune_consistency_item {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t n;            /* forms that answer it */
    double mean, sd;      /* keyed */
    double r_total;       /* with the mean of all answered items, itself among them */
    double r_rest;        /* corrected: with the sum of the others; of pairwise covariances, so that
                             with answers missing it can pass 1 or -1 */
    double alpha_dropped; /* without it */
    double loading;       /* on the one factor */
} attune_consistency_item;

/* Scratch memory of attune_consistency_fit, in bytes; 0: no items, or too many. */
ATTUNE_API size_t attune_consistency_work(size_t n_items);

/*
 *   answers  n_items each form, form after form; NaN: not answered. Forms are taken as independent:
 *            give one a client
 *   work     work_size bytes, any alignment
 *   items    room for n_items rows, or NULL
 * Degenerate cases, under the numbers that the tests use:
 *   1  fewer than three forms with an answer         ATTUNE_E_TOO_FEW, key "n_forms"
 *   2  an item answered fewer than three times, or
 *      by all alike                                  not in use: its correlations, loading and
 *                                                    alpha_dropped NaN
 *   3  fewer than two items in use, or two that
 *      fewer than three forms share                  all coefficients NaN
 *   4  fewer than three items in use                 omega, loadings and alpha_dropped NaN: one
 *                                                    factor is not identified; omega and loadings
 *                                                    also when an item does not vary over the forms
 *                                                    that it shares with another
 *   5  items that cancel out, so that their sum does
 *      not vary                                      alpha NaN; of some: r_rest, alpha_dropped NaN
 *   6  principal axes that do not settle in 10000
 *      rounds                                        omega and loadings NaN
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for no items, more than ATTUNE_ITEMS_MAX,
 * more forms than ATTUNE_PSYCHOMETRICS_FORMS_MAX, or work_size too small; ATTUNE_E_VALUE with
 * err->index for an answer that is infinite or beyond ATTUNE_PSYCHOMETRICS_VALUE_MAX. On failure
 * nothing is written. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_consistency_fit(const double *answers, size_t n_items,
                                                size_t n_forms, void *work, size_t work_size,
                                                attune_consistency *consistency,
                                                attune_consistency_item *items, attune_error *err);

/* ---- Spread and stability ---- */

/*
 * Of the totals of courses, in session order. First, second and last are among the completed.
 * Variances within and between clients are those of a random intercept model,
 *     score = mean + client + occasion,
 * by restricted maximum likelihood: what changes in a course, treatment and all, is within.
 */
typedef struct attune_stability {
    uint32_t struct_size; /* set by the caller */
    int32_t n_clients;    /* with a completed form */
    int32_t n_scores;     /* completed forms */
    int32_t n_repeated;   /* clients with two or more */
    double mean, sd;      /* of first scores, one a client */
    double sem;           /* sd sqrt(1 - reliability): standard error of measurement */
    double change_mean;   /* last less first score, of clients with two or more */
    double change_sd;     /* its SD */
    double step_sd;  /* SD of the differences from one form to the next, all clients together */
    double retest_r; /* Pearson: first score with the second, one pair a client */
    double retest_sessions; /* median sessions between the two; NaN: no sessions were given */
    double retest_days;     /* the same in days, of pairs of which both are known */
    double within_var, between_var;
    double within_sd;             /* sqrt(within_var): of one client's scores about their mean */
    double icc;                   /* between_var / (between_var + within_var) */
    double ms_between, ms_within; /* mean squares of one-way analysis of variance */
} attune_stability;

/* Scratch memory of attune_stability_fit, in bytes; 0: too many to count. */
ATTUNE_API size_t attune_stability_work(size_t n_clients, size_t n_scores);

/*
 *   starts       n_clients + 1 row numbers that never go down: client g is rows starts[g] up to
 *                starts[g + 1]
 *   scores       n_scores of them, in session order within a client; NaN: not completed
 *   session      of each row, or NULL
 *   day          of each row, NaN where not known, or NULL
 *   reliability  from 0 to 1, for sem; NaN: not known
 *   work         work_size bytes, any alignment
 * Degenerate cases, under the numbers that the tests use:
 *   1  fewer than three clients with a completed form        ATTUNE_E_TOO_FEW, key "n_clients"
 *   2  fewer than three with two or more                     change, step, retest NaN
 *   3  no client with two, or no score that differs from
 *      the client's others                                   variances, icc, within_sd NaN
 *   4  first or second scores all equal                      retest_r NaN
 *   5  clients alike                                         between_var and icc 0
 * Mean squares are NaN in case 3's first half only. ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE;
 * ATTUNE_E_COUNT for starts that do not fit (err->index) or work_size too small; ATTUNE_E_OPTION
 * for a reliability outside 0..1; ATTUNE_E_VALUE with err->index for a score or a day that is
 * infinite or beyond ATTUNE_PSYCHOMETRICS_VALUE_MAX. On failure nothing is written. Allocates
 * nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_stability_fit(const uint64_t *starts, size_t n_clients,
                                              const double *scores, const int32_t *session,
                                              const double *day, size_t n_scores,
                                              double reliability, void *work, size_t work_size,
                                              attune_stability *stability, attune_error *err);

/* ---- All of a measure at once ---- */

/* The forms of one measure by one rater, in session order within a client. */
typedef struct attune_estimate_given {
    uint32_t struct_size;      /* set by the caller */
    int32_t subscale;          /* of the scale; -1: the total */
    const attune_scale *scale; /* NULL: scores alone */
    const uint64_t *starts;    /* n_clients + 1: client g is rows starts[g] up to starts[g + 1] */
    const double *answers;     /* as they were given, the scale's item count each row; or NULL */
    const double *scores;      /* of each row; NaN: not completed */
    const int32_t *session;    /* of each row, or NULL */
    const double *day;         /* of each row, or NULL */
    uint64_t n_clients, n_rows;
} attune_estimate_given;

/*
 * One row about the whole (item -1), then one an item (of a group that counts once, under its first
 * item). What a row does not have is -1 or NaN.
 */
typedef struct attune_estimate {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t item;         /* number in the scale, from 1 */
    int32_t n_clients, n_scores, n_repeated;                      /* attune_stability's */
    int32_t n_items, n_used, n_forms, n_complete, n_pair, turned; /* attune_consistency's; of an
                                                                  item n_forms that answer it */
    int32_t reserved;
    double mean, sd; /* of first scores; of an item, of its keyed answers */
    double alpha, omega;
    double sem;                                     /* with alpha, where that is not negative */
    double r_total, r_rest, alpha_dropped, loading; /* of an item */
    double retest_r, retest_sessions, retest_days;
    double change_mean, change_sd, step_sd;
    double within_sd, within_var, between_var, icc;
} attune_estimate;

/* Scratch memory of attune_estimate_fit, in bytes; 0: too many to count. */
ATTUNE_API size_t attune_estimate_work(size_t n_clients, size_t n_rows);

/*
 * Consistency from the first form of each client that has an answer, stability from the scores of
 * all forms; what has too little of one kind has that kind's figures missing.
 *   rows      room for capacity rows: 1 and attune_parts_count; *count is how many were filled,
 *             1 where no items were given or items say nothing
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for work_size or capacity too small, or
 * starts that do not fit (err->index); ATTUNE_E_ACCEPT, and ATTUNE_E_VALUE with err->index and key
 * "items" for a first answer that the scale does not take, as attune_parts_score; ATTUNE_E_VALUE,
 * and ATTUNE_E_TOO_FEW where items say nothing either, as attune_stability_fit. On failure nothing
 * is written. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_estimate_fit(const attune_estimate_given *given, void *work,
                                             size_t work_size, attune_estimate *rows,
                                             size_t capacity, size_t *count, attune_error *err);

/* The four structs as columns. */
ATTUNE_API const attune_field *attune_consistency_fields(size_t *count);
ATTUNE_API const attune_field *attune_consistency_item_fields(size_t *count);
ATTUNE_API const attune_field *attune_stability_fields(size_t *count);
ATTUNE_API const attune_field *attune_estimate_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
