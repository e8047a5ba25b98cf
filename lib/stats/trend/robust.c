/* M-estimates of the slope: Huber and bisquare by reweighted least squares, as MASS::rlm. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/num.h"
#include "lib/stats/trend/parts.h"

#include <math.h>

#define ROUNDS_MAX 5000
#define PATIENCE 500     /* rounds before the steps are helped along */
#define SETTLED 1e-10    /* change of the residuals relative to themselves */
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

/*
 * Sorts sizes by insertion, their order with them: few moves where the order of the last round
 * still nearly holds. 0 when it does not, with the order in disorder.
 */
static int touch_up(double *size, size_t *order, size_t n)
{
    size_t moves = 0;
    for (size_t i = 1; i < n && moves <= 8 * n; i++) {
        double held = size[i];
        size_t row = order[i], j = i;
        for (; j > 0 && size[j - 1] > held; j--, moves++) {
            size[j] = size[j - 1];
            order[j] = order[j - 1];
        }
        size[j] = held;
        order[j] = row;
    }
    return moves <= 8 * n;
}

/* The median size of a residual as a standard deviation; order is that of the last round. */
static double spread(const double *e, double *size, size_t *order, size_t n)
{
    for (size_t i = 0; i < n; i++)
        size[i] = fabs(e[order[i]]);
    if (!touch_up(size, order, n)) {
        for (size_t i = 0; i < n; i++)
            size[i] = fabs(e[i]);
        atn_sort_order(order, size, n);
        atn_sort(size, n);
    }
    double upper = size[n / 2], lower = n % 2 ? upper : size[n / 2 - 1];
    return 0.5 * (lower + upper) / MAD_TO_SD;
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

/*
 * Where three lines, each a round from the last, are heading for (Aitken): a few short series
 * close in by 0.3 % a round, and a few swing about the solution without end.
 */
static atn_line ahead(atn_line first, atn_line second, atn_line third)
{
    double a = second.intercept - first.intercept, b = second.slope - first.slope;
    double c = third.intercept - second.intercept, d = third.slope - second.slope;
    double ratio = (a * c + b * d) / fmax(a * a + b * b, DBL_MIN);
    if (ratio > 1.0 - 1e-6)
        return third; /* still gathering speed */
    third.intercept += c * ratio / (1.0 - ratio);
    third.slope += d * ratio / (1.0 - ratio);
    return third;
}

/* One round: 0 when no slope can be had from the rows that keep weight. */
static int reweigh(const atn_series *s, double (*weight)(double), double sd, atn_line *line)
{
    double *e = s->e, *w = s->q;
    for (size_t i = 0; i < s->n; i++)
        w[i] = weight(fabs(e[i]) / sd);
    if (!weighs_two_times(s, w))
        return 0;
    *line = atn_fit_weighted_line(s->x, w, s->y, s->n);
    return 1;
}

static double robust_slope(const atn_series *s, double (*weight)(double))
{
    atn_line before = s->ols, line = s->ols, next = s->ols;
    for (size_t i = 0; i < s->n; i++)
        s->order[i] = i;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        atn_residuals(s, line.intercept, line.slope, s->e);
        double sd = spread(s->e, s->rank, s->order, s->n);
        if (sd <= ATN_NOISE)
            return atn_slope(s, line.slope);
        if (!reweigh(s, weight, sd, &next))
            return NAN;
        atn_residuals(s, next.intercept, next.slope, s->p);
        if (settled(s->p, s->e, s->n))
            return atn_slope(s, next.slope);
        if (round >= PATIENCE && round % 3 == 2)
            next = ahead(before, line, next);
        before = line;
        line = next;
    }
    return NAN;
}

void atn_trend_robust(atn_series *s, attune_trend *trend)
{
    if (!s->x_spread)
        return;
    trend->huber_slope = robust_slope(s, huber_weight);
    trend->bisquare_slope = robust_slope(s, bisquare_weight);
}
