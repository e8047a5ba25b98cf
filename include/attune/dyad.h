/* Two raters: client and therapist on one axis, what they agree on, and what it goes with (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_DYAD_H
#define ATTUNE_DYAD_H

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
 * ---- One axis ----
 *
 * Two raters can be compared where one point means the same to both: forms of one measure, or of
 * two measures with one range, in score points; forms of two measures with different ranges as
 * shares of their ranges, 0 to 1. A share says where on its form a rater stands; that both forms
 * ask the same is for the user to know.
 */
#define ATTUNE_AXIS_POINTS 0 /* scores as they are */
#define ATTUNE_AXIS_SHARE 1  /* (score - lowest) / (highest - lowest), each with its own range */

typedef struct attune_axis {
    uint32_t struct_size;                /* set by the caller */
    int32_t unit;                        /* ATTUNE_AXIS_* */
    double client_min, client_max;       /* of the client's form; read for shares only */
    double therapist_min, therapist_max; /* of the therapist's */
} attune_axis;

/*
 * The axis that two measures' constants allow. The same pointer twice, or two equal ranges:
 * points; two different ranges: shares. ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_OPTION,
 * key "direction", when higher is better on one form alone; ATTUNE_E_CONSTANT, key "range", when
 * two measures are given and a range is not known. Thread-safe.
 */
ATTUNE_API attune_status attune_axis_of(const attune_constants *client,
                                        const attune_constants *therapist, attune_axis *axis,
                                        attune_error *err);

/*
 * The sessions that both completed, on one axis, in session order.
 *   client_session, client_score        client_n rows: numbers that rise strictly, NaN where a
 *   therapist_session, therapist_score  form was not completed; the same of the therapist
 *   session, client, therapist          room for capacity rows, at least the smaller of the two
 *                                       counts; session may be NULL
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE, ATTUNE_E_COUNT for too little room; ATTUNE_E_OPTION for
 * a unit that does not exist; ATTUNE_E_CONSTANT, key "range", for shares of a range that is not
 * finite or not above 0; ATTUNE_E_VALUE for an infinite score and ATTUNE_E_ORDER, with err->index
 * the row and err->key whose. On failure nothing is written. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_dyad_pair(const attune_axis *axis, const int32_t *client_session,
                                          const double *client_score, size_t client_n,
                                          const int32_t *therapist_session,
                                          const double *therapist_score, size_t therapist_n,
                                          int32_t *session, double *client, double *therapist,
                                          size_t capacity, size_t *n, attune_error *err);

/*
 * ---- Congruence, bias, truth force ----
 *
 * With C the client's rating and T the therapist's, in the units of the axis:
 *   bias         T - C on average: directional bias; below 0 where the therapist rates lower.
 *                Swapping the raters turns its sign
 *   congruence   the correlation of the two over sessions, within a dyad: temporal congruence.
 *                Not changed by another zero or unit of either rater
 *   force        how far T goes along when C moves by one: truth force
 * Of several dyads, by the truth-and-bias model of West and Kenny 2011 (Psychol Review 118:
 * 357-378), the client's rating standing for the truth and centred in each dyad at that client's
 * own mean, as is the therapist's:
 *   T - Cmean = bias + force (C - Cmean) + u0 + u1 (C - Cmean) + e
 * with (u0, u1) normal between dyads. The form is taken from memory of the paper, not from a
 * reading of it; that each client's own mean is the centre makes force a matter within dyads, as
 * "temporal congruence" wants it. By restricted maximum likelihood; with fewer than 10 dyads of two
 * pairs, too few to tell how dyads vary, and where it has no answer (a perfect fit), by least
 * squares with standard errors robust to whatever is alike within a dyad (Liang & Zeger 1986,
 * Biometrika 73:13-22; times G/(G-1) (N-1)/(N-k)); model says which. The congruence of several
 * dyads is that within them: sums of products about each dyad's own means, over all dyads. Its
 * interval is on Fisher's z, with the standard error that the dyads' parts in the sum have about 0
 * (delta method). All intervals are of 95 %, by Student's t with dyads - 1 degrees of freedom; of
 * one dyad with n - 1 (bias) and n - 2 (force), and of its congruence by Fisher's z and 1/sqrt(n -
 * 3). Those of one dyad take sessions for independent of each other: they mostly are not, so that
 * such an interval is the narrowest that can be defended.
 */
