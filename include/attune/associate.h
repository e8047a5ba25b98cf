/* Alliance and outcome on a clinic's own forms: what goes together, within clients and between. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_ASSOCIATE_H
#define ATTUNE_ASSOCIATE_H

#include <attune/correlation.h>
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
 * Does the relationship go together with improvement, on these forms? Every figure is an
 * association: none of them says what causes what. Scores are taken as given; slopes are outcome
 * points for one alliance point. What cannot be had is NaN, and `reason` says why.
 *
 * levels: within one client, do sessions of better alliance have lower distress, and do clients
 *    of better alliance have lower distress? Rows that have both forms count. r_within is the
 *    pooled within-client correlation, the same number as the repeated-measures correlation of
 *    Bland & Altman 1995 (BMJ 310:446), with its rows - clients - 1 degrees of freedom.
 *    r_between is that of the clients' means. Slopes are those of
 *       outcome = b0 + within (alliance - mean_i) + between mean_i + u_i + e
 *    with mean_i the client's own mean, by REML or ML; p and limits: normal. context_slope:
 *    between less within. In latent_*, mean_i is shrunken to the mean of all by lambda_i = tau /
 *    (tau + s2 / n_i) of a random intercept model of alliance (REML): a mean of few sessions
 *    draws the between slope towards the within slope (Luedtke et al. 2008, Psychol Methods
 *    13:203-229). Their standard errors take lambda_i as known.
 * levels_time: the same slopes beside log(1 + session - first session of all).
 *
 * lagged: does an alliance above the client's own usual go before a distress below it, one
 *    session later, at the same distress now; and the other way round? Least squares of
 *       outcome'(s + 1) = c + lag_effect alliance'(s) + autoregression outcome'(s)
 *    over pairs of sessions s and s + 1, ' being the deviation from the client's own mean.
 *    Clients with fewer than 3 forms of either do not count. Errors are robust to clients as
 *    clusters (CR1: the sandwich times G / (G - 1) (N - 1) / (N - 3)); p and limits: t with G -
 *    1 degrees of freedom. lag_effect_sd is in standard deviations of the deviations.
 *    nickell_bias is about how far short courses pull autoregression: -(1 + autoregression) / (T
 *    - 1), T pairs a client (Nickell 1981, Econometrica 49:1417-1426); a part of it reaches
 *    lag_effect. Nothing is corrected.
 * lagged_detrended: the same, ' being the deviation from the client's own least-squares line on
 *    session, so that what only time moves is taken out. Clients with fewer than 4 forms of
 *    either do not count. The bias is larger here than nickell_bias.
 * lagged_model: outcome(s + 1) on alliance'(s), outcome'(s), mean_i, log(1 + session s + 1 -
 *    first) and a random intercept, REML or ML; the standard errors are the model's own, p
 *    normal.
 * lagged_independent, lagged_exchangeable, lagged_ar1: the same columns by generalised estimating
 *    equations (Liang & Zeger 1986, Biometrika 73:13-22) without a random intercept: a client's
 *    forms are taken for independent, or correlate working_r whatever lies between them, or
 *    working_r^k at k sessions apart (also over gaps). working_r from moments of the residuals over
 *    pairs less coefficients; for ar1 pairs of sessions in a row. Slopes are right whichever it
 *    is, if the columns are; a nearer one makes errors smaller. Errors are robust, bias-reduced for
 *    few clients (Mancl & DeRouen 2001, Biometrics 57:126-134); p and limits: t with clients - 1
 *    degrees of freedom. As in every model with an earlier outcome among its columns, rows must
 *    be right one by one: an autoregression that the equations leave out bends all but independent.
 * Therapists are no third level here: clients of one therapist count as independent of each other,
 *    so that errors of between_slope are too small where therapists differ much. What lies between
 *    therapists is in attune/therapist.h.
 *
 * early: is the mean alliance of the sessions up to `early` related to what comes later?
 *    r_change: to the change from the first outcome form to the last one, which must come after
 *    session `early`; d_change: the d that this r is equal to; r_adjusted: to the last form, the
 *    first partialled out. Where distress falls more at higher alliance, r is negative.
 *    dependability_session: tau / (tau + s2) of the early alliance forms; dependability_early:
 *    that of a mean of early_forms forms, by Spearman-Brown.
 * against, when there is a second measure: which early mean is related more closely to the
 *    change? Of clients who have all three. Signs are turned so that + means better with better.
 *    difference has Zou's interval and z_difference that of Meng, Rosenthal and Rubin:
 *    attune/correlation.h.
 * against_adjusted: the same for the last form, the first partialled out of all three.
 */
