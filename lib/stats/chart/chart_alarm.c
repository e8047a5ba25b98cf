/* How often a control chart of n scores is hit though nothing has changed, by simulation. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/stats/chart/chart.h"
#include "lib/stats/num/random.h"

#include <math.h>
#include <stdalign.h>

static size_t state_size(void)
{
    size_t unit = alignof(max_align_t);
    return (atn_random_size() + unit - 1) / unit * unit;
}

size_t attune_chart_alarm_work(size_t n)
{
    if (n > INT32_MAX)
        return 0;
    return state_size() + 3 * n * sizeof(double);
}

static attune_status check_call(const attune_chart_options *options, size_t n, size_t rounds,
                                const void *work, const double *rate, const double *error,
                                attune_error *err)
{
    if (!options)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "options", "expected options");
    if (!work || !rate || !error)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "rate", "expected scratch, and room for both");
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size must be set");
    if (n == 0 || n > INT32_MAX || rounds == 0)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected scores and rounds");
    return atn_chart_check(options, err);
}

/* The chart of a series whose mean is 0 and whose sd is 1. */
static attune_chart_options standard(const attune_chart_options *options)
{
    attune_chart_options o = *options;
    o.centre = o.sd_floor = 0.0;
    o.sd = options->sd > 0.0 ? 1.0 : 0.0;
    return o;
}

attune_status attune_chart_alarm(const attune_chart_options *options, size_t n, size_t rounds,
                                 uint64_t seed, void *work, double *rate, double *error,
                                 attune_error *err)
{
    attune_status status = check_call(options, n, rounds, work, rate, error, err);
    if (status != ATTUNE_OK)
        return status;
    const attune_chart_options o = standard(options);
    double *y = (double *)(void *)((char *)work + state_size());
    size_t alarms = 0;
    atn_random random;
    atn_random_begin(&random, work, seed);
    for (size_t round = 0; round < rounds; round++) {
        attune_chart chart = { .struct_size = (uint32_t)sizeof chart };
        for (size_t i = 0; i < n; i++)
            y[i] = atn_random_normal(&random);
        attune_chart_fit(&o, y, n, y + n, &chart, NULL, NULL);
        alarms += chart.hits > 0;
    }
    *rate = (double)alarms / (double)rounds;
    *error = sqrt(*rate * (1.0 - *rate) / (double)rounds);
    return ATTUNE_OK;
}
