/* The stream refuses in the documented order, and then writes nothing. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/faults.h"
#include "tests/unit/core/given.h"

typedef struct stream_call {
    attune_stream *stream;
    const attune_batch *batch;
    int no_marks, no_n_marks, no_traces, no_n_traces, no_rows;
    size_t capacity, trace_capacity, n_marks, n_traces, n_rows;
    attune_batch b;
    uint64_t group[4];
    int32_t session[4];
    double score[4], day[4];
    attune_mark marks[8];
    attune_trace traces[4];
} stream_call;

static attune_stream *shared;

static void stream_reset(void *call)
{
    stream_call *c = call;
    memset(c, FAULTS_PATTERN, sizeof *c);
    c->stream = shared;
    c->batch = &c->b;
    c->no_marks = c->no_n_marks = c->no_traces = c->no_n_traces = c->no_rows = 0;
    c->capacity = 8;
    c->trace_capacity = 4;
    for (int i = 0; i < 4; i++) {
        c->group[i] = 5;
        c->session[i] = i;
        c->score[i] = 5;
        c->day[i] = i;
    }
    c->b = (attune_batch) {
        .struct_size = sizeof c->b,
        .group = c->group,
        .session = c->session,
        .score = { c->score, NULL, 0, 4 },
        .day = { c->day, NULL, 0, 4 },
    };
    c->marks[0].struct_size = sizeof *c->marks;
    c->traces[0].struct_size = sizeof *c->traces;
}

static attune_status stream_run(void *call, attune_error *err)
{
    stream_call *c = call;
    return attune_stream_push(c->stream, c->batch, c->no_marks ? NULL : c->marks, c->capacity,
                              c->no_n_marks ? NULL : &c->n_marks, c->no_traces ? NULL : c->traces,
                              c->trace_capacity, c->no_n_traces ? NULL : &c->n_traces,
                              c->no_rows ? NULL : &c->n_rows, err);
}

SPOIL(no_stream, stream_call, c->stream = NULL)
SPOIL(no_batch, stream_call, c->batch = NULL)
SPOIL(no_marks, stream_call, c->no_marks = 1)
SPOIL(one_trace_nowhere, stream_call, c->no_traces = 1; c->trace_capacity = 1)
SPOIL(no_n_marks, stream_call, c->no_n_marks = 1)
SPOIL(no_traces, stream_call, c->no_traces = 1)
SPOIL(no_n_traces, stream_call, c->no_n_traces = 1)
SPOIL(no_rows, stream_call, c->no_rows = 1)
SPOIL(batch_size, stream_call, c->b.struct_size = sizeof c->b - 1)
SPOIL(marks_size, stream_call, c->marks[0].struct_size = 0)
SPOIL(traces_size, stream_call, c->traces[0].struct_size = 0)
SPOIL(one_mark_size, stream_call, c->marks[0].struct_size = 0; c->capacity = 1)
SPOIL(one_trace_size, stream_call, c->traces[0].struct_size = 0; c->trace_capacity = 1)
SPOIL(no_group, stream_call, c->b.group = NULL)
SPOIL(one_row_nowhere, stream_call, c->b.group = NULL; c->b.score.length = c->b.day.length = 1)
SPOIL(no_score, stream_call, c->b.score.values = NULL)
SPOIL(mark_room, stream_call, c->capacity = 1)
SPOIL(no_mark_room, stream_call, c->capacity = 0)
SPOIL(trace_room, stream_call, c->trace_capacity = 0)
SPOIL(day_offset, stream_call, c->b.day.offset = -1)
SPOIL(score_offset, stream_call, c->b.score.offset = -1)
SPOIL(day_length, stream_call, c->b.day.length = 3)
SPOIL(too_long, stream_call, c->b.score.length = c->b.day.length = (int64_t)INT32_MAX + 1)
SPOIL(negative, stream_call, c->b.score.length = c->b.day.length = -1)
SPOIL(bad_score, stream_call, c->score[3] = 99)
SPOIL(bad_day, stream_call, c->day[3] = INFINITY)
SPOIL(negative_session, stream_call, c->session[3] = -2)
SPOIL(group_order, stream_call, c->group[1] = 4)
SPOIL(session_order, stream_call, c->session[1] = 0)

static void the_checks_come_in_the_documented_order(void **state)
{
    static stream_call call;
    const spoiled s = { &call, sizeof call, stream_reset, stream_run };
    const fault faults[] = {
        { "no stream", ATTUNE_E_ARGUMENT, no_stream },
        { "no batch", ATTUNE_E_ARGUMENT, no_batch },
        { "no marks", ATTUNE_E_ARGUMENT, no_marks },
        { "one trace, nowhere", ATTUNE_E_ARGUMENT, one_trace_nowhere },
        { "no count of marks", ATTUNE_E_ARGUMENT, no_n_marks },
        { "no traces", ATTUNE_E_ARGUMENT, no_traces },
        { "no count of traces", ATTUNE_E_ARGUMENT, no_n_traces },
        { "no count of rows", ATTUNE_E_ARGUMENT, no_rows },
        { "size of batch", ATTUNE_E_STRUCT_SIZE, batch_size },
        { "size of marks", ATTUNE_E_STRUCT_SIZE, marks_size },
        { "size of traces", ATTUNE_E_STRUCT_SIZE, traces_size },
        { "size of one mark", ATTUNE_E_STRUCT_SIZE, one_mark_size },
        { "size of one trace", ATTUNE_E_STRUCT_SIZE, one_trace_size },
        { "no group", ATTUNE_E_ARGUMENT, no_group },
        { "one row, nowhere", ATTUNE_E_ARGUMENT, one_row_nowhere },
        { "no score", ATTUNE_E_ARGUMENT, no_score },
        { "room for marks", ATTUNE_E_COUNT, mark_room },
        { "offset of days", ATTUNE_E_COUNT, day_offset },
        { "offset of scores", ATTUNE_E_COUNT, score_offset },
        { "count of days", ATTUNE_E_COUNT, day_length },
        { "too long", ATTUNE_E_COUNT, too_long },
        { "score", ATTUNE_E_VALUE, bad_score },
        { "day", ATTUNE_E_VALUE, bad_day },
        { "negative session", ATTUNE_E_VALUE, negative_session },
        { "order of groups", ATTUNE_E_ORDER, group_order },
        { "order of sessions", ATTUNE_E_ORDER, session_order },
    };
    /* A room or a batch of nothing hides what could be wrong in it. */
    const fault bare[] = {
        { "no room for marks", ATTUNE_E_COUNT, no_mark_room },
        { "no room for traces", ATTUNE_E_COUNT, trace_room },
        { "negative", ATTUNE_E_COUNT, negative },
        { "score", ATTUNE_E_VALUE, bad_score },
    };
    attune_constants c = given_everything();
    attune_watch *watch;
    (void)state;
    c.score_max = 7;
    watch = given_watch(&c, "drop");
    assert_int_equal(attune_stream_new(&shared, watch, NULL, NULL), ATTUNE_OK);
    FAULTS_CHECK(&s, faults);
    attune_stream_free(shared);
    assert_int_equal(attune_stream_new(&shared, watch, NULL, NULL), ATTUNE_OK);
    FAULTS_CHECK(&s, bare);
    attune_stream_free(shared);
    attune_watch_free(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checks_come_in_the_documented_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
