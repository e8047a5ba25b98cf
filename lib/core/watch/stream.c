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
    uint64_t group;    /* the client being read */
    uint64_t rows;     /* taken in all */
    atn_course course; /* last: as much of it as the watch uses */
};

static size_t size_for(const attune_watch *watch)
{
    return offsetof(struct attune_stream, course) + atn_course_size(watch);
}

attune_status attune_stream_new(attune_stream **out, const attune_watch *watch,
                                const attune_allocator *allocator, attune_error *err)
{
    attune_stream *stream;
    attune_status status;
    if (!out || !watch)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "out and watch must be given");
    status = atn_watch_is_live(watch, err);
    if (status != ATTUNE_OK)
        return status;
    stream = atn_allocate(allocator, size_for(watch));
    if (!stream)
        return atn_fail(err, ATTUNE_E_MEMORY, "", "no memory for a stream");
    memset(stream, 0, size_for(watch));
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
    atn_release(&allocator, stream, size_for(&stream->watch));
}

static double column_at(const attune_column *column, int64_t i)
{
    int64_t at = column->offset + i;
    if (!column->values || (column->validity && !(column->validity[at / 8] >> (at % 8) & 1)))
        return NAN;
    return column->values[at];
}

/* Row i; `before` counts the rows of its group before it, for batches without session numbers. */
static int32_t number_at(const attune_batch *batch, int64_t i, uint64_t before)
{
    return batch->session ? batch->session[i] : (int32_t)(before + 1);
}

static int beside(const attune_column *column, const attune_column *score)
{
    return column->offset >= 0 && (!column->values || column->length == score->length);
}

static attune_status check_columns(const attune_stream *stream, const attune_batch *batch,
                                   attune_error *err)
{
    const attune_column *score = &batch->score;
    if (score->length < 0 || score->offset < 0 || score->length > INT32_MAX ||
        !beside(&batch->day, score))
        return atn_fail(err, ATTUNE_E_COUNT, "score", "expected columns of one length");
    for (uint32_t k = 0; k < batch->n_companions; k++)
        if (!beside(&batch->companions[k], score))
            return atn_fail(err, ATTUNE_E_COUNT, "companions", "expected columns of one length");
    return atn_companions_check(&stream->watch, batch->n_companions, err);
}

static void hear(const attune_batch *batch, int64_t i, atn_session *session)
{
    session->n_companions = batch->n_companions;
    for (uint32_t k = 0; k < batch->n_companions; k++)
        session->companion[k] = column_at(&batch->companions[k], i);
}

static attune_status check_values(const attune_stream *stream, const attune_batch *batch,
                                  attune_error *err)
{
    attune_status status = ATTUNE_OK;
    for (int64_t i = 0; i < batch->score.length && status == ATTUNE_OK; i++) {
        atn_session session = {
            .day = column_at(&batch->day, i),
            .score = column_at(&batch->score, i),
            .session = batch->session ? batch->session[i] : 0,
        };
        hear(batch, i, &session);
        status = atn_session_check(&stream->watch, &session, (uint64_t)i, err);
    }
    return status;
}

/* Every row against the one before it, the first against what was carried over. */
static attune_status check_order(const attune_stream *stream, const attune_batch *batch,
                                 attune_error *err)
{
    attune_status status = ATTUNE_OK;
    uint64_t group = stream->group, before = stream->course.taken;
    int32_t last = stream->course.session;
    int begun = stream->rows > 0;
    for (int64_t i = 0; i < batch->score.length && status == ATTUNE_OK; i++) {
        int same = begun && batch->group[i] == group;
        if (begun && batch->group[i] < group)
            return atn_fail_at(err, ATTUNE_E_ORDER, (uint64_t)i, "group",
                               "expected rows sorted by group");
        before = same ? before : 0;
        if (same)
            status = atn_session_order(last, number_at(batch, i, before), (uint64_t)i, err);
        last = number_at(batch, i, before++);
        group = batch->group[i];
        begun = 1;
    }
    return status;
}

static attune_status check_call(const attune_stream *stream, const attune_batch *batch,
                                const attune_mark *marks, size_t capacity,
                                const attune_trace *traces, size_t trace_capacity,
                                attune_error *err)
{
    if (batch->struct_size < sizeof *batch ||
        (capacity > 0 && marks->struct_size < sizeof *marks) ||
        (trace_capacity > 0 && traces->struct_size < sizeof *traces))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (batch->score.length > 0 && (!batch->group || !batch->score.values))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "group", "group and score must be given");
    if (batch->n_companions > 0 && !batch->companions)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "companions", "companions must be given");
    if (capacity < ATN_MARKS_A_RULE * stream->watch.count ||
        (traces && trace_capacity < stream->watch.count))
        return atn_fail(err, ATTUNE_E_COUNT, "capacity", "expected room for one row's marks");
    return check_columns(stream, batch, err);
}

static atn_session take_row(attune_stream *stream, const attune_batch *batch, int64_t i,
                            atn_outcome *outcome)
{
    atn_session session = {
        .day = column_at(&batch->day, i),
        .score = column_at(&batch->score, i),
        .group = batch->group[i],
        .row = stream->rows,
    };
    hear(batch, i, &session);
    if (stream->rows == 0 || session.group != stream->group)
        atn_course_begin(&stream->watch, &stream->course);
    session.session = number_at(batch, i, stream->course.taken);
    stream->group = session.group;
    stream->rows++;
    atn_course_step(&stream->watch, &stream->course, NULL, &session, outcome);
    return session;
}

attune_status attune_stream_push(attune_stream *stream, const attune_batch *batch,
                                 attune_mark *marks, size_t capacity, size_t *n_marks,
                                 attune_trace *traces, size_t trace_capacity, size_t *n_traces,
                                 size_t *n_rows, attune_error *err)
{
    attune_status status;
    size_t marked = 0, traced = 0;
    int64_t i = 0;
    if (!stream || !batch || !marks || !n_marks || (trace_capacity > 0 && !traces) ||
        (traces && !n_traces) || !n_rows)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "stream, batch and room must be given");
    status = check_call(stream, batch, marks, capacity, traces, trace_capacity, err);
    if (status == ATTUNE_OK)
        status = check_values(stream, batch, err);
    if (status == ATTUNE_OK)
        status = check_order(stream, batch, err);
    if (status != ATTUNE_OK)
        return status;
    for (; i < batch->score.length; i++) {
        size_t rules = stream->watch.count;
        atn_outcome outcome;
        atn_session session;
        if (capacity - marked < ATN_MARKS_A_RULE * rules ||
            (traces && trace_capacity - traced < rules))
            break;
        session = take_row(stream, batch, i, &outcome);
        marked += atn_outcome_marks(&stream->watch, &outcome, marks, marks->struct_size, marked);
        if (!traces)
            continue;
        atn_outcome_traces(&stream->watch, &session, &outcome, traces, traces->struct_size, traced);
        traced += rules;
    }
    *n_marks = marked;
    if (traces)
        *n_traces = traced;
    *n_rows = (size_t)i;
    return ATTUNE_OK;
}
