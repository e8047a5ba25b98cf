/* What a series is made of: rows observed, times shifted, columns scaled without losing a bit. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/trend/series.h"

#include "tests/unit/near.h"

#include <stdlib.h>

static atn_series filled(const double *x, const double *y, size_t n, void *work)
{
    atn_series series;
    assert_int_equal(atn_rows_check(x, y, n, NULL), ATTUNE_OK);
    atn_series_fill(&series, x, y, n, work);
    return series;
}

static void unobserved_rows_go_and_the_others_keep_their_time(void **state)
{
    (void)state;
    static const double x[] = { 3, NAN, 5, 9 }, y[] = { 8, NAN, NAN, 2 };
    void *work = malloc(atn_series_size(4));
    atn_series s = filled(x, y, 4, work);
    assert_int_equal(s.n, 2);
    assert_near(s.t[1], 9, 0);
    assert_near(scalbn(s.x[1], s.x_exp), 6, 0);
    assert_near(scalbn(s.y[0], s.y_exp), 8, 0);
    assert_true(s.x_spread);
    free(work);
}

static void the_largest_of_each_column_comes_between_a_half_and_one(void **state)
{
    (void)state;
    static const double x[] = { -1.7e308, 0, 1.7e308 }, y[] = { 5e-324, -2e-323, 0 };
    void *work = malloc(atn_series_size(3));
    atn_series s = filled(x, y, 3, work);
    assert_true(s.x[2] >= 0.5 && s.x[2] < 1);
    assert_near(s.x[1] / s.x[2], 0.5, 1e-15);
    assert_near(s.y[1], -0.5, 0);
    assert_near(s.y[0], 0.125, 0);
    free(work);
}

static void nought_alone_is_left_at_nought(void **state)
{
    (void)state;
    static const double x[] = { 0, 0 }, y[] = { 0, 0 };
    void *work = malloc(atn_series_size(2));
    atn_series s = filled(x, y, 2, work);
    assert_int_equal(s.y_exp, 0);
    assert_false(s.x_spread);
    free(work);
}

static void scratch_may_start_anywhere(void **state)
{
    (void)state;
    static const double x[] = { 1, 2, 3 }, y[] = { 4, 5, 7 };
    char *work = malloc(atn_series_size(3) + 8);
    for (size_t i = 0; i < 8; i++) {
        atn_series s = filled(x, y, 3, work + i);
        assert_int_equal((uintptr_t)s.t % sizeof(double), 0);
        assert_true((char *)(s.order + 3) <= work + i + atn_series_size(3));
        assert_near(s.v[2], 7, 0);
    }
    free(work);
}

static void a_figure_beyond_a_double_is_nan(void **state)
{
    (void)state;
    assert_near(atn_unscale(0.75, 1024), 0.75 * ldexp(1, 1023) * 2, 0);
    assert_true(isnan(atn_unscale(0.75, 1030)));
    assert_true(isnan(atn_unscale(NAN, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unobserved_rows_go_and_the_others_keep_their_time),
        cmocka_unit_test(the_largest_of_each_column_comes_between_a_half_and_one),
        cmocka_unit_test(nought_alone_is_left_at_nought),
        cmocka_unit_test(scratch_may_start_anywhere),
        cmocka_unit_test(a_figure_beyond_a_double_is_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
