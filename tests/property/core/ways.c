/* Live, in one pass, and in pieces: three ways to the same bits. */
/* SPDX-License-Identifier: MIT */
#include "tests/property/core/random.h"

#define CASES 600
#define CLIENTS 4
#define TABLE (CLIENTS * GIVEN_MAX)

static given_found found;

static void live_is_one_pass(void **state)
{
    dice d = { 1 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        static course c;
        const attune_constants constants = random_constants(&d);
        attune_rule_choice choices[ATTUNE_RULESET_MAX];
        size_t rules = random_choices(&d, choices), at = 0;
        attune_watch *watch = given_watch_of(&constants, choices, rules);
        attune_monitor *monitor = NULL;
        random_course(&d, &c, dice_below(&d, GIVEN_MAX), dice_hit(&d, .5) ? .5 : 0);
        given_scan(watch, &c.series, rules, &found);
        assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
        for (size_t s = 0; s < c.series.count; s++) {
            attune_mark marks[16] = { { .struct_size = sizeof *marks } };
            attune_trace traces[5] = { { .struct_size = sizeof *traces } };
            size_t n = 0, m = 0;
            int32_t session = c.series.session ? c.session[s] : (int32_t)s + 1;
            double day = c.series.day ? c.day[s] : (double)NAN;
            assert_int_equal(
                attune_monitor_push(monitor, session, day, c.score[s], marks, 16, &n, NULL),
                ATTUNE_OK);
            assert_memory_equal(marks, found.marks + at, n * sizeof *marks);
            at += n;
            assert_int_equal(attune_monitor_trace(monitor, traces, rules, &m, NULL), ATTUNE_OK);
            assert_memory_equal(traces, found.traces + s * rules, rules * sizeof *traces);
        }
        assert_int_equal(at, found.n);
        attune_monitor_free(monitor);
        attune_watch_free(watch);
    }
}

/* Several clients below each other, and what scans of each alone found. */
typedef struct table {
    uint64_t group[TABLE];
    int32_t session[TABLE];
    double score[TABLE], day[TABLE];
    attune_mark marks[TABLE * 10];
    attune_trace traces[TABLE * 5];
    size_t rows, n_marks;
} table;

static void add_client(dice *d, const attune_watch *watch, size_t rules, uint64_t group, table *t)
{
    static course c;
    random_course(d, &c, dice_below(d, GIVEN_MAX), .5);
    c.series.day = c.day;
    c.series.session = c.session;
    given_scan(watch, &c.series, rules, &found);
    for (size_t i = 0; i < found.n; i++) {
        found.marks[i].group = group;
        found.marks[i].row += t->rows;
        t->marks[t->n_marks++] = found.marks[i];
    }
    for (size_t i = 0; i < c.series.count * rules; i++) {
        found.traces[i].group = group;
        found.traces[i].row += t->rows;
        t->traces[t->rows * rules + i] = found.traces[i];
    }
    for (size_t i = 0; i < c.series.count; i++, t->rows++) {
        t->group[t->rows] = group;
        t->session[t->rows] = c.session[i];
        t->score[t->rows] = c.score[i];
        t->day[t->rows] = c.day[i];
    }
}

static void compare_stream(const attune_watch *watch, size_t rules, const table *t, size_t chunk)
{
    static attune_mark marks[TABLE * 10];
    static attune_trace traces[TABLE * 5];
    attune_stream *stream = NULL;
    size_t marked = 0;
    assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
    for (size_t from = 0; from < t->rows; from += chunk) {
        size_t length = t->rows - from < chunk ? t->rows - from : chunk;
        size_t n = 0, m = 0, rows = 0;
        const attune_batch batch = {
            .struct_size = sizeof batch,
            .group = t->group + from,
            .session = t->session + from,
            .score = { t->score, NULL, (int64_t)from, (int64_t)length },
            .day = { t->day, NULL, (int64_t)from, (int64_t)length },
        };
        marks[0].struct_size = sizeof *marks;
        traces[0].struct_size = sizeof *traces;
        assert_int_equal(attune_stream_push(stream, &batch, marks, LENGTH(marks), &n, traces,
                                            LENGTH(traces), &m, &rows, NULL),
                         ATTUNE_OK);
        assert_int_equal(rows, length);
        assert_int_equal(m, length * rules);
        assert_memory_equal(marks, t->marks + marked, n * sizeof *marks);
        assert_memory_equal(traces, t->traces + from * rules, m * sizeof *traces);
        marked += n;
    }
    assert_int_equal(marked, t->n_marks);
    attune_stream_free(stream);
}

