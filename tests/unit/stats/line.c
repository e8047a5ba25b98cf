/* Least squares on the session and on its logarithm, by hand. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/fit.h"

static void five_scores_by_hand(void **state)
{
    (void)state;
    /* Sxx 10, Sxy 9, mean 4.2; residuals -.4 .7 -1.2 1.9 -1 over a slope of .9: SSE 6.7 */
    attune_trend t = FIT(2, 4, 3, 7, 5);
    assert_near(t.ols_slope, 0.9, 1e-15);
    assert_near(t.ols_intercept, 1.5, 1e-14);
    assert_near(t.residual_sd, sqrt(6.7 / 3), 1e-14);
    assert_near(t.ols_slope_se, sqrt(6.7 / 30), 1e-14);
    assert_near(t.ols_t, 0.9 / sqrt(6.7 / 30), 1e-14);
    assert_near(t.ols_high - t.ols_slope, 3.182446305284263 * t.ols_slope_se, 1e-10);
    assert_near(t.ols_low + t.ols_high, 2 * t.ols_slope, 1e-14);
    /* (1.1^2 + 1.9^2 + 3.1^2 + 2.9^2) / 6.7 */
    assert_near(t.durbin_watson, 22.84 / 6.7, 1e-13);
}

static void the_intercept_is_the_height_at_time_nought_as_given(void **state)
{
    (void)state;
    static const double x[] = { 20000, 20007, 20014, 20021 }, y[] = { 9, 8, 8, 5 };
    attune_trend t = fit_rows(x, y, 4);
    assert_near(t.ols_slope * 7, -1.2, 1e-13);
    assert_near(t.ols_intercept + t.ols_slope * 20010.5, 7.5, 1e-12);
    assert_near(t.sen_intercept, 8 - t.sen_slope * 20010.5, 1e-12);
}

static void a_logarithmic_course_is_found_by_the_logarithm(void **state)
{
    (void)state;
    double y[12];
    for (size_t i = 0; i < 12; i++)
        y[i] = 30 - 6 * log((double)(i + 1));
    attune_trend t = fit_scores(y, 12);
    assert_near(t.log_intercept, 30, 1e-13);
    assert_near(t.log_slope, -6, 1e-13);
    assert_near(t.log_slope_se, 0, 0);
}

static void no_logarithm_without_times_above_nought_that_differ(void **state)
{
    (void)state;
    static const double y[] = { 1, 2, 4 };
    static const double nought[] = { 0, 1, 2 }, below[] = { -1, 1, 2 };
    static const double close[] = { 1e15, 1e15 + 1, 1e15 + 2 };
    assert_true(isnan(fit_rows(nought, y, 3).log_slope));
    assert_true(isnan(fit_rows(below, y, 3).log_intercept));
    assert_true(isnan(fit_rows(close, y, 3).log_slope));
    assert_near(fit_rows(close, y, 3).ols_slope, 1.5, 1e-14);
}

static void an_exact_line_is_known_as_one_whatever_its_rounding(void **state)
{
    (void)state;
    static double x[4096], y[4096];
    for (size_t n = 3; n <= 4096; n = n * 3 / 2 + 1) {
        for (size_t i = 0; i < n; i++) {
            x[i] = (double)(i + 1);
            y[i] = 0.1 * (double)i + 1e4 / 3;
        }
        attune_trend t = fit_rows(x, y, n);
        assert_near(t.ols_slope_se, 0, 0);
        assert_true(isnan(t.ols_p));
    }
}

static void a_small_trend_on_a_large_score_is_no_exact_line(void **state)
{
    (void)state;
    attune_trend t = FIT(1e6 + 0.125, 1e6 + 0.25, 1e6 + 0.125, 1e6 + 0.5);
    assert_near(t.ols_slope, 0.1, 1e-9);
    assert_true(t.ols_slope_se > 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_scores_by_hand),
        cmocka_unit_test(the_intercept_is_the_height_at_time_nought_as_given),
        cmocka_unit_test(a_logarithmic_course_is_found_by_the_logarithm),
        cmocka_unit_test(no_logarithm_without_times_above_nought_that_differ),
        cmocka_unit_test(an_exact_line_is_known_as_one_whatever_its_rounding),
        cmocka_unit_test(a_small_trend_on_a_large_score_is_no_exact_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