#define ATTUNE_DYAD_OWN 0     /* one dyad: mean difference and least squares */
#define ATTUNE_DYAD_MIXED 1   /* several: random intercept and slope */
#define ATTUNE_DYAD_ROBUST 2  /* several: least squares with cluster-robust standard errors */
#define ATTUNE_DYADS_MIXED 10 /* dyads of two pairs that MIXED takes; attune's own choice */

typedef struct attune_dyad {
    uint32_t struct_size;               /* set by the caller */
    int32_t model;                      /* ATTUNE_DYAD_* */
    int32_t dyads;                      /* with a pair; 1 for one dyad */
    int32_t n;                          /* pairs: sessions rated by both */
    double client_mean, therapist_mean; /* over all pairs */
    double bias, bias_se, bias_low, bias_high;
    double congruence, congruence_low, congruence_high;
    double force, force_se, force_low, force_high;
    double bias_sd, force_sd, bias_force_r; /* between dyads, MIXED only: of u0, of u1, and their
                                               correlation (NaN where an SD is 0
                                               or it is 1 or -1) */
    double residual_sd;                     /* OWN and MIXED: of T about its line */
} attune_dyad;

/*
 * One dyad: n rows, each a pair of ratings on one axis; a row where either is NaN is no pair.
 *
 *     double client[] = { 5.2, 5.4, 5.1, 4.3, 4.9 }, therapist[] = { 4.9, 5.0, 5.0, 4.6, 4.7 };
 *     attune_dyad dyad = { .struct_size = sizeof dyad };
 *     if (attune_dyad_fit(client, therapist, 5, &dyad, NULL) == ATTUNE_OK)
 *         printf("%.2f %.2f\n", dyad.bias, dyad.congruence); // -0.14 0.85
 *
 * Degenerate cases, under the numbers that the tests use; what is not said is NaN:
 *   1  no pair                       ATTUNE_E_TOO_FEW, key "pairs"
 *   2  one pair                      means and bias
 *   3  two pairs                     also bias_se and its limits: two points lie on any line
 *   4  three pairs                   all but the limits of congruence
 *   5  the client's ratings equal    no congruence, no force
 *   6  the therapist's equal         force 0, no congruence
 *   7  all differences equal         bias_se 0
 *   8  a perfect line                congruence 1 or -1 without limits; force_se 0 but for rounding
 *
 * ATTUNE_E_ARGUMENT for a NULL pointer (client and therapist may be NULL when n is 0);
 * ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for n beyond 2^31 - 1; ATTUNE_E_VALUE with err->index the
 * row for an infinite rating; ATTUNE_E_TOO_FEW; ATTUNE_E_NUMERIC for ratings beyond 1e60, whose
 * squares of squares a double does not hold. On failure nothing is written. Allocates nothing.
 * Thread-safe.
 */
ATTUNE_API attune_status attune_dyad_fit(const double *client, const double *therapist, size_t n,
                                         attune_dyad *dyad, attune_error *err);

/* Scratch memory of attune_dyads_fit, in bytes; 0: too large to count. */
ATTUNE_API size_t attune_dyads_work(size_t n_dyads, size_t n_rows);

/*
 * Several dyads: dyad g is rows starts[g] up to starts[g + 1] of n_rows; starts holds n_dyads + 1.
 * Degenerate cases:
 *   1  fewer than two dyads with a pair   ATTUNE_E_TOO_FEW, key "dyads"
 *   2  a dyad without a pair              is not counted
 *   3  no client's ratings differ         bias by ROBUST; no congruence, no force
 *   4  no therapist's ratings differ      no congruence
 *   5  fewer than two dyads of two pairs  no limits of congruence
 *   6  perfect lines                      ROBUST
 * Statuses as of attune_dyad_fit; ATTUNE_E_COUNT also for starts that fall or go beyond n_rows
 * (err->index) and for too little work.
 */
ATTUNE_API attune_status attune_dyads_fit(const uint64_t *starts, size_t n_dyads,
                                          const double *client, const double *therapist,
                                          size_t n_rows, void *work, size_t work_size,
                                          attune_dyad *dyad, attune_error *err);

/*
 * The columns of a dyad: dyads, n, client_mean, therapist_mean, bias, bias_se, bias_low, bias_high,
 * congruence, congruence_low, congruence_high, truth_force, truth_force_se, truth_force_low,
 * truth_force_high, bias_sd, truth_force_sd, bias_truth_force_r, residual_sd, model.
 */
ATTUNE_API const attune_field *attune_dyad_fields(size_t *count);

