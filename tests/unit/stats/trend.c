/* The degenerate cases under the numbers of the header, refusals in their order, odd magnitudes. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/fit.h"

#include <float.h>

static int is_nan_all(const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isnan(values[i]))
            return 0;
    return 1;
}

#define NAN_ALL(...)                                                                               \
    assert_true(is_nan_all((const double[]) { __VA_ARGS__ },                                       \
                           sizeof((const double[]) { __VA_ARGS__ }) / sizeof(double)))

static void case_1_no_observed_score_is_too_few(void **state)
{
    (void)state;
    attune_trend t, before;
    attune_error err = ATTUNE_ERROR_INIT;
    before = (attune_trend) { .struct_size = sizeof before };
    assert_int_equal(fit_status((double[]) { 1, 2 }, (double[]) { NAN, NAN }, 2, &t, &err),
                     ATTUNE_E_TOO_FEW);
    assert_memory_equal(&t, &before, sizeof t);
    assert_int_equal(err.code, ATTUNE_E_TOO_FEW);
    assert_int_equal(fit_status((double[]) { 1 }, (double[]) { 1 }, 0, &t, NULL), ATTUNE_E_TOO_FEW);
}

static void case_2_one_score_is_first_and_last_and_no_more(void **state)
{
    (void)state;
    attune_trend t = FIT(NAN, 7, NAN);
    assert_int_equal(t.n, 1);
    assert_near(t.first, 7, 0);
    assert_near(t.last, 7, 0);
    assert_true(is_nan_all(&t.ols_intercept,
                           (sizeof t - offsetof(attune_trend, ols_intercept)) / sizeof(double)));
}

static void case_3_two_scores_have_slopes_and_no_error(void **state)
{
    (void)state;
    attune_trend t = FIT(1, 5);
    assert_near(t.ols_slope, 4, 1e-15);
    assert_near(t.ols_intercept, -3, 1e-15);
    assert_near(t.sen_slope, 4, 0);
    assert_near(t.sen_intercept, -3, 0);
    assert_near(t.siegel_slope, 4, 0);
    assert_near(t.kendall_tau_b, 1, 0);
    assert_near(t.spearman_rho, 1, 0);
    assert_near(t.log_slope, 4 / log(2), 1e-14);
    assert_near(t.huber_slope, 4, 1e-15);
    assert_near(t.bisquare_slope, 4, 1e-15);
    NAN_ALL(t.ols_slope_se, t.ols_t, t.ols_p, t.ols_low, t.ols_high, t.residual_sd, t.sen_low,
            t.sen_high, t.mk_s, t.mk_var, t.mk_z, t.mk_p, t.mk_p_exact, t.lag1, t.durbin_watson,
            t.mk_hr_z, t.mk_hr_p, t.mk_yw_z, t.mk_yw_p, t.pw_slope, t.pw_slope_se, t.log_slope_se);
}

static void case_4_equal_scores_have_a_slope_of_nought_and_a_p_of_one(void **state)
{
    (void)state;
    attune_trend t = FIT(3.3, 3.3, 3.3, 3.3, 3.3);
    const double noughts[] = { t.ols_slope,    t.ols_slope_se, t.ols_low,     t.ols_high,
                               t.residual_sd,  t.sen_slope,    t.sen_low,     t.sen_high,
                               t.siegel_slope, t.mk_s,         t.mk_var,      t.mk_z,
                               t.mk_hr_z,      t.mk_yw_z,      t.pw_slope,    t.pw_slope_se,
                               t.log_slope,    t.log_slope_se, t.huber_slope, t.bisquare_slope };
    for (size_t i = 0; i < sizeof noughts / sizeof *noughts; i++)
        assert_near(noughts[i], 0, 0);
    const double ones[] = { t.mk_p, t.mk_p_exact, t.mk_hr_p, t.mk_yw_p };
    for (size_t i = 0; i < sizeof ones / sizeof *ones; i++)
        assert_near(ones[i], 1, 0);
    assert_near(t.ols_intercept, 3.3, 0);
    assert_near(t.sen_intercept, 3.3, 0);
    assert_near(t.log_intercept, 3.3, 0);
    NAN_ALL(t.ols_t, t.ols_p, t.kendall_tau_b, t.spearman_rho, t.lag1, t.durbin_watson);
}

static void case_5_an_exact_line_has_no_error_and_no_test(void **state)
{
    (void)state;
    attune_trend t = FIT(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7);
    assert_near(t.ols_slope, 0.1, 1e-15);
    assert_near(t.ols_slope_se, 0, 0);
    assert_near(t.residual_sd, 0, 0);
    assert_near(t.ols_low, t.ols_slope, 0);
    assert_near(t.ols_high, t.ols_slope, 0);
    assert_near(t.mk_p_exact, 2.0 / 5040, 1e-18);
    assert_near(t.mk_hr_z, t.mk_z, 0);
    assert_near(t.mk_yw_p, t.mk_p, 0);
    assert_near(t.pw_slope, 0.1, 1e-15);
    assert_near(t.pw_slope_se, 0, 0);
    assert_near(t.huber_slope, 0.1, 1e-15);
    assert_near(t.bisquare_slope, 0.1, 1e-15);
    NAN_ALL(t.ols_t, t.ols_p, t.durbin_watson);
}

static void case_6_equal_times_leave_what_goes_by_rows(void **state)
{
    (void)state;
    attune_trend t = fit_rows((const double[]) { 5, 5, 5, 5 }, (const double[]) { 1, 3, 4, 4 }, 4);
    assert_near(t.mk_s, 5, 0);
    assert_near(t.lag1, 1.0 / 6, 1e-15);
    assert_false(isnan(t.mk_hr_z) || isnan(t.mk_yw_p) || isnan(t.mk_p_exact));
    NAN_ALL(t.ols_intercept, t.ols_slope, t.ols_slope_se, t.ols_t, t.ols_p, t.ols_low, t.ols_high,
            t.residual_sd, t.durbin_watson, t.sen_slope, t.sen_low, t.sen_high, t.sen_intercept,
            t.siegel_slope, t.pw_slope, t.pw_slope_se, t.log_intercept, t.log_slope, t.log_slope_se,
            t.huber_slope, t.bisquare_slope, t.kendall_tau_b, t.spearman_rho);
}

static void case_7_days_from_nought_have_no_logarithm(void **state)
{
    (void)state;
    attune_trend t = fit_rows((const double[]) { 0, 7, 14 }, (const double[]) { 1, 3, 4 }, 3);
    NAN_ALL(t.log_intercept, t.log_slope, t.log_slope_se);
    assert_near(t.ols_slope * 14, 3, 1e-14);
}

static void case_8_exact_p_ends_with_ten_scores(void **state)
{
    (void)state;
    assert_true(!isnan(FIT(1, 2, 3, 4, 5, 6, 7, 8, 9, 9).mk_p_exact));
    assert_true(isnan(FIT(1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9).mk_p_exact));
}

static void case_12_only_what_no_double_can_hold_is_missing(void **state)
{
    (void)state;
    static const double y[] = { -1.7e308, 1.7e308, 1.7e308, 1.7e308 };
    attune_trend t = fit_scores(y, 4);
    assert_true(isnan(t.sen_high)); /* 3.4e308 a session */
    assert_near(t.ols_slope, 1.02e308, 1e-14);
    assert_near(t.residual_sd / 1.7e308, sqrt(0.6), 1e-14); /* by hand */
    assert_near(t.sen_low, 0, 0);
    attune_trend far = fit_rows((const double[]) { 0, 1e-300, 2e-300 },
                                (const double[]) { 1e300, 2e300, 4e300 }, 3);
    assert_true(isnan(far.ols_slope));
    assert_near(far.mk_s, 3, 0);
    assert_near(far.ols_t, 1.5 * sqrt(2 / (0.5 / 3)), 1e-12);
}

