/* Hostile series under an error handler of GSL that must never be called, or under its own. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/fit.h"

#include <float.h>
#include <gsl/gsl_errno.h>

static unsigned calls;

static void sentinel(const char *reason, const char *file, int line, int code)
{
    (void)reason;
    (void)file;
    (void)line;
    (void)code;
    calls++;
}

static unsigned draw(unsigned *random)
{
    *random = *random * 1664525u + 1013904223u;
    return *random >> 8;
}

/* Numbers at which sums overflow, squares vanish, logarithms fail or differences cancel. */
static double hostile(unsigned *random)
{
    static const double extremes[] = {
        0,        -0.0,     1,       -1,        NAN,     NAN,    1e300,           -1e300,
        DBL_MAX,  -DBL_MAX, DBL_MIN, 5e-324,    -5e-324, 1e-300, 1 + DBL_EPSILON, 1e16,
        1e16 + 2, 0.1,      40,      39.999999, 1e-17,   1e154,  -1e154,          1e-162,
        7,
    };
    unsigned pick = draw(random);
    if (pick % 3)
        return extremes[pick / 3 % (sizeof extremes / sizeof *extremes)];
    return ldexp((double)draw(random), (int)(draw(random) % 2000) - 1000) *
           (draw(random) % 2 ? 1 : -1);
}

static int by_size(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* No figure is infinite, whatever came in; p lies within 0..1. */
static void sound(const attune_trend *t)
{
    for (const double *figure = &t->first; figure <= &t->bisquare_slope; figure++)
        assert_true(isnan(*figure) || isfinite(*figure));
    const double p[] = { t->ols_p, t->mk_p, t->mk_p_exact, t->mk_hr_p, t->mk_yw_p };
    for (size_t i = 0; i < sizeof p / sizeof *p; i++)
        assert_true(isnan(p[i]) || (p[i] >= 0 && p[i] <= 1));
}

static void fit_hostile(const double *x, const double *y, size_t n)
{
    attune_trend t;
    attune_status status = fit_status(x, y, n, &t, NULL);
    if (status == ATTUNE_OK)
        sound(&t);
    else
        assert_int_equal(status, ATTUNE_E_TOO_FEW);
}

static void no_hostile_series_reaches_the_handler(void **state)
{
    (void)state;
    unsigned random = 20261123;
    double x[40], y[40];
    for (int turn = 0; turn < 20000; turn++) {
        size_t n = draw(&random) % 40 + 1;
        int plain = draw(&random) % 2 == 0;
        for (size_t i = 0; i < n; i++) {
            x[i] = plain ? (double)i : hostile(&random);
            y[i] = draw(&random) % 4 ? hostile(&random) : 3;
            if (isnan(x[i]))
                x[i] = 0;
        }
        qsort(x, n, sizeof *x, by_size);
        fit_hostile(x, y, n);
    }
}

static void nor_does_a_huge_one(void **state)
{
    (void)state;
    static double x[ATTUNE_TREND_ROWS_MAX], y[ATTUNE_TREND_ROWS_MAX];
    unsigned random = 1;
    for (int kind = 0; kind < 4; kind++) {
        for (size_t i = 0; i < ATTUNE_TREND_ROWS_MAX; i++) {
            x[i] = kind == 1 ? 7 : (double)i;
            y[i] = kind == 2 ? 3 : kind == 3 ? (double)(i % 2) : (double)(draw(&random) % 41);
        }
        fit_hostile(x, y, ATTUNE_TREND_ROWS_MAX);
    }
}

static void the_handler_was_not_called_and_is_still_installed(void **state)
{
    (void)state;
    assert_int_equal(calls, 0);
    assert_ptr_equal(gsl_set_error_handler(NULL), sentinel);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_hostile_series_reaches_the_handler),
        cmocka_unit_test(nor_does_a_huge_one),
        cmocka_unit_test(the_handler_was_not_called_and_is_still_installed),
    };
    const struct CMUnitTest under_default[] = {
        cmocka_unit_test(no_hostile_series_reaches_the_handler),
        cmocka_unit_test(nor_does_a_huge_one),
    };
    if (argc > 1 && strcmp(argv[1], "--default-handler") == 0)
        return cmocka_run_group_tests(under_default, NULL, NULL);
    gsl_set_error_handler(sentinel);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
