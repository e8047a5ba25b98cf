/* own_range: the worked example of rule CR-1, level shifts, returns, edges. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

/* One spread is one point: the error of measurement lies above every own spread used here. */
static attune_constants whole_points(void)
{
    return given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .5, 1);
}

static void run(const attune_constants *c, const double *scores, size_t n, given_found *found)
{
    given_run(c, "own_range", scores, n, found);
}

/* Reference, spread and statistic of sessions 3 to 16, as the notes on the rule print them. */
static const double example[][3] = {
    { 5.3000, .4081, .4900 },  { 5.2333, .3903, -.9395 },  { 5.3250, .3921, -1.2115 },
    { 5.4200, .3728, -.7511 }, { 5.5200, .3512, 3.4737 },  { 5.5200, .3512, 3.7585 },
    { 5.5200, .3512, 2.9043 }, { 5.5200, .3512, -1.0820 }, { 5.6200, .3388, -1.1217 },
    { 5.8000, .3234, -.9276 }, { 5.9000, .3103, 0 },       { 5.9200, .3027, -.2643 },
    { 5.9800, .2924, -.7525 }, { 6.0400, .2865, -.2094 },
};

static void the_worked_example_comes_out_at_every_session(void **state)
{
    const double y[] = GIVEN_EXAMPLE;
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .44, NAN);
    static given_found found;
    (void)state;
    run(&c, y, LENGTH(y), &found);
    for (size_t i = 2; i < LENGTH(y); i++)
        assert_near(found.traces[i].statistic, example[i - 2][2], 6e-5);
    assert_int_equal(found.traces[0].state, ATTUNE_STATE_TOO_FEW);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_TOO_FEW);
    assert_same(found.traces[1].statistic, NAN);
}

/* A peek far below shows what a session would have been compared with. */
static void the_worked_example_has_its_references_and_spreads(void **state)
{
    const double y[] = GIVEN_EXAMPLE;
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .44, NAN);
    attune_watch *watch = given_watch(&c, "own_range");
    attune_monitor *monitor = NULL;
    attune_mark marks[2] = { { .struct_size = sizeof *marks } };
    size_t n = 0;
    (void)state;
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    for (int32_t i = 0; i < (int32_t)LENGTH(y); i++) {
        assert_int_equal(attune_monitor_peek(monitor, i + 1, NAN, -99, marks, 2, &n, NULL), 0);
        if (i >= 2) {
            assert_near(marks[0].reference, example[i - 2][0], 6e-5);
            assert_near(marks[0].spread, example[i - 2][1], 6e-5);
        }
        assert_int_equal(attune_monitor_push(monitor, i + 1, NAN, y[i], marks, 2, &n, NULL), 0);
    }
    attune_monitor_free(monitor);
    attune_watch_free(watch);
}

static void the_worked_example_is_marked_at_7_8_and_9_and_returns_at_10(void **state)
{
    const double y[] = GIVEN_EXAMPLE;
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .44, NAN);
    static given_found found;
    (void)state;
    run(&c, y, LENGTH(y), &found);
    assert_int_equal(found.n, 4);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(found.marks[i].kind, ATTUNE_MARK_DROP);
        assert_int_equal(found.marks[i].session, 7 + i);
        assert_int_equal(found.marks[i].row, 6 + i);
        assert_int_equal(found.marks[i].first_session, 2);
        assert_int_equal(found.marks[i].last_session, 6);
        assert_int_equal(found.marks[i].flags, 0);
        assert_string_equal(found.marks[i].rule, "own_range");
    }
    assert_int_equal(found.marks[0].level, ATTUNE_LEVEL_SEVERE);
    assert_int_equal(found.marks[1].level, ATTUNE_LEVEL_SEVERE);
    assert_int_equal(found.marks[2].level, ATTUNE_LEVEL_PROBABLE);
    assert_near(found.marks[0].limit, 5.52 - 3 * .3512, 2e-4);
    assert_near(found.marks[2].limit, 5.52 - 2.5 * .3512, 2e-4);
    assert_int_equal(found.marks[3].kind, ATTUNE_MARK_RETURN);
    assert_int_equal(found.marks[3].level, -1);
    assert_int_equal(found.marks[3].session, 10);
    assert_near(found.marks[3].limit, 5.344, 5e-4);
}

