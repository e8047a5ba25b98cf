/* The sentence on a safety item: what was answered, out of what, and nothing more. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/report.h>

#include <math.h>

static void check(const char *id, size_t i, double answer, const char *expected)
{
    char text[256] = "";
    size_t length = attune_safety_sentence(attune_scale_listed(id), i, answer, text, sizeof text);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static void an_answer_at_the_threshold_is_shown_as_it_was_given(void **state)
{
    (void)state;
    check("phq-9", 0, 1, "Item 9 answered 1 (0–3): follow your service's risk protocol.");
    check("phq-9", 0, 3, "Item 9 answered 3 (0–3): follow your service's risk protocol.");
    check("core-om", 0, 1, "Item 6 answered 1 (0–4): follow your service's risk protocol.");
    check("core-om", 5, 4, "Item 34 answered 4 (0–4): follow your service's risk protocol.");
}

static void the_range_is_that_of_the_item_itself(void **state)
{
    (void)state;
    check("k10", 0, 4, "Item 4 answered 4 (1–5): follow your service's risk protocol.");
    check("ham-d-17", 0, 2, "Item 3 answered 2 (0–4): follow your service's risk protocol.");
}

static void nothing_is_said_below_the_threshold_or_of_no_answer(void **state)
{
    (void)state;
    check("phq-9", 0, 0, "");
    check("phq-9", 0, NAN, "");
    check("k10", 0, 3, "");
}

static void nothing_is_said_where_there_is_no_such_item(void **state)
{
    (void)state;
    check("phq-9", 1, 3, "");
    check("gad-7", 0, 3, "");
    check("no-such-scale", 0, 3, "");
}

static void without_room_only_the_length_comes_out(void **state)
{
    const attune_scale *scale = attune_scale_find("phq-9");
    char text[] = "untouched";
    (void)state;
    size_t n = attune_safety_sentence(scale, 0, 2, NULL, 0);
    assert_true(n > sizeof text);
    assert_int_equal(attune_safety_sentence(scale, 0, 2, text, sizeof text), n);
    assert_string_equal(text, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_at_the_threshold_is_shown_as_it_was_given),
        cmocka_unit_test(the_range_is_that_of_the_item_itself),
        cmocka_unit_test(nothing_is_said_below_the_threshold_or_of_no_answer),
        cmocka_unit_test(nothing_is_said_where_there_is_no_such_item),
        cmocka_unit_test(without_room_only_the_length_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
