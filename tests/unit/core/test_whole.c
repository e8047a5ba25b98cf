/* Rules that look ahead: short courses, unnumbered ones, long ones, and what they cannot know. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"
#include "tests/unit/core/given.h"

static given_found found;

static void a_course_of_three_forms_is_too_short_for_every_rule_that_looks_ahead(void **state)
{
    const double y[] = { 5, 2, NAN, 5 };
    const attune_constants c = given_everything();
    size_t ahead = 0;
    (void)state;
    for (size_t r = 0; r < attune_rule_count(); r++) {
        const attune_rule *rule = attune_rule_at(r);
        if (!rule->info.looks_ahead)
            continue;
        ahead++;
        given_run(&c, rule->info.id, y, LENGTH(y), &found);
        assert_int_equal(found.n, 0);
        assert_int_equal(found.traces[0].state, ATTUNE_STATE_TOO_FEW);
        assert_int_equal(found.traces[2].state, ATTUNE_STATE_NO_FORM);
        assert_same(found.traces[3].statistic, NAN);
    }
    assert_in_range(ahead, 7, ATTUNE_RULESET_MAX);
}

static void a_later_session_does_change_what_they_say(void **state)
{
    const double y[] = { 5, 5.2, 5, 4.2, 2, 1, 1, 1 };
    const attune_constants c = given_everything();
    double before;
    (void)state;
    given_run(&c, "mean_whole", y, 5, &found);
    before = found.traces[3].statistic;
    given_run(&c, "mean_whole", y, 8, &found);
    assert_true(found.traces[3].statistic < 0 && before > 0);
}

static void a_flat_course_without_any_known_spread_has_no_statistic(void **state)
{
    const double y[] = { 5, 5, 5, 5, 5, 5 };
    const attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, NAN, NAN);
    (void)state;
    for (size_t r = 0; r < attune_rule_count(); r++) {
        if (!attune_rule_at(r)->info.looks_ahead)
            continue;
        given_run(&c, attune_rule_at(r)->info.id, y, LENGTH(y), &found);
        assert_int_equal(found.n, 0);
        assert_same(found.traces[3].statistic, NAN);
    }
}

static void the_measurement_error_is_the_floor_of_their_spread(void **state)
{
    const double y[] = { 5, 5, 5, 5, 5, 4 };
    const attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, NAN, 2);
    (void)state;
    given_run(&c, "drop_whole", y, LENGTH(y), &found);
    assert_same(found.traces[5].statistic, .5);
    given_run(&c, "sen_whole", y, LENGTH(y), &found);
    assert_same(found.traces[5].statistic, .5);
}

static void the_line_of_a_very_long_course_is_that_of_its_last_64_forms(void **state)
{
    static double y[200];
    const attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, NAN, .1);
    static attune_mark marks[400] = { { .struct_size = sizeof marks[0] } };
    static attune_trace traces[200] = { { .struct_size = sizeof traces[0] } };
    attune_watch *watch = given_watch(&c, "sen_whole");
    attune_series series = given_series(y, LENGTH(y));
    size_t n = 0;
    (void)state;
    for (size_t i = 0; i < LENGTH(y); i++)
        y[i] = i < 136 ? 0 : 5 + .5 * (double)(i % 2);
    assert_int_equal(attune_scan(watch, &series, marks, 400, &n, traces, 200, NULL), ATTUNE_OK);
    assert_true(traces[0].statistic > 10); /* so far below the line that only the end has made */
    assert_true(fabs(traces[199].statistic) < 1.5);
    attune_watch_free(watch);
}

static void a_split_needs_its_fewest_forms_on_either_side(void **state)
{
    const double y[] = { 5, 5, 5, 5, 1 }, late[] = { 5, 5, 5, 1, 1 };
    const attune_constants c = given_everything();
    (void)state;
    given_run(&c, "level_shift", y, 5, &found);
    assert_same(found.traces[0].statistic, NAN);
    assert_same(found.traces[4].statistic, NAN); /* one low form is a drop, not a level */
    given_run(&c, "level_shift", late, 5, &found);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].kind, ATTUNE_MARK_STEP);
    assert_int_equal(found.marks[0].session, 4);
    assert_same(found.marks[0].reference, 5);
    assert_same(found.marks[0].limit, 1);
}

