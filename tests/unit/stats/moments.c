/* The mean and the standard deviation: by hand, far from zero, of one value. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/moments.h"

#include "tests/unit/near.h"

static void three_values_far_from_zero_keep_their_spread(void **state)
{
    static const double y[] = { 1e15 + 1, 1e15 + 3, 1e15 + 2 };
    (void)state;
    assert_same(atn_mean(y, 3), 1e15 + 2);
    assert_same(atn_squares(y, 3), 2.0);
    assert_same(atn_sd(y, 3), 1.0);
}

static void what_the_first_pass_rounded_off_is_taken_back(void **state)
{
    static const double y[] = { 1e16, 1, 1 };
    (void)state;
    assert_same(atn_mean(y, 3), 3333333333333334.0);
}

static void one_value_has_no_spread(void **state)
{
    static const double y[] = { 7.25 };
    (void)state;
    assert_same(atn_mean(y, 1), 7.25);
    assert_same(atn_sd(y, 1), 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_values_far_from_zero_keep_their_spread),
        cmocka_unit_test(what_the_first_pass_rounded_off_is_taken_back),
        cmocka_unit_test(one_value_has_no_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