static void levels_begin_strictly_beyond_their_thresholds(void **state)
{
    const struct {
        double score;
        int32_t state, level;
        double limit;
    } rows[] = {
        { 3.00, ATTUNE_STATE_QUIET, 0, 0 },
        { 2.99, ATTUNE_STATE_MARKED, ATTUNE_LEVEL_POSSIBLE, 3 },
        { 2.50, ATTUNE_STATE_MARKED, ATTUNE_LEVEL_POSSIBLE, 3 },
        { 2.49, ATTUNE_STATE_MARKED, ATTUNE_LEVEL_PROBABLE, 2.5 },
        { 2.00, ATTUNE_STATE_MARKED, ATTUNE_LEVEL_PROBABLE, 2.5 },
        { 1.99, ATTUNE_STATE_MARKED, ATTUNE_LEVEL_SEVERE, 2 },
    };
    attune_constants c = whole_points();
    static given_found found;
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const double y[] = { 5, 5, 5, rows[i].score };
        run(&c, y, 4, &found);
        assert_int_equal(found.traces[3].state, rows[i].state);
        if (rows[i].state != ATTUNE_STATE_MARKED)
            continue;
        assert_int_equal(found.marks[0].level, rows[i].level);
        assert_same(found.marks[0].limit, rows[i].limit);
        assert_same(found.marks[0].spread, 1);
        assert_same(found.marks[0].reference, 5);
    }
}

static void a_drop_smaller_than_three_steps_is_none(void **state)
{
    const double y[] = { 5, 5, 5, 2.9 }, deep[] = { 5, 5, 5, 2.5 - 1e-10 };
    attune_constants c = whole_points();
    static given_found found;
    (void)state;
    c.score_step = 2.5 / 3;
    run(&c, y, 4, &found);
    assert_int_equal(found.n, 0);
    assert_near(found.traces[3].statistic, 2.1, 1e-12);
    run(&c, deep, 4, &found);
    assert_int_equal(found.n, 1);
    assert_near(found.marks[0].limit, 2.5, 1e-12); /* the floor lies below 2 spreads */
}

/* Three steps of a sixth are half a point in arithmetic, and nearly so in binary. */
static void exactly_three_steps_are_enough_however_binary_holds_them(void **state)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .1, NAN);
    static given_found found;
    (void)state;
    c.score_step = 1. / 6;
    for (int i = 12; i <= 42; i++) { /* from 2 to 7 by sixths */
        const double y[] = { i / 6., i / 6., i / 6., (i - 3) / 6. };
        run(&c, y, 4, &found);
        assert_int_equal(found.n, 1);
    }
}

static void fewer_than_four_clean_sessions_are_early(void **state)
{
    const double three[] = { 5, 5, 5, 0 }, four[] = { 5, 5, 5, 5, 0 };
    attune_constants c = whole_points();
    static given_found found;
    (void)state;
    run(&c, three, 4, &found);
    assert_int_equal(found.marks[0].flags, ATTUNE_MARK_EARLY);
    run(&c, four, 5, &found);
    assert_int_equal(found.marks[0].flags, 0);
}

static void four_low_sessions_become_the_usual_level(void **state)
{
    const double y[] = { 5, 5, 5, 1, 1, 1, 1, 1, 5 };
    attune_constants c = whole_points();
    static given_found found;
    (void)state;
    run(&c, y, LENGTH(y), &found);
    assert_int_equal(found.n, 5);
    assert_int_equal(found.marks[3].kind, ATTUNE_MARK_DROP);
    assert_int_equal(found.marks[4].kind, ATTUNE_MARK_SHIFT);
    assert_int_equal(found.marks[4].session, 7);
    assert_int_equal(found.marks[4].level, -1);
    assert_same(found.marks[4].reference, 5);
    assert_same(found.marks[4].limit, NAN);
    assert_int_equal(found.marks[4].first_session, 1);
    assert_int_equal(found.marks[4].last_session, 3);
    assert_same(found.traces[7].statistic, 0); /* the fifth low one is usual now */
    assert_same(found.traces[8].statistic, -4);
}

