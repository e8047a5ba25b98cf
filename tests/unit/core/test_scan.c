/* The scan: states, flags, gaps, the mirrored measure, rooms of other sizes, the checks. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

static given_found found;

#define RULES GIVEN_FIVE

static void an_empty_series_is_no_error_and_gives_no_marks(void **state)
{
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_series series = given_series(NULL, 0);
    size_t n = 7;
    (void)state;
    assert_int_equal(attune_scan(watch, &series, NULL, 0, &n, NULL, 0, NULL), ATTUNE_OK);
    assert_int_equal(n, 0);
    attune_watch_free(watch);
}

static void forms_not_completed_alone_give_no_marks_and_say_why(void **state)
{
    const double y[] = { NAN, NAN, NAN };
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_series series = given_series(y, 3);
    (void)state;
    given_scan(watch, &series, RULES, &found);
    assert_int_equal(found.n, 0);
    for (size_t i = 0; i < 3 * RULES; i++) {
        assert_int_equal(found.traces[i].state, ATTUNE_STATE_NO_FORM);
        assert_same(found.traces[i].statistic, NAN);
    }
    attune_watch_free(watch);
}

static void a_series_of_two_sessions_has_an_answer_from_every_rule(void **state)
{
    const double y[] = { 5, 2 };
    const int32_t states[] = { ATTUNE_STATE_MARKED, ATTUNE_STATE_MARKED, ATTUNE_STATE_TOO_FEW,
                               ATTUNE_STATE_TOO_FEW, ATTUNE_STATE_MARKED };
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_series series = given_series(y, 2);
    (void)state;
    given_scan(watch, &series, RULES, &found);
    for (size_t i = 0; i < RULES; i++)
        assert_int_equal(found.traces[RULES + i].state, states[i]);
    assert_int_equal(found.n, 3);
    attune_watch_free(watch);
}

static void traces_come_session_by_session_and_rule_by_rule(void **state)
{
    const double y[] = { 5, 5, NAN, 5 };
    const int32_t sessions[] = { 0, 3, 7, 9 };
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_series series = given_series(y, 4);
    (void)state;
    series.session = sessions;
    given_scan(watch, &series, RULES, &found);
    for (size_t i = 0; i < 4 * RULES; i++) {
        assert_int_equal(found.traces[i].session, sessions[i / RULES]);
        assert_int_equal(found.traces[i].row, i / RULES);
        assert_int_equal(found.traces[i].group, 0);
        assert_int_equal(found.traces[i].struct_size, sizeof found.traces[i]);
        assert_string_equal(found.traces[i].rule, given_five[i % RULES]);
    }
    attune_watch_free(watch);
}

static void marks_carry_session_day_and_score(void **state)
{
    const double y[] = { 5, 5, 1 }, day[] = { 100, NAN, 107.5 };
    const int32_t sessions[] = { 1, 2, 3 };
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch(&c, "drop");
    attune_series series = given_series(y, 3);
    (void)state;
    series.day = day;
    series.session = sessions;
    given_scan(watch, &series, 1, &found);
    assert_int_equal(found.n, 1);
    assert_same(found.marks[0].day, 107.5);
    assert_same(found.marks[0].observed, 1);
    assert_int_equal(found.marks[0].session, 3);
    assert_int_equal(found.marks[0].row, 2);
    series.day = NULL;
    given_scan(watch, &series, 1, &found);
    assert_same(found.marks[0].day, NAN);
    attune_watch_free(watch);
}

static uint32_t flags_of_last(const attune_constants *c, const int32_t *sessions, const double *y,
                              size_t n)
{
    attune_watch *watch = given_watch(c, "drop");
    attune_series series = given_series(y, n);
    series.session = sessions;
    given_scan(watch, &series, 1, &found);
    attune_watch_free(watch);
    assert_in_range(found.n, 1, n);
    return found.marks[found.n - 1].flags;
}

static void a_session_not_completed_or_left_out_before_a_mark_is_a_gap(void **state)
{
    const double y[] = { 5, 5, 5, 5, 5, 2 }, gap[] = { 5, 5, 5, 5, NAN, 2 };
    const int32_t close[] = { 1, 2, 3, 4, 5, 6 }, left_out[] = { 1, 2, 3, 4, 5, 7 };
    const int32_t far[] = { 0, 1, 2, 3, 4, INT32_MAX };
    const attune_constants c = given_everything();
    (void)state;
    assert_int_equal(flags_of_last(&c, close, y, 6), 0);
    assert_int_equal(flags_of_last(&c, left_out, y, 6), ATTUNE_MARK_AFTER_GAP);
    assert_int_equal(flags_of_last(&c, close, gap, 6), ATTUNE_MARK_AFTER_GAP);
    assert_int_equal(flags_of_last(&c, far, y, 6), ATTUNE_MARK_AFTER_GAP);
}

static void gaps_before_the_first_form_are_none(void **state)
{
    const double y[] = { NAN, NAN, 2 };
    attune_constants c = given_everything();
    (void)state;
    given_run(&c, "below_cutoff", y, 3, &found);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].flags, 0);
}

static void marks_that_lean_on_a_provisional_constant_say_so(void **state)
{
    const double y[] = { 5, 5, 5, 5, 5, 2 };
    attune_constants c = given_everything();
    (void)state;
    c.provisional = ATTUNE_CONSTANT_CUTOFF | ATTUNE_CONSTANT_CHANGE;
    assert_int_equal(flags_of_last(&c, NULL, y, 6), 0);
    c.provisional = ATTUNE_CONSTANT_WITHIN_SD;
    assert_int_equal(flags_of_last(&c, NULL, y, 6), ATTUNE_MARK_PROVISIONAL);
}

static void earlier_scores_within_a_step_of_the_top_are_at_the_ceiling(void **state)
{
    const double top[] = { 7, 7, 7, 7, 7, 2 }, below[] = { 5, 5, 5, 5, 6.5, 2 };
    const double worst[] = { -7, -7, -7, -7, -7, -2 };
    attune_constants c = given_everything();
    (void)state;
    c.score_max = 7;
    c.score_step = .5;
    assert_int_equal(flags_of_last(&c, NULL, top, 6), ATTUNE_MARK_CEILING);
    assert_int_equal(flags_of_last(&c, NULL, below, 6), 0);
    c.score_step = NAN;
    assert_int_equal(flags_of_last(&c, NULL, top, 6), 0);
    c.score_step = .5;
    c.direction = ATTUNE_HIGHER_WORSE;
    c.score_min = -7;
    assert_int_equal(flags_of_last(&c, NULL, worst, 6), ATTUNE_MARK_CEILING);
}

/* The course upside down on a measure where higher is worse: every figure mirrored, to the bit. */
static void a_mirrored_measure_gives_mirrored_marks(void **state)
{
    const double y[] = { 5.2, 5.4, 5.1, 5.6, 0,   5.7, 4.3, 4.2, 4.5, 5.9,
                         2.0, 2.1, 1.9, 2.0, 2.2, 6.1, NAN, 3,   4.5, 1 };
    double mirrored[LENGTH(y)];
    static given_found other;
    attune_constants c = given_everything(), m;
    attune_watch *watch, *mirror;
    attune_series series = given_series(y, LENGTH(y)), back = given_series(mirrored, LENGTH(y));
    (void)state;
    c.score_max = 7;
    m = c;
    m.direction = ATTUNE_HIGHER_WORSE;
    m.score_min = -7;
    m.score_max = INFINITY;
    m.cutoff = -c.cutoff;
    for (size_t i = 0; i < LENGTH(y); i++)
        mirrored[i] = -y[i];
    watch = given_watch_five(&c);
    mirror = given_watch_five(&m);
    given_scan(watch, &series, RULES, &found);
    given_scan(mirror, &back, RULES, &other);
    assert_int_equal(found.n, other.n);
    assert_in_range(found.n, 10, 100);
    for (size_t i = 0; i < found.n; i++) {
        attune_mark *mark = &other.marks[i];
        assert_same(-mark->observed, found.marks[i].observed);
        assert_same(-mark->limit, found.marks[i].limit);
        assert_same(-mark->reference, found.marks[i].reference);
        assert_same(mark->statistic, found.marks[i].statistic);
        assert_same(mark->spread, found.marks[i].spread);
        assert_int_equal(mark->kind, found.marks[i].kind);
        assert_int_equal(mark->level, found.marks[i].level);
        assert_int_equal(mark->flags, found.marks[i].flags);
        assert_int_equal(mark->session, found.marks[i].session);
    }
    for (size_t i = 0; i < LENGTH(y) * RULES; i++) {
        assert_same(other.traces[i].statistic, found.traces[i].statistic);
        assert_int_equal(other.traces[i].state, found.traces[i].state);
    }
    attune_watch_free(watch);
    attune_watch_free(mirror);
}

