/* Smooth lines for drawing: rows onto a common scale, through a smoother, and back. */
/* SPDX-License-Identifier: MIT */
#include <attune/smooth.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/num.h"
#include "lib/stats/trend/series.h"
#include "lib/stats/trend/smooth.h"

#include <math.h>

#define ROUNDS_MAX 100
#define LN_2 0.69314718055994530942

/* The call, its options with the defaults filled in, and where its rows are on the common scale. */
typedef struct smoothing {
    attune_smooth_options how;
    const double *x, *y;
    size_t n, scores;
    double *time, *row_x, *row_y; /* of all rows; of those that are smoothed */
    int x_exp, y_exp;
    atn_smoothing s;
} smoothing;

size_t attune_smooth_work(size_t n)
{
    /* The last one lets the parts start at an aligned address wherever work starts. */
    return n > SIZE_MAX / 64 ? 0 : (6 * n + 1) * sizeof(double);
}

static attune_status check_call(const smoothing *c, const void *work, size_t work_size,
                                const double *smooth, const attune_smooth *found, attune_error *err)
{
    if (!c->x || !c->y || !work || !smooth || !found)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "rows, scratch and room must be given");
    if (c->how.struct_size < sizeof c->how || found->struct_size < sizeof *found)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (attune_smooth_work(c->n) == 0 || work_size < attune_smooth_work(c->n))
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_smooth_work(n) bytes");
    return ATTUNE_OK;
}

/* Is a number within its bounds, or not given? */
static int within(double value, double low, double high)
{
    return isnan(value) || (value >= low && value <= high);
}

static attune_status check_options(const attune_smooth_options *o, attune_error *err)
{
    const double most = 1.7976931348623157e308;
    const struct {
        int fine;
        const char *key, *text;
    } wants[] = {
        { o->method == ATTUNE_SMOOTH_LOWESS || o->method == ATTUNE_SMOOTH_LEVEL, "method",
          "expected lowess or level" },
        { o->rounds >= 0 && o->rounds <= ROUNDS_MAX, "rounds", "expected 0 to 100" },
        { within(o->span, 0.0, 1.0), "span", "expected a share above 0, up to 1" },
        { within(o->delta, -most, most), "delta", "expected a finite distance" },
        { within(o->coverage, 0.001, 0.999999) || !(fabs(o->coverage) > 0.0), "coverage",
          "expected .001 to .999999" },
        { within(o->level_var, -most, most), "level_var", "expected a finite variance" },
        { within(o->residual_var, -most, most), "residual_var", "expected a finite variance" },
        { (o->level_var >= 0.0) == (o->residual_var >= 0.0), "residual_var",
          "expected both variances or neither" },
    };
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
        if (!wants[i].fine)
            return atn_fail(err, ATTUNE_E_OPTION, wants[i].key, wants[i].text);
    return ATTUNE_OK;
}

static void fill_defaults(attune_smooth_options *o)
{
    o->span = o->span > 0.0 ? o->span : 2.0 / 3.0;
    o->coverage = o->coverage > 0.0 ? o->coverage : 0.95;
}

static void lay_out(smoothing *c, void *work)
{
    size_t past = (uintptr_t)work % sizeof(double);
    double *next = (double *)(void *)((char *)work + (past ? sizeof(double) - past : 0));
    double **const parts[] = { &c->time, &c->row_x, &c->row_y, &c->s.smooth, &c->s.a, &c->s.b };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++, next += c->n)
        *parts[i] = next;
}

/* LOWESS takes the rows with a score, LEVEL all that have a time. */
static int is_taken(const smoothing *c, size_t i)
{
    return !isnan(c->x[i]) && (c->how.method == ATTUNE_SMOOTH_LEVEL || !isnan(c->y[i]));
}

static void take_rows(smoothing *c)
{
    c->x_exp = atn_scale_time(c->time, c->x, c->n);
    c->y_exp = atn_exponent(c->y, c->n);
    for (size_t i = 0; i < c->n; i++) {
        c->scores += isnan(c->y[i]) ? 0u : 1u;
        if (!is_taken(c, i))
            continue;
        c->row_x[c->s.n] = c->time[i];
        c->row_y[c->s.n++] = scalbn(c->y[i], -c->y_exp);
    }
    c->s.x = c->row_x;
    c->s.y = c->row_y;
}

