/* Usual level and usual spread: the ring of sessions, the moving range, the shrunken spread. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"
#include "tests/unit/core/given.h"

static void a_ring_keeps_the_newest_and_knows_the_oldest(void **state)
{
    atn_ring ring = { .count = 0 };
    (void)state;
    for (int32_t i = 1; i <= 9; i++) {
        int32_t held = i < 3 ? i : 3;
        atn_ring_put(&ring, i * 10., i, 3);
        assert_int_equal(ring.count, held);
        assert_int_equal(atn_ring_session(&ring, 0), i - held + 1);
        assert_int_equal(atn_ring_session(&ring, held - 1), i);
        assert_near(atn_ring_mean(&ring), (i - (held - 1) / 2.) * 10, 1e-12);
    }
}

static void a_full_window_is_a_ring_too(void **state)
{
    atn_ring ring = { .count = 0 };
    (void)state;
    for (int32_t i = 0; i < 2 * ATN_WINDOW_MAX; i++)
        atn_ring_put(&ring, i, i, ATN_WINDOW_MAX);
    assert_int_equal(atn_ring_session(&ring, 0), ATN_WINDOW_MAX);
    assert_near(atn_ring_mean(&ring), 1.5 * ATN_WINDOW_MAX - .5, 1e-12);
}

static void a_range_adds_up_the_steps_between_scores(void **state)
{
    atn_range range = { 0 };
    (void)state;
    atn_range_take(&range, 5);
    assert_same(range.sum, 0);
    atn_range_take(&range, 3);
    atn_range_take(&range, 4);
    assert_same(range.sum, 3);
    assert_int_equal(range.count, 3);
}

static void a_count_of_scores_stops_before_it_overflows(void **state)
{
    atn_range range = { .count = INT32_MAX };
    (void)state;
    atn_range_take(&range, 1);
    assert_int_equal(range.count, INT32_MAX);
}

static void the_spread_is_the_own_one_shrunken_to_the_populations(void **state)
{
    const atn_range range = { .sum = 3, .count = 4 }; /* mean range 1 over three steps */
    const double own = 1 / 1.1283791670955126;        /* 2 / sqrt(pi): Shewhart's d2 for pairs */
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_OTHER, 2, NAN);
    (void)state;
    assert_near(atn_spread(&c, &range, 5), sqrt((5 * 4 + 3 * own * own) / 8), 1e-15);
    assert_near(atn_spread(&c, &range, 0), own, 1e-15);
    c.sem = 3;
    assert_same(atn_spread(&c, &range, 5), 3);
    c.within_sd = NAN;
    assert_same(atn_spread(&c, &range, 5), 3);
    c.sem = NAN;
    assert_near(atn_spread(&c, &range, 5), own, 1e-15);
}

static void before_a_first_step_the_population_alone_counts(void **state)
{
    const atn_range none = { .count = 0 }, one = { .count = 1 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_OTHER, .44, NAN);
    (void)state;
    assert_same(atn_spread(&c, &none, 5), .44);
    assert_same(atn_spread(&c, &one, 0), .44);
    c.within_sd = NAN;
    assert_same(atn_spread(&c, &one, 5), NAN);
}

static void a_flat_course_is_never_without_a_spread_where_the_populations_is_known(void **state)
{
    const atn_range flat = { .count = 9 };
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_OTHER, .44, NAN);
    (void)state;
    assert_near(atn_spread(&c, &flat, 5), sqrt(5 * .44 * .44 / 13), 1e-15);
    assert_same(atn_spread(&c, &flat, 0), .44);
    c.sem = .1;
    assert_same(atn_spread(&c, &flat, 0), .1);
    c.sem = c.within_sd = NAN;
    assert_same(atn_spread(&c, &flat, 0), NAN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ring_keeps_the_newest_and_knows_the_oldest),
        cmocka_unit_test(a_full_window_is_a_ring_too),
        cmocka_unit_test(a_range_adds_up_the_steps_between_scores),
        cmocka_unit_test(a_count_of_scores_stops_before_it_overflows),
        cmocka_unit_test(the_spread_is_the_own_one_shrunken_to_the_populations),
        cmocka_unit_test(before_a_first_step_the_population_alone_counts),
        cmocka_unit_test(a_flat_course_is_never_without_a_spread_where_the_populations_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