static void a_range_bears_half_a_step_where_the_step_is_known(void **state)
{
    const double y[] = { 5, 7.04, .96 };
    attune_constants c = given_everything();
    attune_watch *watch;
    attune_series series = given_series(y, 3);
    size_t n = 0;
    (void)state;
    c.score_min = 1;
    c.score_max = 7;
    watch = given_watch(&c, "below_cutoff");
    given_scan(watch, &series, 1, &found);
    attune_watch_free(watch);
    c.score_step = NAN;
    watch = given_watch(&c, "below_cutoff");
    assert_int_equal(attune_scan(watch, &series, NULL, 0, &n, NULL, 0, NULL), ATTUNE_E_VALUE);
    attune_watch_free(watch);
}

static void too_little_room_says_how_much_is_wanted_and_enough_is_enough(void **state)
{
    const double y[] = { 5, 5, 5, 1, 1, 1, 1, 5, 5, -4 };
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_series series = given_series(y, LENGTH(y));
    attune_error err = ATTUNE_ERROR_INIT;
    attune_mark *marks = found.marks;
    size_t n = 77, wanted;
    (void)state;
    given_scan(watch, &series, RULES, &found);
    wanted = found.n;
    memset(&found, 0, sizeof found);
    marks->struct_size = sizeof *marks;
    assert_int_equal(attune_scan(watch, &series, marks, wanted - 1, &n, NULL, 0, &err),
                     ATTUNE_E_COUNT);
    assert_int_equal(err.index, wanted);
    assert_int_equal(n, 77);
    assert_null(marks[0].rule);
    assert_int_equal(attune_scan(watch, &series, NULL, 0, &n, NULL, 0, &err), ATTUNE_E_COUNT);
    assert_int_equal(attune_scan(watch, &series, marks, wanted, &n, NULL, 0, &err), ATTUNE_OK);
    assert_int_equal(n, wanted);
    attune_watch_free(watch);
}

