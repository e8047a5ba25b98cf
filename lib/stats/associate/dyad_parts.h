/* What one dyad and several have in common: checks, and sums about a dyad's own means. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_DYAD_PARTS_H
#define ATN_STATS_DYAD_PARTS_H

#include <attune/dyad.h>

#define ATN_RATING_MAX 1e60 /* four of them multiplied, and summed over all rows, are finite */
#define ATN_CONGRUENCE_MAX (1.0 - 1e-12) /* beyond it a correlation is 1 but for rounding */

/* Sums of one dyad's pairs. */
typedef struct atn_dyad_sums {
    size_t n;
    double c, t;          /* means */
    double bias, bias_ss; /* mean of t - c, and the squares about it */
    double cc, tt, ct;    /* squares and products about the means */
} atn_dyad_sums;

/* Rows from..to of two ratings; a row with a NaN is no pair. A constant rating has exactly 0. */
atn_dyad_sums atn_dyad_sum(const double *client, const double *therapist, size_t from, size_t to);

/* The squares of t about the line through the means with this slope. */
double atn_dyad_sse(const double *client, const double *therapist, size_t from, size_t to,
                    const atn_dyad_sums *sums, double slope);

/* ATTUNE_E_VALUE for an infinite rating. */
attune_status atn_ratings_check(const double *rating, size_t n, const char *key, attune_error *err);

/* 1: some rating's square of squares would not be finite. */
int atn_ratings_beyond(const double *rating, size_t n);

/* value -+ the .975 quantile of Student's t times se; NaN where df is below 1. */
void atn_limits(double value, double se, double df, double *low, double *high);

/* The limits of a correlation within (-1, 1) whose Fisher z has this standard error. */
void atn_limits_r(double r, double quantile, double z_se, double *low, double *high);

#endif
