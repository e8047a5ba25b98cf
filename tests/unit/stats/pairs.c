/* What pairs of rows say, counted by hand. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/fit.h"

static void four_scores_by_hand(void **state)
{
    (void)state;
    /* slopes 3 2 5/3 1 1 1: median 4/3; rows' medians 2 1 1 1 */
    attune_trend t = FIT(1, 4, 5, 6);
    assert_near(t.sen_slope, 4.0 / 3, 1e-15);
    assert_near(t.sen_intercept, 4.5 - 4.0 / 3 * 2.5, 1e-15);
    assert_near(t.siegel_slope, 1, 0);
    assert_near(t.mk_s, 6, 0);
    assert_near(t.mk_var, 4 * 3 * 13 / 18.0, 1e-15);
    assert_near(t.mk_z, 5 / sqrt(4 * 3 * 13 / 18.0), 1e-15);
    assert_near(t.mk_p_exact, 2.0 / 24, 1e-16);
    assert_near(t.kendall_tau_b, 1, 0);
    assert_near(t.spearman_rho, 1, 0);
}

static void with_three_or_four_scores_the_interval_is_that_of_all_slopes(void **state)
{
    (void)state;
    attune_trend four = FIT(1, 4, 5, 6), three = FIT(2, 1, 3);
    assert_near(four.sen_low, 1, 0);
    assert_near(four.sen_high, 3, 0);
    assert_near(three.sen_low, -1, 0);
    assert_near(three.sen_high, 2, 0);
}

static void tied_scores_lessen_the_variance(void **state)
{
    (void)state;
    /* 3 3 5 5 5: S = 6; (5*4*15 - 2*1*9 - 3*2*11) / 18 = 12 */
    attune_trend t = FIT(3, 3, 5, 5, 5);
    assert_near(t.mk_s, 6, 0);
    assert_near(t.mk_var, 12, 0);
    assert_near(t.mk_z, 5 / sqrt(12), 1e-15);
    assert_near(t.mk_p_exact, 2.0 / 10, 1e-16);
    assert_near(t.kendall_tau_b, 6 / sqrt(10 * 6), 1e-15);
}

static void rows_at_one_time_have_no_slope_between_them_and_no_part_in_tau(void **state)
{
    (void)state;
    static const double x[] = { 1, 1, 2 }, y[] = { 5, 9, 7 };
    attune_trend t = fit_rows(x, y, 3); /* slopes 2 and -2 */
    assert_near(t.sen_slope, 0, 0);
    assert_near(t.siegel_slope, 0, 0);
    assert_near(t.kendall_tau_b, 0, 0);
    assert_near(t.mk_s, 1, 0); /* which goes by rows: 5 < 9, 5 < 7, 9 > 7 */
}

static void many_tied_times_may_leave_no_variance_to_the_interval(void **state)
{
    (void)state;
    /* slopes 0 0 0 0 -3 of rank 2 and 3: 6*5*17 - 5*4*15 for the times and as much for the scores
     */
    static const double x[] = { 1, 1, 1, 1, 1, 2 }, y[] = { 5, 5, 5, 5, 8, 5 };
    attune_trend t = fit_rows(x, y, 6);
    assert_near(t.sen_low, 0, 0);
    assert_near(t.sen_high, 0, 0);
}

static void a_missing_score_changes_no_slope_of_the_others(void **state)
{
    (void)state;
    static const double x[] = { 1, 2, 3, 4, 5 }, y[] = { 1, NAN, 5, 6, 2 };
    static const double x4[] = { 1, 3, 4, 5 }, y4[] = { 1, 5, 6, 2 };
    attune_trend gap = fit_rows(x, y, 5), none = fit_rows(x4, y4, 4);
    assert_int_equal(gap.n, 4);
    assert_memory_equal(&gap, &none, sizeof gap);
}

static void a_far_score_moves_neither_rank_slope(void **state)
{
    (void)state;
    attune_trend t = FIT(1, 2, 3, 4, 500, 6, 7, 8, 9);
    assert_near(t.sen_slope, 1, 0);
    assert_near(t.siegel_slope, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_scores_by_hand),
        cmocka_unit_test(with_three_or_four_scores_the_interval_is_that_of_all_slopes),
        cmocka_unit_test(tied_scores_lessen_the_variance),
        cmocka_unit_test(rows_at_one_time_have_no_slope_between_them_and_no_part_in_tau),
        cmocka_unit_test(many_tied_times_may_leave_no_variance_to_the_interval),
        cmocka_unit_test(a_missing_score_changes_no_slope_of_the_others),
        cmocka_unit_test(a_far_score_moves_neither_rank_slope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
