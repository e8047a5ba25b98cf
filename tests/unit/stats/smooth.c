/* Smooth lines: degenerate cases of the header, refusals in their order, every way through. */
/* SPDX-License-Identifier: MIT */
#include <attune/smooth.h>

#include "tests/unit/near.h"

enum { MOST = 16 };

static char room[8 * (6 * MOST + 1) + 1];
static double line[MOST], low[MOST], high[MOST];

static attune_smooth_options by(int32_t method)
{
    attune_smooth_options o = ATTUNE_SMOOTH_OPTIONS_INIT;
    o.method = method;
    return o;
}

static attune_status smooth(const double *x, const double *y, size_t n,
                            const attune_smooth_options *o, attune_smooth *found)
{
    found->struct_size = sizeof *found;
    return attune_smooth_fit(x, y, n, o, room + 1, attune_smooth_work(n), line, low, high, found,
                             NULL);
}

static const double sessions[MOST] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };

static void cases_1_and_2_of_no_score_and_of_one(void **state)
{
    const attune_smooth_options lowess = by(ATTUNE_SMOOTH_LOWESS), level = by(ATTUNE_SMOOTH_LEVEL);
    const double none[] = { NAN, NAN, NAN }, one[] = { NAN, 7, NAN };
    attune_smooth found;
    (void)state;
    assert_int_equal(smooth(sessions, none, 3, NULL, &found), ATTUNE_E_TOO_FEW);
    assert_int_equal(smooth(sessions, none, 3, &level, &found), ATTUNE_E_TOO_FEW);
    assert_int_equal(smooth(sessions, one, 3, &lowess, &found), ATTUNE_OK);
    assert_true(isnan(line[0]) && isnan(line[2]) && isnan(low[1]));
    assert_near(line[1], 7, 0);
    assert_int_equal(found.n, 1);
}

static void case_2_of_all_at_one_time_the_mean(void **state)
{
    const double at_once[] = { 4, 4, 4, 4 }, y[] = { 1, 2, 6, NAN };
    attune_smooth_options o = by(ATTUNE_SMOOTH_LOWESS);
    attune_smooth found;
    (void)state;
    o.rounds = 0;
    assert_int_equal(smooth(at_once, y, 4, &o, &found), ATTUNE_OK);
    for (size_t i = 0; i < 3; i++)
        assert_near(line[i], 3, 1e-15);
    o = by(ATTUNE_SMOOTH_LEVEL);
    assert_int_equal(smooth(at_once, y, 4, &o, &found), ATTUNE_OK);
    for (size_t i = 0; i < 4; i++)
        assert_near(line[i], 3, 1e-15);
    assert_near(found.level_var, 0, 0);
    assert_near(found.residual_var, 7, 1e-14); /* by n - 1, as every likelihood of differences */
}

static void case_3_of_two_scores_the_level_wants_its_variances(void **state)
{
    const double y[] = { 4, NAN, 8 };
    attune_smooth_options o = by(ATTUNE_SMOOTH_LEVEL);
    attune_smooth found;
    (void)state;
    assert_int_equal(smooth(sessions, y, 3, &o, &found), ATTUNE_E_TOO_FEW);
    o.level_var = 1;
    o.residual_var = 3; /* two scores about levels two steps apart: variance 3 + 3 + 2 */
    assert_int_equal(smooth(sessions, y, 3, &o, &found), ATTUNE_OK);
    assert_near(line[0], 4 + 4 * 3.0 / 8, 1e-15);
    assert_near(line[1], 6, 1e-15);
    assert_near(line[2], 8 - 4 * 3.0 / 8, 1e-15);
    assert_near(high[0] - line[0], 1.959963984540054 * sqrt(3 * 5.0 / 8), 1e-14);
    assert_near(line[0] - low[0], high[0] - line[0], 1e-14);
    assert_near(found.log_likelihood, -.5 * (log(8 * 3.14159265358979324 * 2) + 16 / 8.0), 1e-14);
    assert_near(found.level_var, 1, 1e-15);
    assert_near(found.residual_var, 3, 1e-15);
    o.coverage = .8;
    assert_int_equal(smooth(sessions, y, 3, &o, &found), ATTUNE_OK);
    assert_near(high[0] - line[0], 1.2815515655446004 * sqrt(3 * 5.0 / 8), 1e-14);
}

