/* Plain ASCII in place of signs. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/report.h>

static void check(const char *from, const char *expected)
{
    char text[128];
    size_t n = strlen(from);
    assert_true(n < sizeof text);
    memcpy(text, from, n + 1);
    assert_int_equal(attune_text_ascii(text), strlen(expected));
    assert_string_equal(text, expected);
}

static void the_signs_of_the_reports_have_their_ascii(void **state)
{
    (void)state;
    check("24 → 15 (−9), 0–40 · ±", "24 -> 15 (-9), 0-40 | +-");
    check("▼▽▲△◇○", "VvA^*o");
    check("▁▂▃▄▅▆▇█", "_.:-=+*#");
    check("┌─┐│└┘", "+-+|++");
    check("\xc2\xa0…≤≥", " ...<=>=");
}

static void ascii_stays_as_it_is(void **state)
{
    (void)state;
    check("C-0192, 5.7 of 7!\nnext", "C-0192, 5.7 of 7!\nnext");
    check("", "");
}

static void other_characters_become_a_question_mark_each(void **state)
{
    (void)state;
    check("Zoë 陳", "Zo? ?");
    check("a\x1b[31m\x7f\t", "a?[31m??");
}

static void broken_utf_8_ends_and_stays_in_its_room(void **state)
{
    char text[] = "a\xe2\x88";
    (void)state;
    assert_true(attune_text_ascii(text) <= 3);
    assert_int_equal(attune_text_ascii(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_signs_of_the_reports_have_their_ascii),
        cmocka_unit_test(ascii_stays_as_it_is),
        cmocka_unit_test(other_characters_become_a_question_mark_each),
        cmocka_unit_test(broken_utf_8_ends_and_stays_in_its_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