typedef struct attune_association {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t n; /* rows, pairs of sessions or clients that it rests on; -1: no such count */
    int32_t clients;
    double estimate;
    double se, low, high; /* 95 % */
    double df, p;         /* two-sided; df NaN: normal */
    const char *part;
    const char *direction; /* alliance_to_outcome, outcome_to_alliance; NULL where there is none */
    const char *statistic;
    const char *reason; /* why a figure is missing; NULL: none is */
} attune_association;

#define ATTUNE_ASSOCIATIONS_MAX 128 /* rows that attune_associate_fit may fill */

/* One row a client and session that has a form of any of the measures. */
typedef struct attune_sessions {
    uint32_t struct_size; /* set by the caller */
    uint64_t n_clients, n_rows;
    const uint64_t *starts;  /* n_clients + 1 row numbers that never go down */
    const int32_t *session;  /* of each row, from 0 on, rising within a client */
    const double *alliance;  /* of each row; NaN: no completed form */
    const double *outcome;   /* the same */
    const double *technique; /* the second measure; NULL: none */
} attune_sessions;

typedef struct attune_associate_options {
    uint32_t struct_size; /* set by the caller; a NULL pointer means the defaults of _INIT */
    int32_t early;        /* last session of the early ones, from 1 on */
    int32_t reml; /* 1: restricted likelihood in levels, levels_time, lagged_model; 0: full */
    int32_t alliance_direction, outcome_direction, technique_direction; /* ATTUNE_HIGHER_* */
} attune_associate_options;

#define ATTUNE_ASSOCIATE_OPTIONS_INIT                                                              \
    {                                                                                              \
        (uint32_t)sizeof(attune_associate_options), 3, 1, ATTUNE_HIGHER_BETTER,                    \
            ATTUNE_HIGHER_WORSE, ATTUNE_HIGHER_BETTER                                              \
    }

/* Scratch memory of attune_associate_fit in bytes: 64 a row, 144 a client; 0: too large to count.
 */
ATTUNE_API size_t attune_associate_work(uint64_t n_clients, uint64_t n_rows);

/*
 * Fills rows, in the order above and the same statistics whatever the data; how many goes to *n.
 *
 *     attune_sessions s = { sizeof s, clients, rows, starts, session, alliance, distress, NULL };
 *     attune_association found[ATTUNE_ASSOCIATIONS_MAX] = { { .struct_size = sizeof found[0] } };
 *     size_t n, size = attune_associate_work(clients, rows);
 *     attune_associate_fit(NULL, &s, malloc(size), size, found, ATTUNE_ASSOCIATIONS_MAX, &n, NULL);
 *
 * Degenerate cases, under the numbers that the tests use:
 *   1  no session with both forms                   ATTUNE_E_TOO_FEW, key "clients"
 *   2  scores beyond 1e150                          ATTUNE_E_NUMERIC, key "alliance", ...
 * and of single figures the reason
 *   3  too few clients, sessions or pairs of them   "too few clients or sessions"
 *   4  all equal, or equal within each client       "scores do not vary"
 *   5  r of 1 or -1 (it is given), exact lines      "a perfect fit"
 *   6  a model without a maximum, or one of which
 *      a column follows from the others (also when
 *      one client is left out), or a working_r that
 *      no forms have or that does not come to rest
 *      in 200 rounds                                "no such model of these scores"
 *   7  figures beyond what a double holds           "beyond what a number holds"
 *   8  icc 0, so that means cannot be shrunken      "no variance between clients"
 *   9  of both measures and the outcome one
 *      follows from the other two                   "one measure follows from the others"
 *  10  a test or an error whose variance would not
 *      be positive                                  "no variance by this approximation"
 * ATTUNE_E_ARGUMENT for a NULL pointer but options and technique; ATTUNE_E_STRUCT_SIZE;
 * ATTUNE_E_COUNT for starts that do not fit (err->index), work_size or capacity too small;
 * ATTUNE_E_OPTION with err->key; ATTUNE_E_VALUE, with err->index the row, for an infinite score or
 * a session below 0; ATTUNE_E_ORDER with err->index. On failure nothing is written. Allocates
 * nothing; the strings are constant. Thread-safe.
 */
ATTUNE_API attune_status attune_associate_fit(const attune_associate_options *options,
                                              const attune_sessions *sessions, void *work,
                                              size_t work_size, attune_association *rows,
                                              size_t capacity, size_t *n, attune_error *err);

/* part, direction, statistic, estimate, se, low, high, df, p, n, clients, reason as columns. */
ATTUNE_API const attune_field *attune_association_fields(size_t *count);

/* The meaning of a statistic in one sentence; "" for any other text or NULL. */
ATTUNE_API const char *attune_statistic_text(const char *statistic);

#ifdef __cplusplus
}
#endif

#endif