static void powers_of_two_change_no_bit(void **state)
{
    (void)state;
    static const double y[] = { 5, 6, 5, 8, 7, 9, 9, 12, 10, 11 };
    static const int powers[] = { -1000, -3, 40, 1000 };
    double scaled[10];
    attune_trend t = fit_scores(y, 10);
    for (size_t k = 0; k < 4; k++) {
        for (size_t i = 0; i < 10; i++)
            scaled[i] = ldexp(y[i], powers[k]);
        attune_trend s = fit_scores(scaled, 10);
        assert_same(s.ols_slope, ldexp(t.ols_slope, powers[k]));
        assert_same(s.ols_p, t.ols_p);
        assert_same(s.sen_high, ldexp(t.sen_high, powers[k]));
        assert_same(s.pw_slope_se, ldexp(t.pw_slope_se, powers[k]));
        assert_same(s.bisquare_slope, ldexp(t.bisquare_slope, powers[k]));
        assert_same(s.mk_hr_z, t.mk_hr_z);
    }
}

static void the_least_numbers_there_are_still_have_a_trend(void **state)
{
    (void)state;
    double y[6];
    for (size_t i = 0; i < 6; i++)
        y[i] = (double)(3 * i + i % 2) * DBL_TRUE_MIN;
    attune_trend t = fit_scores(y, 6);
    assert_near(t.sen_slope / DBL_TRUE_MIN, 3, 0);
    assert_near(t.mk_s, 15, 0);
    assert_true(!isnan(t.ols_p));
}

