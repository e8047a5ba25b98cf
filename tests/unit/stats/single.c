/* Chow and sup-F told as a change point: places, what is missing and why, refusals. */
/* SPDX-License-Identifier: MIT */
#include <attune/changepoint.h>

#include "tests/unit/near.h"

static double work[2000];
static const double step[] = { 1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9 };

static attune_changepoint chow(int32_t model, const double *y, size_t n, size_t row)
{
    attune_changepoint found = { .struct_size = sizeof found };
    assert_int_equal(attune_chow_change(model, y, n, row, &found, NULL), ATTUNE_OK);
    return found;
}

static attune_changepoint supf(int32_t model, const double *y, size_t n)
{
    attune_changepoint found = { .struct_size = sizeof found };
    assert_int_equal(attune_supf_change(model, 0.15, 199, 1, y, n, work, sizeof work, &found, NULL),
                     ATTUNE_OK);
    return found;
}

static void say(int32_t model, const attune_changepoint *found, const char *reason)
{
    assert_same(found->statistic, NAN);
    assert_same(found->p, NAN);
    assert_string_equal(attune_changepoint_reason(model, found), reason);
}

static void a_known_change_has_the_figures_of_chows_test(void **state)
{
    attune_changepoint found = chow(ATTUNE_CHANGEPOINT_MEAN, step, 12, 6);
    (void)state;
    assert_int_equal(found.row, 6);
    assert_int_equal(found.n_before, 6);
    assert_int_equal(found.n_after, 6);
    assert_near(found.before, 1.5, 1e-15);
    assert_near(found.after, 8.5, 1e-15);
    /* Squares 150 of one mean, 3 of two; F = 147 / (3 / 10). */
    assert_near(found.statistic, 490.0, 1e-12);
    assert_near(found.p * 1e10, 7.941481249247109, 1e-9); /* scipy 1.10.1: f.sf(490, 1, 10) */
    assert_null(attune_changepoint_reason(ATTUNE_CHANGEPOINT_MEAN, &found));
}

static void the_likeliest_place_is_the_step_and_its_statistic_is_f(void **state)
{
    attune_changepoint found = supf(ATTUNE_CHANGEPOINT_MEAN, step, 12);
    attune_changepoint line = supf(ATTUNE_CHANGEPOINT_LINE, step, 12);
    attune_changepoint known = chow(ATTUNE_CHANGEPOINT_LINE, step, 12, (size_t)line.row);
    (void)state;
    assert_int_equal(found.row, 6);
    assert_near(found.statistic, 490.0, 1e-12);
    assert_true(found.p > 0.0 && found.p < 0.05);
    assert_near(line.statistic, known.statistic, 1e-9);
    assert_int_equal(line.n_before, known.n_before);
    assert_same(line.after, known.after);
}

static void a_change_stands_at_the_first_completed_score_after_the_break(void **state)
{
    static const double y[] = { NAN, 1, 2, NAN, 5, 6, NAN };
    attune_changepoint found = chow(ATTUNE_CHANGEPOINT_MEAN, y, 7, 3);
    attune_changepoint beyond = chow(ATTUNE_CHANGEPOINT_MEAN, y, 7, SIZE_MAX);
    (void)state;
    assert_int_equal(found.row, 4);
    assert_near(found.before, 1.5, 1e-15);
    assert_near(found.after, 5.5, 1e-15);
    assert_int_equal(beyond.row, 7);
    assert_int_equal(beyond.n_before, 4);
    assert_near(beyond.before, 3.5, 1e-15);
    assert_same(beyond.after, NAN);
    say(ATTUNE_CHANGEPOINT_MEAN, &beyond, "too few completed scores after the change");
}

static void what_cannot_be_tested_says_why(void **state)
{
    static const double y[] = { 1, 2, 3 }, equal[] = { 4, 4, 4, 4 };
    static const double line[] = { 1, 2, 3, 4, 5, 6 }, perfect[] = { 1, 1, 3, 3 };
    attune_changepoint found = chow(ATTUNE_CHANGEPOINT_MEAN, y, 3, 1);
    (void)state;
    say(ATTUNE_CHANGEPOINT_MEAN, &found, "too few completed scores before the change");
    found = chow(ATTUNE_CHANGEPOINT_MEAN, perfect, 4, 2);
    say(ATTUNE_CHANGEPOINT_MEAN, &found, "nothing is left within the two stretches");
    found = chow(ATTUNE_CHANGEPOINT_LINE, step, 12, 10);
    say(ATTUNE_CHANGEPOINT_LINE, &found, "too few completed scores after the change");
    found = supf(ATTUNE_CHANGEPOINT_MEAN, y, 3);
    assert_int_equal(found.row, -1);
    assert_int_equal(found.n_before, 3);
    say(ATTUNE_CHANGEPOINT_MEAN, &found, "too few completed scores");
    found = supf(ATTUNE_CHANGEPOINT_MEAN, equal, 4);
    assert_int_equal(found.row, -1);
    say(ATTUNE_CHANGEPOINT_MEAN, &found, "all scores are equal");
    found = supf(ATTUNE_CHANGEPOINT_LINE, line, 6);
    say(ATTUNE_CHANGEPOINT_LINE, &found, "all scores lie on one line");
}

static void scores_of_any_size_have_finite_means(void **state)
{
    static const double y[] = { 1.5e308, 1.6e308, 1.5e308, -1.5e308, -1.6e308, -1.5e308 };
    attune_changepoint found = chow(ATTUNE_CHANGEPOINT_MEAN, y, 6, 3);
    (void)state;
    assert_near(found.before / 1e308, 4.6 / 3, 1e-14);
    assert_near(found.after / 1e308, -4.6 / 3, 1e-14);
    assert_true(isfinite(found.statistic));
}

static void calls_that_cannot_be_are_refused_in_order(void **state)
{
    static const double none[] = { NAN, NAN }, far[] = { 1, INFINITY };
    attune_changepoint thin = { .struct_size = 4 };
    attune_changepoint found = { .struct_size = sizeof found, .row = 99 };
    (void)state;
    assert_int_equal(attune_chow_change(0, NULL, 2, 1, &found, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chow_change(0, step, 2, 1, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chow_change(0, step, 2, 1, &thin, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_chow_change(2, step, 12, 6, &found, NULL), ATTUNE_E_OPTION);
    assert_int_equal(attune_chow_change(0, far, 2, 1, &found, NULL), ATTUNE_E_VALUE);
    assert_int_equal(attune_chow_change(0, none, 2, 1, &found, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_chow_change(0, NULL, 0, 0, &found, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_supf_change(0, .15, 0, 1, step, 12, work, sizeof work, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_supf_change(0, .15, 0, 1, step, 12, work, 8, &found, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_supf_change(0, .15, 0, 1, none, 2, work, sizeof work, &found, NULL),
                     ATTUNE_E_TOO_FEW);
    assert_int_equal(found.row, 99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_known_change_has_the_figures_of_chows_test),
        cmocka_unit_test(the_likeliest_place_is_the_step_and_its_statistic_is_f),
        cmocka_unit_test(a_change_stands_at_the_first_completed_score_after_the_break),
        cmocka_unit_test(what_cannot_be_tested_says_why),
        cmocka_unit_test(scores_of_any_size_have_finite_means),
        cmocka_unit_test(calls_that_cannot_be_are_refused_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
