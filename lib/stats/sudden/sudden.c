/* Sudden gains and losses of one series: checks, the walk over its intervals, what was found. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/sudden/sudden.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <math.h>

#define SCORE_MAX 1e300 /* sums and differences of a few scores below it are finite */

static attune_status check_pointers(const attune_sudden_options *options, const double *score,
                                    size_t n, attune_error *err)
{
    if (!options)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "options", "expected options");
    if (!score && n > 0)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "score", "expected an array of scores");
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size must be set");
    return ATTUNE_OK;
}

/* Room for a gain and a loss at every interval; NULL where nothing is wanted. */
static attune_status check_room(const void *array, size_t size, size_t capacity,
                                const size_t *count, size_t n, const char *key, attune_error *err)
{
    if (!array || !count)
        return atn_fail(err, ATTUNE_E_ARGUMENT, key, "expected room, and where to say how many");
    if (n > 1 && capacity / 2 < n - 1)
        return atn_fail(err, ATTUNE_E_COUNT, key, "expected room for 2 (n - 1)");
    if (capacity > 0 && atn_struct_size(array) < size)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, key, "struct_size must be set");
    return ATTUNE_OK;
}

static int is_outside(double value, double high)
{
    return value < 0.0 || value >= high;
}

static attune_status check_options(const attune_sudden_options *o, attune_error *err)
{
    static const char expected[] = "expected one of the documented values";
    const uint32_t all = ATTUNE_SUDDEN_FIRST | ATTUNE_SUDDEN_SECOND | ATTUNE_SUDDEN_THIRD;
    if (o->mode != ATTUNE_SUDDEN_T_TEST && o->mode != ATTUNE_SUDDEN_PACKAGE)
        return atn_fail(err, ATTUNE_E_OPTION, "mode", expected);
    if (o->direction != ATTUNE_HIGHER_BETTER && o->direction != ATTUNE_HIGHER_WORSE)
        return atn_fail(err, ATTUNE_E_OPTION, "direction", expected);
    if (o->criteria == 0 || o->criteria > all)
        return atn_fail(err, ATTUNE_E_OPTION, "criteria", expected);
    if (o->flags > (ATTUNE_SUDDEN_ENDS | ATTUNE_SUDDEN_BASELINE))
        return atn_fail(err, ATTUNE_E_OPTION, "flags", expected);
    if (is_outside(o->proportion, INFINITY) || is_outside(o->critical, INFINITY) ||
        is_outside(o->cutoff, INFINITY))
        return atn_fail(err, ATTUNE_E_OPTION, "cutoff", "expected finite numbers, 0 or more");
    if (is_outside(o->alpha, 1.0))
        return atn_fail(err, ATTUNE_E_OPTION, "alpha", "expected a number between 0 and 1");
    if (o->criteria & ATTUNE_SUDDEN_FIRST && !(o->cutoff > 0.0))
        return atn_fail(err, ATTUNE_E_CONSTANT, "cutoff",
                        "criterion 1 needs a number of score points above 0");
    return ATTUNE_OK;
}

