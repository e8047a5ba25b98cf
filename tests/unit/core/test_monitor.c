/* The monitor: push, peek, wait, trace and clone. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/faults.h"
#include "tests/unit/core/given.h"

#define RULES GIVEN_FIVE

static attune_monitor *monitor_of(const attune_constants *c)
{
    attune_watch *watch = given_watch_five(c);
    attune_monitor *monitor = NULL;
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    attune_watch_free(watch); /* the monitor outlives what it was made from */
    return monitor;
}

static size_t push(attune_monitor *monitor, int32_t session, double score, attune_mark *marks)
{
    size_t n = 0;
    marks->struct_size = sizeof *marks;
    assert_int_equal(attune_monitor_push(monitor, session, NAN, score, marks, 16, &n, NULL),
                     ATTUNE_OK);
    return n;
}

/* What every rule found at the last session. */
static void trace(const attune_monitor *monitor, attune_trace *traces)
{
    size_t n = 0;
    memset(traces, 0, RULES * sizeof *traces);
    traces->struct_size = sizeof *traces;
    assert_int_equal(attune_monitor_trace(monitor, traces, RULES, &n, NULL), ATTUNE_OK);
    assert_int_equal(n, RULES);
}

static void sessions_pushed_one_by_one_give_what_a_scan_gives(void **state)
{
    const double y[] = GIVEN_EXAMPLE;
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_monitor *monitor = monitor_of(&c);
    attune_series series = given_series(y, LENGTH(y));
    static given_found found;
    size_t at = 0;
    (void)state;
    given_scan(watch, &series, RULES, &found);
    for (size_t i = 0; i < LENGTH(y); i++) {
        attune_mark marks[16];
        attune_trace traces[RULES];
        size_t n = push(monitor, (int32_t)i + 1, y[i], marks);
        assert_memory_equal(marks, &found.marks[at], n * sizeof *marks);
        at += n;
        trace(monitor, traces);
        assert_memory_equal(traces, &found.traces[i * RULES], sizeof traces);
    }
    assert_int_equal(at, found.n);
    attune_monitor_free(monitor);
    attune_watch_free(watch);
}

static void a_peek_gives_what_a_push_would_and_changes_nothing(void **state)
{
    const double y[] = { 5, 5, 5, 1, 1, 1, 1, 5, NAN, 2 };
    const attune_constants c = given_everything();
    attune_monitor *monitor = monitor_of(&c), *other = monitor_of(&c);
    (void)state;
    for (int32_t i = 0; i < (int32_t)LENGTH(y); i++) {
        attune_mark peeked[16] = { { .struct_size = sizeof *peeked } }, far[16], pushed[16];
        attune_mark plain[16];
        attune_trace traces[RULES], plain_traces[RULES];
        size_t n = 0, m = 0;
        far[0].struct_size = sizeof *far;
        assert_int_equal(attune_monitor_peek(monitor, i, NAN, -9, far, 16, &m, NULL), ATTUNE_OK);
        assert_int_equal(attune_monitor_peek(monitor, i, NAN, y[i], peeked, 16, &n, NULL),
                         ATTUNE_OK);
        assert_int_equal(push(monitor, i, y[i], pushed), n);
        assert_memory_equal(peeked, pushed, n * sizeof *pushed);
        assert_int_equal(push(other, i, y[i], plain), n);
        assert_memory_equal(plain, pushed, n * sizeof *pushed);
        trace(monitor, traces);
        trace(other, plain_traces);
        assert_memory_equal(traces, plain_traces, sizeof traces);
    }
    attune_monitor_free(monitor);
    attune_monitor_free(other);
}

