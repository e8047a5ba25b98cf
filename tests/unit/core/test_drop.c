/* drop: a fall from the previous form. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"
#include "tests/unit/core/given.h"

static given_found found;

static void run(double within_sd, double sem, const double *scores, size_t n)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, within_sd, sem);
    given_run(&c, "drop", scores, n, &found);
}

static void the_first_form_has_nothing_to_fall_from(void **state)
{
    const double y[] = { 5 };
    (void)state;
    run(.5, NAN, y, 1);
    assert_int_equal(found.traces[0].state, ATTUNE_STATE_TOO_FEW);
    assert_same(found.traces[0].statistic, NAN);
}

static void one_spread_is_possible_and_two_are_probable(void **state)
{
    const struct {
        double score;
        int32_t state, level;
        double limit;
    } rows[] = {
        { 4.75, ATTUNE_STATE_QUIET, 0, 0 },
        { 4.5, ATTUNE_STATE_MARKED, ATTUNE_LEVEL_POSSIBLE, 4.5 },
        { 4.25, ATTUNE_STATE_MARKED, ATTUNE_LEVEL_POSSIBLE, 4.5 },
        { 4.0, ATTUNE_STATE_MARKED, ATTUNE_LEVEL_PROBABLE, 4.0 },
        { 1.0, ATTUNE_STATE_MARKED, ATTUNE_LEVEL_PROBABLE, 4.0 },
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const double y[] = { 5, rows[i].score };
        run(.5, NAN, y, 2);
        assert_int_equal(found.traces[1].state, rows[i].state);
        assert_same(found.traces[1].statistic, (5 - rows[i].score) / .5);
        if (rows[i].state != ATTUNE_STATE_MARKED)
            continue;
        assert_int_equal(found.marks[0].kind, ATTUNE_MARK_DROP);
        assert_int_equal(found.marks[0].level, rows[i].level);
        assert_same(found.marks[0].limit, rows[i].limit);
        assert_same(found.marks[0].reference, 5);
        assert_same(found.marks[0].spread, .5);
        assert_int_equal(found.marks[0].first_session, 1);
        assert_int_equal(found.marks[0].last_session, 1);
        assert_int_equal(found.marks[0].flags, ATTUNE_MARK_EARLY);
    }
}

static void the_largest_of_own_population_and_error_is_the_spread(void **state)
{
    const double y[] = { 5, 6, 4 }; /* own SD of 5 and 6: sqrt(1/2) */
    (void)state;
    run(.5, NAN, y, 3);
    assert_near(found.marks[0].spread, sqrt(.5), 1e-15);
    assert_near(found.marks[0].statistic, 2 / sqrt(.5), 1e-14);
    assert_near(found.marks[0].limit, 6 - 2 * sqrt(.5), 1e-15);
    run(.8, NAN, y, 3);
    assert_same(found.marks[0].spread, .8);
    run(.5, .9, y, 3);
    assert_same(found.marks[0].spread, .9);
}

static void the_own_spread_is_that_of_all_earlier_forms(void **state)
{
    const double y[] = { 2, 4, 4, 4, 5, 5, 7, 9, 1 }; /* SD of the first eight: sqrt(32 / 7) */
    (void)state;
    run(.5, NAN, y, 9);
    assert_int_equal(found.n, 1);
    assert_near(found.marks[0].spread, sqrt(32. / 7), 1e-14);
    assert_int_equal(found.marks[0].flags, 0);
    assert_same(found.marks[0].reference, 9);
}

static void a_form_not_completed_is_passed_over(void **state)
{
    const double y[] = { 5, NAN, 4 };
    (void)state;
    run(.5, NAN, y, 3);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_NO_FORM);
    assert_same(found.marks[0].reference, 5);
    assert_int_equal(found.marks[0].flags, ATTUNE_MARK_EARLY | ATTUNE_MARK_AFTER_GAP);
}

static void an_unchanged_score_is_no_fall_even_at_the_lowest_threshold(void **state)
{
    const double y[] = { 5, 5, 5 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .5, NAN);
    attune_rule_choice choice = given_choice("drop");
    attune_param_info info = { .struct_size = sizeof info };
    attune_series series = given_series(y, 3);
    attune_watch *watch;
    (void)state;
    assert_int_equal(attune_rule_param(choice.rule, 0, &info), ATTUNE_OK);
    choice.params[0] = info.low;
    watch = given_watch_of(&c, &choice, 1);
    given_scan(watch, &series, 1, &found);
    assert_int_equal(found.n, 0);
    attune_watch_free(watch);
}

static void without_a_population_spread_it_says_so_and_still_gives_its_statistic(void **state)
{
    const double y[] = { 5, 6, 4 }, flat[] = { 5, 5, 3 };
    (void)state;
    run(NAN, NAN, flat, 3);
    assert_same(found.traces[2].statistic, NAN); /* a flat course has no spread of its own */
    run(NAN, NAN, y, 3);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.traces[2].state, ATTUNE_STATE_NO_CONSTANT);
    assert_int_equal(found.traces[2].missing, ATTUNE_CONSTANT_WITHIN_SD);
    assert_near(found.traces[2].statistic, 2 / sqrt(.5), 1e-14);
    assert_same(found.traces[1].statistic, NAN); /* one form has no spread of its own */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_form_has_nothing_to_fall_from),
        cmocka_unit_test(one_spread_is_possible_and_two_are_probable),
        cmocka_unit_test(the_largest_of_own_population_and_error_is_the_spread),
        cmocka_unit_test(the_own_spread_is_that_of_all_earlier_forms),
        cmocka_unit_test(a_form_not_completed_is_passed_over),
        cmocka_unit_test(an_unchanged_score_is_no_fall_even_at_the_lowest_threshold),
        cmocka_unit_test(without_a_population_spread_it_says_so_and_still_gives_its_statistic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
