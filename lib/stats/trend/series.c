/* Checks rows, drops the unobserved ones, shifts time and scales both columns. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/trend/series.h"

#include "lib/core/base/error.h"

#include <math.h>

size_t atn_series_size(size_t n)
{
    if (n > ATTUNE_TREND_ROWS_MAX)
        return 0;
    size_t pairs = n * (n + 1) / 2 + 1; /* one more than wanted, so that no part is empty */
    /* The last term lets the parts start at an aligned address wherever work starts. */
    return (8 * n + pairs) * sizeof(double) + n * sizeof(size_t) + sizeof(double);
}

static attune_status check_values(const double *x, const double *y, size_t n, attune_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (isinf(y[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "y", "expected a finite score or NaN");
        if (isinf(x[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "x", "expected a finite time");
        if (isnan(x[i]) && !isnan(y[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "x", "expected a time for this score");
    }
    return ATTUNE_OK;
}

static attune_status check_order(const double *x, size_t n, attune_error *err)
{
    double before = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (x[i] < before)
            return atn_fail_at(err, ATTUNE_E_ORDER, i, "x",
                               "expected times that do not go backwards");
        if (!isnan(x[i]))
            before = x[i];
    }
    return ATTUNE_OK;
}

attune_status atn_rows_check(const double *x, const double *y, size_t n, attune_error *err)
{
    attune_status status = check_values(x, y, n, err);
    if (status == ATTUNE_OK)
        status = check_order(x, n, err);
    if (status != ATTUNE_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        if (!isnan(y[i]))
            return ATTUNE_OK;
    return atn_fail(err, ATTUNE_E_TOO_FEW, "y", "expected at least one observed score");
}

static void lay_out(atn_series *s, size_t n, void *work)
{
    size_t past = (uintptr_t)work % sizeof(double);
    double *next = (double *)(void *)((char *)work + (past ? sizeof(double) - past : 0));
    double **const parts[] = { &s->t, &s->v, &s->x, &s->y, &s->e, &s->p, &s->q, &s->rank };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++, next += n)
        *parts[i] = next;
    s->slopes = next;
    s->order = (size_t *)(void *)(next + n * (n + 1) / 2 + 1);
}

int atn_exponent(const double *values, size_t n)
{
    double most = 0.0;
    int exponent = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(values[i]));
    if (most > 0.0)
        frexp(most, &exponent);
    return exponent;
}

void atn_scale(double *to, const double *from, size_t n, int exponent)
{
    for (size_t i = 0; i < n; i++)
        to[i] = scalbn(from[i], -exponent);
}

/* Scaled before the shift, so that it cannot overflow, and again for what the shift left. */
int atn_scale_time(double *to, const double *from, size_t n)
{
    int first = atn_exponent(from, n);
    double start = NAN;
    atn_scale(to, from, n, first);
    for (size_t i = 0; i < n; i++) {
        start = isnan(start) ? to[i] : start;
        to[i] -= start;
    }
    int second = atn_exponent(to, n);
    atn_scale(to, to, n, second);
    return first + second;
}

void atn_series_fill(atn_series *series, const double *x, const double *y, size_t n, void *work)
{
    lay_out(series, n, work);
    size_t observed = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(y[i]))
            continue;
        series->t[observed] = x[i];
        series->v[observed] = y[i];
        observed++;
    }
    series->n = observed;
    series->y_exp = atn_exponent(series->v, observed);
    atn_scale(series->y, series->v, observed, series->y_exp);
    series->x_exp = atn_scale_time(series->x, series->t, observed);
    series->x_spread = series->x[observed - 1] > 0.0;
}

double atn_unscale(double value, int exponent)
{
    double given = scalbn(value, exponent);
    return isfinite(given) ? given : NAN;
}

double atn_slope(const atn_series *series, double slope)
{
    return atn_unscale(slope, series->y_exp - series->x_exp);
}

double atn_at_zero(const atn_series *series, double intercept, double slope)
{
    double start = scalbn(series->t[0], -series->x_exp);
    return atn_unscale(intercept - slope * start, series->y_exp);
}

double atn_residuals(const atn_series *series, double intercept, double slope, double *e)
{
    double sum = 0.0;
    for (size_t i = 0; i < series->n; i++) {
        e[i] = series->y[i] - (intercept + slope * series->x[i]);
        sum += e[i] * e[i];
    }
    return sum;
}
