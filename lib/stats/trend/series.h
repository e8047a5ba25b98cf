/* The observed rows of one series, brought to a scale on which no sum can overflow. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_SERIES_H
#define ATN_STATS_SERIES_H

#include "lib/stats/num/num.h"

#include <attune/status.h>
#include <attune/trend.h>

#include <float.h>
#include <stddef.h>

/*
 * Residuals and differences of scaled scores below this are rounding: scores are known to half a
 * unit in the last place (DBL_EPSILON / 2 here), and a fit adds a few of those.
 */
#define ATN_NOISE (8.0 * DBL_EPSILON)

typedef struct atn_series {
    size_t n;      /* observed rows */
    double *t, *v; /* x and y as given: what ranks and logarithms are taken of */
    double *x;     /* (t - t[0]) * 2^-x_exp, within 0..1 */
    double *y;     /* v * 2^-y_exp, within -1..1: a power of two, so that no bit is lost */
    int x_exp, y_exp;
    double sen_slope;         /* of scaled scores on scaled times; once rank has run */
    atn_line ols;             /* scaled scores on scaled times; where x_spread, once line has run */
    int x_spread;             /* 0: all x are equal, and no slope exists */
    double *e, *p, *q, *rank; /* scratch of n each */
    double *slopes;           /* scratch of n (n - 1) / 2, at least 1 */
    size_t *order;            /* scratch of n */
} atn_series;

/* Bytes that a series of n rows needs; 0 when n is above ATTUNE_TREND_ROWS_MAX. */
size_t atn_series_size(size_t n);

/* Checks n rows, lays the series out in work and fills it; work has atn_series_size(n) bytes. */
attune_status atn_rows_check(const double *x, const double *y, size_t n, attune_error *err);
void atn_series_fill(atn_series *series, const double *x, const double *y, size_t n, void *work);

/* The exponent that brings the largest magnitude into 0.5..1, 0 when all are 0; NaN are passed. */
int atn_exponent(const double *values, size_t n);

/* Values times 2^-exponent; times so that they start at 0 and end within 0..1, and their exponent.
 */
void atn_scale(double *to, const double *from, size_t n, int exponent);
int atn_scale_time(double *to, const double *from, size_t n);

/* value * 2^exponent; NaN when a double cannot hold it. */
double atn_unscale(double value, int exponent);

/* The slope of a scaled line, and its height at time 0 as given. */
double atn_slope(const atn_series *series, double slope);
double atn_at_zero(const atn_series *series, double intercept, double slope);

/* Residuals of the scaled scores from a line in x; returns the sum of their squares. */
double atn_residuals(const atn_series *series, double intercept, double slope, double *e);

/* Sums of n squares at or below this are those of nothing but rounding: see ATN_NOISE. */
static inline double atn_nil_squares(size_t n)
{
    return (double)n * ATN_NOISE * ATN_NOISE;
}

#endif