static void a_first_score_far_from_the_others_loses_none_of_them(void **state)
{
    (void)state;
    attune_trend t = FIT(1e300, 1, 2, 3, 4);
    assert_near(t.mk_s, 2, 0);
    assert_near(t.kendall_tau_b, 0.2, 1e-15);
    assert_near(t.last, 4, 0);
}

static void refuse(const double *x, const double *y, size_t n, attune_status status, uint64_t index)
{
    attune_trend t, before = { .struct_size = sizeof before };
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(fit_status(x, y, n, &t, &err), status);
    assert_int_equal(err.code, status);
    assert_int_equal(err.index, index);
    assert_true(err.text[0] != '\0' && err.key[0] != '\0');
    assert_memory_equal(&t, &before, sizeof t);
}

static void values_are_refused_in_index_order_and_before_the_order_of_times(void **state)
{
    (void)state;
    static const double up[] = { 1, 2, 3, 4 }, back[] = { 1, 3, 2, 4 }, lost[] = { 1, 2, NAN, 4 };
    static const double y[] = { 1, 2, 3, 4 }, infinite[] = { 1, 2, 3, INFINITY };
    static const double gone[] = { 1, 2, NAN, 4 }, none[] = { NAN, NAN, NAN, NAN };
    static const double endless[] = { -INFINITY, 2, 3, 4 };
    refuse(up, infinite, 4, ATTUNE_E_VALUE, 3);
    refuse(back, infinite, 4, ATTUNE_E_VALUE, 3);
    refuse(endless, infinite, 4, ATTUNE_E_VALUE, 0);
    refuse(lost, y, 4, ATTUNE_E_VALUE, 2);
    refuse(back, y, 4, ATTUNE_E_ORDER, 2);
    refuse(back, none, 4, ATTUNE_E_ORDER, 2);
    refuse(up, none, 4, ATTUNE_E_TOO_FEW, 0);
    attune_trend t;
    assert_int_equal(fit_status(lost, gone, 4, &t, NULL), ATTUNE_OK);
}

