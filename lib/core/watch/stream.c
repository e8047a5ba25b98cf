/* The stream: a table of many clients in pieces, the unfinished client carried over. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"
#include "lib/core/base/out.h"
#include "lib/core/watch/course.h"

#include <math.h>

struct attune_stream {
    attune_allocator allocator;
    attune_watch watch;
    atn_course course;
    uint64_t group; /* the client being read */
    uint64_t row;   /* rows taken in all */
};

attune_status attune_stream_new(attune_stream **out, const attune_watch *watch,
                                const attune_allocator *allocator, attune_error *err)
{
    attune_stream *stream;
    if (!out || !watch)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "out and watch must be given");
    stream = atn_allocate(allocator, sizeof *stream);
    if (!stream)
        return atn_fail(err, ATTUNE_E_MEMORY, "", "no memory for a stream");
    memset(stream, 0, sizeof *stream);
    if (allocator)
        stream->allocator = *allocator;
    stream->watch = *watch;
    *out = stream;
    return ATTUNE_OK;
}

void attune_stream_free(attune_stream *stream)
{
    attune_allocator allocator;
    if (!stream)
        return;
    allocator = stream->allocator;
    atn_release(&allocator, stream, sizeof *stream);
}

static double column_at(const attune_column *column, int64_t i)
{
    int64_t at = column->offset + i;
    if (!column->values || (column->validity && !(column->validity[at / 8] >> (at % 8) & 1)))
        return NAN;
    return column->values[at];
}

/* Row i; `before` counts the rows of its group before it, for batches without session numbers. */
static atn_session session_at(const attune_batch *batch, int64_t i, uint64_t before)
{
    return (atn_session) {
        .day = column_at(&batch->day, i),
        .score = column_at(&batch->score, i),
        .group = batch->group[i],
        .session = batch->session ? batch->session[i] : (int32_t)(before + 1),
    };
}

static attune_status check_columns(const attune_batch *batch, attune_error *err)
{
    const attune_column *score = &batch->score, *day = &batch->day;
    if (score->length < 0 || score->offset < 0 || day->offset < 0 ||
        (day->values && day->length != score->length) || score->length > INT32_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "score", "expected columns of one length");
    if (score->length > 0 && (!batch->group || !score->values))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "group", "group and score must be given");
    return ATTUNE_OK;
}

/* Every row against the one before it, the first against what was carried over. */
static attune_status check_rows(const attune_stream *stream, const attune_batch *batch,
                                attune_error *err)
{
    attune_status status = ATTUNE_OK;
    uint64_t group = stream->group, before = stream->course.row;
    int32_t last = stream->course.session;
    int begun = stream->row > 0;
    for (int64_t i = 0; i < batch->score.length && status == ATTUNE_OK; i++) {
        int same = begun && batch->group[i] == group;
        atn_session session;
        if (begun && batch->group[i] < group)
            return atn_fail_at(err, ATTUNE_E_ORDER, (uint64_t)i, "group",
                               "expected rows sorted by group");
        before = same ? before : 0;
        session = session_at(batch, i, before++);
        status = atn_session_check(&stream->watch, &session, same ? &last : NULL, (uint64_t)i, err);
        group = batch->group[i];
        last = session.session;
        begun = 1;
    }
    return status;
}

static attune_status check_call(const attune_stream *stream, const attune_batch *batch,
                                const attune_mark *marks, size_t capacity,
                                const attune_trace *traces, size_t trace_capacity,
                                attune_error *err)
{
    attune_status status;
    if (batch->struct_size < sizeof *batch || marks->struct_size < sizeof *marks ||
        (traces && traces->struct_size < sizeof *traces))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (capacity < ATN_MARKS_A_RULE * stream->watch.count ||
        (traces && trace_capacity < stream->watch.count))
        return atn_fail(err, ATTUNE_E_COUNT, "capacity", "expected room for one row's marks");
    status = check_columns(batch, err);
    return status == ATTUNE_OK ? check_rows(stream, batch, err) : status;
}

static void take_row(attune_stream *stream, const attune_batch *batch, int64_t i,
                     atn_outcome *outcome, atn_session *session)
{
    if (stream->row == 0 || batch->group[i] != stream->group)
        memset(&stream->course, 0, sizeof stream->course);
    *session = session_at(batch, i, stream->course.row);
    stream->group = session->group;
    atn_course_step(&stream->watch, &stream->course, session, outcome);
}

attune_status attune_stream_push(attune_stream *stream, const attune_batch *batch,
                                 attune_mark *marks, size_t capacity, size_t *n_marks,
                                 attune_trace *traces, size_t trace_capacity, size_t *n_traces,
                                 size_t *n_rows, attune_error *err)
{
    attune_status status;
    size_t marked = 0, traced = 0;
    int64_t i = 0;
    if (!stream || !batch || !marks || !n_marks || (traces && !n_traces) || !n_rows)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "stream, batch and room must be given");
    status = check_call(stream, batch, marks, capacity, traces, trace_capacity, err);
    if (status != ATTUNE_OK)
        return status;
    for (; i < batch->score.length; i++) {
        size_t first = marked, rules = stream->watch.count;
        atn_outcome outcome;
        atn_session session;
        if (capacity - marked < ATN_MARKS_A_RULE * rules ||
            (traces && trace_capacity - traced < rules))
            break;
        take_row(stream, batch, i, &outcome, &session);
        marked += atn_outcome_marks(&stream->watch, &outcome, marks, marks->struct_size, marked);
        if (traces)
            atn_outcome_traces(&stream->watch, &stream->course, &session, &outcome, traces,
                               traces->struct_size, traced);
        for (size_t m = first; m < marked; m++)
            ((attune_mark *)(void *)((char *)marks + m * marks->struct_size))->row = stream->row;
        for (size_t t = 0; traces && t < rules; t++, traced++)
            ((attune_trace *)(void *)((char *)traces + traced * traces->struct_size))->row =
                stream->row;
        stream->row++;
    }
    *n_marks = marked;
    if (traces)
        *n_traces = traced;
    *n_rows = (size_t)i;
    return ATTUNE_OK;
}