static void after_a_shift_a_rise_is_no_return_and_a_new_drop_is_judged_anew(void **state)
{
    const double y[] = { 5, 5, 5, 1, 1, 1, 1, 5, 5, -4 };
    attune_constants c = whole_points();
    static given_found found;
    (void)state;
    run(&c, y, LENGTH(y), &found);
    assert_int_equal(found.n, 6);
    assert_int_equal(found.marks[4].kind, ATTUNE_MARK_SHIFT);
    assert_int_equal(found.marks[5].kind, ATTUNE_MARK_DROP);
    assert_near(found.marks[5].reference, (1 + 1 + 1 + 5 + 5) / 5., 1e-15);
    assert_int_equal(found.marks[5].first_session, 5);
    assert_int_equal(found.marks[5].last_session, 9);
}

static void the_new_level_rests_on_all_low_sessions_and_their_own_steps(void **state)
{
    const double y[] = { 5, 5, 5, 1, 2, 1, 1.5, -9 };
    const double own = (1 + 1 + .5) / 3 / 1.1283791670955126;
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .5, NAN);
    static given_found found;
    (void)state;
    run(&c, y, LENGTH(y), &found);
    assert_int_equal(found.n, 6);
    assert_near(found.marks[5].reference, (1 + 2 + 1 + 1.5) / 4, 1e-15);
    assert_near(found.marks[5].spread, sqrt((5 * .25 + 3 * own * own) / 8), 1e-15);
    assert_int_equal(found.marks[5].first_session, 4);
    assert_int_equal(found.marks[5].last_session, 7);
}

static void a_second_shift_takes_as_many_sessions_as_the_first(void **state)
{
    const double y[] = { 5, 5, 5, 1, 1, 1, 1, -4, -4, -4, -4 };
    attune_constants c = whole_points();
    static given_found found;
    (void)state;
    run(&c, y, LENGTH(y), &found);
    assert_int_equal(found.n, 10);
    assert_int_equal(found.marks[4].kind, ATTUNE_MARK_SHIFT);
    assert_int_equal(found.marks[9].kind, ATTUNE_MARK_SHIFT);
    assert_int_equal(found.marks[9].session, 11);
}

static void a_clean_session_breaks_the_run_of_low_ones(void **state)
{
    const double y[] = { 5, 5, 5, 1, 1, 1, 4, 1, 1, 1 };
    attune_constants c = whole_points();
    static given_found found;
    (void)state;
    run(&c, y, LENGTH(y), &found);
    assert_int_equal(found.n, 6); /* no shift, and 4 is too low for a return */
    for (size_t i = 0; i < found.n; i++)
        assert_int_equal(found.marks[i].kind, ATTUNE_MARK_DROP);
}

static void low_sessions_enter_neither_level_nor_spread(void **state)
{
    const double y[] = { 5, 5, 5, 1, 5, 1 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .5, NAN);
    static given_found found;
    (void)state;
    run(&c, y, LENGTH(y), &found);
    assert_int_equal(found.n, 3);
    assert_int_equal(found.marks[1].kind, ATTUNE_MARK_RETURN);
    assert_same(found.marks[2].reference, 5);
    assert_near(found.marks[2].spread, sqrt(5 * .25 / 8), 1e-15); /* flat but for the drop */
}

static void the_repair_limit_itself_is_back(void **state)
{
    const double y[] = { 5, 5, 5, 1, 4.5 }, below[] = { 5, 5, 5, 1, 4.49 };
    attune_constants c = whole_points();
    static given_found found;
    (void)state;
    run(&c, y, 5, &found);
    assert_int_equal(found.n, 2);
    assert_same(found.marks[1].limit, 4.5);
    run(&c, below, 5, &found);
    assert_int_equal(found.n, 1);
}