/*
 * ---- Response surface ----
 *
 * How an outcome Z goes with the client's rating X and the therapist's Y, both less `centre`:
 *   Z = b0 + b1 X + b2 Y + b3 X^2 + b4 X Y + b5 Y^2 + e
 * and what that says along the line where the raters agree (X = Y) and the one where they differ
 * (X = -Y), as the R package RSA (Schonbrodt) names it:
 *   a1 = b1 + b2        slope where they agree
 *   a2 = b3 + b4 + b5   curvature there
 *   a3 = b1 - b2        slope from "therapist higher" to "client higher"
 *   a4 = b3 - b4 + b5   curvature there: below 0 when less agreement goes with a lower outcome
 *   a5 = b3 - b5
 *   x0, y0              where the surface is flat: (b2 b4 - 2 b1 b5) / (4 b3 b5 - b4^2) and
 *                       (b1 b4 - 2 b2 b3) / (4 b3 b5 - b4^2), from the centre
 * Standard errors of the a's, x0 and y0 follow from the covariance of b (delta method); those of
 * x0 and y0 are rough where 4 b3 b5 - b4^2 is small beside its own error.
 */
#define ATTUNE_SURFACE_COEFFICIENTS 6
#define ATTUNE_SURFACE_TERMS 13 /* b0..b5, a1..a5, x0, y0, in that order */

typedef struct attune_surface {
    uint32_t struct_size; /* set by the caller */
    int32_t n;            /* rows with all three */
    int32_t df;           /* n - 6 */
    int32_t reserved;
    double centre;      /* what was taken from both ratings */
    double r2;          /* share of the outcome's squares; NaN when all outcomes are equal */
    double residual_sd; /* sqrt(sum of squares / df) */
    double b[6];        /* b0..b5 */
    double b_cov[36];   /* their covariance, row after row */
} attune_surface;

typedef struct attune_surface_term {
    uint32_t struct_size; /* of an array, set by the caller in the first element, for all */
    int32_t term;         /* 0 b0 .. 5 b5, 6 a1 .. 10 a5, 11 x0, 12 y0 */
    double value, se;     /* NaN: not defined */
    double t, p;          /* against 0, two-sided; NaN where se is 0 */
    double low, high;     /* 95 %, by Student's t */
} attune_surface_term;

/* Scratch memory of attune_surface_fit, in bytes; 0: too large to count. */
ATTUNE_API size_t attune_surface_work(size_t n);

/*
 * Least squares (Householder QR) over the rows that have all three, NaN being missing; errors take
 * rows for independent: give one row a client. centre NaN: the mean of all ratings of both, which
 * must be on one axis.
 *
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for too little work or n beyond
 * 2^31 - 1; ATTUNE_E_OPTION for an infinite centre; ATTUNE_E_VALUE with err->index and err->key
 * "client", "therapist" or "outcome" for an infinite figure; ATTUNE_E_TOO_FEW, key "rows", for
 * fewer than 7 rows; ATTUNE_E_NUMERIC, key "rank", for ratings that do not tell the six apart
 * (a constant rater, raters who always agree), and key "ratings" for figures beyond 1e60. On
 * failure nothing is written. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_surface_fit(const double *client, const double *therapist,
                                            const double *outcome, size_t n, double centre,
                                            void *work, size_t work_size, attune_surface *surface,
                                            attune_error *err);

/*
 * The 13 terms of six coefficients, from attune_surface_fit or from any other model of the same
 * form. b_cov: 36 figures, row after row; NULL: no standard errors. df: of Student's t, from 1 on;
 * above 1e6 counts as 1e6. terms: room for capacity, at least ATTUNE_SURFACE_TERMS.
 *
 *     double b[6] = { 0, .4, .3, -.10, .15, -.05 };
 *     attune_surface_term terms[13] = { { .struct_size = sizeof terms[0] } };
 *     attune_surface_terms(b, NULL, 100, terms, 13, NULL); // a1 .7, a2 0, a3 .1, a4 -.3, a5 -.05,
 *                                                          // x0 -34, y0 -48
 *
 * x0 and y0 are NaN where 4 b3 b5 and b4^2 differ by no more than rounding: a ridge, or a plane.
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE, ATTUNE_E_COUNT; ATTUNE_E_OPTION for another df;
 * ATTUNE_E_VALUE, key "b" or "b_cov" with err->index, for a figure that is not finite or beyond
 * 1e60. Thread-safe.
 */
ATTUNE_API attune_status attune_surface_terms(const double *b, const double *b_cov, double df,
                                              attune_surface_term *terms, size_t capacity,
                                              attune_error *err);

/* The columns of a term: term, value, se, t, p, low, high. */
ATTUNE_API const attune_field *attune_surface_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
