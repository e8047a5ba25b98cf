/* The stream: many clients in columns, in pieces. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

#define RULES GIVEN_FIVE
#define ROWS 12

/* Two clients of six sessions and what a stream made of them. */
typedef struct table {
    uint64_t group[ROWS];
    int32_t session[ROWS];
    double score[ROWS], day[ROWS];
    attune_mark marks[ROWS * 2 * RULES];
    attune_trace traces[ROWS * RULES];
    size_t n_marks, n_traces, n_rows;
} table;

static table t;

static void fill(void)
{
    const double y[] = { 5, 5, 5, 2, 5, 5, 6, 6, NAN, 6, 1, 1 };
    memset(&t, 0, sizeof t);
    for (int i = 0; i < ROWS; i++) {
        t.group[i] = i < 6 ? 7 : 40;
        t.session[i] = i % 6 + 1;
        t.score[i] = y[i];
        t.day[i] = 7 * i;
    }
    t.marks[0].struct_size = sizeof *t.marks;
    t.traces[0].struct_size = sizeof *t.traces;
}

static attune_batch batch_of(size_t from, size_t n)
{
    return (attune_batch) {
        .struct_size = sizeof(attune_batch),
        .group = t.group + from,
        .session = t.session + from,
        .score = { t.score, NULL, (int64_t)from, (int64_t)n },
        .day = { t.day, NULL, (int64_t)from, (int64_t)n },
    };
}

static attune_stream *stream_of(const char *rule)
{
    const attune_constants c = given_everything();
    attune_watch *watch = rule ? given_watch(&c, rule) : given_watch_five(&c);
    attune_stream *stream = NULL;
    assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
    attune_watch_free(watch); /* the stream outlives what it was made from */
    return stream;
}

static attune_status push(attune_stream *stream, const attune_batch *batch, attune_error *err)
{
    return attune_stream_push(stream, batch, t.marks, LENGTH(t.marks), &t.n_marks, t.traces,
                              LENGTH(t.traces), &t.n_traces, &t.n_rows, err);
}

static void each_client_is_read_as_if_it_stood_alone(void **state)
{
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_stream *stream = stream_of(NULL);
    attune_batch batch;
    size_t mark = 0;
    (void)state;
    fill();
    batch = batch_of(0, ROWS);
    assert_int_equal(push(stream, &batch, NULL), ATTUNE_OK);
    assert_int_equal(t.n_rows, ROWS);
    assert_int_equal(t.n_traces, ROWS * RULES);
    for (size_t client = 0; client < 2; client++) {
        attune_series series = given_series(t.score + 6 * client, 6);
        static given_found found;
        series.day = t.day + 6 * client;
        given_scan(watch, &series, RULES, &found);
        for (size_t i = 0; i < found.n; i++, mark++) {
            found.marks[i].row += 6 * client;
            found.marks[i].group = t.group[6 * client];
            assert_memory_equal(&t.marks[mark], &found.marks[i], sizeof *t.marks);
        }
        for (size_t i = 0; i < 6 * RULES; i++) {
            found.traces[i].row += 6 * client;
            found.traces[i].group = t.group[6 * client];
            assert_memory_equal(&t.traces[6 * RULES * client + i], &found.traces[i],
                                sizeof *t.traces);
        }
    }
    assert_int_equal(t.n_marks, mark);
    attune_stream_free(stream);
    attune_watch_free(watch);
}

static void without_session_numbers_each_client_counts_from_one_over_borders(void **state)
{
    attune_stream *stream = stream_of("below_cutoff");
    (void)state;
    fill();
    for (size_t from = 0; from < ROWS; from += 4) {
        attune_batch batch = batch_of(from, 4);
        batch.session = NULL;
        assert_int_equal(push(stream, &batch, NULL), ATTUNE_OK);
        for (size_t i = 0; i < 4; i++)
            assert_int_equal(t.traces[i].session, (from + i) % 6 + 1);
    }
    attune_stream_free(stream);
}

static void what_is_not_valid_is_not_completed(void **state)
{
    const uint8_t valid[] = { 0xF7, 0x01 }; /* bits 3, 9, 10 and 11 are not set */
    attune_stream *stream = stream_of("below_cutoff");
    attune_batch batch;
    (void)state;
    fill();
    batch = batch_of(1, ROWS - 1);
    batch.score.validity = valid;
    batch.day.validity = valid;
    assert_int_equal(push(stream, &batch, NULL), ATTUNE_OK);
    for (size_t row = 1; row < ROWS; row++) {
        int missing = row == 3 || row >= 9 || isnan(t.score[row]);
        assert_true((t.traces[row - 1].state == ATTUNE_STATE_NO_FORM) == missing);
    }
    attune_stream_free(stream);
}

static void a_day_column_may_be_left_out(void **state)
{
    attune_stream *stream = stream_of("below_cutoff");
    attune_batch batch;
    (void)state;
    fill();
    batch = batch_of(0, 4);
    batch.day = (attune_column) { 0 };
    assert_int_equal(push(stream, &batch, NULL), ATTUNE_OK);
    assert_int_equal(t.n_marks, 1);
    assert_same(t.marks[0].day, NAN);
    attune_stream_free(stream);
}

