/* One pass over a whole course: the fold of the step that a monitor's push runs. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/core/watch/series.h"

attune_status atn_series_check(const attune_watch *watch, const attune_series *series,
                               attune_error *err)
{
    attune_status status = ATTUNE_OK;
    if (series->count > INT32_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "count", "more sessions than can be numbered");
    status = atn_companions_check(watch, series->n_companions, err);
    for (uint64_t i = 0; i < series->count && status == ATTUNE_OK; i++) {
        const atn_session session = atn_series_at(series, i);
        status = atn_session_check(watch, &session, i, err);
    }
    for (uint64_t i = 1; series->session && i < series->count && status == ATTUNE_OK; i++)
        status = atn_session_order(series->session[i - 1], series->session[i], i, err);
    return status;
}

/* Folds the step over the series; NULL arrays only count. Returns how many marks there are. */
static size_t fold(const attune_watch *watch, const attune_series *series, attune_mark *marks,
                   attune_trace *traces)
{
    uint32_t mark_stride = marks ? marks->struct_size : 0;
    uint32_t trace_stride = traces ? traces->struct_size : 0;
    const atn_whole whole = { series, watch->constants.direction };
    atn_course course;
    atn_outcome outcome;
    size_t n = 0;
    atn_course_begin(watch, &course);
    for (uint64_t i = 0; i < series->count; i++) {
        const atn_session session = atn_series_at(series, i);
        atn_course_step(watch, &course, &whole, &session, &outcome);
        n += atn_outcome_marks(watch, &outcome, marks, mark_stride, n);
        if (traces)
            atn_outcome_traces(watch, &session, &outcome, traces, trace_stride,
                               (size_t)i * watch->count);
    }
    return n;
}

static attune_status check_call(const attune_watch *watch, const attune_series *series,
                                const attune_mark *marks, size_t capacity, const size_t *n_marks,
                                const attune_trace *traces, size_t trace_capacity,
                                attune_error *err)
{
    if (!watch || !series || (capacity > 0 && !marks) || !n_marks ||
        (trace_capacity > 0 && !traces))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "watch, series and room must be given");
    if (series->struct_size < sizeof *series ||
        (capacity > 0 && marks->struct_size < sizeof *marks) ||
        (trace_capacity > 0 && traces->struct_size < sizeof *traces))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (!atn_series_is_given(series))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "score", "scores must be given");
    if (trace_capacity > 0 && trace_capacity / watch->count < series->count)
        return atn_fail(err, ATTUNE_E_COUNT, "trace_capacity",
                        "expected room for one trace a rule and session");
    return atn_series_check(watch, series, err);
}

/* Room for the most that can come out saves the counting pass. */
static int surely_fits(const attune_watch *watch, const attune_series *series, size_t capacity)
{
    return capacity / (ATN_MARKS_A_RULE * watch->count) >= series->count;
}

attune_status attune_scan(const attune_watch *watch, const attune_series *series,
                          attune_mark *marks, size_t capacity, size_t *n_marks,
                          attune_trace *traces, size_t trace_capacity, attune_error *err)
{
    attune_status status =
        check_call(watch, series, marks, capacity, n_marks, traces, trace_capacity, err);
    size_t n;
    if (status != ATTUNE_OK)
        return status;
    if (!surely_fits(watch, series, capacity)) {
        n = fold(watch, series, NULL, NULL);
        if (n > capacity)
            return atn_fail_at(err, ATTUNE_E_COUNT, n, "capacity", "expected room for every mark");
    }
    *n_marks = fold(watch, series, capacity > 0 ? marks : NULL, trace_capacity > 0 ? traces : NULL);
    return ATTUNE_OK;
}
