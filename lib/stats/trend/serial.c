/* Serial dependence: lag-1 autocorrelation and the Mann-Kendall tests that allow for it. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/num.h"
#include "lib/stats/num/rank.h"
#include "lib/stats/num/select.h"
#include "lib/stats/trend/parts.h"

#include <math.h>

/* The one step between rows, where the times stand as evenly as row numbers do; else 0. */
static double even_step(const atn_series *s)
{
    double step = s->x[s->n - 1] / (double)(s->n - 1);
    for (size_t i = 1; i < s->n; i++)
        if (!(fabs(s->x[i] - step * (double)i) < ATN_NOISE))
            return 0.0;
    return step;
}

/* Theil-Sen on 0, 1, 2...: these tests know the order of the rows and not their times. */
static double slope_by_order(const atn_series *s)
{
    double step = even_step(s);
    if (step > 0.0)
        return s->sen_slope * step;
    size_t count = 0;
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = i + 1; j < s->n; j++)
            s->slopes[count++] = (s->y[j] - s->y[i]) / (double)(j - i);
    return atn_median(s->slopes, count);
}

static void take_trend_out(const atn_series *s, double *left)
{
    double slope = slope_by_order(s);
    for (size_t i = 0; i < s->n; i++)
        left[i] = s->y[i] - slope * (double)(i + 1);
}

static int differ(const double *values, size_t n)
{
    double least = values[0], most = values[0];
    for (size_t i = 1; i < n; i++) {
        least = fmin(least, values[i]);
        most = fmax(most, values[i]);
    }
    return most - least > ATN_NOISE;
}

/* Products of mid-ranks' distances from their mean, k rows apart; exact. */
static double rank_products(const double *rank, size_t n, size_t k)
{
    double middle = 0.5 * (double)(n + 1), sum = 0.0;
    for (size_t i = k; i < n; i++)
        sum += (rank[i] - middle) * (rank[i - k] - middle);
    return sum;
}

/*
 * n / n* of Hamed & Rao 1998, J Hydrol 204:182-196: autocorrelations of the ranks of what the
 * trend leaves, those beyond z / sqrt(n) alone. 1 when nothing is left that differs.
 */
static double hamed_rao(const double *rank, size_t n)
{
    double rows = (double)n, all = rank_products(rank, n, 0), sum = 0.0;
    if (!(all > 0.0))
        return 1.0;
    for (size_t k = 1; k < n; k++) {
        double r = rank_products(rank, n, k) / all, left = rows - (double)k;
        if (fabs(r) > ATN_Z_975 / sqrt(rows))
            sum += left * (left - 1.0) * (left - 2.0) * r;
    }
    return 1.0 + 2.0 / (rows * (rows - 1.0) * (rows - 2.0)) * sum;
}

/*
 * n / n* of Yue & Wang 2004, Water Resour Manag 18:201-218, from the first autocorrelation alone,
 * whose powers stand for the later ones: 1 + 2 (1 - 1/n) sum r^k for k = 1..n-1, the form and the
 * weights of modifiedmk 1.6's mmky1lag. Never below 1: there, as with every lag's own
 * autocorrelation, a short series turns significant by itself.
 */
static double yue_wang(const double *left, size_t n)
{
    if (!differ(left, n))
        return 1.0;
    double r = atn_lag1(left, n), power = 1.0, sum = 0.0;
    for (size_t k = 1; k < n; k++) {
        power *= r;
        sum += power;
    }
    return fmax(1.0, 1.0 + 2.0 * (1.0 - 1.0 / (double)n) * sum);
}

void atn_trend_serial(atn_series *s, attune_trend *trend)
{
    if (s->n < 3)
        return;
    if (trend->mk_var > 0.0) /* not all equal */
        trend->lag1 = atn_lag1(s->y, s->n);
    take_trend_out(s, s->p);
    atn_rank(s->rank, s->order, s->p, s->n, ATN_NOISE);
    trend->mk_hr_z = atn_mk_z(trend->mk_s, trend->mk_var * hamed_rao(s->rank, s->n));
    trend->mk_hr_p = atn_normal_p(trend->mk_hr_z);
    trend->mk_yw_z = atn_mk_z(trend->mk_s, trend->mk_var * yue_wang(s->p, s->n));
    trend->mk_yw_p = atn_normal_p(trend->mk_yw_z);
}