static void pointers_then_struct_size_then_counts_are_refused_first(void **state)
{
    (void)state;
    double x[] = { 2, 1 }, y[] = { INFINITY, 1 }, work[256];
    attune_trend t = { .struct_size = 1 }, before = t;
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(attune_trend_fit(NULL, y, 2, work, 0, &t, &err), ATTUNE_E_ARGUMENT);
    assert_string_equal(err.key, "x");
    assert_int_equal(attune_trend_fit(x, NULL, 2, work, 0, &t, &err), ATTUNE_E_ARGUMENT);
    assert_string_equal(err.key, "y");
    assert_int_equal(attune_trend_fit(x, y, 2, NULL, 0, &t, &err), ATTUNE_E_ARGUMENT);
    assert_string_equal(err.key, "work");
    assert_int_equal(attune_trend_fit(x, y, 2, work, 0, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_string_equal(err.key, "trend");
    assert_int_equal(attune_trend_fit(x, y, 2, work, 0, &t, &err), ATTUNE_E_STRUCT_SIZE);
    assert_memory_equal(&t, &before, sizeof t);
    static const uint32_t sizes[] = { 0, sizeof t - 8, sizeof t + 4, 1u << 20 };
    for (size_t i = 0; i < 4; i++) {
        t.struct_size = sizes[i];
        assert_int_equal(attune_trend_fit(x, y, 2, work, 0, &t, NULL), ATTUNE_E_STRUCT_SIZE);
    }
    t.struct_size = sizeof t;
    size_t size = attune_trend_work(2);
    assert_int_equal(attune_trend_fit(x, y, 2, work, size - 1, &t, &err), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "work_size");
    assert_int_equal(attune_trend_fit(x, y, ATTUNE_TREND_ROWS_MAX + 1, work, SIZE_MAX, &t, &err),
                     ATTUNE_E_COUNT);
    assert_string_equal(err.key, "n");
    assert_int_equal(attune_trend_fit(x, y, 2, work, size, &t, &err), ATTUNE_E_VALUE);
}

static void work_grows_with_the_rows_up_to_the_last_it_takes(void **state)
{
    (void)state;
    for (size_t n = 0; n < ATTUNE_TREND_ROWS_MAX; n++)
        assert_true(attune_trend_work(n) < attune_trend_work(n + 1));
    assert_int_equal(attune_trend_work(ATTUNE_TREND_ROWS_MAX + 1), 0);
    assert_int_equal(attune_trend_work(SIZE_MAX), 0);
}

static void the_tail_of_a_larger_struct_is_left_alone(void **state)
{
    (void)state;
    struct {
        attune_trend trend;
        double later;
    } wide = { .trend.struct_size = sizeof wide, .later = 17 };
    double x[] = { 1, 2, 3 }, y[] = { 4, 5, 7 }, work[64];
    assert_true(attune_trend_work(3) <= sizeof work);
    assert_int_equal(attune_trend_fit(x, y, 3, work, sizeof work, &wide.trend, NULL), ATTUNE_OK);
    assert_near(wide.later, 17, 0);
    assert_int_equal(wide.trend.struct_size, sizeof wide);
    assert_near(wide.trend.ols_slope, 1.5, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_1_no_observed_score_is_too_few),
        cmocka_unit_test(case_2_one_score_is_first_and_last_and_no_more),
        cmocka_unit_test(case_3_two_scores_have_slopes_and_no_error),
        cmocka_unit_test(case_4_equal_scores_have_a_slope_of_nought_and_a_p_of_one),
        cmocka_unit_test(case_5_an_exact_line_has_no_error_and_no_test),
        cmocka_unit_test(case_6_equal_times_leave_what_goes_by_rows),
        cmocka_unit_test(case_7_days_from_nought_have_no_logarithm),
        cmocka_unit_test(case_8_exact_p_ends_with_ten_scores),
        cmocka_unit_test(case_12_only_what_no_double_can_hold_is_missing),
        cmocka_unit_test(powers_of_two_change_no_bit),
        cmocka_unit_test(the_least_numbers_there_are_still_have_a_trend),
        cmocka_unit_test(a_first_score_far_from_the_others_loses_none_of_them),
        cmocka_unit_test(values_are_refused_in_index_order_and_before_the_order_of_times),
        cmocka_unit_test(pointers_then_struct_size_then_counts_are_refused_first),
        cmocka_unit_test(work_grows_with_the_rows_up_to_the_last_it_takes),
        cmocka_unit_test(the_tail_of_a_larger_struct_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
