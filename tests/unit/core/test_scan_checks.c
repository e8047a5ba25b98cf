/* The scan refuses in the documented order, and then writes nothing. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/faults.h"
#include "tests/unit/core/given.h"

typedef struct scan_call {
    const attune_watch *watch;
    const attune_series *series;
    size_t capacity, trace_capacity;
    int no_marks, no_n, no_traces;
    attune_series s;
    double score[6], day[6];
    int32_t session[6];
    attune_mark marks[12];
    attune_trace traces[6];
    size_t n;
} scan_call;

static attune_watch *shared;

static void scan_reset(void *call)
{
    scan_call *c = call;
    memset(c, FAULTS_PATTERN, sizeof *c);
    c->watch = shared;
    c->series = &c->s;
    c->capacity = 12;
    c->trace_capacity = 6;
    c->no_marks = c->no_n = c->no_traces = 0;
    for (int i = 0; i < 6; i++) {
        c->score[i] = 5 - (i > 3);
        c->day[i] = c->session[i] = i;
    }
    c->s = given_series(c->score, 6);
    c->s.day = c->day;
    c->s.session = c->session;
    c->marks[0].struct_size = sizeof *c->marks;
    c->traces[0].struct_size = sizeof *c->traces;
}

static attune_status scan_run(void *call, attune_error *err)
{
    scan_call *c = call;
    return attune_scan(c->watch, c->series, c->no_marks ? NULL : c->marks, c->capacity,
                       c->no_n ? NULL : &c->n, c->no_traces ? NULL : c->traces, c->trace_capacity,
                       err);
}

SPOIL(no_watch, scan_call, c->watch = NULL)
SPOIL(no_series, scan_call, c->series = NULL)
SPOIL(no_marks, scan_call, c->no_marks = 1)
SPOIL(one_nowhere, scan_call, c->no_marks = 1; c->capacity = 1)
SPOIL(one_trace_nowhere, scan_call, c->no_traces = 1; c->trace_capacity = 1)
SPOIL(no_n, scan_call, c->no_n = 1)
SPOIL(no_traces, scan_call, c->no_traces = 1)
SPOIL(series_size, scan_call, c->s.struct_size = sizeof c->s - 1)
SPOIL(marks_size, scan_call, c->marks[0].struct_size = 0)
SPOIL(traces_size, scan_call, c->traces[0].struct_size = 0)
SPOIL(one_mark_size, scan_call, c->marks[0].struct_size = 0; c->capacity = 1)
SPOIL(one_trace_size, scan_call, c->traces[0].struct_size = 0; c->trace_capacity = 1)
SPOIL(no_score, scan_call, c->s.score = NULL)
SPOIL(not_one_score, scan_call, c->s.score = NULL; c->s.count = 1)
SPOIL(trace_room, scan_call, c->trace_capacity = 5)
SPOIL(too_long, scan_call, c->s.count = c->trace_capacity = (size_t)INT32_MAX + 1)
SPOIL(infinite_score, scan_call, c->score[5] = INFINITY)
SPOIL(below_range, scan_call, c->score[4] = .9)
SPOIL(above_range, scan_call, c->score[4] = 7.1)
SPOIL(infinite_day, scan_call, c->day[3] = -INFINITY)
SPOIL(negative_session, scan_call, c->session[0] = -1)
SPOIL(order, scan_call, c->session[1] = c->session[0])
SPOIL(mark_room, scan_call, c->capacity = 0)

static void the_checks_come_in_the_documented_order(void **state)
{
    static scan_call call;
    const spoiled s = { &call, sizeof call, scan_reset, scan_run };
    const fault faults[] = {
        { "no watch", ATTUNE_E_ARGUMENT, no_watch },
        { "no series", ATTUNE_E_ARGUMENT, no_series },
        { "no marks", ATTUNE_E_ARGUMENT, no_marks },
        { "one mark, nowhere", ATTUNE_E_ARGUMENT, one_nowhere },
        { "one trace, nowhere", ATTUNE_E_ARGUMENT, one_trace_nowhere },
        { "no count of marks", ATTUNE_E_ARGUMENT, no_n },
        { "no traces", ATTUNE_E_ARGUMENT, no_traces },
        { "size of series", ATTUNE_E_STRUCT_SIZE, series_size },
        { "size of marks", ATTUNE_E_STRUCT_SIZE, marks_size },
        { "size of traces", ATTUNE_E_STRUCT_SIZE, traces_size },
        { "size of one mark", ATTUNE_E_STRUCT_SIZE, one_mark_size },
        { "size of one trace", ATTUNE_E_STRUCT_SIZE, one_trace_size },
        { "no score", ATTUNE_E_ARGUMENT, no_score },
        { "not one score", ATTUNE_E_ARGUMENT, not_one_score },
        { "room for traces", ATTUNE_E_COUNT, trace_room },
        { "too long", ATTUNE_E_COUNT, too_long },
        { "infinite score", ATTUNE_E_VALUE, infinite_score },
        { "below the range", ATTUNE_E_VALUE, below_range },
        { "above the range", ATTUNE_E_VALUE, above_range },
        { "infinite day", ATTUNE_E_VALUE, infinite_day },
        { "negative session", ATTUNE_E_VALUE, negative_session },
        { "order", ATTUNE_E_ORDER, order },
    };
    attune_constants c = given_everything();
    (void)state;
    c.score_min = 1;
    c.score_max = 7;
    shared = given_watch(&c, "drop");
    FAULTS_CHECK(&s, faults);
    attune_watch_free(shared);
}

/* Room can only be judged by what comes out, so it is the last of the checks. */
static void room_for_marks_is_judged_after_the_data(void **state)
{
    static scan_call call;
    const spoiled s = { &call, sizeof call, scan_reset, scan_run };
    const fault faults[] = {
        { "infinite score", ATTUNE_E_VALUE, infinite_score },
        { "order", ATTUNE_E_ORDER, order },
        { "room for marks", ATTUNE_E_COUNT, mark_room },
    };
    attune_constants c = given_everything();
    (void)state;
    shared = given_watch(&c, "drop");
    FAULTS_CHECK(&s, faults);
    attune_watch_free(shared);
}

static void refusals_name_the_session(void **state)
{
    static scan_call call;
    attune_constants c = given_everything();
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    shared = given_watch(&c, "drop");
    scan_reset(&call);
    call.score[4] = -INFINITY;
    call.day[5] = INFINITY;
    assert_int_equal(scan_run(&call, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 4);
    assert_string_equal(err.key, "score");
    scan_reset(&call);
    call.day[2] = INFINITY;
    assert_int_equal(scan_run(&call, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 2);
    assert_string_equal(err.key, "day");
    scan_reset(&call);
    call.session[3] = 0;
    assert_int_equal(scan_run(&call, &err), ATTUNE_E_ORDER);
    assert_int_equal(err.index, 3);
    assert_string_equal(err.key, "session");
    attune_watch_free(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checks_come_in_the_documented_order),
        cmocka_unit_test(room_for_marks_is_judged_after_the_data),
        cmocka_unit_test(refusals_name_the_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
