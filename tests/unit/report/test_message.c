/* The message catalogue: ids, places, and the words that no report may say. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/words/message.h"
#include "tests/unit/near.h"

#include <ctype.h>
#include <unistr.h>

/* Words that judge a client, a therapist or a risk; in lower case. */
static const char *const never[] = {
    "!",         "improved",     "responder", "success",   "failing",
    "stuck",     "repaired",     "on track",  "recommend", "abnormal",
    "patient",   "complian",     "violation", "failure",   "low risk",
    "high risk", "risk level",   "ruptured",  "alert",     "significant",
    "dna",       "deteriorated", "severe",    "diagnos",   "case of",
};

static void every_id_is_stable_in_form_and_stands_once(void **state)
{
    (void)state;
    for (int m = 0; m < ATN_SAY_END; m++) {
        const char *id = atn_message_id((atn_message)m);
        assert_int_equal(strspn(id, "abcdefghijklmnopqrstuvwxyz._"), strlen(id));
        for (int other = 0; other < m; other++)
            assert_string_not_equal(id, atn_message_id((atn_message)other));
    }
}

static void check_words(const char *template)
{
    char lower[1024];
    size_t n = strlen(template);
    assert_true(n < sizeof lower);
    for (size_t i = 0; i <= n; i++)
        lower[i] = (char)tolower((unsigned char)template[i]);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(lower, never[i]))
            fail_msg("\"%s\" says \"%s\"", template, never[i]);
}

static void no_message_says_what_reports_do_not_say(void **state)
{
    (void)state;
    for (int m = 0; m < ATN_SAY_END; m++) {
        check_words(atn_message_template((atn_message)m, 0));
        check_words(atn_message_template((atn_message)m, 1));
    }
}

static void every_template_is_utf_8_with_closed_places(void **state)
{
    (void)state;
    for (int m = 0; m < ATN_SAY_END; m++) {
        const char *t = atn_message_template((atn_message)m, 0);
        assert_null(u8_check((const uint8_t *)t, strlen(t)));
        for (t = strchr(t, '{'); t; t = strchr(t + 1, '{')) {
            size_t name = strspn(t + 1, "abcdefghijklmnopqrstuvwxyz");
            assert_true(name > 0);
            assert_int_equal(t[1 + name], '}');
        }
    }
}

/* 1 when every place of a stands in b too. */
static int has_places_of(const char *a, const char *b)
{
    for (a = strchr(a, '{'); a; a = strchr(a + 1, '{')) {
        char place[32] = "";
        size_t n = strcspn(a, "}") + 1;
        assert_true(n < sizeof place);
        memcpy(place, a, n);
        if (!strstr(b, place))
            return 0;
    }
    return 1;
}

static void singular_and_plural_have_the_same_places(void **state)
{
    (void)state;
    for (int m = 0; m < ATN_SAY_END; m++) {
        const char *one = atn_message_template((atn_message)m, 1);
        const char *many = atn_message_template((atn_message)m, 0);
        assert_true(has_places_of(one, many) || m == ATN_SAY_TITLE_SOME);
        assert_true(has_places_of(many, one) || m == ATN_SAY_TITLE_SOME ||
                    m == ATN_SAY_TITLE_DATES);
    }
}

static void no_ascii_minus_stands_before_a_place(void **state)
{
    (void)state;
    for (int m = 0; m < ATN_SAY_END; m++)
        assert_null(strstr(atn_message_template((atn_message)m, 0), "-{"));
}

static void places_are_filled_by_name(void **state)
{
    char text[64];
    atn_place places[] = { { "last", "9" }, { "first", "2" } };
    (void)state;
    assert_int_equal(atn_message_fill(ATN_SAY_SESSION_RANGE, 0, places, 2, text, sizeof text), 14);
    assert_string_equal(text, "sessions 2–9");
}

static void a_place_without_text_stays_visible(void **state)
{
    char text[64];
    atn_place place = { "first", "2" };
    (void)state;
    atn_message_fill(ATN_SAY_SESSION_RANGE, 0, &place, 1, text, sizeof text);
    assert_string_equal(text, "sessions 2–{last}");
}

static void a_text_without_room_is_counted_and_not_written(void **state)
{
    char text[14] = "untouched";
    atn_place places[] = { { "first", "2" }, { "last", "9" } };
    (void)state;
    assert_int_equal(atn_message_fill(ATN_SAY_SESSION_RANGE, 0, places, 2, text, sizeof text), 14);
    assert_string_equal(text, "untouched");
    assert_int_equal(atn_message_fill(ATN_SAY_SESSION_RANGE, 0, places, 2, NULL, 0), 14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_id_is_stable_in_form_and_stands_once),
        cmocka_unit_test(no_message_says_what_reports_do_not_say),
        cmocka_unit_test(every_template_is_utf_8_with_closed_places),
        cmocka_unit_test(singular_and_plural_have_the_same_places),
        cmocka_unit_test(no_ascii_minus_stands_before_a_place),
        cmocka_unit_test(places_are_filled_by_name),
        cmocka_unit_test(a_place_without_text_stays_visible),
        cmocka_unit_test(a_text_without_room_is_counted_and_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
