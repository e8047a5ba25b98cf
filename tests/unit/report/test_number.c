/* Numbers for people. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/words/number.h"
#include "tests/unit/near.h"

static void check(double value, int decimals, const char *expected)
{
    char text[ATN_NUMBER_MAX];
    assert_string_equal(atn_figure(text, value, decimals), expected);
}

static void a_half_is_rounded_away_from_zero(void **state)
{
    (void)state;
    check(2.5, 0, "3");
    check(-2.5, 0, "−3");
    check(0.25, 1, "0.3");
    check(5.0 + 2.0 / 3.0, 1, "5.7");
}

static void decimals_are_always_there(void **state)
{
    (void)state;
    check(4, 1, "4.0");
    check(0, 2, "0.00");
    check(0.05, 2, "0.05");
    check(-0.5, 1, "−0.5");
    check(1234567, 0, "1234567");
}

static void what_prints_as_zero_has_no_sign(void **state)
{
    char text[ATN_NUMBER_MAX];
    (void)state;
    check(-0.04, 1, "0.0");
    check(-0.0, 0, "0");
    assert_string_equal(atn_number_signed(text, 0.04, 1), "0.0");
}

static void a_rise_carries_a_plus_and_a_fall_the_minus_sign(void **state)
{
    char text[ATN_NUMBER_MAX];
    (void)state;
    assert_string_equal(atn_number_signed(text, 9, 0), "+9");
    assert_string_equal(atn_number_signed(text, -9, 0), "\xe2\x88\x92"
                                                        "9");
}

static void nothing_is_a_dash_and_the_unprintable_is_said(void **state)
{
    (void)state;
    check(NAN, 1, "–");
    check(INFINITY, 0, "out of range");
    check(-1e300, 3, "out of range");
    check(1e12, 3, "1000000000000.000");
}

static void a_grid_of_whole_steps_needs_no_decimals(void **state)
{
    (void)state;
    assert_int_equal(atn_decimals(1.0), 0);
    assert_int_equal(atn_decimals(NAN), 0);
    assert_int_equal(atn_decimals(1.0 / 6.0), 1);
    assert_int_equal(atn_decimals(0.5), 1);
}

static void a_prorated_score_keeps_its_decimal(void **state)
{
    (void)state;
    assert_int_equal(atn_decimals_for(12.0, 0), 0);
    assert_int_equal(atn_decimals_for(12.5, 0), 1);
    assert_int_equal(atn_decimals_for(12.0, 1), 1);
    assert_int_equal(atn_decimals_for(NAN, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_half_is_rounded_away_from_zero),
        cmocka_unit_test(decimals_are_always_there),
        cmocka_unit_test(what_prints_as_zero_has_no_sign),
        cmocka_unit_test(a_rise_carries_a_plus_and_a_fall_the_minus_sign),
        cmocka_unit_test(nothing_is_a_dash_and_the_unprintable_is_said),
        cmocka_unit_test(a_grid_of_whole_steps_needs_no_decimals),
        cmocka_unit_test(a_prorated_score_keeps_its_decimal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