static void it_stops_where_room_could_run_out_and_goes_on_from_there(void **state)
{
    attune_stream *whole = stream_of(NULL), *stream = stream_of(NULL);
    attune_batch batch;
    static table all;
    size_t row = 0, marks = 0, traces = 0, calls = 0;
    (void)state;
    fill();
    batch = batch_of(0, ROWS);
    assert_int_equal(push(whole, &batch, NULL), ATTUNE_OK);
    all = t;
    while (row < ROWS) {
        batch = batch_of(row, ROWS - row);
        assert_int_equal(attune_stream_push(stream, &batch, t.marks, 2 * RULES + calls % 3,
                                            &t.n_marks, t.traces, RULES * (1 + calls % 2),
                                            &t.n_traces, &t.n_rows, NULL),
                         ATTUNE_OK);
        assert_in_range(t.n_rows, 1, 2);
        assert_memory_equal(t.marks, all.marks + marks, t.n_marks * sizeof *t.marks);
        assert_memory_equal(t.traces, all.traces + traces, t.n_traces * sizeof *t.traces);
        row += t.n_rows;
        marks += t.n_marks;
        traces += t.n_traces;
        calls++;
    }
    assert_int_equal(marks, all.n_marks);
    assert_int_equal(traces, all.n_traces);
    attune_stream_free(whole);
    attune_stream_free(stream);
}

/* Eleven marks fit, but a row might make ten: after the second mark it stops. */
static void marks_never_pass_their_room(void **state)
{
    attune_stream *stream = stream_of(NULL);
    (void)state;
    for (size_t row = 0; row < ROWS; row += 2) {
        attune_batch batch;
        fill();
        for (size_t i = 0; i < ROWS; i++)
            t.score[i] = 1; /* each below the cut-off, and nothing else */
        batch = batch_of(row, ROWS - row);
        assert_int_equal(attune_stream_push(stream, &batch, t.marks, 2 * RULES + 1, &t.n_marks,
                                            NULL, 0, NULL, &t.n_rows, NULL),
                         ATTUNE_OK);
        assert_int_equal(t.n_rows, 2);
        assert_int_equal(t.n_marks, 2);
    }
    attune_stream_free(stream);
}

static void traces_may_be_declined(void **state)
{
    attune_stream *stream = stream_of(NULL);
    attune_batch batch;
    (void)state;
    fill();
    batch = batch_of(0, ROWS);
    assert_int_equal(attune_stream_push(stream, &batch, t.marks, LENGTH(t.marks), &t.n_marks, NULL,
                                        0, NULL, &t.n_rows, NULL),
                     ATTUNE_OK);
    assert_int_equal(t.n_rows, ROWS);
    assert_in_range(t.n_marks, 4, 40);
    attune_stream_free(stream);
}

static void an_empty_batch_needs_no_columns(void **state)
{
    const attune_batch empty = { .struct_size = sizeof empty };
    attune_stream *stream = stream_of(NULL);
    (void)state;
    fill();
    t.n_rows = t.n_marks = t.n_traces = 9;
    assert_int_equal(push(stream, &empty, NULL), ATTUNE_OK);
    assert_int_equal(t.n_rows + t.n_marks + t.n_traces, 0);
    attune_stream_free(stream);
}

static void rows_beyond_the_length_are_not_looked_at(void **state)
{
    attune_stream *stream = stream_of(NULL);
    attune_batch batch;
    (void)state;
    fill();
    t.score[3] = INFINITY;
    batch = batch_of(0, 3);
    assert_int_equal(push(stream, &batch, NULL), ATTUNE_OK);
    assert_int_equal(t.n_rows, 3);
    fill();
    t.group[6] = 0;
    batch = batch_of(3, 3);
    assert_int_equal(push(stream, &batch, NULL), ATTUNE_OK);
    assert_int_equal(t.n_rows, 3);
    attune_stream_free(stream);
}

static void order_is_kept_over_the_border_of_batches(void **state)
{
    const struct {
        uint64_t group;
        int32_t session;
        attune_status status;
    } next[] = {
        { 40, 5, ATTUNE_E_ORDER }, { 40, 4, ATTUNE_E_ORDER }, { 40, 6, ATTUNE_OK },
        { 39, 9, ATTUNE_E_ORDER }, { 41, 0, ATTUNE_OK },
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(next); i++) {
        attune_stream *stream = stream_of(NULL);
        attune_batch batch;
        fill();
        batch = batch_of(0, ROWS - 1);
        assert_int_equal(push(stream, &batch, NULL), ATTUNE_OK);
        t.group[11] = next[i].group;
        t.session[11] = next[i].session;
        batch = batch_of(11, 1);
        assert_int_equal(push(stream, &batch, NULL), next[i].status);
        attune_stream_free(stream);
    }
}

