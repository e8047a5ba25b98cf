/* Small systems: by hand. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/small.h"
#include "tests/unit/near.h"

static void a_system_of_two_is_solved_as_by_hand(void **state)
{
    (void)state;
    double a[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 4 }, { 2, 3 } }, b[] = { 10, 9 };
    double inverse[ATN_SMALL_MAX][ATN_SMALL_MAX];
    assert_true(atn_cholesky(a, 2, 0));
    assert_near(a[0][0], 2, 0);
    assert_near(a[1][0], 1, 0);
    assert_near(a[1][1], sqrt(2), 1e-15);
    atn_cholesky_solve(a, 2, b);
    assert_near(b[0], 1.5, 1e-15);
    assert_near(b[1], 2, 1e-15);
    atn_cholesky_invert(a, 2, inverse);
    assert_near(inverse[0][0], 3.0 / 8, 1e-15);
    assert_near(inverse[0][1], -2.0 / 8, 1e-15);
    assert_near(inverse[1][1], 4.0 / 8, 1e-15);
    assert_near(atn_cholesky_log_det(a, 2), log(8), 1e-15);
}

static void a_system_of_three_gives_back_what_it_was_made_of(void **state)
{
    (void)state;
    /* L = [1; 2 3; 4 5 6], x = (1, 2, 3): L L' x by hand. */
    double a[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 1 }, { 2, 13 }, { 4, 23, 77 } };
    double b[] = { 17, 97, 281 };
    assert_true(atn_cholesky(a, 3, 0));
    assert_near(a[2][2], 6, 1e-15);
    atn_cholesky_solve(a, 3, b);
    for (size_t i = 0; i < 3; i++)
        assert_near(b[i], (double)i + 1, 1e-13);
}

static void what_is_not_positive_is_refused(void **state)
{
    (void)state;
    double a[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 1 }, { 2, 4 } };
    double almost[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 1 }, { 1, 1 + 1e-12 } };
    assert_false(atn_cholesky(a, 2, 0));
    assert_false(atn_cholesky(almost, 2, 1e-10));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_of_two_is_solved_as_by_hand),
        cmocka_unit_test(a_system_of_three_gives_back_what_it_was_made_of),
        cmocka_unit_test(what_is_not_positive_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
