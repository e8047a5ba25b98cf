/* Least squares on the session and on its logarithm, with interval and Durbin-Watson. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/num.h"
#include "lib/stats/trend/parts.h"

#include <math.h>

static double durbin_watson(const double *e, size_t n, double squares)
{
    double steps = 0.0;
    for (size_t i = 1; i < n; i++)
        steps += (e[i] - e[i - 1]) * (e[i] - e[i - 1]);
    return steps / squares;
}

/* Residuals of nothing but rounding: the line is known exactly, and there is nothing to test. */
static void exact_line(attune_trend *trend)
{
    trend->ols_slope_se = 0.0;
    trend->ols_low = trend->ols_high = trend->ols_slope;
    trend->residual_sd = 0.0;
}

static void spread_of_line(const atn_series *s, const atn_line *line, attune_trend *trend)
{
    double nu = (double)s->n - 2.0;
    double se = sqrt(line->sse / nu * line->slope_var);
    double half = se * atn_student_975(nu);
    trend->ols_slope_se = atn_slope(s, se);
    trend->ols_t = line->slope / se;
    trend->ols_p = atn_student_p(trend->ols_t, nu);
    trend->ols_low = atn_slope(s, line->slope - half);
    trend->ols_high = atn_slope(s, line->slope + half);
    trend->residual_sd = atn_unscale(sqrt(line->sse / nu), s->y_exp);
    trend->durbin_watson = durbin_watson(s->e, s->n, line->sse);
}

void atn_trend_line(atn_series *s, attune_trend *trend)
{
    if (!s->x_spread)
        return;
    atn_line line = atn_fit_line(s->x, s->y, s->n, s->e);
    s->ols = line;
    trend->ols_slope = atn_slope(s, line.slope);
    trend->ols_intercept = atn_at_zero(s, line.intercept, line.slope);
    if (s->n < 3)
        return;
    if (line.sse > atn_nil_squares(s->n))
        spread_of_line(s, &line, trend);
    else
        exact_line(trend);
}

/* Logarithms of the times as given; 0 where one is not above 0 or they do not differ. */
static int take_logs(const atn_series *s, double *logs)
{
    for (size_t i = 0; i < s->n; i++) {
        if (!(s->t[i] > 0.0))
            return 0;
        logs[i] = log(s->t[i]);
    }
    double least = logs[0], most = logs[s->n - 1];
    return most - least > ATN_NOISE * fmax(fabs(least), fabs(most));
}

void atn_trend_log(atn_series *s, attune_trend *trend)
{
    if (!take_logs(s, s->p))
        return;
    atn_line line = atn_fit_line(s->p, s->y, s->n, s->e);
    trend->log_slope = atn_unscale(line.slope, s->y_exp);
    trend->log_intercept = atn_unscale(line.intercept, s->y_exp);
    if (s->n < 3)
        return;
    double squares = line.sse > atn_nil_squares(s->n) ? line.sse : 0.0;
    trend->log_slope_se =
        atn_unscale(sqrt(squares / ((double)s->n - 2.0) * line.slope_var), s->y_exp);
}