static void a_clone_goes_its_own_way(void **state)
{
    const attune_constants c = given_everything();
    attune_monitor *monitor = monitor_of(&c), *clone = NULL;
    attune_mark marks[16], again[16];
    attune_trace traces[RULES], other[RULES];
    size_t n;
    (void)state;
    for (int32_t i = 1; i <= 5; i++)
        push(monitor, i, 5, marks);
    assert_int_equal(attune_monitor_clone(&clone, monitor, NULL, NULL), ATTUNE_OK);
    trace(monitor, traces);
    trace(clone, other);
    assert_memory_equal(traces, other, sizeof traces);
    n = push(clone, 6, 1, marks);
    assert_in_range(n, 3, 10);
    push(clone, 7, 1, again);
    assert_int_equal(push(monitor, 6, 1, again), n); /* untouched by what the clone saw */
    assert_memory_equal(marks, again, n * sizeof *marks);
    attune_monitor_free(monitor);
    attune_monitor_free(clone);
}

static void wait_counts_completed_sessions_down(void **state)
{
    const int32_t wanted[6][RULES] = {
        { 1, 2, 4, 3, 2 }, { 0, 1, 3, 2, 1 }, { 0, 1, 3, 2, 1 },
        { 0, 0, 2, 1, 0 }, { 0, 0, 1, 0, 0 }, { 0, 0, 0, 0, 0 },
    };
    const double y[] = { 5, NAN, 5, 5, 5, 5 };
    const attune_constants c = given_everything();
    attune_monitor *monitor = monitor_of(&c);
    attune_mark marks[16];
    (void)state;
    for (int32_t i = 0; i < 6; i++) {
        for (size_t r = 0; r < RULES; r++)
            assert_int_equal(attune_monitor_wait(monitor, r), wanted[i][r]);
        push(monitor, i, y[i], marks);
    }
    attune_monitor_free(monitor);
}

static void a_rule_answers_when_wait_said_so(void **state)
{
    const attune_constants c = given_everything();
    attune_monitor *monitor = monitor_of(&c);
    (void)state;
    for (int32_t i = 0; i < 6; i++) {
        attune_mark marks[16];
        attune_trace traces[RULES];
        int32_t wait[RULES];
        for (size_t r = 0; r < RULES; r++)
            wait[r] = attune_monitor_wait(monitor, r);
        push(monitor, i, 5, marks);
        trace(monitor, traces);
        for (size_t r = 0; r < RULES; r++)
            assert_true((wait[r] > 1) == (traces[r].state == ATTUNE_STATE_TOO_FEW));
    }
    attune_monitor_free(monitor);
}

static void there_is_no_waiting_for_what_will_never_be(void **state)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .5, NAN);
    attune_monitor *monitor;
    (void)state;
    c.change_threshold = 1;
    monitor = monitor_of(&c);
    assert_int_equal(attune_monitor_wait(monitor, 0), -1); /* no cut-off is known */
    assert_int_equal(attune_monitor_wait(monitor, 3), 3);
    assert_int_equal(attune_monitor_wait(monitor, 4), -1); /* not of its kind */
    assert_int_equal(attune_monitor_wait(monitor, RULES), -1);
    assert_int_equal(attune_monitor_wait(monitor, SIZE_MAX), -1);
    assert_int_equal(attune_monitor_wait(NULL, 0), -1);
    attune_monitor_free(monitor);
}

static void a_refused_push_changes_nothing(void **state)
{
    const attune_constants c = given_everything();
    attune_monitor *monitor = monitor_of(&c), *other = monitor_of(&c);
    attune_mark marks[16] = { { .struct_size = sizeof *marks } }, plain[16];
    size_t n = 0;
    (void)state;
    for (int32_t i = 1; i <= 12; i++) {
        double score = i % 5 == 0 ? 1 : 5;
        size_t m = 77;
        assert_int_equal(attune_monitor_push(monitor, i, 0, INFINITY, marks, 16, &m, NULL),
                         ATTUNE_E_VALUE);
        assert_int_equal(attune_monitor_push(monitor, i, INFINITY, 1, marks, 16, &m, NULL),
                         ATTUNE_E_VALUE);
        assert_int_equal(attune_monitor_push(monitor, i, 0, -99, marks, 0, &m, NULL),
                         ATTUNE_E_COUNT);
        if (i > 1)
            assert_int_equal(attune_monitor_push(monitor, i - 1, 0, 1, marks, 16, &m, NULL),
                             ATTUNE_E_ORDER);
        assert_int_equal(m, 77);
        n = push(monitor, i, score, marks);
        assert_int_equal(push(other, i, score, plain), n);
        assert_memory_equal(marks, plain, n * sizeof *marks);
    }
    attune_monitor_free(monitor);
    attune_monitor_free(other);
}

