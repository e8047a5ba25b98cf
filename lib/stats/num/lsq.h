/* Least squares of many columns: Householder QR, refined with doubled residuals. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_LSQ_H
#define ATN_STATS_LSQ_H

#include <stddef.h>

#define ATN_LSQ_RANK 1e-13 /* a column that keeps less of its length depends on the others */

/* What to fit: y on the columns of x, n rows of p values each, row after row, all finite. */
typedef struct atn_lsq_given {
    const double *x;
    const double *low; /* what x was rounded by, to be added to it; NULL: nothing */
    const double *y;
    size_t n, p; /* n >= p >= 1 */
} atn_lsq_given;

/* What was found, in the caller's memory. */
typedef struct atn_lsq {
    size_t n, p;
    size_t rank;   /* p, or as many columns as do not depend on each other */
    double *b;     /* p coefficients */
    double *e;     /* n residuals, known better than y - x b can be had from b */
    double sse;    /* their squares */
    size_t rounds; /* of refinement */
    double *q, *diagonal, *scale, *f, *g, *v; /* the rest is the fit's own */
    size_t *order;
} atn_lsq;

/* Bytes of work for n rows of p columns, aligned for double. */
size_t atn_lsq_size(size_t n, size_t p);

/*
 * Fits, and returns the rank: below p nothing else is filled. Columns are brought to length 1 by
 * powers of two and taken up in the order of what they add (Golub 1965); the solution is refined
 * by the augmented system of Bjorck 1967, BIT 7:257-278, with residuals in doubled precision, till
 * it holds still, or five times: its error is then that of x and y as given, not that of the
 * arithmetic.
 */
size_t atn_lsq_fit(atn_lsq *fit, const atn_lsq_given *given, void *work);

/*
 * (X'X)^-1, p rows of p: times sse / (n - p) the covariance of b; where rank is p. Refined in the
 * same way from the same columns, which given still holds.
 */
void atn_lsq_covariance(const atn_lsq *fit, const atn_lsq_given *given, double *covariance);

#endif
