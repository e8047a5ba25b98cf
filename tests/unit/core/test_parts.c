/* The parts of a form: turned, chosen, of a group the largest, and refused. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"
#include "tests/unit/core/own_scale.h"

static const double forms[] = { 3, 3, 1, 0, 0, NAN, 2, 1 };

static void reversed_items_are_turned_and_the_unanswered_stay_so(void **state)
{
    struct attune_scale scale = own_scale();
    double parts[8];
    int32_t numbers[4];
    (void)state;
    assert_int_equal(attune_parts_count(&scale, -1), 4);
    assert_int_equal(attune_parts_score(&scale, -1, forms, 4, 2, parts, numbers, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 8; i++)
        assert_same(parts[i], ((const double[]) { 3, 0, 1, 0, 0, NAN, 2, 1 })[i]);
    for (int32_t i = 0; i < 4; i++)
        assert_int_equal(numbers[i], i + 1);
}

static void a_subscale_has_its_own_items_in_its_order(void **state)
{
    struct attune_scale scale = own_scale();
    double parts[6];
    int32_t numbers[3];
    (void)state;
    assert_int_equal(attune_parts_count(&scale, 1), 3);
    assert_int_equal(attune_parts_score(&scale, 1, forms, 4, 2, parts, numbers, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 6; i++)
        assert_same(parts[i], ((const double[]) { 1, 0, 3, 2, 1, 0 })[i]);
    assert_int_equal(numbers[0], 3);
    assert_int_equal(numbers[2], 1);
}

/* Items 2 and 4 are one group, item 1 is not scored. */
static void of_a_group_the_largest_answered_has_its_part(void **state)
{
    static const int32_t scored[] = { 2, 3, 4 }, groups[] = { 0, 1, 0, 1 };
    struct attune_scale scale = own_scale();
    double parts[4];
    int32_t numbers[2];
    (void)state;
    scale.scored = scored;
    scale.info.scored_count = 3;
    scale.groups = groups;
    assert_int_equal(attune_parts_count(&scale, -1), 2);
    assert_int_equal(attune_parts_score(&scale, -1, forms, 4, 2, parts, numbers, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 4; i++)
        assert_same(parts[i], ((const double[]) { 0, 1, 1, 2 })[i]);
    assert_int_equal(numbers[0], 2);
    assert_int_equal(numbers[1], 3);
    assert_int_equal(attune_parts_count(&scale, 0), 2); /* subscales know no groups */
}

static void what_has_no_parts_is_said(void **state)
{
    struct attune_scale scale = own_scale();
    int32_t numbers[4];
    (void)state;
    assert_int_equal(attune_parts_count(NULL, -1), 0);
    assert_int_equal(attune_parts_count(&scale, 2), 0);
    assert_int_equal(attune_parts_count(&scale, -2), 0);
    assert_int_equal(attune_parts_score(&scale, -1, NULL, 4, 0, NULL, numbers, NULL), ATTUNE_OK);
    assert_int_equal(numbers[3], 4);
    scale.info.rule = ATTUNE_RULE_NONE;
    assert_int_equal(attune_parts_count(&scale, -1), 0);
    scale.info.rule = ATTUNE_RULE_SUM;
    scale.info.item_count = scale.info.scored_count = 0;
    assert_int_equal(attune_parts_count(&scale, -1), 0);
}

static void calls_are_refused_in_the_order_of_the_header(void **state)
{
    struct attune_scale scale = own_scale(), locked = own_scale();
    const double bad[] = { 3, 3, 1, 0, 0, 1, 4, 1 };
    double parts[8] = { -1 };
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    locked.open = &scale;
#define CALL(scale, which, items, n, parts)                                                        \
    attune_parts_score(scale, which, items, n, 2, parts, NULL, &err)
    assert_int_equal(CALL(NULL, 7, forms, 3, parts), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(&scale, 7, NULL, 3, parts), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(&scale, 7, forms, 3, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(&locked, 7, forms, 3, parts), ATTUNE_E_ACCEPT);
    assert_int_equal(CALL(&scale, 7, forms, 3, parts), ATTUNE_E_UNKNOWN);
    assert_int_equal(CALL(&scale, -1, bad, 3, parts), ATTUNE_E_COUNT);
    assert_int_equal(CALL(&scale, -1, bad, 4, parts), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 6);
    assert_same(parts[0], -1);
#undef CALL
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reversed_items_are_turned_and_the_unanswered_stay_so),
        cmocka_unit_test(a_subscale_has_its_own_items_in_its_order),
        cmocka_unit_test(of_a_group_the_largest_answered_has_its_part),
        cmocka_unit_test(what_has_no_parts_is_said),
        cmocka_unit_test(calls_are_refused_in_the_order_of_the_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
