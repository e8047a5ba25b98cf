/* The fenced calls of GSL: printed table values, tails, and what the fences turn away. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/num.h"

#include "tests/unit/near.h"

static void quantiles_of_t_are_those_of_the_printed_tables(void **state)
{
    (void)state;
    /* NIST/SEMATECH e-Handbook 1.3.6.7.2, .975 */
    static const double table[][2] = { { 1, 12.706 }, { 2, 4.303 },  { 4, 2.776 },  { 5, 2.571 },
                                       { 6, 2.447 },  { 18, 2.101 }, { 100, 1.984 } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_near(atn_student_975(table[i][0]), table[i][1], 3e-4);
    assert_near(atn_student_975(1e6), 1.959966356827, 1e-10); /* z + (z^3 + z) / 4e6 */
}

/* P(|T| < t) of even degrees of freedom is a finite sum: Abramowitz & Stegun 26.7.4. */
static double even_student_p(double t, int nu)
{
    double angle = atan(t / sqrt(nu)), term = 1, sum = 1;
    for (int k = 1; k < nu / 2; k++) {
        term *= (2 * k - 1) / (2.0 * k) * cos(angle) * cos(angle);
        sum += term;
    }
    return 1 - sin(angle) * sum;
}

static void even_degrees_of_freedom_are_a_finite_sum(void **state)
{
    (void)state;
    for (int nu = 2; nu <= 200; nu += 2) {
        assert_near(even_student_p(atn_student_975(nu), nu), 0.05, 1e-13);
        for (double t = 0.1; t < 9; t *= 2)
            assert_near(atn_student_p(t, nu), even_student_p(t, nu), 1e-13);
    }
}

static void each_quantile_has_its_own_tail_beyond_it(void **state)
{
    (void)state;
    for (int nu = 1; nu < 200; nu++)
        assert_near(atn_student_p(atn_student_975(nu), nu), 0.05, 1e-12);
}

static void one_degree_of_freedom_is_the_arc_tangent(void **state)
{
    (void)state;
    double pi = acos(-1.0);
    for (int i = 0; i < 60; i++) {
        double t = ldexp(1.0, i - 20);
        assert_near(atn_student_p(t, 1) / (2.0 / pi * atan(1.0 / t)), 1.0, 1e-9);
    }
}

static void a_p_keeps_its_digits_far_in_the_tail(void **state)
{
    (void)state;
    /* erfc(10 / sqrt(2)) and erfc(30 / sqrt(2)), Python 3.11.2 */
    assert_near(atn_normal_p(10) / 1.5239706048321052e-23, 1, 1e-12);
    assert_near(atn_normal_p(-30) / 9.813427854297537e-198, 1, 1e-11);
    assert_near(atn_normal_p(0), 1, 0);
    assert_near(atn_normal_p(1e300), 0, 0);
    assert_near(atn_student_p(0, 5), 1, 0);
}

static void arguments_outside_the_fence_give_nan(void **state)
{
    (void)state;
    assert_true(isnan(atn_normal_p(NAN)));
    assert_true(isnan(atn_student_p(NAN, 5)));
    static const double bad[] = { 0, -1, 0.5, 2e6, INFINITY, NAN };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_true(isnan(atn_student_p(1, bad[i])));
        assert_true(isnan(atn_student_975(bad[i])));
    }
    assert_true(atn_student_p(INFINITY, 1) < 1e-100);
    assert_true(atn_student_p(1e300, 1e6) <= 0.0);
}

static void a_line_comes_with_the_variance_of_its_slope(void **state)
{
    (void)state;
    static const double x[] = { 0, 1, 2, 3 }, y[] = { 1, 3, 2, 5 }, w[] = { 1, 1, 1, 1 };
    double e[4];
    atn_line line = atn_fit_line(x, y, 4, e); /* Sxx 5, Sxy 5.5, by hand */
    assert_near(line.slope, 1.1, 1e-15);
    assert_near(line.intercept, 1.1, 1e-15);
    assert_near(line.slope_var, 0.2, 1e-15);
    assert_near(line.sse, 2.7, 1e-14);
    assert_near(e[3], 0.6, 1e-14);
    atn_line weighted = atn_fit_weighted_line(x, w, y, 4);
    assert_near(weighted.slope, 1.1, 1e-15);
    assert_near(weighted.slope_var, 0.2, 1e-15);
    assert_near(weighted.sse, 2.7, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_of_t_are_those_of_the_printed_tables),
        cmocka_unit_test(even_degrees_of_freedom_are_a_finite_sum),
        cmocka_unit_test(each_quantile_has_its_own_tail_beyond_it),
        cmocka_unit_test(one_degree_of_freedom_is_the_arc_tangent),
        cmocka_unit_test(a_p_keeps_its_digits_far_in_the_tail),
        cmocka_unit_test(arguments_outside_the_fence_give_nan),
        cmocka_unit_test(a_line_comes_with_the_variance_of_its_slope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
