/* What all pairs of rows say: Mann-Kendall, tau-b, Spearman, Theil-Sen and Siegel. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/num.h"
#include "lib/stats/num/rank.h"
#include "lib/stats/num/select.h"
#include "lib/stats/trend/parts.h"

#include <math.h>

/* Scaled times nearer than this are one time: no slope can be had between them. */
#define SAME_TIME DBL_MIN

typedef struct pair_sums {
    int64_t rise;       /* rises minus falls in row order: S */
    int64_t timed;      /* the same over pairs at different times */
    int64_t same_time;  /* pairs */
    int64_t same_score; /* pairs */
    size_t slopes;
} pair_sums;

static pair_sums sum_pairs(const atn_series *s)
{
    pair_sums sums = { 0 };
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = i + 1; j < s->n; j++) {
            int sign = (s->v[j] > s->v[i]) - (s->v[j] < s->v[i]);
            int later = s->t[j] > s->t[i];
            double span = s->x[j] - s->x[i];
            sums.rise += sign;
            sums.timed += later ? sign : 0;
            sums.same_time += !later;
            sums.same_score += sign == 0;
            if (span >= SAME_TIME)
                s->slopes[sums.slopes++] = (s->y[j] - s->y[i]) / span;
        }
    return sums;
}

static double tau_b(const pair_sums *sums, size_t n)
{
    double pairs = 0.5 * (double)n * ((double)n - 1.0);
    double by_time = pairs - (double)sums->same_time, by_score = pairs - (double)sums->same_score;
    if (!(by_time > 0.0) || !(by_score > 0.0))
        return NAN;
    return fmax(-1.0, fmin(1.0, (double)sums->timed / sqrt(by_time * by_score)));
}

static void mann_kendall(const atn_series *s, const pair_sums *sums, attune_trend *trend)
{
    trend->mk_s = (double)sums->rise;
    trend->mk_var = (atn_mk_sum(s->n) - atn_tie_sum(s->rank, s->order, s->n)) / 18.0;
    trend->mk_z = atn_mk_z(trend->mk_s, trend->mk_var);
    trend->mk_p = atn_normal_p(trend->mk_z);
    if (s->n <= ATN_EXACT_MAX)
        trend->mk_p_exact = atn_mk_exact(trend->mk_s, s->rank, s->order, s->n);
}

/*
 * Ranks round((N - C) / 2) and round((N + C) / 2) + 1, halves to even (Sen 1968; scipy's
 * theilslopes, R's trend::sens.slope), held within 1..N as scipy does.
 */
static void sen_interval(const atn_series *s, size_t slopes, double variance, attune_trend *trend)
{
    double c = ATN_Z_975 * sqrt(fmax(0.0, variance));
    double count = (double)slopes;
    double low = fmax(1.0, rint(0.5 * (count - c)));
    double high = fmin(count, rint(0.5 * (count + c)) + 1.0);
    size_t middle = slopes / 2; /* the median before has put the lower half below it */
    trend->sen_low = atn_slope(s, atn_select(s->slopes, middle + 1, (size_t)low - 1));
    trend->sen_high =
        atn_slope(s, atn_select(s->slopes + middle, slopes - middle, (size_t)high - 1 - middle));
}

static double median_of(const atn_series *s, const double *values)
{
    for (size_t i = 0; i < s->n; i++)
        s->p[i] = values[i];
    return atn_median(s->p, s->n);
}

static void sen(atn_series *s, const pair_sums *sums, double time_ties, attune_trend *trend)
{
    double slope = atn_median(s->slopes, sums->slopes);
    s->sen_slope = slope;
    double x = median_of(s, s->x), y = median_of(s, s->y);
    trend->sen_slope = atn_slope(s, slope);
    trend->sen_intercept = atn_at_zero(s, y - slope * x, slope);
    if (s->n >= 3)
        sen_interval(s, sums->slopes, trend->mk_var - time_ties / 18.0, trend);
}

/* The median over rows of the median slope from each row (Siegel 1982, Biometrika 69:242). */
static double siegel(const atn_series *s)
{
    for (size_t i = 0; i < s->n; i++) {
        size_t count = 0;
        for (size_t j = 0; j < s->n; j++) {
            double span = s->x[j] - s->x[i];
            if (fabs(span) >= SAME_TIME)
                s->p[count++] = (s->y[j] - s->y[i]) / span;
        }
        s->q[i] = atn_median(s->p, count);
    }
    return atn_slope(s, atn_median(s->q, s->n));
}

void atn_trend_rank(atn_series *s, attune_trend *trend)
{
    if (s->n < 2)
        return;
    pair_sums sums = sum_pairs(s);
    for (size_t i = 0; i < s->n; i++)
        s->order[i] = i; /* times never go backwards */
    atn_rank_in_order(s->e, s->order, s->t, s->n, 0.0);
    double time_ties = atn_tie_sum(s->e, s->order, s->n);
    atn_rank(s->rank, s->order, s->v, s->n, 0.0);
    trend->spearman_rho = atn_rank_correlation(s->e, s->rank, s->n);
    trend->kendall_tau_b = tau_b(&sums, s->n);
    if (s->n >= 3)
        mann_kendall(s, &sums, trend);
    if (sums.slopes == 0)
        return;
    sen(s, &sums, time_ties, trend);
    trend->siegel_slope = siegel(s);
}
