/* Mid-ranks, tie sums and the exact distribution of S, by hand. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/rank.h"

#include "tests/unit/near.h"

static void ties_share_the_middle_of_their_ranks(void **state)
{
    (void)state;
    static const double values[] = { 5, 1, 5, 2, 5, 2 };
    static const double want[] = { 5, 1, 5, 2.5, 5, 2.5 };
    double rank[6];
    size_t order[6];
    atn_rank(rank, order, values, 6, 0);
    for (size_t i = 0; i < 6; i++)
        assert_near(rank[i], want[i], 0);
    assert_near(atn_tie_sum(rank, order, 6), 2 * 1 * 9 + 3 * 2 * 11, 0);
}

static void values_within_noise_are_tied_and_others_are_not(void **state)
{
    (void)state;
    static const double values[] = { 1, 1 + 1e-15, 1.1 };
    double rank[3];
    size_t order[3];
    atn_rank(rank, order, values, 3, 2e-15);
    assert_near(rank[0], 1.5, 0);
    assert_near(rank[1], 1.5, 0);
    assert_near(rank[2], 3, 0);
    atn_rank(rank, order, values, 3, 0);
    assert_near(rank[1], 2, 0);
}

static void rank_correlation_is_one_for_equal_and_minus_one_for_opposite(void **state)
{
    (void)state;
    static const double up[] = { 1, 2, 3, 4 }, down[] = { 4, 3, 2, 1 };
    static const double tied[] = { 2.5, 2.5, 2.5, 2.5 }, other[] = { 1, 3, 2, 4 };
    assert_near(atn_rank_correlation(up, up, 4), 1, 0);
    assert_near(atn_rank_correlation(up, down, 4), -1, 0);
    assert_near(atn_rank_correlation(up, other, 4), 0.8, 1e-15); /* 1 - 6 * 2 / (4 * 15) */
    assert_true(isnan(atn_rank_correlation(up, tied, 4)));
    assert_true(isnan(atn_rank_correlation(tied, up, 4)));
}

static double exact(double s, const double *values, size_t n)
{
    double rank[ATN_EXACT_MAX];
    size_t order[ATN_EXACT_MAX];
    atn_rank(rank, order, values, n, 0);
    return atn_mk_exact(s, rank, order, n);
}

static void exact_p_counts_orders(void **state)
{
    (void)state;
    static const double three[] = { 1, 2, 3 }, four[] = { 4, 1, 3, 2 }, tied[] = { 1, 1, 2 };
    assert_near(exact(3, three, 3), 2.0 / 6, 1e-16);
    assert_near(exact(-1, three, 3), 1, 0);
    assert_near(exact(6, four, 4), 2.0 / 24, 1e-16);
    assert_near(exact(4, four, 4), 8.0 / 24, 1e-16); /* 1 + 3 orders on each side */
    assert_near(exact(2, tied, 3), 2.0 / 3, 1e-16);  /* 112, 211, but not 121 */
    assert_near(exact(0, tied, 3), 1, 0);
}

static void exact_p_of_ten_ends_with_two_orders_in_all_of_them(void **state)
{
    (void)state;
    double values[10];
    for (size_t i = 0; i < 10; i++)
        values[i] = (double)i;
    assert_near(exact(45, values, 10), 2.0 / 3628800, 1e-20);
    assert_near(exact(43, values, 10), 20.0 / 3628800, 1e-20); /* one of nine neighbours swapped */
}

static void scores_all_equal_have_one_order(void **state)
{
    (void)state;
    assert_near(exact(0, (const double[]) { 3, 3, 3, 3 }, 4), 1, 0);
}

static void z_moves_one_towards_nought(void **state)
{
    (void)state;
    assert_near(atn_mk_z(31, 4), 15, 0);
    assert_near(atn_mk_z(-31, 4), -15, 0);
    assert_near(atn_mk_z(0, 4), 0, 0);
    assert_near(atn_mk_z(0, 0), 0, 0);
    assert_true(isnan(atn_mk_z(3, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_share_the_middle_of_their_ranks),
        cmocka_unit_test(values_within_noise_are_tied_and_others_are_not),
        cmocka_unit_test(rank_correlation_is_one_for_equal_and_minus_one_for_opposite),
        cmocka_unit_test(exact_p_counts_orders),
        cmocka_unit_test(exact_p_of_ten_ends_with_two_orders_in_all_of_them),
        cmocka_unit_test(scores_all_equal_have_one_order),
        cmocka_unit_test(z_moves_one_towards_nought),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
