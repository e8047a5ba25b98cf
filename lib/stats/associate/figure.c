/* Figures of an association: put into rows, made of sums, and of a mixed model. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/parts.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/associate/correlation.h"
#include "lib/stats/num/num.h"

#include <string.h>

#define PERFECT 1e-12 /* of 1 - |r|: what rounding may leave of it */

const char atn_few[] = "too few clients or sessions";
const char atn_constant[] = "scores do not vary";
const char atn_perfect[] = "a perfect fit";
const char atn_no_model[] = "no such model of these scores";
const char atn_no_between[] = "no variance between clients";
const char atn_dependent[] = "one measure follows from the others";
const char atn_no_variance[] = "no variance by this approximation";
static const char beyond[] = "beyond what a number holds";

attune_association atn_figure(double estimate, const char *reason)
{
    return (attune_association) {
        .struct_size = sizeof(attune_association),
        .n = -1,
        .clients = -1,
        .estimate = estimate,
        .se = NAN,
        .low = NAN,
        .high = NAN,
        .df = NAN,
        .p = NAN,
        .reason = reason,
    };
}

static int32_t counted(double n)
{
    return (int32_t)fmin(n, INT32_MAX);
}

attune_association atn_counted(attune_association figure, double n, double clients)
{
    figure.n = counted(n);
    figure.clients = counted(clients);
    return figure;
}

/* What overflowed says so; all of a figure is there or nothing. */
void atn_put_figure(atn_sink *sink, const char *statistic, attune_association f)
{
    const double figures[] = { f.estimate, f.se, f.low, f.high };
    double reach = 0;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        reach = fmax(reach, fabs(figures[i])); /* NaN counts for nothing */
    if (isinf(reach))
        f = atn_counted(atn_figure(NAN, beyond), f.n, f.clients);
    f.part = sink->part;
    f.direction = sink->direction;
    f.statistic = statistic;
    atn_give_at(sink->rows, sink->stride, sink->count++, &f, sizeof f);
}

attune_association atn_estimated(double estimate, double se, double df, double scale)
{
    attune_association f = atn_figure(estimate * scale, NULL);
    double half = (isnan(df) ? ATN_Z_975 : atn_student_975(fmin(df, 1e6))) * se;
    if (!(se > 0))
        return atn_figure(NAN, atn_no_variance);
    f.se = se * scale;
    f.low = (estimate - half) * scale;
    f.high = (estimate + half) * scale;
    f.df = df;
    f.p = isnan(df) ? atn_normal_p(estimate / se) : atn_t_p(estimate / se, df);
    return f;
}

int atn_varies(double squares, double n)
{
    return squares > n * ATN_NOISE * ATN_NOISE;
}

attune_association atn_correlated(const atn_products *s, double n_free, uint64_t controls)
{
    attune_association f = atn_figure(NAN, NULL);
    attune_correlation c = { .struct_size = sizeof c };
    double r;
    if (!(n_free - (double)controls > 3))
        return atn_figure(NAN, atn_few);
    if (!atn_varies(s->xx, s->n) || !atn_varies(s->yy, s->n))
        return atn_figure(NAN, atn_constant);
    r = s->xy / sqrt(s->xx * s->yy);
    if (attune_correlation_of(fabs(r) < 1 - PERFECT ? r : 1, (uint64_t)n_free, controls, &c,
                              NULL) != ATTUNE_OK)
        return atn_figure(r > 0 ? 1 : -1, atn_perfect);
    f.estimate = r;
    f.low = c.low;
    f.high = c.high;
    f.df = c.df;
    f.p = c.p;
    return f;
}

atn_products atn_products_of(const double *x, const double *y, size_t n)
{
    atn_products s = { 0 };
    double mean_x = 0, mean_y = 0;
    for (size_t i = 0; i < n; i++) {
        int both = !isnan(x[i] + y[i]);
        mean_x += both ? x[i] : 0;
        mean_y += both ? y[i] : 0;
        s.n += both;
    }
    mean_x /= fmax(s.n, 1);
    mean_y /= fmax(s.n, 1);
    for (size_t i = 0; i < n; i++) {
        double off_x, off_y;
        if (isnan(x[i] + y[i]))
            continue;
        off_x = atn_deviation(x[i], mean_x);
        off_y = atn_deviation(y[i], mean_y);
        s.xx += off_x * off_x;
        s.yy += off_y * off_y;
        s.xy += off_x * off_y;
    }
    return s;
}

/* 1 when a column varies over the rows that have a y. */
static int column_varies(const atn_caseload *c, const double *y, const double *x)
{
    double low = INFINITY, high = -INFINITY;
    for (uint64_t i = c->starts[0]; i < c->starts[c->n_clients]; i++) {
        low = isnan(y[i]) ? low : fmin(low, x[i]);
        high = isnan(y[i]) ? high : fmax(high, x[i]);
    }
    return high - low > ATN_NOISE;
}

const char *atn_model_reason(const atn_caseload *c, const double *y, const double *const *x,
                             size_t n_x)
{
    int varies = column_varies(c, y, y);
    for (size_t i = 0; i < n_x; i++)
        varies = varies && column_varies(c, y, x[i]);
    return varies ? atn_no_model : atn_constant;
}

const char *atn_model_fit(const atn_caseload *c, const double *y, const double *const *x,
                          size_t n_x, int32_t reml, atn_mixed *fit)
{
    attune_error err = ATTUNE_ERROR_INIT;
    atn_mixed_data data = { .y = y,
                            .n_x = n_x,
                            .starts = c->starts,
                            .n_groups = c->n_clients,
                            .structure = ATN_MIXED_INTERCEPT,
                            .reml = reml };
    attune_status status;
    const char *reason;
    for (size_t i = 0; i < n_x; i++)
        data.x[i] = x[i];
    status = atn_mixed_fit(&data, c->mixed, fit, &err);
    if (status == ATTUNE_OK)
        return NULL;
    if (status == ATTUNE_E_TOO_FEW)
        return atn_few;
    reason = atn_model_reason(c, y, x, n_x);
    return reason == atn_no_model && strcmp(err.key, "residual") == 0 ? atn_perfect : reason;
}

attune_association atn_model_slope(const atn_mixed *fit, const char *reason, size_t k, double scale)
{
    if (reason)
        return atn_figure(NAN, reason);
    return atn_counted(atn_estimated(fit->b[k], sqrt(fit->b_cov[k][k]), NAN, scale),
                       (double)fit->n_rows, (double)fit->n_groups);
}

attune_association atn_model_contrast(const atn_mixed *fit, const char *reason, size_t k, size_t j,
                                      double scale)
{
    if (reason)
        return atn_figure(NAN, reason);
    double var = fit->b_cov[k][k] + fit->b_cov[j][j] - 2 * fit->b_cov[k][j];
    return atn_counted(atn_estimated(fit->b[k] - fit->b[j], sqrt(var), NAN, scale),
                       (double)fit->n_rows, (double)fit->n_groups);
}

attune_association atn_model_amount(const atn_mixed *fit, const char *reason, double amount)
{
    if (reason)
        return atn_figure(NAN, reason);
    return atn_counted(atn_figure(amount, NULL), (double)fit->n_rows, (double)fit->n_groups);
}

attune_association atn_model_icc(const atn_caseload *c, const double *y, atn_mixed *fit,
                                 const char **reason)
{
    *reason = atn_model_fit(c, y, NULL, 0, 1, fit);
    return atn_model_amount(fit, *reason, *reason ? 0 : fit->d00 / (fit->d00 + fit->s2));
}