static void case_4_of_equal_scores_nothing_moves(void **state)
{
    const double y[] = { 5, 5, NAN, 5, 5 };
    attune_smooth_options o = by(ATTUNE_SMOOTH_LEVEL);
    attune_smooth found;
    (void)state;
    assert_int_equal(smooth(sessions, y, 5, &o, &found), ATTUNE_OK);
    for (size_t i = 0; i < 5; i++)
        assert_true(line[i] == 5 && low[i] == 5 && high[i] == 5);
    assert_true(found.level_var == 0 && found.residual_var == 0 && isnan(found.log_likelihood));
    assert_int_equal(smooth(sessions, y, 5, NULL, &found), ATTUNE_OK);
    for (size_t i = 0; i < 5; i++)
        assert_near(line[i], 5, 1e-15);
    assert_true(isnan(found.level_var) && isnan(found.log_likelihood));
}

static void case_5_a_level_stands_still_or_is_all_there_is(void **state)
{
    const double swings[] = { 1, 3, 1, 3, 1, 3, 1, 3 }, climbs[] = { 0, 1, 2, 3, 5, 7, 9, 12 };
    const attune_smooth_options o = by(ATTUNE_SMOOTH_LEVEL);
    attune_smooth found;
    (void)state;
    assert_int_equal(smooth(sessions, swings, 8, &o, &found), ATTUNE_OK);
    assert_near(found.level_var, 0, 0);
    assert_near(found.residual_var, 8 / 7.0, 1e-14);
    for (size_t i = 0; i < 8; i++)
        assert_near(line[i], 2, 1e-15);
    assert_near(high[0] - low[0], 2 * 1.959963984540054 * sqrt(1 / 7.0), 1e-14);
    assert_int_equal(smooth(sessions, climbs, 8, &o, &found), ATTUNE_OK);
    assert_near(found.residual_var, 0, 0);
    assert_near(found.level_var, (1 + 1 + 1 + 4 + 4 + 4 + 9) / 7.0, 1e-14);
    for (size_t i = 0; i < 8; i++)
        assert_true(line[i] == climbs[i] && low[i] == climbs[i] && high[i] == climbs[i]);
}

static void case_6_scores_at_one_time_have_one_level(void **state)
{
    const double x[] = { 0, 0, 1, 2, 2, 3 }, y[] = { 9, 7, 8, 4, 6, 5 };
    attune_smooth_options o = by(ATTUNE_SMOOTH_LEVEL);
    attune_smooth found;
    (void)state;
    o.level_var = o.residual_var = 1;
    assert_int_equal(smooth(x, y, 6, &o, &found), ATTUNE_OK);
    assert_near(line[0], line[1], 1e-14);
    assert_near(line[3], line[4], 1e-14);
    assert_near(high[3], high[4], 1e-14);
    o.residual_var = 0; /* two scores that differ cannot be one level without noise */
    assert_int_equal(smooth(x, y, 6, &o, &found), ATTUNE_E_NUMERIC);
    assert_int_equal(smooth(x, (const double[]) { 7, 7, 8, 4, 4, 5 }, 6, &o, &found), ATTUNE_OK);
    assert_near(line[1], 7, 0);
}

static void case_7_what_a_double_does_not_hold_is_missing(void **state)
{
    const double vast[] = { 1.7e308, -1.7e308, 1.6e308, -1.6e308, 1.7e308 };
    const double tiny[] = { 5e-324, 0, 1e-323, 0, 5e-324 };
    const attune_smooth_options o = by(ATTUNE_SMOOTH_LEVEL);
    attune_smooth_options vain = o;
    attune_smooth found;
    (void)state;
    assert_int_equal(smooth(sessions, vast, 5, &o, &found), ATTUNE_OK);
    assert_true(isnan(found.residual_var) && isfinite(line[0]) && isfinite(found.log_likelihood));
    assert_int_equal(smooth(sessions, vast, 5, NULL, &found), ATTUNE_OK);
    assert_true(isfinite(line[2]));
    assert_int_equal(smooth(sessions, tiny, 5, &o, &found), ATTUNE_OK);
    assert_true(isfinite(line[0]) && found.residual_var == 0);
    vain.level_var = vain.residual_var = 1e300;
    assert_int_equal(smooth(sessions, tiny, 5, &vain, &found), ATTUNE_E_NUMERIC);
}

