/* Companions of a course: who hears them, live, in one pass and in pieces. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/listener.h"

static given_found found, other;

static void a_rule_hears_what_spoke_with_up_as_better(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_DISTRESS);
    const double statistics[SESSIONS] = { 281, 180, 3, 364, 505, NAN, 197, 8, 101 };
    const double heard_so_far[SESSIONS] = { 1, 2, 3, 4, 5, NAN, 6, 7, 8 };
    const attune_series series = course();
    attune_watch *watch;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    given_scan(watch, &series, RULES, &found);
    for (size_t i = 0; i < SESSIONS; i++) {
        const attune_trace *trace = &found.traces[i * RULES + 1];
        assert_same(trace->statistic, statistics[i]);
        assert_same(trace->p_open, heard_so_far[i]);
        assert_int_equal(trace->state, isnan(own[i])         ? ATTUNE_STATE_NO_FORM
                                       : statistics[i] > 100 ? ATTUNE_STATE_MARKED
                                                             : ATTUNE_STATE_QUIET);
    }
    attune_watch_free(watch);
}

static void rules_that_do_not_listen_say_the_same_with_and_without(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_SUBSCALE);
    attune_series series = course();
    attune_watch *watch, *alone;
    size_t at = 0;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    alone = watch_of(&rule, 0);
    given_scan(watch, &series, RULES, &found);
    series.n_companions = 0;
    given_scan(alone, &series, RULES, &other);
    for (size_t i = 0; i < SESSIONS * RULES; i++)
        if (i % RULES != 1)
            assert_memory_equal(&found.traces[i], &other.traces[i], sizeof found.traces[i]);
    for (size_t i = 0; i < found.n; i++)
        if (strcmp(found.marks[i].rule, "listener") != 0)
            assert_memory_equal(&found.marks[i], &other.marks[at++], sizeof found.marks[i]);
    assert_int_equal(at, other.n);
    assert_in_range(at, 1, found.n - 1);
    attune_watch_free(watch);
    attune_watch_free(alone);
}

static void a_rule_without_any_signal_that_it_wants_says_so(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_SUBSCALE);
    attune_silence silence[RULES] = { { .struct_size = sizeof *silence } };
    const attune_series series = course();
    attune_series bare = course();
    attune_monitor *monitor = NULL;
    attune_watch *watch;
    size_t n = 0;
    (void)state;
    reset();
    bare.n_companions = 0;
    watch = watch_of(&rule, 0);
    given_scan(watch, &bare, RULES, &found);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_NO_SIGNAL);
    assert_int_equal(found.traces[4 * RULES + 1].state, ATTUNE_STATE_NO_FORM);
    assert_int_equal(attune_silence_scan(watch, &bare, silence, RULES, &n, NULL), ATTUNE_OK);
    assert_int_equal(silence[1].reason, ATTUNE_SILENCE_NO_SIGNAL);
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    assert_int_equal(attune_monitor_wait(monitor, 1), -1);
    attune_monitor_free(monitor);
    attune_watch_free(watch);
    watch = watch_of(&rule, 2); /* others do not help it */
    assert_int_equal(attune_silence_scan(watch, &bare, silence, RULES, &n, NULL), ATTUNE_OK);
    assert_int_equal(silence[1].reason, ATTUNE_SILENCE_NO_SIGNAL);
    attune_watch_free(watch);
    watch = watch_of(&rule, COMPANIONS);
    assert_int_equal(attune_silence_scan(watch, &series, silence, RULES, &n, NULL), ATTUNE_OK);
    assert_int_equal(silence[1].reason, ATTUNE_SILENCE_MARKED);
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    assert_true(attune_monitor_wait(monitor, 1) > 0);
    attune_monitor_free(monitor);
    attune_watch_free(watch);
}

static void a_column_or_all_of_them_may_be_missing(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_SUBSCALE);
    const double *const some[COMPANIONS] = { NULL, distress, NULL };
    attune_series series = course();
    attune_watch *watch;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    series.companions = some;
    given_scan(watch, &series, RULES, &found);
    assert_same(found.traces[1].statistic, -20);
    assert_same(found.traces[4 * RULES + 1].statistic, NAN); /* none of those given spoke */
    series.n_companions = 0;
    series.companions = NULL;
    given_scan(watch, &series, RULES, &found);
    assert_same(found.traces[1].statistic, 0);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_QUIET);
    attune_watch_free(watch);
}