static void traces_want_room_for_every_rule_and_session(void **state)
{
    const double y[] = { 5, 5, 1 };
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_series series = given_series(y, 3);
    size_t n = 77;
    (void)state;
    memset(&found, 0, sizeof found);
    found.marks[0].struct_size = sizeof *found.marks;
    found.traces[0].struct_size = sizeof *found.traces;
    for (size_t room = 1; room < 3 * RULES; room++)
        assert_int_equal(attune_scan(watch, &series, found.marks, LENGTH(found.marks), &n,
                                     found.traces, room, NULL),
                         ATTUNE_E_COUNT);
    assert_int_equal(n, 77);
    assert_null(found.traces[0].rule);
    given_scan(watch, &series, RULES, &found);
    assert_non_null(found.traces[3 * RULES - 1].rule);
    assert_null(found.traces[3 * RULES].rule);
    attune_watch_free(watch);
}

static void a_later_callers_larger_marks_and_traces_are_strided_by_their_own_size(void **state)
{
    const double y[] = { 5, 5, 1 };
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_series series = given_series(y, 3);
    struct {
        attune_mark m;
        uint64_t later[2];
    } marks[30];
    struct {
        attune_trace t;
        uint64_t later;
    } traces[15];
    size_t n = 0;
    (void)state;
    memset(marks, 0xA5, sizeof marks);
    memset(traces, 0xA5, sizeof traces);
    marks[0].m.struct_size = sizeof *marks;
    traces[0].t.struct_size = sizeof *traces;
    assert_int_equal(attune_scan(watch, &series, &marks[0].m, 30, &n, &traces[0].t, 15, NULL),
                     ATTUNE_OK);
    given_scan(watch, &series, RULES, &found);
    assert_int_equal(n, found.n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(marks[i].m.struct_size, sizeof *marks);
        assert_int_equal(marks[i].later[0], 0xA5A5A5A5A5A5A5A5);
        assert_string_equal(marks[i].m.rule, found.marks[i].rule);
        assert_same(marks[i].m.observed, found.marks[i].observed);
    }
    for (size_t i = 0; i < 15; i++) {
        assert_int_equal(traces[i].later, 0xA5A5A5A5A5A5A5A5);
        assert_int_equal(traces[i].t.state, found.traces[i].state);
    }
    attune_watch_free(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_series_is_no_error_and_gives_no_marks),
        cmocka_unit_test(forms_not_completed_alone_give_no_marks_and_say_why),
        cmocka_unit_test(a_series_of_two_sessions_has_an_answer_from_every_rule),
        cmocka_unit_test(traces_come_session_by_session_and_rule_by_rule),
        cmocka_unit_test(marks_carry_session_day_and_score),
        cmocka_unit_test(a_session_not_completed_or_left_out_before_a_mark_is_a_gap),
        cmocka_unit_test(gaps_before_the_first_form_are_none),
        cmocka_unit_test(marks_that_lean_on_a_provisional_constant_say_so),
        cmocka_unit_test(earlier_scores_within_a_step_of_the_top_are_at_the_ceiling),
        cmocka_unit_test(a_mirrored_measure_gives_mirrored_marks),
        cmocka_unit_test(a_range_bears_half_a_step_where_the_step_is_known),
        cmocka_unit_test(too_little_room_says_how_much_is_wanted_and_enough_is_enough),
        cmocka_unit_test(traces_want_room_for_every_rule_and_session),
        cmocka_unit_test(a_later_callers_larger_marks_and_traces_are_strided_by_their_own_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
