/* below_cutoff: on the worse side of a published cut-off. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

static given_found found;

static void run(int32_t direction, int32_t bound, double cutoff, const double *scores, size_t n)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_OTHER, NAN, NAN);
    c.direction = direction;
    c.cutoff_bound = bound;
    c.cutoff = cutoff;
    given_run(&c, "below_cutoff", scores, n, &found);
}

static void the_cutoff_itself_counts_as_its_bound_says(void **state)
{
    const double y[] = { 3.9, 4, 4.1 };
    (void)state;
    run(ATTUNE_HIGHER_BETTER, ATTUNE_BOUND_INCLUSIVE, 4, y, 3);
    assert_int_equal(found.n, 2);
    assert_int_equal(found.marks[1].session, 2);
    assert_same(found.marks[1].statistic, 0);
    run(ATTUNE_HIGHER_BETTER, ATTUNE_BOUND_STRICT, 4, y, 3);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].session, 1);
}

static void where_higher_is_worse_the_worse_side_is_above(void **state)
{
    const double y[] = { 9, 10, 12 };
    (void)state;
    run(ATTUNE_HIGHER_WORSE, ATTUNE_BOUND_INCLUSIVE, 10, y, 3);
    assert_int_equal(found.n, 2);
    assert_same(found.marks[1].observed, 12);
    assert_same(found.marks[1].limit, 10);
    assert_same(found.marks[1].statistic, 2);
    assert_same(found.traces[0].statistic, -1);
    run(ATTUNE_HIGHER_WORSE, ATTUNE_BOUND_STRICT, 10, y, 3);
    assert_int_equal(found.n, 1);
}

static void a_mark_has_a_limit_and_neither_reference_nor_spread(void **state)
{
    const double y[] = { 3 };
    (void)state;
    run(ATTUNE_HIGHER_BETTER, ATTUNE_BOUND_INCLUSIVE, 4, y, 1);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].kind, ATTUNE_MARK_LOW);
    assert_int_equal(found.marks[0].level, ATTUNE_LEVEL_PROBABLE);
    assert_same(found.marks[0].limit, 4);
    assert_same(found.marks[0].reference, NAN);
    assert_same(found.marks[0].spread, NAN);
    assert_int_equal(found.marks[0].flags, 0);
}

static void a_measure_without_a_cutoff_is_said_to_lack_it(void **state)
{
    const double y[] = { 3, NAN };
    (void)state;
    run(ATTUNE_HIGHER_BETTER, ATTUNE_BOUND_INCLUSIVE, NAN, y, 2);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.traces[0].state, ATTUNE_STATE_NO_CONSTANT);
    assert_int_equal(found.traces[0].missing, ATTUNE_CONSTANT_CUTOFF);
    assert_same(found.traces[0].statistic, NAN);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_NO_FORM);
    assert_int_equal(found.traces[1].missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cutoff_itself_counts_as_its_bound_says),
        cmocka_unit_test(where_higher_is_worse_the_worse_side_is_above),
        cmocka_unit_test(a_mark_has_a_limit_and_neither_reference_nor_spread),
        cmocka_unit_test(a_measure_without_a_cutoff_is_said_to_lack_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
