/* M-estimates of the slope: Huber and bisquare by reweighted least squares, as MASS::rlm. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num.h"
#include "lib/stats/parts.h"
#include "lib/stats/select.h"

#include <math.h>

#define ROUNDS_MAX 500
#define SETTLED 1e-12    /* change of the residuals relative to themselves */
#define MAD_TO_SD 0.6745 /* as MASS::rlm writes the normal quantile of .75 */

#define HUBER_K 1.345 /* 95 % efficient at the normal, as all of rlm's defaults */
#define BISQUARE_C 4.685

static double huber_weight(double u)
{
    return u > HUBER_K ? HUBER_K / u : 1.0;
}

static double bisquare_weight(double u)
{
    double part = u / BISQUARE_C;
    return part < 1.0 ? (1.0 - part * part) * (1.0 - part * part) : 0.0;
}

/* The median residual, about 0, as a standard deviation. */
static double spread(const double *e, double *scratch, size_t n)
{
    for (size_t i = 0; i < n; i++)
        scratch[i] = fabs(e[i]);
    return atn_median(scratch, n) / MAD_TO_SD;
}

/* Whether the rows with weight stand at more than one time. */
static int weighs_two_times(const atn_series *s, const double *w)
{
    double first = NAN;
    for (size_t i = 0; i < s->n; i++) {
        if (!(w[i] > 0.0))
            continue;
        if (isnan(first))
            first = s->x[i];
        if (s->x[i] - first > ATN_NOISE)
            return 1;
    }
    return 0;
}

/* Whether the residuals hold still: in proportion, or down to rounding. */
static int settled(const double *e, const double *before, size_t n)
{
    double change = 0.0, size = 0.0;
    for (size_t i = 0; i < n; i++) {
        change += (e[i] - before[i]) * (e[i] - before[i]);
        size += before[i] * before[i];
    }
    return change <= fmax(SETTLED * SETTLED * size, 0.01 * atn_nil_squares(n));
}

static double robust_slope(const atn_series *s, atn_line line, double (*weight)(double))
{
    double *e = s->e, *before = s->p, *w = s->q;
    atn_residuals(s, line.intercept, line.slope, e);
    for (int round = 0; round < ROUNDS_MAX; round++) {
        double sd = spread(e, s->rank, s->n);
        if (sd <= ATN_NOISE)
            return atn_slope(s, line.slope);
        for (size_t i = 0; i < s->n; i++) {
            w[i] = weight(fabs(e[i]) / sd);
            before[i] = e[i];
        }
        if (!weighs_two_times(s, w))
            return NAN;
        line = atn_fit_weighted_line(s->x, w, s->y, s->n);
        atn_residuals(s, line.intercept, line.slope, e);
        if (settled(e, before, s->n))
            return atn_slope(s, line.slope);
    }
    return NAN;
}

void atn_trend_robust(const atn_series *s, attune_trend *trend)
{
    if (!s->x_spread)
        return;
    atn_line line = atn_fit_line(s->x, s->y, s->n);
    trend->huber_slope = robust_slope(s, line, huber_weight);
    trend->bisquare_slope = robust_slope(s, line, bisquare_weight);
}