static void a_mark_without_room_says_how_much_is_wanted(void **state)
{
    const attune_constants c = given_everything();
    attune_monitor *monitor = monitor_of(&c);
    attune_mark marks[16];
    attune_error err = ATTUNE_ERROR_INIT;
    size_t n = 77;
    (void)state;
    assert_int_equal(attune_monitor_push(monitor, 1, NAN, 5, NULL, 0, &n, &err), ATTUNE_OK);
    assert_int_equal(n, 0);
    n = 77;
    assert_int_equal(attune_monitor_peek(monitor, 2, NAN, 1, NULL, 0, &n, &err), ATTUNE_E_COUNT);
    assert_int_equal(n, 77);
    assert_int_equal(err.index, 3);
    assert_int_equal(push(monitor, 2, 1, marks), 3);
    attune_monitor_free(monitor);
}

static void nothing_is_freed_for_nothing(void **state)
{
    (void)state;
    attune_monitor_free(NULL);
}

/* ---- The order of checks ---- */

typedef struct push_call {
    attune_monitor *monitor;
    int no_marks, no_n, peek;
    int32_t session;
    double day, score;
    size_t capacity, n;
    attune_mark marks[2];
} push_call;

static attune_monitor *shared;
static int peeking;

static void push_reset(void *call)
{
    push_call *c = call;
    memset(c, FAULTS_PATTERN, sizeof *c);
    c->monitor = shared;
    c->no_marks = c->no_n = 0;
    c->peek = peeking;
    c->session = 10;
    c->day = 3;
    c->score = -99; /* marks */
    c->capacity = 2;
    c->marks[0].struct_size = sizeof *c->marks;
}

static attune_status push_run(void *call, attune_error *err)
{
    push_call *c = call;
    return (c->peek ? attune_monitor_peek(c->monitor, c->session, c->day, c->score,
                                          c->no_marks ? NULL : c->marks, c->capacity,
                                          c->no_n ? NULL : &c->n, err)
                    : attune_monitor_push(c->monitor, c->session, c->day, c->score,
                                          c->no_marks ? NULL : c->marks, c->capacity,
                                          c->no_n ? NULL : &c->n, err));
}

SPOIL(no_monitor, push_call, c->monitor = NULL)
SPOIL(no_marks, push_call, c->no_marks = 1)
SPOIL(one_nowhere, push_call, c->no_marks = 1; c->capacity = 1)
SPOIL(no_n, push_call, c->no_n = 1)
SPOIL(marks_size, push_call, c->marks[0].struct_size = 0)
SPOIL(one_size, push_call, c->marks[0].struct_size = 0; c->capacity = 1)
SPOIL(bad_score, push_call, c->score = -101)
SPOIL(bad_day, push_call, c->day = INFINITY)
SPOIL(negative_session, push_call, c->session = -1)
SPOIL(order, push_call, c->session = 9)
SPOIL(room, push_call, c->capacity = 0)

