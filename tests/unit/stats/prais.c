/* Prais-Winsten: gaps, and where there is no answer. The figures themselves: tests/golden/trend. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/fit.h"

static const double scores[] = { 5, 6, 5, 8, 7, 9, 9, 12, 10, 11 };

static void even_steps_of_any_length_are_no_gaps(void **state)
{
    (void)state;
    double x[10];
    attune_trend t = fit_scores(scores, 10);
    for (size_t i = 0; i < 10; i++)
        x[i] = 20000 + 7 * (double)i;
    attune_trend weeks = fit_rows(x, scores, 10);
    assert_near(weeks.pw_slope * 7, t.pw_slope, 1e-12);
    assert_near(weeks.pw_slope_se * 7, t.pw_slope_se, 1e-12);
}

static void a_gap_is_counted_in_usual_steps(void **state)
{
    (void)state;
    static const double sessions[] = { 1, 2, 3, 5, 6, 7, 10, 11, 12, 13 };
    double days[10];
    for (size_t i = 0; i < 10; i++)
        days[i] = 14 * sessions[i] + (i % 2 ? 0.4 : 0.0);
    attune_trend t = fit_rows(sessions, scores, 10), near = fit_rows(days, scores, 10);
    assert_near(near.pw_slope * 14, t.pw_slope, 0.02);
    assert_true(fabs(fit_scores(scores, 10).pw_slope - t.pw_slope) > 0.05);
}

static void rows_at_one_time_count_as_a_step(void **state)
{
    (void)state;
    static const double x[] = { 1, 1, 2, 3, 4, 5, 6, 7, 8, 9 },
                        equal[] = { 1, 1, 1, 1, 1, 1, 2, 3, 4, 5 };
    assert_true(fit_rows(x, scores, 10).pw_slope_se > 0);
    assert_true(!isnan(fit_rows(equal, scores, 10).pw_slope_se));
}

static void an_exact_line_has_no_autocorrelation(void **state)
{
    (void)state;
    attune_trend t = FIT(9, 8, 7, 6, 5, 4);
    assert_near(t.pw_slope, -1, 1e-15);
    assert_near(t.pw_slope_se, 0, 0);
}

static void residuals_that_cannot_tell_rho_count_as_unrelated(void **state)
{
    (void)state;
    /* residuals are the scores themselves, and 0 where a row follows without a gap */
    static const double x[] = { 0, 1, 4, 5, 8 }, y[] = { 0, 3, 0, -7, 4 };
    attune_trend t = fit_rows(x, y, 5);
    assert_near(t.pw_slope, t.ols_slope, 1e-15);
    assert_near(t.pw_slope_se, t.ols_slope_se, 1e-14);
}

static void case_10_a_rho_that_reaches_one_has_no_answer(void **state)
{
    (void)state;
    attune_trend steps = FIT(1, 1, 2, 2, 3, 3, 4, 4, 5, 5), turns = FIT(1, 2, 1, 2, 1, 2, 1, 2);
    assert_true(isnan(steps.pw_slope) && isnan(steps.pw_slope_se));
    assert_true(isnan(turns.pw_slope) && isnan(turns.pw_slope_se));
    assert_true(!isnan(steps.ols_slope));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(even_steps_of_any_length_are_no_gaps),
        cmocka_unit_test(a_gap_is_counted_in_usual_steps),
        cmocka_unit_test(rows_at_one_time_count_as_a_step),
        cmocka_unit_test(an_exact_line_has_no_autocorrelation),
        cmocka_unit_test(residuals_that_cannot_tell_rho_count_as_unrelated),
        cmocka_unit_test(case_10_a_rho_that_reaches_one_has_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
