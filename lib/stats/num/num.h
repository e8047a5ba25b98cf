/* What the rest of the library may ask of GSL: each call is fenced, none can reach gsl_error(). */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_NUM_H
#define ATN_STATS_NUM_H

#include <stddef.h>
#include <stdint.h>

#define ATN_Z_975 1.959963984540054 /* standard normal quantile of .975 */

/* A fitted line; slope_var is the variance of the slope per unit of residual variance. */
typedef struct atn_line {
    double intercept, slope;
    double slope_var;
    double sse; /* (weighted) sum of squared residuals */
} atn_line;

/* Least squares, and the n residuals in e; n >= 2 and x not all equal. */
atn_line atn_fit_line(const double *x, const double *y, size_t n, double *e);

/* Weighted least squares; weights >= 0, and x not all equal where they are above 0. */
atn_line atn_fit_weighted_line(const double *x, const double *w, const double *y, size_t n);

/* First autocorrelation, divided by n as R's acf; y not all equal. */
double atn_lag1(const double *y, size_t n);

/* P(|Z| >= |z|), exact in the tail; NaN for NaN. */
double atn_normal_p(double z);

/* The standard normal quantile of 0 < p < 1. */
double atn_normal_quantile(double p);

/* P(|T| >= |t|) with nu degrees of freedom; NaN for NaN and for nu outside 1..1e6. */
double atn_student_p(double t, double nu);

/* The .975 quantile of Student's t; NaN for nu outside 1..1e6. */
double atn_student_975(double nu);

/* Ascending sort, and the order that would sort. */
void atn_sort(double *values, size_t n);
void atn_sort_order(size_t *order, const double *values, size_t n);

/*
 * GSL's mt19937 (Matsumoto & Nishimura 1998, seeded as in 2002) in memory of the caller's:
 * atn_rng_size() bytes, aligned for any type. lib/stats/num/random.h makes streams of it.
 */
size_t atn_rng_size(void);
void atn_rng_seed(void *state, uint32_t seed); /* seed > 0: GSL takes 0 for 4357 */
uint32_t atn_rng_word(void *state);            /* 32 random bits */
double atn_rng_uniform(void *state);           /* word / 2^32, within [0, 1) */
double atn_rng_normal(void *state);            /* standard normal, by Leva's ratio of uniforms */

/* n things of size bytes each into random order; n below 2^32. */
void atn_rng_shuffle(void *state, void *things, size_t n, size_t size);

#endif
