/* The trend of one series, and of many in one call. */
/* SPDX-License-Identifier: MIT */
#include <attune/trend.h>

#include "lib/core/base/error.h"
#include "lib/stats/trend/parts.h"

#include <math.h>

#define STRUCT_SIZE_MAX 65536 /* no trend will ever be larger: a size above was never set */

static void (*const parts[])(atn_series *, attune_trend *) = {
    atn_trend_rank, atn_trend_serial, atn_trend_line,
    atn_trend_log,  atn_trend_prais,  atn_trend_robust,
};

size_t attune_trend_work(size_t n)
{
    return atn_series_size(n);
}

static attune_trend nothing(void)
{
    size_t count;
    const attune_field *fields = attune_trend_fields(&count);
    attune_trend trend = { .struct_size = (uint32_t)sizeof trend };
    for (size_t i = 0; i < count; i++)
        if (fields[i].type == ATTUNE_FIELD_REAL)
            *(double *)(void *)((char *)&trend + fields[i].offset) = NAN;
    return trend;
}

/* A struct may be larger than this version's: a later one's tail is left alone. */
static int takes_size(uint32_t struct_size)
{
    return struct_size >= sizeof(attune_trend) && struct_size <= STRUCT_SIZE_MAX &&
           struct_size % _Alignof(attune_trend) == 0;
}

static attune_status check_call(const double *x, const double *y, const void *work,
                                const attune_trend *trend, attune_error *err)
{
    if (!x)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "x", "expected an array of times");
    if (!y)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "y", "expected an array of scores");
    if (!work)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "work", "expected scratch memory");
    if (!trend)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "trend", "expected room for the result");
    if (!takes_size(trend->struct_size))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size",
                        "expected the size of attune_trend");
    return ATTUNE_OK;
}

static attune_status check_room(size_t n, size_t work_size, attune_error *err)
{
    if (n > ATTUNE_TREND_ROWS_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected no more rows than one trend takes");
    if (work_size < atn_series_size(n))
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_trend_work(n) bytes");
    return ATTUNE_OK;
}

/* The rows are checked; what failed before leaves the trend alone. */
static attune_status fit(const double *x, const double *y, size_t n, void *work,
                         attune_trend *trend, attune_error *err)
{
    attune_status status = atn_rows_check(x, y, n, err);
    if (status != ATTUNE_OK)
        return status;
    atn_series series;
    atn_series_fill(&series, x, y, n, work);
    attune_trend found = nothing();
    found.struct_size = trend->struct_size;
    found.n = (int32_t)series.n;
    found.first = series.v[0];
    found.last = series.v[series.n - 1];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        parts[i](&series, &found);
    *trend = found;
    return ATTUNE_OK;
}

attune_status attune_trend_fit(const double *x, const double *y, size_t n, void *work,
                               size_t work_size, attune_trend *trend, attune_error *err)
{
    attune_status status = check_call(x, y, work, trend, err);
    if (status == ATTUNE_OK)
        status = check_room(n, work_size, err);
    return status == ATTUNE_OK ? fit(x, y, n, work, trend, err) : status;
}

static attune_status check_groups(const uint64_t *starts, size_t n_groups, size_t n_rows,
                                  size_t work_size, attune_error *err)
{
    for (size_t g = 0; g < n_groups; g++) {
        if (starts[g] > starts[g + 1] || starts[g + 1] > n_rows)
            return atn_fail_at(err, ATTUNE_E_COUNT, g + 1, "starts",
                               "expected rising row numbers within the rows");
        if (check_room((size_t)(starts[g + 1] - starts[g]), work_size, err) != ATTUNE_OK)
            return atn_fail_at(err, ATTUNE_E_COUNT, g, "work_size",
                               "expected attune_trend_work of the largest group");
    }
    return ATTUNE_OK;
}

static attune_status check_scan(const uint64_t *starts, const double *x, const double *y,
                                const void *work, const attune_trend *trends,
                                const attune_status *statuses, attune_error *err)
{
    if (!starts)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "starts", "expected the groups' first rows");
    attune_status status = check_call(x, y, work, trends, err);
    if (status == ATTUNE_E_ARGUMENT || statuses)
        return status;
    return atn_fail(err, ATTUNE_E_ARGUMENT, "statuses", "expected room for a status a group");
}

attune_status attune_trend_scan(const uint64_t *starts, size_t n_groups, const double *x,
                                const double *y, size_t n_rows, void *work, size_t work_size,
                                attune_trend *trends, attune_status *statuses, attune_error *err)
{
    attune_status status = check_scan(starts, x, y, work, trends, statuses, err);
    if (status == ATTUNE_OK)
        status = check_groups(starts, n_groups, n_rows, work_size, err);
    if (status != ATTUNE_OK)
        return status;
    uint32_t stride = trends->struct_size;
    for (size_t g = 0; g < n_groups; g++) {
        void *place = (char *)trends + g * stride;
        attune_trend *trend = place;
        *trend = nothing();
        trend->struct_size = stride;
        statuses[g] = fit(x + starts[g], y + starts[g], (size_t)(starts[g + 1] - starts[g]), work,
                          trend, NULL);
    }
    return ATTUNE_OK;
}
