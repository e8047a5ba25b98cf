/* Fits a trend in one call, with scratch of its own. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STATS_FIT_H
#define TESTS_STATS_FIT_H

#include "tests/unit/near.h"

#include <attune/trend.h>

#include <stdlib.h>

static inline attune_status fit_status(const double *x, const double *y, size_t n,
                                       attune_trend *trend, attune_error *err)
{
    size_t size = attune_trend_work(n);
    void *work = malloc(size);
    *trend = (attune_trend) { .struct_size = sizeof *trend };
    attune_status status = attune_trend_fit(x, y, n, work, size, trend, err);
    free(work);
    return status;
}

static inline attune_trend fit_rows(const double *x, const double *y, size_t n)
{
    attune_trend trend;
    assert_int_equal(fit_status(x, y, n, &trend, NULL), ATTUNE_OK);
    return trend;
}

/* Sessions 1, 2, 3...; at most 64. */
static inline attune_trend fit_scores(const double *y, size_t n)
{
    double x[64];
    for (size_t i = 0; i < n; i++)
        x[i] = (double)(i + 1);
    return fit_rows(x, y, n);
}

#define FIT(...)                                                                                   \
    fit_scores((const double[]) { __VA_ARGS__ },                                                   \
               sizeof((const double[]) { __VA_ARGS__ }) / sizeof(double))

#endif