static void push_and_peek_check_in_the_documented_order(void **state)
{
    static push_call call;
    const spoiled s = { &call, sizeof call, push_reset, push_run };
    const fault faults[] = {
        { "no monitor", ATTUNE_E_ARGUMENT, no_monitor },
        { "no marks", ATTUNE_E_ARGUMENT, no_marks },
        { "one mark, nowhere", ATTUNE_E_ARGUMENT, one_nowhere },
        { "no count", ATTUNE_E_ARGUMENT, no_n },
        { "size of marks", ATTUNE_E_STRUCT_SIZE, marks_size },
        { "size of one mark", ATTUNE_E_STRUCT_SIZE, one_size },
        { "score", ATTUNE_E_VALUE, bad_score },
        { "day", ATTUNE_E_VALUE, bad_day },
        { "negative session", ATTUNE_E_VALUE, negative_session },
        { "order", ATTUNE_E_ORDER, order },
    };
    const fault late[] = { { "order", ATTUNE_E_ORDER, order }, { "room", ATTUNE_E_COUNT, room } };
    attune_constants c = given_everything();
    attune_watch *watch;
    (void)state;
    c.score_min = -100;
    watch = given_watch(&c, "drop");
    for (peeking = 0; peeking < 2; peeking++) {
        assert_int_equal(attune_monitor_new(&shared, watch, NULL, NULL), ATTUNE_OK);
        assert_int_equal(attune_monitor_push(shared, 9, NAN, 5, NULL, 0, &(size_t) { 0 }, NULL),
                         ATTUNE_OK);
        FAULTS_CHECK(&s, faults);
        attune_monitor_free(shared);
        assert_int_equal(attune_monitor_new(&shared, watch, NULL, NULL), ATTUNE_OK);
        assert_int_equal(attune_monitor_push(shared, 9, NAN, 5, NULL, 0, &(size_t) { 0 }, NULL),
                         ATTUNE_OK);
        FAULTS_CHECK(&s, late);
        attune_monitor_free(shared);
    }
    attune_watch_free(watch);
}

static void trace_checks_in_the_documented_order(void **state)
{
    const attune_constants c = given_everything();
    attune_monitor *monitor = monitor_of(&c);
    attune_trace traces[RULES] = { { .struct_size = 3 } };
    attune_mark marks[16];
    attune_error err = ATTUNE_ERROR_INIT;
    size_t n = 77;
    (void)state;
    assert_int_equal(attune_monitor_trace(NULL, traces, 1, &n, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_monitor_trace(monitor, NULL, 1, &n, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_monitor_trace(monitor, traces, 1, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_monitor_trace(monitor, traces, 1, &n, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_monitor_trace(monitor, traces, 0, &n, &err), ATTUNE_E_COUNT);
    assert_int_equal(err.index, RULES);
    traces->struct_size = sizeof *traces;
    assert_int_equal(attune_monitor_trace(monitor, traces, RULES - 1, &n, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_monitor_trace(monitor, traces, RULES, &n, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(n, 77);
    assert_null(traces[0].rule);
    push(monitor, 4, 5, marks);
    trace(monitor, traces);
    assert_int_equal(traces[0].session, 4);
    attune_monitor_free(monitor);
}

static void new_and_clone_want_their_pointers(void **state)
{
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_monitor *monitor = monitor_of(&c), *out = NULL;
    (void)state;
    assert_int_equal(attune_monitor_new(NULL, watch, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_monitor_new(&out, NULL, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_monitor_clone(NULL, monitor, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_monitor_clone(&out, NULL, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_null(out);
    attune_monitor_free(monitor);
    attune_watch_free(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sessions_pushed_one_by_one_give_what_a_scan_gives),
        cmocka_unit_test(a_peek_gives_what_a_push_would_and_changes_nothing),
        cmocka_unit_test(a_clone_goes_its_own_way),
        cmocka_unit_test(wait_counts_completed_sessions_down),
        cmocka_unit_test(a_rule_answers_when_wait_said_so),
        cmocka_unit_test(there_is_no_waiting_for_what_will_never_be),
        cmocka_unit_test(a_refused_push_changes_nothing),
        cmocka_unit_test(a_mark_without_room_says_how_much_is_wanted),
        cmocka_unit_test(nothing_is_freed_for_nothing),
        cmocka_unit_test(push_and_peek_check_in_the_documented_order),
        cmocka_unit_test(trace_checks_in_the_documented_order),
        cmocka_unit_test(new_and_clone_want_their_pointers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
