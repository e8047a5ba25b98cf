/* Prais-Winsten: least squares under first-order autocorrelation, with gaps. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/num.h"
#include "lib/stats/num/select.h"
#include "lib/stats/trend/parts.h"

#include <math.h>

#define ROUNDS_MAX 200
#define RHO_SETTLED 1e-12
#define RHO_MAX (1.0 - 1e-12) /* nearer to 1, rounding decides whether there is an answer */

/* How many times the usual (lower median) step the step before each row is; at least 1. */
static void count_gaps(const atn_series *s, double *gap)
{
    for (size_t i = 1; i < s->n; i++)
        s->q[i - 1] = s->x[i] - s->x[i - 1];
    double usual = atn_select(s->q, s->n - 1, (s->n - 2) / 2);
    for (size_t i = 1; i < s->n; i++) {
        double step = s->x[i] - s->x[i - 1];
        gap[i] = usual > DBL_MIN && step > usual ? rint(step / usual) : 1.0;
    }
}

/* sum e_t e_(t-1) / sum e_(t-1)^2 over the rows that follow the one before without a gap. */
static double autocorrelation(const double *e, const double *gap, size_t n)
{
    double across = 0.0, before = 0.0;
    for (size_t i = 1; i < n; i++)
        if (gap[i] < 1.5) {
            across += e[i] * e[i - 1];
            before += e[i - 1] * e[i - 1];
        }
    return before > atn_nil_squares(n) ? across / before : 0.0;
}

/*
 * A row becomes itself less rho^gap of the one before, brought to the spread of the others; the
 * first is taken times sqrt(1 - rho^2). Divided by what its constant has become, this is a line
 * again, weighted by the square of that.
 */
static atn_line fit(const atn_series *s, const double *gap, double rho, double *x, double *y,
                    double *w)
{
    double whole = 1.0 - rho * rho;
    x[0] = s->x[0];
    y[0] = s->y[0];
    w[0] = whole;
    for (size_t i = 1; i < s->n; i++) {
        double r = gap[i] < 1.5 ? rho : pow(rho, gap[i]);
        double constant = 1.0 - r;
        x[i] = (s->x[i] - r * s->x[i - 1]) / constant;
        y[i] = (s->y[i] - r * s->y[i - 1]) / constant;
        w[i] = constant * constant * (gap[i] < 1.5 ? 1.0 : whole / (1.0 - r * r));
    }
    return atn_fit_weighted_line(x, w, y, s->n);
}

void atn_trend_prais(atn_series *s, attune_trend *trend)
{
    double *gap = s->rank, *e = s->e;
    if (s->n < 3 || !s->x_spread)
        return;
    count_gaps(s, gap);
    atn_line line = s->ols;
    double rho = 0.0;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        double before = rho, squares = atn_residuals(s, line.intercept, line.slope, e);
        rho = squares > atn_nil_squares(s->n) ? autocorrelation(e, gap, s->n) : 0.0;
        if (!(fabs(rho) < RHO_MAX))
            return;
        line = fit(s, gap, rho, s->p, s->q, s->slopes);
        if (fabs(rho - before) > RHO_SETTLED)
            continue;
        double left = line.sse > atn_nil_squares(s->n) ? line.sse : 0.0;
        trend->pw_slope = atn_slope(s, line.slope);
        trend->pw_slope_se = atn_slope(s, sqrt(left / ((double)s->n - 2.0) * line.slope_var));
        return;
    }
}
