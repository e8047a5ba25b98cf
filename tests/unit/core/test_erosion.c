/* erosion: the one-sided CUSUM below the first forms. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

static given_found found;

/* One spread is one point: the error of measurement lies above every own spread used here. */
static void run(const double *scores, size_t n)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .5, 1);
    given_run(&c, "erosion", scores, n, &found);
}

static void what_lies_below_the_start_adds_up_less_the_allowance(void **state)
{
    const double y[] = { 4, 5, 6, 4, 4, 3, 5, 3.5, 3, 3 };
    const double sums[] = { .5, 1, 2.5, 2, 3, 4.5, 6 };
    (void)state;
    run(y, LENGTH(y));
    for (int i = 0; i < 3; i++)
        assert_int_equal(found.traces[i].state, ATTUNE_STATE_TOO_FEW);
    for (int i = 0; i < 7; i++)
        assert_near(found.traces[3 + i].statistic, sums[i], 1e-12);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].kind, ATTUNE_MARK_EROSION);
    assert_int_equal(found.marks[0].level, ATTUNE_LEVEL_PROBABLE);
    assert_int_equal(found.marks[0].session, 9);
    assert_near(found.marks[0].statistic, 4.5, 1e-12);
    assert_near(found.marks[0].reference, 5, 1e-15);
    assert_same(found.marks[0].spread, 1);
    assert_near(found.marks[0].limit, 3.5, 1e-12); /* 3 + (5 - 3.5) - .5 = 4 */
    assert_int_equal(found.marks[0].first_session, 1);
    assert_int_equal(found.marks[0].last_session, 3);
    assert_int_equal(found.marks[0].flags, 0);
}

static void the_limit_itself_is_not_beyond(void **state)
{
    const double y[] = { 5, 5, 5, 3, 3, 3.5, 4 }, beyond[] = { 5, 5, 5, 3, 3, 3.499 };
    (void)state;
    run(y, 7);
    assert_same(found.traces[5].statistic, 4);
    assert_int_equal(found.traces[5].state, ATTUNE_STATE_QUIET);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].session, 7);
    run(beyond, 6);
    assert_int_equal(found.n, 1);
}

static void the_sum_never_falls_below_nothing(void **state)
{
    const double y[] = { 5, 5, 5, 9, 9, 4 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .5, 3);
    (void)state;
    given_run(&c, "erosion", y, 6, &found);
    assert_same(found.traces[4].statistic, 0);
    assert_same(found.traces[5].statistic, 0);
}

static void it_marks_once_until_the_sum_has_come_down(void **state)
{
    const double y[] = { 5, 5, 5, 3, 3, 3, 3, 7, 3, 3 };
    const double sums[] = { 1.5, 3, 4.5, 6, 3.5, 5, 6.5 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .5, 1);
    attune_rule_choice choice = given_choice("erosion");
    attune_series series = given_series(y, LENGTH(y));
    attune_watch *watch;
    (void)state;
    choice.params[3] = 1000; /* the own range counts for nothing: the spread stays 1 */
    watch = given_watch_of(&c, &choice, 1);
    given_scan(watch, &series, 1, &found);
    for (int i = 0; i < 7; i++)
        assert_near(found.traces[3 + i].statistic, sums[i], 1e-12);
    assert_int_equal(found.n, 2);
    assert_int_equal(found.marks[0].session, 6);
    assert_int_equal(found.marks[1].session, 9);
    attune_watch_free(watch);
}

static void a_slide_after_three_forms_is_early(void **state)
{
    const double y[] = { 5, 5, 5, 0 }, later[] = { 5, 5, 5, 5, 0 };
    (void)state;
    run(y, 4);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].flags, ATTUNE_MARK_EARLY);
    run(later, 5);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].flags, 0);
}

static void the_start_is_the_mean_of_as_many_forms_as_asked(void **state)
{
    const double y[] = { 5, 7, 0 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .5, 1);
    attune_rule_choice choice = given_choice("erosion");
    attune_series series = given_series(y, 3);
    (void)state;
    for (int baseline = 1; baseline <= 2; baseline++) {
        attune_watch *watch;
        choice.params[2] = baseline;
        watch = given_watch_of(&c, &choice, 1);
        given_scan(watch, &series, 1, &found);
        assert_int_equal(found.traces[baseline - 1].state, ATTUNE_STATE_TOO_FEW);
        assert_true(found.traces[baseline].state != ATTUNE_STATE_TOO_FEW);
        assert_int_equal(found.n, 1);
        assert_near(found.marks[0].reference, baseline == 1 ? 5 : 6, 1e-15);
        assert_int_equal(found.marks[0].last_session, baseline);
        attune_watch_free(watch);
    }
}

static void without_a_population_spread_it_says_so_and_still_gives_its_statistic(void **state)
{
    const double y[] = { 5, 5, 5, 3, 3, 1 }, flat[] = { 5, 5, 5, 5 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, NAN, 1);
    (void)state;
    given_run(&c, "erosion", y, 6, &found);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.traces[5].state, ATTUNE_STATE_NO_CONSTANT);
    assert_near(found.traces[5].statistic, 1.5 + 1.5 + 3.5, 1e-12);
    c.sem = NAN;
    given_run(&c, "erosion", flat, 4, &found);
    assert_same(found.traces[3].statistic, NAN);
    assert_int_equal(found.traces[3].state, ATTUNE_STATE_NO_CONSTANT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_lies_below_the_start_adds_up_less_the_allowance),
        cmocka_unit_test(the_limit_itself_is_not_beyond),
        cmocka_unit_test(the_sum_never_falls_below_nothing),
        cmocka_unit_test(it_marks_once_until_the_sum_has_come_down),
        cmocka_unit_test(a_slide_after_three_forms_is_early),
        cmocka_unit_test(the_start_is_the_mean_of_as_many_forms_as_asked),
        cmocka_unit_test(without_a_population_spread_it_says_so_and_still_gives_its_statistic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
