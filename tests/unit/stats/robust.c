/* M-estimates: far scores, exact majorities, slow and swinging rounds. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/fit.h"

static void bisquare_forgets_a_far_score_and_huber_nearly(void **state)
{
    (void)state;
    attune_trend t = FIT(2.1, 3.9, 6.2, 7.8, 10.1, 60, 13.9, 16.2, 17.8, 20.1);
    assert_near(t.bisquare_slope, 2, 0.02);
    assert_near(t.huber_slope, 2, 0.1);
    assert_true(t.ols_slope > 2.2);
}

static void without_far_scores_huber_is_least_squares(void **state)
{
    (void)state;
    /* no |residual| above 1.345 medians / .6745 */
    attune_trend t = FIT(1, 1, 2, 2, 3, 3, 4, 4);
    assert_near(t.huber_slope, t.ols_slope, 1e-14);
}

static void an_exact_majority_wins(void **state)
{
    (void)state;
    attune_trend fast = FIT(1, 2, 3, 4, 90, 6, 7, 8, 9), slow = FIT(20, 20, 20, 20, 21);
    assert_near(fast.huber_slope, 1, 1e-8);
    assert_near(fast.bisquare_slope, 1, 1e-8);
    assert_near(slow.huber_slope, 0, 1e-7); /* by 0.3 % a round */
}

static void rounds_that_swing_are_brought_to_rest(void **state)
{
    (void)state;
    attune_trend t = FIT(27, 21, 18, 18, 17, 17, 20, 17, 20, 10, 15, 15, 14, 12, 14);
    assert_true(!isnan(t.bisquare_slope));
}

static void case_11_weights_at_one_time_give_no_slope(void **state)
{
    (void)state;
    static const double x[] = { 1, 1, 1, 1, 1, 1, 1, 2, 2 };
    static const double y[] = { 0.1, -0.1, 0.05, -0.05, 0, 0.02, -0.02, 100, -100 };
    attune_trend t = fit_rows(x, y, 9);
    assert_true(isnan(t.bisquare_slope));
    assert_near(t.huber_slope, 0, 1e-9);
}

static void case_11_rounds_that_never_rest_give_no_slope(void **state)
{
    (void)state;
    attune_trend t = FIT(1, 4, 6, 6, 2, 2, 1);
    assert_true(isnan(t.bisquare_slope));
    assert_true(!isnan(t.huber_slope));
}

static void the_order_of_sizes_is_found_anew_when_it_was_lost(void **state)
{
    (void)state;
    double y[60];
    for (size_t i = 0; i < 60; i++)
        y[i] = (double)(i * 37 % 60) - 0.5 * (double)i;
    attune_trend t = fit_scores(y, 60);
    assert_near(t.huber_slope, t.ols_slope, 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bisquare_forgets_a_far_score_and_huber_nearly),
        cmocka_unit_test(without_far_scores_huber_is_least_squares),
        cmocka_unit_test(an_exact_majority_wins),
        cmocka_unit_test(rounds_that_swing_are_brought_to_rest),
        cmocka_unit_test(case_11_weights_at_one_time_give_no_slope),
        cmocka_unit_test(case_11_rounds_that_never_rest_give_no_slope),
        cmocka_unit_test(the_order_of_sizes_is_found_anew_when_it_was_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
