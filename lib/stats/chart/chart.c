/* A control chart of a series, of score after score, and the checks before both. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/chart/chart.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <math.h>

static int is_within(double value, double low, double high)
{
    return value >= low && value <= high;
}

static attune_status check_words(const attune_chart_options *o, attune_error *err)
{
    static const char expected[] = "expected one of the documented values";
    const struct {
        const char *key;
        int32_t value, last;
    } words[] = {
        { "kind", o->kind, ATTUNE_CHART_CUSUM },
        { "spread", o->spread, ATTUNE_CHART_SD },
        { "constants", o->constants, ATTUNE_CHART_THREE },
        { "side", o->side, ATTUNE_CHART_ABOVE },
        { "baseline", o->baseline, INT32_MAX },
        { "centred", o->centred, 1 },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].value < 0 || words[i].value > words[i].last)
            return atn_fail(err, ATTUNE_E_OPTION, words[i].key, expected);
    if (o->rules & ~(ATTUNE_CHART_WE | ATTUNE_CHART_NELSON))
        return atn_fail(err, ATTUNE_E_OPTION, "rules", expected);
    return ATTUNE_OK;
}

attune_status atn_chart_check(const attune_chart_options *o, attune_error *err)
{
    const struct {
        const char *key;
        double value, low, high;
    } reals[] = {
        { "centre", o->centre, -ATN_CHART_Y_MAX, ATN_CHART_Y_MAX },
        { "sd", o->sd, 0.0, ATN_CHART_Y_MAX },
        { "sd_floor", o->sd_floor, 0.0, ATN_CHART_Y_MAX },
        { "width", o->width, 1e-6, 1e6 },
        { "lambda", o->lambda, 1e-6, 1.0 },
        { "k", o->k, 0.0, 1e6 },
        { "h", o->h, 1e-6, 1e6 },
        { "head_start", o->head_start, 0.0, o->h },
    };
    attune_status status = check_words(o, err);
    for (size_t i = 0; i < sizeof reals / sizeof *reals && status == ATTUNE_OK; i++)
        if (!is_within(reals[i].value, reals[i].low, reals[i].high))
            status = atn_fail(err, ATTUNE_E_OPTION, reals[i].key,
                              "expected a number in the documented range");
    return status;
}

static attune_status check_score(double y, size_t i, attune_error *err)
{
    if (isinf(y))
        return atn_fail_at(err, ATTUNE_E_VALUE, i, "y", "expected a finite score or NaN");
    return ATTUNE_OK;
}

static attune_status check_scores(const double *y, size_t n, attune_error *err)
{
    size_t completed = 0;
    int beyond = 0;
    for (size_t i = 0; i < n; i++) {
        if (check_score(y[i], i, err) != ATTUNE_OK)
            return ATTUNE_E_VALUE;
        completed += isnan(y[i]) ? 0 : 1;
        beyond |= fabs(y[i]) > ATN_CHART_Y_MAX;
    }
    if (completed == 0)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "y", "expected at least one completed score");
    return beyond ? atn_fail(err, ATTUNE_E_NUMERIC, "y", "the scores are too large") : ATTUNE_OK;
}

static attune_status check_call(const attune_chart_options *options, const double *y, size_t n,
                                const double *work, const attune_chart *chart,
                                const attune_chart_point *points, attune_error *err)
{
    if (!options)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "options", "expected options");
    if (n > 0 && (!y || !work))
        return atn_fail(err, ATTUNE_E_ARGUMENT, y ? "work" : "y", "expected an array");
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size must be set");
    if (chart && atn_struct_size(chart) < sizeof *chart)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "chart", "struct_size must be set");
    if (n > 0 && points && atn_struct_size(points) < sizeof *points)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "points", "struct_size must be set");
    if (n > INT32_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected fewer scores");
    return ATTUNE_OK;
}

/* Every score through the state that a live chart has; counts what is hit. */
static void fold(const attune_chart_options *options, const double *y, size_t n,
                 attune_chart *chart, attune_chart_point *points)
{
    attune_chart_state state;
    attune_chart_point point;
    uint32_t stride = points ? atn_struct_size(points) : 0;
    atn_chart_begin(&state, options, chart->centre, chart->sd);
    for (size_t i = 0; i < n; i++) {
        point = atn_chart_nothing();
        if (!isnan(y[i]))
            atn_chart_push(&state, y[i], &point);
        if (point.hits != 0 && chart->hits++ == 0)
            chart->first_hit = (int32_t)i;
        if (points)
            atn_give_at(points, stride, i, &point, sizeof point);
    }
}

attune_status attune_chart_fit(const attune_chart_options *options, const double *y, size_t n,
                               double *work, attune_chart *chart, attune_chart_point *points,
                               attune_error *err)
{
    attune_chart found = { .struct_size = (uint32_t)sizeof found, .first_hit = -1 };
    attune_status status = check_call(options, y, n, work, chart, points, err);
    if (status == ATTUNE_OK)
        status = atn_chart_check(options, err);
    if (status == ATTUNE_OK)
        status = check_scores(y, n, err);
    if (status != ATTUNE_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        if (!isnan(y[i]))
            work[found.n++] = y[i];
    atn_chart_measure(options, work, (size_t)found.n, work + n, &found);
    fold(options, y, n, &found, points);
    if (chart)
        atn_give(chart, &found, sizeof found);
    return ATTUNE_OK;
}

attune_status attune_chart_start(attune_chart_state *state, const attune_chart_options *options,
                                 attune_error *err)
{
    if (!state)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "state", "expected room for a state");
    if (!options)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "options", "expected options");
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size must be set");
    attune_status status = atn_chart_check(options, err);
    if (status == ATTUNE_OK && (!options->centred || !(options->sd > 0.0)))
        status = atn_fail(err, ATTUNE_E_OPTION, "centred", "expected a centre and an sd");
    if (status == ATTUNE_OK)
        atn_chart_begin(state, options, options->centre, fmax(options->sd, options->sd_floor));
    return status;
}

attune_status attune_chart_push(attune_chart_state *state, double y, attune_chart_point *point,
                                attune_error *err)
{
    attune_chart_point found = atn_chart_nothing();
    if (!state || !point)
        return atn_fail(err, ATTUNE_E_ARGUMENT, state ? "point" : "state", "expected a struct");
    if (state->struct_size < sizeof *state || atn_struct_size(point) < sizeof *point)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "point", "struct_size must be set");
    if (check_score(y, 0, err) != ATTUNE_OK)
        return ATTUNE_E_VALUE;
    if (fabs(y) > ATN_CHART_Y_MAX)
        return atn_fail(err, ATTUNE_E_NUMERIC, "y", "the score is too large");
    if (!isnan(y))
        atn_chart_push(state, y, &found);
    atn_give(point, &found, sizeof found);
    return ATTUNE_OK;
}