static void the_bottom_of_a_v_lies_inside_its_window(void **state)
{
    const double v[] = { 6, 4.1, 3, 4, 6.1 }, slope[] = { 9, 6, 3.8, 2.1, 1 };
    const double cap[] = { 3, 5, 6, 5, 3 };
    const attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, NAN, .01);
    (void)state;
    given_run(&c, "v_shape", v, 5, &found);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].session, 3);
    assert_same(found.marks[0].reference, (6 + 6.1) / 2);
    given_run(&c, "v_shape", slope, 5, &found);
    assert_int_equal(found.n, 0); /* it bends upwards, but still falls at its end */
    assert_true(found.traces[2].statistic > 3);
    given_run(&c, "v_shape", cap, 5, &found);
    assert_true(found.traces[2].statistic < 0);
}

static void a_report_counts_from_the_least_score_and_needs_to_know_it(void **state)
{
    const double y[] = { 0, 1, 3 }, good[] = { 4, 3, 1 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_RUPTURE, NAN, NAN);
    (void)state;
    c.direction = ATTUNE_HIGHER_WORSE;
    given_run(&c, "direct_report", y, 3, &found);
    assert_int_equal(found.traces[0].state, ATTUNE_STATE_NOT_MEANT);
    c.score_min = 0;
    given_run(&c, "direct_report", y, 3, &found);
    assert_int_equal(found.n, 2);
    assert_same(found.marks[1].statistic, 3);
    c.direction = ATTUNE_HIGHER_BETTER;
    c.score_max = 4;
    given_run(&c, "direct_report", good, 3, &found);
    assert_int_equal(found.n, 2);
    assert_same(found.marks[0].limit, 3);
}

static void conversation_rules_are_for_alliance_scales_of_0_to_40_alone(void **state)
{
    const double y[] = { 37, 35 };
    const struct {
        double low, high;
        int32_t direction, meant;
    } rows[] = {
        { 0, 40, ATTUNE_HIGHER_BETTER, 1 },       { 0, 41, ATTUNE_HIGHER_BETTER, 0 },
        { 0, 39, ATTUNE_HIGHER_BETTER, 0 },       { 1, 40, ATTUNE_HIGHER_BETTER, 0 },
        { -1, 40, ATTUNE_HIGHER_BETTER, 0 },      { 0, 40, ATTUNE_HIGHER_WORSE, 0 },
        { 0, INFINITY, ATTUNE_HIGHER_BETTER, 0 },
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, NAN, NAN);
        c.score_min = rows[i].low;
        c.score_max = rows[i].high;
        c.direction = rows[i].direction;
        for (int fall = 0; fall < 2; fall++) {
            given_run(&c, fall ? "srs_fall" : "srs_cutoff", y, 2, &found);
            assert_int_equal(found.n, rows[i].meant);
            assert_int_equal(found.traces[1].state == ATTUNE_STATE_NOT_MEANT, !rows[i].meant);
        }
    }
}

static void a_reliable_fall_needs_a_reliable_change(void **state)
{
    const double y[] = { 5, 3 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, NAN, NAN);
    (void)state;
    given_run(&c, "reliable_drop", y, 2, &found);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_NO_CONSTANT);
    assert_same(found.traces[1].statistic, NAN);
    c.change_threshold = 2;
    given_run(&c, "reliable_drop", y, 2, &found);
    assert_int_equal(found.n, 1);
    c.change_bound = ATTUNE_BOUND_STRICT;
    given_run(&c, "reliable_drop", y, 2, &found);
    assert_int_equal(found.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_course_of_three_forms_is_too_short_for_every_rule_that_looks_ahead),
        cmocka_unit_test(a_later_session_does_change_what_they_say),
        cmocka_unit_test(a_flat_course_without_any_known_spread_has_no_statistic),
        cmocka_unit_test(the_measurement_error_is_the_floor_of_their_spread),
        cmocka_unit_test(the_line_of_a_very_long_course_is_that_of_its_last_64_forms),
        cmocka_unit_test(a_split_needs_its_fewest_forms_on_either_side),
        cmocka_unit_test(the_bottom_of_a_v_lies_inside_its_window),
        cmocka_unit_test(a_report_counts_from_the_least_score_and_needs_to_know_it),
        cmocka_unit_test(conversation_rules_are_for_alliance_scales_of_0_to_40_alone),
        cmocka_unit_test(a_reliable_fall_needs_a_reliable_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