static void a_flat_course_is_quiet_and_a_fall_from_it_is_seen(void **state)
{
    const double y[] = { 4, 4, 4, 4, 4, 4, 1 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .44, NAN);
    attune_rule_choice choice = given_choice("own_range");
    attune_series series = given_series(y, LENGTH(y));
    static given_found found;
    (void)state;
    for (int weight = 0; weight <= 5; weight += 5) {
        attune_watch *watch;
        choice.params[4] = weight;
        watch = given_watch_of(&c, &choice, 1);
        given_scan(watch, &series, 1, &found);
        assert_same(found.traces[5].statistic, 0);
        assert_int_equal(found.traces[5].state, ATTUNE_STATE_QUIET);
        assert_int_equal(found.n, 1);
        attune_watch_free(watch);
    }
}

static void without_a_population_spread_it_says_so_and_still_gives_its_statistic(void **state)
{
    const double y[] = { 5, 6, 5, 1 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, NAN, NAN);
    static given_found found;
    (void)state;
    run(&c, y, 4, &found);
    assert_int_equal(found.n, 0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(found.traces[i].state, ATTUNE_STATE_NO_CONSTANT);
        assert_int_equal(found.traces[i].missing, ATTUNE_CONSTANT_WITHIN_SD);
    }
    assert_near(found.traces[3].statistic, (16 / 3. - 1) * 1.1283791670955126, 1e-12);
}

static void the_shortest_window_and_the_longest_run_stay_in_bounds(void **state)
{
    double y[GIVEN_MAX];
    attune_constants c = whole_points();
    attune_rule_choice choice = given_choice("own_range");
    attune_series series = given_series(y, GIVEN_MAX);
    static given_found found;
    (void)state;
    for (int i = 0; i < GIVEN_MAX; i++)
        y[i] = 100 - 10 * (i / 9); /* eight low sessions after each first one of a level */
    for (int window = 2; window <= 16; window += 14)
        for (int length = 2; length <= 8; length += 6) {
            attune_watch *watch;
            choice.params[3] = window;
            choice.params[7] = length;
            watch = given_watch_of(&c, &choice, 1);
            given_scan(watch, &series, 1, &found);
            assert_in_range(found.n, 1, 2 * GIVEN_MAX);
            attune_watch_free(watch);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example_comes_out_at_every_session),
        cmocka_unit_test(the_worked_example_has_its_references_and_spreads),
        cmocka_unit_test(the_worked_example_is_marked_at_7_8_and_9_and_returns_at_10),
        cmocka_unit_test(levels_begin_strictly_beyond_their_thresholds),
        cmocka_unit_test(a_drop_smaller_than_three_steps_is_none),
        cmocka_unit_test(exactly_three_steps_are_enough_however_binary_holds_them),
        cmocka_unit_test(fewer_than_four_clean_sessions_are_early),
        cmocka_unit_test(four_low_sessions_become_the_usual_level),
        cmocka_unit_test(after_a_shift_a_rise_is_no_return_and_a_new_drop_is_judged_anew),
        cmocka_unit_test(the_new_level_rests_on_all_low_sessions_and_their_own_steps),
        cmocka_unit_test(a_second_shift_takes_as_many_sessions_as_the_first),
        cmocka_unit_test(a_clean_session_breaks_the_run_of_low_ones),
        cmocka_unit_test(low_sessions_enter_neither_level_nor_spread),
        cmocka_unit_test(the_repair_limit_itself_is_back),
        cmocka_unit_test(a_flat_course_is_quiet_and_a_fall_from_it_is_seen),
        cmocka_unit_test(without_a_population_spread_it_says_so_and_still_gives_its_statistic),
        cmocka_unit_test(the_shortest_window_and_the_longest_run_stay_in_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