static attune_status check_scores(const atn_sudden_course *c, attune_error *err)
{
    int beyond = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (isinf(c->score[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "score", "expected a finite score or NaN");
        beyond |= fabs(c->score[i]) > SCORE_MAX;
    }
    for (size_t i = 1; i < c->n; i++)
        if (atn_sudden_session(c, i) <= atn_sudden_session(c, i - 1))
            return atn_fail_at(err, ATTUNE_E_ORDER, i, "session",
                               "expected session numbers that rise strictly");
    return beyond ? atn_fail(err, ATTUNE_E_NUMERIC, "score", "the scores are too large")
                  : ATTUNE_OK;
}

static double or_default(double given, double otherwise)
{
    return given > 0.0 ? given : otherwise;
}

static attune_status start(atn_sudden_course *c, const attune_sudden_options *options,
                           attune_error *err)
{
    attune_status status = check_options(options, err);
    if (status == ATTUNE_OK)
        status = check_scores(c, err);
    if (status != ATTUNE_OK)
        return status;
    c->o = *options;
    c->o.proportion = or_default(options->proportion, 0.25);
    c->o.alpha = or_default(options->alpha, 0.05);
    return ATTUNE_OK;
}

static double change_between(const atn_sudden_course *c)
{
    size_t first = 0, last = c->n - 1;
    if (c->o.mode == ATTUNE_SUDDEN_T_TEST) {
        while (isnan(c->score[first]))
            first++;
        while (isnan(c->score[last]))
            last--;
    }
    return c->score[first] - c->score[last];
}

/* The package sets the sign of a rise's magnitude aside, and takes it as it is in a fall. */
static double proportion_of(const atn_sudden_course *c, double magnitude, int way)
{
    double whole = change_between(c);
    double share = (c->o.mode == ATTUNE_SUDDEN_PACKAGE && way < 0 ? fabs(magnitude) : magnitude);
    if (!(fabs(whole) > 0.0))
        return NAN;
    share /= whole;
    if (c->o.mode == ATTUNE_SUDDEN_T_TEST && !(share > 0.0))
        return NAN;
    return isfinite(share) ? share : NAN;
}

/* Whether a session after n + 1, or in the package's count after n + 2, took more than half back.
 */
static int32_t is_reversed(const atn_sudden_course *c, size_t i, double limit, int way)
{
    int late = c->o.mode == ATTUNE_SUDDEN_PACKAGE && !(c->o.flags & ATTUNE_SUDDEN_BASELINE);
    int64_t after = atn_sudden_session(c, i) + 1 + late;
    for (size_t row = i + 2; row < c->n; row++)
        if (atn_sudden_session(c, row) > after && way * (c->score[row] - limit) > 0.0)
            return 1;
    return 0;
}

static attune_sudden describe(const atn_sudden_course *c, size_t i,
                              const attune_sudden_trace *trace)
{
    int way = atn_sudden_way(&c->o, trace->kind);
    double before = c->score[i], after = c->score[i + 1], magnitude = before - after;
    double limit = after + magnitude / 2.0;
    return (attune_sudden) {
        .kind = trace->kind,
        .from_session = trace->from_session,
        .to_session = trace->to_session,
        .reversed = is_reversed(c, i, limit, way),
        .n_before = trace->n_before,
        .n_after = trace->n_after,
        .before = before,
        .after = after,
        .magnitude = magnitude,
        .proportion = proportion_of(c, magnitude, way),
        .reversal_value = limit,
        .t = trace->t,
    };
}

/* Criterion 3 alone may be met where n or n + 1 is missing: there is no magnitude then. */
static int is_found(const atn_sudden_course *c, size_t i, const attune_sudden_trace *trace)
{
    return trace->met > 0 && !isnan(c->score[i] - c->score[i + 1]);
}

struct out {
    attune_sudden *found;
    attune_sudden_trace *traces;
    uint32_t found_size, trace_size;
    size_t n_found, n_traces;
};

static void judge(const atn_sudden_course *c, size_t i, int32_t kind, struct out *out)
{
    attune_sudden_trace trace;
    if (!out->traces && !atn_sudden_is_large(c, i, kind))
        return;
    trace = atn_sudden_judge(c, i, kind);
    if (out->traces)
        atn_give_at(out->traces, out->trace_size, out->n_traces++, &trace, sizeof trace);
    if (is_found(c, i, &trace)) {
        attune_sudden found = describe(c, i, &trace);
        atn_give_at(out->found, out->found_size, out->n_found++, &found, sizeof found);
    }
}

attune_status attune_sudden_fit(const attune_sudden_options *options, const int32_t *session,
                                const double *score, size_t n, attune_sudden *found,
                                size_t capacity, size_t *n_found, attune_sudden_trace *traces,
                                size_t trace_capacity, size_t *n_traces, attune_error *err)
{
    atn_sudden_course c = { .session = session, .score = score, .n = n };
    struct out out = { .found = found, .traces = traces };
    attune_status status = check_pointers(options, score, n, err);
    if (status == ATTUNE_OK)
        status = check_room(found, sizeof *found, capacity, n_found, n, "found", err);
    if (status == ATTUNE_OK && traces)
        status = check_room(traces, sizeof *traces, trace_capacity, n_traces, n, "traces", err);
    if (status == ATTUNE_OK)
        status = start(&c, options, err);
    if (status != ATTUNE_OK)
        return status;
    out.found_size = capacity > 0 ? found->struct_size : 0;
    out.trace_size = traces && trace_capacity > 0 ? traces->struct_size : 0;
    for (size_t i = 0; i + 1 < n; i++) {
        if (!atn_sudden_is_interval(&c, i))
            continue;
        judge(&c, i, ATTUNE_SUDDEN_GAIN, &out);
        judge(&c, i, ATTUNE_SUDDEN_LOSS, &out);
    }
    *n_found = out.n_found;
    if (traces)
        *n_traces = out.n_traces;
    return ATTUNE_OK;
}

size_t attune_sudden_intervals(const attune_sudden_options *options, const int32_t *session,
                               const double *score, size_t n)
{
    atn_sudden_course c = { .session = session, .score = score, .n = n };
    size_t known = 0;
    if (check_pointers(options, score, n, NULL) != ATTUNE_OK ||
        start(&c, options, NULL) != ATTUNE_OK)
        return 0;
    for (size_t i = 0; i + 1 < n; i++)
        if (atn_sudden_is_interval(&c, i))
            known += (size_t)atn_sudden_is_known(&c, i);
    return known;
}