static void live_is_one_pass(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_THERAPIST);
    const attune_series series = course();
    attune_monitor *monitor = NULL;
    attune_watch *watch;
    size_t at = 0;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    given_scan(watch, &series, RULES, &found);
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    for (int32_t i = 0; i < SESSIONS; i++) {
        const double said[] = { therapist[i], distress[i], subscale[i] };
        attune_mark marks[2 * RULES] = { { .struct_size = sizeof *marks } };
        attune_mark ahead[2 * RULES] = { { .struct_size = sizeof *ahead } };
        attune_trace traces[RULES] = { { .struct_size = sizeof *traces } };
        size_t n = 0, peeked = 0;
        assert_int_equal(attune_monitor_peek_joint(monitor, i + 1, NAN, own[i], said, COMPANIONS,
                                                   ahead, 2 * RULES, &peeked, NULL),
                         ATTUNE_OK);
        assert_int_equal(attune_monitor_push_joint(monitor, i + 1, NAN, own[i], said, COMPANIONS,
                                                   marks, 2 * RULES, &n, NULL),
                         ATTUNE_OK);
        assert_int_equal(peeked, n);
        assert_memory_equal(ahead, marks, sizeof marks);
        assert_memory_equal(marks, &found.marks[at], n * sizeof *marks);
        at += n;
        assert_int_equal(attune_monitor_trace(monitor, traces, RULES, &n, NULL), ATTUNE_OK);
        assert_memory_equal(traces, &found.traces[(size_t)i * RULES], sizeof traces);
    }
    assert_int_equal(at, found.n);
    attune_monitor_free(monitor);
    attune_watch_free(watch);
}

static void any_split_of_the_rows_is_one_pass(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_THERAPIST);
    static const uint64_t group[SESSIONS];
    const uint8_t valid[] = { 0xCB, 0 }; /* of distress: sessions 1, 2, 4, 7 and 8 */
    attune_series series = course();
    attune_watch *watch;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    given_scan(watch, &series, RULES, &found);
    for (int64_t chunk = 1; chunk <= SESSIONS; chunk++) {
        attune_stream *stream = NULL;
        size_t at = 0;
        assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
        for (int64_t from = 0; from < SESSIONS; from += chunk) {
            const int64_t n = from + chunk < SESSIONS ? chunk : SESSIONS - from;
            const double spoken[SESSIONS] = { 2, 2, 8, 4, 8, 8, 1, 0, 8 }; /* 8: not valid */
            const attune_column said[] = { { therapist, NULL, from, n },
                                           { spoken, valid, from, n },
                                           { subscale, NULL, from, n } };
            const int32_t number[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
            const attune_batch batch = { .struct_size = sizeof batch,
                                         .n_companions = COMPANIONS,
                                         .group = group + from,
                                         .session = number + from,
                                         .score = { own, NULL, from, n },
                                         .companions = said };
            attune_mark marks[2 * RULES * SESSIONS] = { { .struct_size = sizeof *marks } };
            attune_trace traces[RULES * SESSIONS] = { { .struct_size = sizeof *traces } };
            size_t marked = 0, traced = 0, rows = 0;
            assert_int_equal(attune_stream_push(stream, &batch, marks, LENGTH(marks), &marked,
                                                traces, LENGTH(traces), &traced, &rows, NULL),
                             ATTUNE_OK);
            assert_int_equal(rows, n);
            assert_memory_equal(marks, &found.marks[at], marked * sizeof *marks);
            assert_memory_equal(traces, &found.traces[from * RULES], traced * sizeof *traces);
            at += marked;
        }
        assert_int_equal(at, found.n);
        attune_stream_free(stream);
    }
    attune_watch_free(watch);
}

static void a_batch_may_lack_one_companion_or_all(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_THERAPIST);
    static const uint64_t group[SESSIONS];
    const attune_column said[] = { { .values = NULL },
                                   { distress, NULL, 0, SESSIONS },
                                   { .values = NULL } };
    attune_batch batch = { .struct_size = sizeof batch,
                           .n_companions = COMPANIONS,
                           .group = group,
                           .score = { own, NULL, 0, SESSIONS },
                           .companions = said };
    attune_mark marks[2 * RULES * SESSIONS] = { { .struct_size = sizeof *marks } };
    attune_trace traces[RULES * SESSIONS] = { { .struct_size = sizeof *traces } };
    attune_stream *stream = NULL;
    attune_watch *watch;
    size_t n = 0, m = 0, rows = 0;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
    assert_int_equal(attune_stream_push(stream, &batch, marks, LENGTH(marks), &n, traces,
                                        LENGTH(traces), &m, &rows, NULL),
                     ATTUNE_OK);
    assert_same(traces[1].statistic, -20);
    attune_stream_free(stream);
    assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
    batch.n_companions = 0;
    batch.companions = NULL;
    assert_int_equal(attune_stream_push(stream, &batch, marks, LENGTH(marks), &n, traces,
                                        LENGTH(traces), &m, &rows, NULL),
                     ATTUNE_OK);
    assert_same(traces[1].statistic, 0);
    attune_stream_free(stream);
    attune_watch_free(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_hears_what_spoke_with_up_as_better),
        cmocka_unit_test(rules_that_do_not_listen_say_the_same_with_and_without),
        cmocka_unit_test(a_rule_without_any_signal_that_it_wants_says_so),
        cmocka_unit_test(a_column_or_all_of_them_may_be_missing),
        cmocka_unit_test(live_is_one_pass),
        cmocka_unit_test(any_split_of_the_rows_is_one_pass),
        cmocka_unit_test(a_batch_may_lack_one_companion_or_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