static void order_is_kept_after_a_first_row_alone(void **state)
{
    attune_stream *stream = stream_of(NULL);
    attune_batch batch;
    (void)state;
    fill();
    batch = batch_of(0, 1);
    assert_int_equal(push(stream, &batch, NULL), ATTUNE_OK);
    assert_int_equal(push(stream, &batch, NULL), ATTUNE_E_ORDER);
    t.group[0] = 6;
    t.session[0] = 9;
    assert_int_equal(push(stream, &batch, NULL), ATTUNE_E_ORDER);
    attune_stream_free(stream);
}

static void room_for_one_row_is_room_for_every_rule(void **state)
{
    attune_stream *stream = stream_of(NULL);
    attune_batch batch;
    (void)state;
    fill();
    batch = batch_of(0, 1);
    assert_int_equal(attune_stream_push(stream, &batch, t.marks, 2 * RULES - 1, &t.n_marks,
                                        t.traces, RULES, &t.n_traces, &t.n_rows, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_stream_push(stream, &batch, t.marks, 2 * RULES, &t.n_marks, t.traces,
                                        RULES - 1, &t.n_traces, &t.n_rows, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_stream_push(stream, &batch, t.marks, 2 * RULES, &t.n_marks, t.traces,
                                        RULES, &t.n_traces, &t.n_rows, NULL),
                     ATTUNE_OK);
    attune_stream_free(stream);
}

static void group_nought_is_a_group_like_any_other(void **state)
{
    attune_stream *stream = stream_of("own_range");
    attune_batch batch;
    (void)state;
    fill();
    memset(t.group, 0, sizeof t.group);
    t.session[6] = 7;
    batch = batch_of(0, 7);
    assert_int_equal(push(stream, &batch, NULL), ATTUNE_OK);
    assert_int_equal(t.n_rows, 7);
    batch = batch_of(0, 1);
    assert_int_equal(push(stream, &batch, NULL), ATTUNE_E_ORDER);
    attune_stream_free(stream);
}

static void a_refused_batch_changes_nothing(void **state)
{
    attune_stream *stream = stream_of(NULL), *other = stream_of(NULL);
    attune_batch batch;
    static table plain;
    (void)state;
    for (size_t from = 0; from < ROWS; from += 3) {
        fill();
        batch = batch_of(from, 3);
        assert_int_equal(push(other, &batch, NULL), ATTUNE_OK);
        plain = t;
        fill();
        t.score[from + 2] = INFINITY;
        assert_int_equal(push(stream, &batch, NULL), ATTUNE_E_VALUE);
        fill();
        t.session[from + 2] = t.session[from + 1];
        assert_int_equal(push(stream, &batch, NULL), ATTUNE_E_ORDER);
        fill();
        assert_int_equal(push(stream, &batch, NULL), ATTUNE_OK);
        assert_memory_equal(t.marks, plain.marks, t.n_marks * sizeof *t.marks);
        assert_memory_equal(t.traces, plain.traces, t.n_traces * sizeof *t.traces);
    }
    attune_stream_free(stream);
    attune_stream_free(other);
}

static void refusals_name_the_row_of_the_batch(void **state)
{
    attune_stream *stream = stream_of(NULL);
    attune_error err = ATTUNE_ERROR_INIT;
    attune_batch batch;
    (void)state;
    for (size_t row = 0; row < 9; row++) {
        fill();
        t.score[2 + row] = INFINITY;
        batch = batch_of(2, 9);
        assert_int_equal(push(stream, &batch, &err), ATTUNE_E_VALUE);
        assert_int_equal(err.index, row);
    }
    fill();
    t.group[9] = 3;
    assert_int_equal(push(stream, &batch, &err), ATTUNE_E_ORDER);
    assert_int_equal(err.index, 7);
    assert_string_equal(err.key, "group");
    attune_stream_free(stream);
}

static void new_wants_its_pointers_and_nothing_is_freed_for_nothing(void **state)
{
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_stream *out = NULL;
    (void)state;
    assert_int_equal(attune_stream_new(NULL, watch, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_stream_new(&out, NULL, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_null(out);
    attune_stream_free(NULL);
    attune_watch_free(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_client_is_read_as_if_it_stood_alone),
        cmocka_unit_test(without_session_numbers_each_client_counts_from_one_over_borders),
        cmocka_unit_test(what_is_not_valid_is_not_completed),
        cmocka_unit_test(a_day_column_may_be_left_out),
        cmocka_unit_test(it_stops_where_room_could_run_out_and_goes_on_from_there),
        cmocka_unit_test(marks_never_pass_their_room),
        cmocka_unit_test(traces_may_be_declined),
        cmocka_unit_test(an_empty_batch_needs_no_columns),
        cmocka_unit_test(rows_beyond_the_length_are_not_looked_at),
        cmocka_unit_test(order_is_kept_over_the_border_of_batches),
        cmocka_unit_test(order_is_kept_after_a_first_row_alone),
        cmocka_unit_test(room_for_one_row_is_room_for_every_rule),
        cmocka_unit_test(group_nought_is_a_group_like_any_other),
        cmocka_unit_test(a_refused_batch_changes_nothing),
        cmocka_unit_test(refusals_name_the_row_of_the_batch),
        cmocka_unit_test(new_wants_its_pointers_and_nothing_is_freed_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
