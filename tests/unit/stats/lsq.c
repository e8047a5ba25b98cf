/* Least squares of many columns: solutions by hand, columns that depend, ends of the range. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/lsq.h"

#include "tests/unit/near.h"

#include <float.h>

static double work[400];

static atn_lsq fit_of(const double *x, const double *low, const double *y, size_t n, size_t p)
{
    const atn_lsq_given given = { x, low, y, n, p };
    atn_lsq fit;
    assert_true(atn_lsq_size(n, p) <= sizeof work);
    atn_lsq_fit(&fit, &given, work);
    return fit;
}

static void a_plane_through_four_points_is_that_of_the_normal_equations(void **state)
{
    static const double x[] = { 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1 }, y[] = { 1, 3, 4, 8 };
    atn_lsq fit = fit_of(x, NULL, y, 4, 3);
    double covariance[9];
    const atn_lsq_given given = { x, NULL, y, 4, 3 };
    (void)state;
    /* X'X b = X'y: 4 2 2 | 16, 2 2 1 | 11, 2 1 2 | 12; inverse .75 -.5 -.5 / 1 0 / 1. */
    assert_int_equal(fit.rank, 3);
    assert_near(fit.b[0], 0.5, 1e-15);
    assert_near(fit.b[1], 3.0, 1e-15);
    assert_near(fit.b[2], 4.0, 1e-15);
    assert_near(fit.sse, 1.0, 1e-15);
    assert_near(fit.e[0], 0.5, 1e-15);
    atn_lsq_covariance(&fit, &given, covariance);
    static const double wanted[] = { 0.75, -0.5, -0.5, -0.5, 1, 0, -0.5, 0, 1 };
    for (size_t i = 0; i < 9; i++)
        assert_near(covariance[i], wanted[i], 1e-15);
}

static void as_many_rows_as_columns_are_met_exactly(void **state)
{
    static const double x[] = { -2, 1, 1, 1 }, y[] = { -3, 3 };
    atn_lsq fit = fit_of(x, NULL, y, 2, 2);
    (void)state;
    assert_near(fit.b[0], 2.0, 1e-15);
    assert_near(fit.b[1], 1.0, 1e-15);
    assert_near(fit.sse, 0.0, 1e-30);
}

static void columns_that_depend_on_each_other_are_counted_once(void **state)
{
    static const double twice[] = { 1, 3, 1, 3, 1, 3 }, zero[] = { 1, 0, 2, 0, 3, 0 };
    static const double nothing[] = { 0, 0, 0 }, y[] = { 1, 2, 4 };
    (void)state;
    assert_int_equal(fit_of(twice, NULL, y, 3, 2).rank, 1);
    assert_int_equal(fit_of(zero, NULL, y, 3, 2).rank, 1);
    assert_int_equal(fit_of(nothing, NULL, y, 3, 1).rank, 0);
}

static void columns_at_the_ends_of_the_range_do_not_overflow(void **state)
{
    static const double x[] = { 1e300, 1e-300, 1e300, 2e-300, 1e300, 4e-300 };
    static const double y[] = { 3, 4, 6 };
    atn_lsq fit = fit_of(x, NULL, y, 3, 2);
    (void)state;
    assert_int_equal(fit.rank, 2);
    assert_near(fit.b[0] * 1e300, 2.0, 1e-10);
    assert_near(fit.sse, 0.0, 1e-20);
}

static void what_a_column_was_rounded_by_is_made_good(void **state)
{
    /* x is a third and two thirds; the second column of the same size tells the rounding apart. */
    static const double x[] = { 1.0 / 3, 1, 2.0 / 3, 1, 1, 1 }, y[] = { 1, 2, 3 };
    static const double low[] = { 1.850371707708594e-17, 0, 3.700743415417188e-17, 0, 0, 0 };
    atn_lsq fit = fit_of(x, low, y, 3, 2);
    (void)state;
    assert_near(fit.b[0], 3.0, 0);
    assert_near(fit.b[1], 0.0, 1e-30);
    assert_true(fabs(fit_of(x, NULL, y, 3, 2).b[1]) > 1e-18);
}

static void columns_all_but_equal_are_refined_a_bounded_number_of_times(void **state)
{
    double x[24], y[8];
    unsigned random = 1;
    (void)state;
    for (size_t i = 0; i < 8; i++) {
        random = random * 1664525u + 1013904223u;
        x[3 * i] = 1;
        x[3 * i + 1] = (double)i + 0.1;
        x[3 * i + 2] = x[3 * i + 1] * (1 + 1e-12 * (double)(random >> 8) / 16777216.0);
        random = random * 1664525u + 1013904223u;
        y[i] = (double)(random >> 28);
    }
    atn_lsq fit = fit_of(x, NULL, y, 8, 3);
    assert_int_equal(fit.rank, 3);
    assert_int_equal(fit.rounds, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plane_through_four_points_is_that_of_the_normal_equations),
        cmocka_unit_test(as_many_rows_as_columns_are_met_exactly),
        cmocka_unit_test(columns_that_depend_on_each_other_are_counted_once),
        cmocka_unit_test(columns_at_the_ends_of_the_range_do_not_overflow),
        cmocka_unit_test(columns_all_but_equal_are_refined_a_bounded_number_of_times),
        cmocka_unit_test(what_a_column_was_rounded_by_is_made_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
