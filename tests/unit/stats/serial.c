/* Serial dependence: row order alone counts, and corrections only ever where they should. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/fit.h"

static void lag_one_by_hand(void **state)
{
    (void)state;
    /* distances from 3: -2 0 1 1: products 0 0 1, squares 6 */
    assert_near(FIT(1, 3, 4, 4).lag1, 1.0 / 6, 1e-15);
}

static void no_trend_in_s_is_none_whatever_the_variance(void **state)
{
    (void)state;
    attune_trend t = FIT(1, 3, 1, 3, 1, 1, 3, 1, 3, 1);
    assert_near(t.mk_s, 0, 0);
    assert_near(t.mk_hr_z, 0, 0);
    assert_near(t.mk_hr_p, 1, 0);
}

static void the_spacing_of_times_does_not_count(void **state)
{
    (void)state;
    static const double y[] = { 5, 6, 5, 8, 7, 9, 9, 12, 10, 11 };
    static const double even[] = { 10, 17, 24, 31, 38, 45, 52, 59, 66, 73 };
    static const double uneven[] = { 1, 2, 4, 5, 9, 10, 11, 20, 21, 40 };
    static const double equal[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    attune_trend t = fit_scores(y, 10);
    const double *times[] = { even, uneven, equal };
    for (size_t i = 0; i < 3; i++) {
        attune_trend other = fit_rows(times[i], y, 10);
        assert_near(other.lag1, t.lag1, 1e-14);
        assert_near(other.mk_hr_z, t.mk_hr_z, 1e-13);
        assert_near(other.mk_yw_z, t.mk_yw_z, 1e-13);
    }
}

static void correlation_between_neighbours_weakens_the_evidence(void **state)
{
    (void)state;
    attune_trend t = FIT(1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 5, 6, 7, 8);
    assert_true(t.mk_z > 3);
    assert_true(t.mk_yw_z < t.mk_z);
    assert_true(t.mk_yw_p > t.mk_p);
}

static void yue_and_wang_never_strengthens_the_evidence(void **state)
{
    (void)state;
    attune_trend t = FIT(1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8);
    assert_near(t.mk_yw_z, t.mk_z, 0);
    assert_near(t.mk_yw_p, t.mk_p, 0);
}

static void ranks_all_tied_leave_nothing_to_correct(void **state)
{
    (void)state;
    attune_trend t = FIT(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
    assert_near(t.mk_hr_z, t.mk_z, 0);
    assert_near(t.mk_yw_z, t.mk_z, 0);
}

static void case_9_a_variance_that_hamed_and_rao_bring_below_nought_is_none(void **state)
{
    (void)state;
    attune_trend t = FIT(2, 1, 4, 0, 3, 3, 6, 1, 6);
    assert_true(isnan(t.mk_hr_z));
    assert_true(isnan(t.mk_hr_p));
    assert_true(!isnan(t.mk_yw_z));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lag_one_by_hand),
        cmocka_unit_test(no_trend_in_s_is_none_whatever_the_variance),
        cmocka_unit_test(the_spacing_of_times_does_not_count),
        cmocka_unit_test(correlation_between_neighbours_weakens_the_evidence),
        cmocka_unit_test(yue_and_wang_never_strengthens_the_evidence),
        cmocka_unit_test(ranks_all_tied_leave_nothing_to_correct),
        cmocka_unit_test(case_9_a_variance_that_hamed_and_rao_bring_below_nought_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