static void rows_without_a_time_have_no_line(void **state)
{
    const double x[] = { NAN, 1, 2, NAN, 3, 4 }, y[] = { NAN, 5, 4, NAN, 3, 4 };
    const double late[] = { NAN, NAN, 4, NAN, 3, 5 };
    attune_smooth_options o = by(ATTUNE_SMOOTH_LEVEL);
    attune_smooth found;
    (void)state;
    assert_int_equal(smooth(x, y, 6, NULL, &found), ATTUNE_OK);
    assert_true(isnan(line[0]) && isnan(line[3]) && isfinite(line[4]));
    assert_int_equal(smooth(x, y, 6, &o, &found), ATTUNE_OK);
    assert_true(isnan(line[0]) && isnan(line[3]) && isfinite(line[4]));
    o.level_var = 2;
    o.residual_var = 1;
    assert_int_equal(smooth(x, late, 6, &o, &found), ATTUNE_OK);
    assert_near(line[1], line[2], 0); /* before the first score: what it is there */
    assert_true(high[1] - line[1] > high[2] - line[2]);
}

static void between_rows_of_one_time_nothing_is_read_off(void **state)
{
    const double x[] = { 1, 2, 2, 2, 3, 4 }, y[] = { 5, 4, NAN, 6, 3, NAN };
    attune_smooth found;
    (void)state;
    assert_int_equal(smooth(x, y, 6, NULL, &found), ATTUNE_OK);
    assert_near(line[2], line[1], 1e-15);
    assert_true(isnan(line[5]));
}

static void a_line_that_fits_ends_the_rounds(void **state)
{
    double y[MOST];
    attune_smooth found;
    (void)state;
    for (size_t i = 0; i < MOST; i++)
        y[i] = 3 + 2 * sessions[i];
    y[7] = 40; /* the medians of what is left are small beside its mean */
    assert_int_equal(smooth(sessions, y, MOST, NULL, &found), ATTUNE_OK);
    assert_true(found.iterations >= 1 && found.iterations <= 4);
    for (size_t i = 0; i < 4; i++)
        assert_near(line[i], y[i], 1e-9);
}

static void bands_may_be_left_out(void **state)
{
    const double y[] = { 4, 6, 5, 7 };
    const attune_smooth_options o = by(ATTUNE_SMOOTH_LEVEL);
    attune_smooth found = { .struct_size = sizeof found };
    (void)state;
    assert_int_equal(
        attune_smooth_fit(sessions, y, 4, &o, room, sizeof room, line, NULL, NULL, &found, NULL),
        ATTUNE_OK);
    assert_true(found.iterations > 0 && found.iterations < 200);
}

struct spoil {
    int32_t method, rounds;
    double span, delta, coverage, level_var, residual_var;
    const char *key;
};

static void options_are_checked_in_order(void **state)
{
    const struct spoil spoils[] = {
        { 2, 3, 0, -1, 0, -1, -1, "method" },
        { -1, 3, 0, -1, 0, -1, -1, "method" },
        { 0, -1, 0, -1, 0, -1, -1, "rounds" },
        { 0, 101, 0, -1, 0, -1, -1, "rounds" },
        { 0, 3, 1.5, -1, 0, -1, -1, "span" },
        { 0, 3, -.5, -1, 0, -1, -1, "span" },
        { 0, 3, 0, INFINITY, 0, -1, -1, "delta" },
        { 1, 3, 0, -1, 1, -1, -1, "coverage" },
        { 1, 3, 0, -1, .0001, -1, -1, "coverage" },
        { 1, 3, 0, -1, 0, INFINITY, 1, "level_var" },
        { 1, 3, 0, -1, 0, 1, INFINITY, "residual_var" },
        { 1, 3, 0, -1, 0, 1, NAN, "residual_var" },
        { 1, 3, 0, -1, 0, -1, 1, "residual_var" },
    };
    const double y[] = { 4, 6, 5, 7 };
    (void)state;
    for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++) {
        const struct spoil *p = &spoils[i];
        attune_smooth_options o = { sizeof o,    p->method,    p->rounds,      0, p->span, p->delta,
                                    p->coverage, p->level_var, p->residual_var };
        attune_smooth found = { .struct_size = sizeof found, .n = 77 };
        attune_error err = ATTUNE_ERROR_INIT;
        assert_int_equal(
            attune_smooth_fit(sessions, y, 4, &o, room, sizeof room, line, low, high, &found, &err),
            ATTUNE_E_OPTION);
        assert_string_equal(err.key, p->key);
        assert_int_equal(found.n, 77);
    }
}