static void pieces_of_any_size_are_one_pass_a_client(void **state)
{
    const size_t chunks[] = { 1, 2, 3, 5, 7, 13, TABLE };
    dice d = { 2 };
    (void)state;
    for (int i = 0; i < CASES / 4; i++) {
        static table t;
        const attune_constants constants = random_constants(&d);
        attune_rule_choice choices[ATTUNE_RULESET_MAX];
        size_t rules = random_choices(&d, choices);
        attune_watch *watch = given_watch_of(&constants, choices, rules);
        memset(&t, 0, sizeof t);
        for (uint64_t group = dice_below(&d, 2); group < 2 * CLIENTS; group += 2)
            add_client(&d, watch, rules, group, &t);
        for (size_t k = 0; k < LENGTH(chunks); k++)
            compare_stream(watch, rules, &t, chunks[k]);
        attune_watch_free(watch);
    }
}

/* The same column with NaN, and with a bitmap behind an offset and anything in the gaps. */
static void a_bitmap_behind_an_offset_is_a_column_with_gaps(void **state)
{
    dice d = { 3 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        static course c;
        static double values[GIVEN_MAX + 32];
        static given_found other;
        const uint64_t group[GIVEN_MAX] = { 0 };
        uint8_t valid[(GIVEN_MAX + 32) / 8] = { 0 };
        const attune_constants constants = random_constants(&d);
        attune_rule_choice choices[ATTUNE_RULESET_MAX];
        size_t rules = random_choices(&d, choices), offset = dice_below(&d, 32), m = 0, rows = 0;
        attune_watch *watch = given_watch_of(&constants, choices, rules);
        attune_stream *stream = NULL;
        attune_batch batch = { .struct_size = sizeof batch, .group = group };
        random_course(&d, &c, 1 + dice_below(&d, GIVEN_MAX - 1), .5);
        c.series.session = c.session;
        c.series.day = NULL;
        given_scan(watch, &c.series, rules, &found);
        for (size_t s = 0; s < c.series.count; s++) {
            int given = !isnan(c.score[s]);
            values[offset + s] = given ? c.score[s] : (dice_hit(&d, .5) ? INFINITY : 5);
            valid[(offset + s) / 8] |= (uint8_t)(given << (offset + s) % 8);
        }
        batch.session = c.session;
        batch.score = (attune_column) { values, valid, (int64_t)offset, (int64_t)c.series.count };
        memset(&other, 0, sizeof other);
        other.marks[0].struct_size = sizeof *other.marks;
        other.traces[0].struct_size = sizeof *other.traces;
        assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
        assert_int_equal(attune_stream_push(stream, &batch, other.marks, LENGTH(other.marks),
                                            &other.n, other.traces, LENGTH(other.traces), &m, &rows,
                                            NULL),
                         ATTUNE_OK);
        assert_int_equal(other.n, found.n);
        assert_memory_equal(other.marks, found.marks, found.n * sizeof *found.marks);
        assert_memory_equal(other.traces, found.traces, m * sizeof *found.traces);
        attune_stream_free(stream);
        attune_watch_free(watch);
    }
}

/* Room that just suffices gives what ample room gives. */
static void exact_room_is_ample_room(void **state)
{
    dice d = { 4 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        static course c;
        static attune_mark marks[GIVEN_MAX * 10];
        const attune_constants constants = random_constants(&d);
        attune_rule_choice choices[ATTUNE_RULESET_MAX];
        size_t rules = random_choices(&d, choices), n = 0;
        attune_watch *watch = given_watch_of(&constants, choices, rules);
        attune_error err = ATTUNE_ERROR_INIT;
        random_course(&d, &c, dice_below(&d, GIVEN_MAX), .5);
        given_scan(watch, &c.series, rules, &found);
        assert_in_range(found.n, 0, 2 * rules * c.series.count);
        marks[0].struct_size = sizeof *marks;
        if (found.n > 0) {
            assert_int_equal(attune_scan(watch, &c.series, marks, found.n - 1, &n, NULL, 0, &err),
                             ATTUNE_E_COUNT);
            assert_int_equal(err.index, found.n);
        }
        assert_int_equal(attune_scan(watch, &c.series, marks, found.n, &n, NULL, 0, &err),
                         ATTUNE_OK);
        assert_memory_equal(marks, found.marks, n * sizeof *marks);
        attune_watch_free(watch);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(live_is_one_pass),
        cmocka_unit_test(pieces_of_any_size_are_one_pass_a_client),
        cmocka_unit_test(a_bitmap_behind_an_offset_is_a_column_with_gaps),
        cmocka_unit_test(exact_room_is_ample_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
