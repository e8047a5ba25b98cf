/* Ranks, tied groups and what Mann and Kendall made of them. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_RANK_H
#define ATN_STATS_RANK_H

#include <stddef.h>
#include <stdint.h>

/*
 * Mid-ranks from 1; values within noise of the next smaller one are tied with it. order is
 * scratch of n and comes back as the order that sorts the values.
 */
void atn_rank(double *rank, size_t *order, const double *values, size_t n, double noise);

/* The same for an order that is known. */
void atn_rank_in_order(double *rank, const size_t *order, const double *values, size_t n,
                       double noise);

/* Sum over groups of equal ranks of t (t - 1) (2 t + 5), in the given order. */
double atn_tie_sum(const double *rank, const size_t *order, size_t n);

/* Spearman's coefficient of two columns of mid-ranks; NaN when either is all tied. */
double atn_rank_correlation(const double *a, const double *b, size_t n);

/* n (n - 1) (2 n + 5): eighteen times the variance of S without ties. */
double atn_mk_sum(size_t n);

/* The test statistic of S with the continuity correction; 0 when S is 0. */
double atn_mk_z(double s, double variance);

#define ATN_EXACT_MAX 10 /* rows for which the exact distribution is had */

/* P(|S| >= |s|) over all orders of the tied values; n <= ATN_EXACT_MAX. */
double atn_mk_exact(double s, const double *rank, const size_t *order, size_t n);

#endif
