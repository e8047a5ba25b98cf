/* reliable_worse: distress reliably higher than at the start. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"
#include "tests/unit/core/given.h"

static given_found found;

static attune_constants distress(double threshold, double sd, double reliability)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_DISTRESS, NAN, NAN);
    c.direction = ATTUNE_HIGHER_WORSE;
    c.change_threshold = threshold;
    c.sd = sd;
    c.reliability = reliability;
    return c;
}

static void run(const attune_constants *c, const double *scores, size_t n)
{
    given_run(c, "reliable_worse", scores, n, &found);
}

static void the_published_threshold_itself_is_enough_unless_it_is_strict(void **state)
{
    const double y[] = { 10, 15, 16, 17 };
    attune_constants c = distress(6, NAN, NAN);
    (void)state;
    run(&c, y, 4);
    assert_int_equal(found.n, 2);
    assert_int_equal(found.marks[0].kind, ATTUNE_MARK_WORSE);
    assert_int_equal(found.marks[0].session, 3);
    assert_same(found.marks[0].observed, 16);
    assert_same(found.marks[0].reference, 10);
    assert_same(found.marks[0].limit, 16);
    assert_same(found.marks[0].statistic, 1);
    assert_same(found.marks[0].spread, NAN);
    assert_int_equal(found.marks[0].first_session, 1);
    assert_int_equal(found.marks[0].last_session, 1);
    c.change_bound = ATTUNE_BOUND_STRICT;
    run(&c, y, 4);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].session, 4);
}

static void it_is_possible_at_first_and_probable_when_it_lasts(void **state)
{
    const double y[] = { 10, 16, 16, 15, 16, NAN, 17 };
    const int32_t levels[] = { ATTUNE_LEVEL_POSSIBLE, ATTUNE_LEVEL_PROBABLE, ATTUNE_LEVEL_POSSIBLE,
                               ATTUNE_LEVEL_PROBABLE };
    const int32_t sessions[] = { 2, 3, 5, 7 };
    attune_constants c = distress(6, NAN, NAN);
    (void)state;
    run(&c, y, LENGTH(y));
    assert_int_equal(found.n, 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(found.marks[i].level, levels[i]);
        assert_int_equal(found.marks[i].session, sessions[i]);
    }
    assert_int_equal(found.marks[3].flags, ATTUNE_MARK_AFTER_GAP);
}

static void without_a_published_threshold_the_formula_decides_strictly(void **state)
{
    /* CECPfuns: SD 7.5, reliability .8 -> 9.296925484568419 */
    const double y[] = { 0, 9.2969, 9.297 };
    attune_constants c = distress(NAN, 7.5, .8);
    (void)state;
    run(&c, y, 3);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].session, 3);
    assert_near(found.marks[0].limit, 9.296925484568419, 1e-14);
}

static void improvement_is_never_marked(void **state)
{
    const double y[] = { 20, 10, 0 };
    attune_constants c = distress(6, NAN, NAN);
    (void)state;
    run(&c, y, 3);
    assert_int_equal(found.n, 0);
    assert_near(found.traces[2].statistic, -20. / 6, 1e-15);
    assert_int_equal(found.traces[2].state, ATTUNE_STATE_QUIET);
}

static void the_first_completed_form_is_the_start(void **state)
{
    const double y[] = { NAN, 12, 18 };
    attune_constants c = distress(6, NAN, NAN);
    (void)state;
    run(&c, y, 3);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_TOO_FEW);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].first_session, 2);
}

static void a_measure_without_threshold_or_formula_is_said_to_lack_it(void **state)
{
    const double y[] = { 5, 25 };
    const attune_constants lacking[] = { distress(NAN, NAN, NAN), distress(NAN, 7.5, NAN),
                                         distress(NAN, NAN, .8) };
    (void)state;
    for (size_t i = 0; i < LENGTH(lacking); i++) {
        run(&lacking[i], y, 2);
        assert_int_equal(found.n, 0);
        assert_int_equal(found.traces[1].state, ATTUNE_STATE_NO_CONSTANT);
        assert_int_equal(found.traces[1].missing, ATTUNE_CONSTANT_CHANGE);
        assert_same(found.traces[1].statistic, NAN);
    }
}

/* The smallest double times a reliability that leaves nothing of it: no threshold to go by. */
static void a_threshold_too_small_for_a_double_marks_nothing(void **state)
{
    const double y[] = { 0, 5 };
    attune_constants c = distress(NAN, 5e-324, .5);
    attune_rule_choice choice = given_choice("reliable_worse");
    attune_series series = given_series(y, 2);
    attune_watch *watch;
    (void)state;
    choice.params[0] = .1;
    watch = given_watch_of(&c, &choice, 1);
    given_scan(watch, &series, 1, &found);
    assert_int_equal(found.n, 0);
    assert_same(found.traces[1].statistic, NAN);
    attune_watch_free(watch);
}

static void a_measure_of_alliance_is_not_meant(void **state)
{
    const double y[] = { 5, 25 };
    attune_constants c = distress(6, NAN, NAN);
    (void)state;
    c.construct = ATTUNE_CONSTRUCT_ALLIANCE;
    run(&c, y, 2);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_NOT_MEANT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_threshold_itself_is_enough_unless_it_is_strict),
        cmocka_unit_test(it_is_possible_at_first_and_probable_when_it_lasts),
        cmocka_unit_test(without_a_published_threshold_the_formula_decides_strictly),
        cmocka_unit_test(improvement_is_never_marked),
        cmocka_unit_test(the_first_completed_form_is_the_start),
        cmocka_unit_test(a_measure_without_threshold_or_formula_is_said_to_lack_it),
        cmocka_unit_test(a_threshold_too_small_for_a_double_marks_nothing),
        cmocka_unit_test(a_measure_of_alliance_is_not_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