static void fit_lowess(smoothing *c)
{
    double delta = scalbn(c->how.delta, -c->x_exp);
    size_t wanted = (size_t)(c->how.span * (double)c->s.n + 1e-7); /* as R's lowess */
    size_t near = wanted > 2 ? wanted : 2;
    if (!(delta >= 0.0))
        delta = 0.01 * (c->row_x[c->s.n - 1] - c->row_x[0]);
    atn_lowess(&c->s, near < c->s.n ? near : c->s.n, c->how.rounds, delta);
}

static attune_status fit_level(smoothing *c, attune_smooth *found, attune_error *err)
{
    atn_level level = { scalbn(c->how.level_var, c->x_exp - 2 * c->y_exp),
                        scalbn(c->how.residual_var, -2 * c->y_exp), NAN, 0.0 };
    int given = c->how.level_var >= 0.0;
    if (!given && c->scores < 3)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "y",
                        "expected three observed scores, or both variances");
    if (!given)
        atn_level_fit(&c->s, &level);
    if (!atn_level_smooth(&c->s, &level))
        return atn_fail(err, ATTUNE_E_NUMERIC, "residual_var",
                        "expected variances under which the scores can be");
    found->level_var = atn_unscale(level.move, 2 * c->y_exp - c->x_exp);
    found->residual_var = atn_unscale(level.noise, 2 * c->y_exp);
    found->log_likelihood = level.log_likelihood - level.scores * c->y_exp * LN_2;
    return ATTUNE_OK;
}

/* A row that was smoothed has its own; another's lies between those about it, or nowhere. */
static double smooth_at(const smoothing *c, size_t i, size_t after)
{
    const atn_smoothing *s = &c->s;
    double from, span;
    if (is_taken(c, i))
        return s->smooth[after - 1];
    if (isnan(c->x[i]) || after == 0 || after == s->n)
        return NAN;
    from = s->x[after - 1];
    span = s->x[after] - from;
    if (!(span > 0.0))
        return s->smooth[after];
    return s->smooth[after - 1] +
           (c->time[i] - from) / span * (s->smooth[after] - s->smooth[after - 1]);
}

static void give(const smoothing *c, double *smooth, double *low, double *high)
{
    double z = c->how.method == ATTUNE_SMOOTH_LEVEL
                   ? atn_normal_quantile((1.0 + c->how.coverage) / 2.0)
                   : NAN;
    for (size_t i = 0, after = 0; i < c->n; i++) {
        after += is_taken(c, i) ? 1u : 0u;
        double height = smooth_at(c, i, after);
        double half = is_taken(c, i) ? z * sqrt(c->s.a[after - 1]) : NAN;
        smooth[i] = atn_unscale(height, c->y_exp);
        if (low)
            low[i] = atn_unscale(height - half, c->y_exp);
        if (high)
            high[i] = atn_unscale(height + half, c->y_exp);
    }
}

static attune_status fit(smoothing *c, attune_smooth *found, attune_error *err)
{
    attune_smooth made = { .level_var = NAN, .residual_var = NAN, .log_likelihood = NAN };
    attune_status status = ATTUNE_OK;
    take_rows(c);
    if (c->how.method == ATTUNE_SMOOTH_LEVEL)
        status = fit_level(c, &made, err);
    else
        fit_lowess(c);
    if (status != ATTUNE_OK)
        return status;
    made.n = (int32_t)c->scores;
    made.iterations = c->s.iterations;
    atn_give(found, &made, sizeof made);
    return ATTUNE_OK;
}

attune_status attune_smooth_fit(const double *x, const double *y, size_t n,
                                const attune_smooth_options *options, void *work, size_t work_size,
                                double *smooth, double *low, double *high, attune_smooth *found,
                                attune_error *err)
{
    smoothing c = { .how = ATTUNE_SMOOTH_OPTIONS_INIT, .x = x, .y = y, .n = n };
    attune_status status;
    if (options)
        c.how = *options;
    status = check_call(&c, work, work_size, smooth, found, err);
    if (status == ATTUNE_OK)
        status = check_options(&c.how, err);
    if (status == ATTUNE_OK)
        status = atn_rows_check(x, y, n, err);
    if (status != ATTUNE_OK)
        return status;
    fill_defaults(&c.how);
    lay_out(&c, work);
    status = fit(&c, found, err);
    if (status == ATTUNE_OK)
        give(&c, smooth, low, high);
    return status;
}