static void calls_are_refused_in_the_order_of_the_header(void **state)
{
    const double y[] = { 4, INFINITY, 5, 7 }, back[] = { 1, 3, 2, 4 };
    attune_smooth_options o = by(9);
    attune_smooth found = { .struct_size = sizeof found };
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
#define FIT(x, y, room, size, line, found)                                                         \
    attune_smooth_fit(x, y, 4, &o, room, size, line, low, high, found, &err)
    assert_int_equal(FIT(NULL, y, room, 0, line, &found), ATTUNE_E_ARGUMENT);
    assert_int_equal(FIT(sessions, NULL, room, 0, line, &found), ATTUNE_E_ARGUMENT);
    assert_int_equal(FIT(sessions, y, NULL, 0, line, &found), ATTUNE_E_ARGUMENT);
    assert_int_equal(FIT(sessions, y, room, 0, NULL, &found), ATTUNE_E_ARGUMENT);
    assert_int_equal(FIT(sessions, y, room, 0, line, NULL), ATTUNE_E_ARGUMENT);
    o.struct_size = found.struct_size = 4;
    assert_int_equal(FIT(sessions, y, room, 0, line, &found), ATTUNE_E_STRUCT_SIZE);
    o.struct_size = sizeof o;
    assert_int_equal(FIT(sessions, y, room, 0, line, &found), ATTUNE_E_STRUCT_SIZE);
    found.struct_size = sizeof found;
    assert_int_equal(FIT(sessions, y, room, attune_smooth_work(4) - 1, line, &found),
                     ATTUNE_E_COUNT);
    assert_int_equal(FIT(sessions, y, room, sizeof room, line, &found), ATTUNE_E_OPTION);
    o.method = ATTUNE_SMOOTH_LOWESS;
    assert_int_equal(FIT(back, y, room, sizeof room, line, &found), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 1);
    assert_int_equal(FIT(back, sessions, room, sizeof room, line, &found), ATTUNE_E_ORDER);
    assert_int_equal(err.index, 2);
    assert_int_equal(attune_smooth_work(SIZE_MAX / 8), 0);
    assert_int_equal(attune_smooth_fit(sessions, y, SIZE_MAX / 8, &o, room, sizeof room, line, low,
                                       high, &found, &err),
                     ATTUNE_E_COUNT);
#undef FIT
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_1_and_2_of_no_score_and_of_one),
        cmocka_unit_test(case_2_of_all_at_one_time_the_mean),
        cmocka_unit_test(case_3_of_two_scores_the_level_wants_its_variances),
        cmocka_unit_test(case_4_of_equal_scores_nothing_moves),
        cmocka_unit_test(case_5_a_level_stands_still_or_is_all_there_is),
        cmocka_unit_test(case_6_scores_at_one_time_have_one_level),
        cmocka_unit_test(case_7_what_a_double_does_not_hold_is_missing),
        cmocka_unit_test(rows_without_a_time_have_no_line),
        cmocka_unit_test(between_rows_of_one_time_nothing_is_read_off),
        cmocka_unit_test(a_line_that_fits_ends_the_rounds),
        cmocka_unit_test(bands_may_be_left_out),
        cmocka_unit_test(options_are_checked_in_order),
        cmocka_unit_test(calls_are_refused_in_the_order_of_the_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
