/* Where a chart's scores lie and how far apart: centre, sd, ranges and their constants. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/chart/chart.h"
#include "lib/stats/num/moments.h"
#include "lib/stats/num/select.h"

#include <float.h>
#include <math.h>

#define NOISE (8.0 * DBL_EPSILON) /* steps below this, of the largest score, are rounding */
#define C4_2 0.7978845608028654   /* c4(2) = sqrt(2 / pi) */

/* d2 and D4 of two, and d4: the median of |N(0, 2)|, sqrt(2) times the normal quantile of .75. */
static const struct constants {
    double d2, d4, limit;
} constants[] = {
    [ATTUNE_CHART_EXACT] = { 1.1283791670955126, 0.9538725524089398, 3.2665319192886013 },
    [ATTUNE_CHART_THREE] = { 1.128, 0.954, 3.267 },
};

/* sqrt(2 / (n - 1)) Gamma(n / 2) / Gamma((n - 1) / 2), by c4(n) c4(n + 1) = sqrt((n - 1) / n). */
static double c4(size_t n)
{
    double found = C4_2;
    for (size_t m = 2; m < n; m++)
        found = sqrt((double)(m - 1) / (double)m) / found;
    return found;
}

/* Scaled by a power of two, so that squares neither overflow nor vanish. */
static double sd_of(const double *y, size_t n, double most, double *scaled)
{
    int exponent;
    frexp(most, &exponent);
    for (size_t i = 0; i < n; i++)
        scaled[i] = scalbn(y[i], -exponent);
    return scalbn(atn_sd(scaled, n) / c4(n), exponent);
}

static double mean_of(const double *steps, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += steps[i];
    return sum / (double)n;
}

/* The mean of the steps that are within the limit of the first mean. */
static double screened(double *steps, size_t n, double factor)
{
    double limit = factor * mean_of(steps, n);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!(steps[i] > limit))
            steps[kept++] = steps[i];
    return mean_of(steps, kept);
}

static double sd_from(const attune_chart_options *o, const double *y, size_t n, double most,
                      double *steps, attune_chart *chart)
{
    const struct constants *c = &constants[o->constants];
    for (size_t i = 1; i < n; i++)
        steps[i - 1] = fabs(y[i] - y[i - 1]);
    chart->range = o->spread == ATTUNE_CHART_SCREENED_RANGE ? screened(steps, n - 1, c->limit)
                                                            : mean_of(steps, n - 1);
    chart->range_limit = c->limit * chart->range;
    if (o->spread == ATTUNE_CHART_MEDIAN_RANGE)
        return atn_median(steps, n - 1) / c->d4;
    if (o->spread == ATTUNE_CHART_SD)
        return sd_of(y, n, most, steps);
    return chart->range / c->d2;
}

void atn_chart_measure(const attune_chart_options *o, const double *y, size_t n, double *steps,
                       attune_chart *chart)
{
    double most = 0.0;
    size_t baseline = o->baseline > 0 && (size_t)o->baseline < n ? (size_t)o->baseline : n;
    for (size_t i = 0; i < baseline; i++)
        most = fmax(most, fabs(y[i]));
    chart->centre = o->centred ? o->centre : atn_mean(y, baseline);
    chart->sd = chart->range = chart->range_limit = NAN;
    if (baseline > 1)
        chart->sd = sd_from(o, y, baseline, most, steps, chart);
    if (chart->sd <= NOISE * most)
        chart->sd = 0.0;
    if (o->sd > 0.0)
        chart->sd = o->sd;
    if (!(chart->sd > o->sd_floor) && o->sd_floor > 0.0)
        chart->sd = o->sd_floor;
}
