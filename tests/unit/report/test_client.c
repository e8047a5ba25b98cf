/* The text of a client's report: its width, its blocks, its room. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/report/given.h"

#include <stdio.h>
#include <uniwidth.h>

static given g;

static void give_long(size_t n)
{
    double scores[GIVEN_MAX];
    for (size_t i = 0; i < n; i++)
        scores[i] = 5.5 + (double)(i % 3) / 6;
    given_begin(&g, "C-1");
    given_add(&g, "demo-alliance", ATTUNE_RATER_CLIENT, scores, n);
}

/* No line is wider than width, and none ends with a blank. */
static void check_lines(const char *text, int width)
{
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
        size_t n = strcspn(line, "\n");
        assert_int_equal(line[n], '\n');
        assert_true(u8_width((const uint8_t *)line, n, "UTF-8") <= width);
        assert_true(n == 0 || line[n - 1] != ' ');
    }
}

static void no_line_is_wider_than_the_page(void **state)
{
    static const int widths[] = { 60, 80, 132, 200 };
    (void)state;
    for (size_t n = 1; n <= GIVEN_MAX; n++)
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            attune_text_options layout = ATTUNE_TEXT_OPTIONS_INIT;
            layout.width = widths[w];
            give_long(n);
            char *text = given_text(&g, NULL, &layout);
            check_lines(text, widths[w]);
            free(text);
        }
}

static void ascii_means_ascii(void **state)
{
    attune_text_options layout = ATTUNE_TEXT_OPTIONS_INIT;
    (void)state;
    layout.ascii = 1;
    give_long(18);
    g.client.client = "Zoë";
    char *text = given_text(&g, NULL, &layout);
    for (const char *c = text; *c; c++)
        assert_true((unsigned char)*c < 0x80);
    assert_non_null(strstr(text, "Client Zo?"));
    check_lines(text, 80);
    free(text);
}

static size_t count_lines(const char *text, const char *start)
{
    size_t n = 0;
    for (; *text; text += strcspn(text, "\n") + 1)
        n += strncmp(text, start, strlen(start)) == 0;
    return n;
}

static void many_sessions_are_broken_into_blocks(void **state)
{
    (void)state;
    give_long(10);
    char *text = given_text(&g, NULL, NULL);
    assert_int_equal(count_lines(text, "  session "), 1);
    free(text);
    give_long(40);
    text = given_text(&g, NULL, NULL);
    assert_int_equal(count_lines(text, "  session "), 3);
    assert_non_null(strstr(text, " 40\n"));
    free(text);
}

static void a_gap_between_session_numbers_is_shown(void **state)
{
    (void)state;
    give_long(3);
    g.session[0][2] = 4;
    char *text = given_text(&g, NULL, NULL);
    assert_says(text, "Client C-1 4 sessions");
    assert_says(text, "session 1 2 3 4");
    assert_says(text, "Session 3: no form.");
    free(text);
}

static void numbers_far_apart_are_not_filled_in(void **state)
{
    (void)state;
    give_long(3);
    g.session[0][2] = INT32_MAX;
    char *text = given_text(&g, NULL, NULL);
    assert_says(text, "3 sessions with a form, from session 1 to 2147483647");
    assert_says(text, "session 1 2 2147483647");
    free(text);
}

static void an_identifier_cannot_steer_the_terminal(void **state)
{
    (void)state;
    give_long(3);
    g.client.client = "C\x1b[31m\n";
    char *text = given_text(&g, NULL, NULL);
    assert_non_null(strstr(text, "Client C?[31m?"));
    assert_null(strchr(text, '\x1b'));
    free(text);
}

static void a_client_without_forms_says_so(void **state)
{
    (void)state;
    given_begin(&g, "C-1");
    char *text = given_text(&g, NULL, NULL);
    assert_says(text, "Client C-1 no forms");
    free(text);
    give_long(0);
    text = given_text(&g, NULL, NULL);
    assert_says(text, "Client C-1 no forms");
    free(text);
}

static void dates_may_be_unknown(void **state)
{
    (void)state;
    give_long(3);
    g.series[0].day = NULL;
    char *text = given_text(&g, NULL, NULL);
    assert_says(text, "Client C-1 3 sessions demo-alliance");
    free(text);
}

static void dates_of_two_years_carry_both(void **state)
{
    (void)state;
    give_long(2);
    g.day[0][1] = 20697 + 365;
    char *text = given_text(&g, NULL, NULL);
    assert_says(text, "01 Sep 2026 – 01 Sep 2027");
    free(text);
}

static void the_foot_says_rules_and_day(void **state)
{
    attune_report_options options = ATTUNE_REPORT_OPTIONS_INIT;
    (void)state;
    give_long(3);
    options.has_day = 1;
    options.day = 20760;
    char *text = given_text(&g, &options, NULL);
    attune_ruleset_info rules = { .struct_size = sizeof rules };
    char wanted[160];
    assert_int_equal(attune_ruleset_describe(attune_ruleset_find("default"), &rules), ATTUNE_OK);
    (void)snprintf(wanted, sizeof wanted, "rules %s · as of 03 Nov 2026", rules.label);
    assert_says(text, wanted);
    free(text);
}

static void other_rules_give_other_marks(void **state)
{
    attune_rule_choice choice;
    attune_report_options options = ATTUNE_REPORT_OPTIONS_INIT;
    (void)state;
    attune_rule_choose(attune_rule_find("drop"), &choice);
    options.choices = &choice;
    options.n_choices = 1;
    options.rules = "drop/1";
    given_begin(&g, "C-1");
    GIVE(&g, "demo-alliance", ATTUNE_RATER_CLIENT, 5.5, 4);
    char *text = given_text(&g, &options, NULL);
    assert_says(text, "▼ drop/1 Possible rupture (demo-alliance) at session 2, 08 Sep: 5.5 → 4.0 "
                      "since session 1: 3.4 spreads lower (spread 0.44); limit 4.6; few sessions "
                      "so far.");
    assert_says(text, "rules drop/1");
    free(text);
}

static void without_room_only_the_length_comes_out(void **state)
{
    char text[4] = "old";
    attune_client_report *report = NULL;
    (void)state;
    give_long(3);
    assert_int_equal(attune_client_report_new(&report, &g.client, NULL, NULL, NULL), ATTUNE_OK);
    size_t length = attune_client_report_text(report, NULL, NULL, 0);
    assert_int_equal(attune_client_report_text(report, NULL, text, sizeof text), length);
    assert_string_equal(text, "old");
    attune_text_options layout = ATTUNE_TEXT_OPTIONS_INIT;
    layout.width = 20;
    assert_int_equal(attune_client_report_text(report, &layout, NULL, 0), 0);
    assert_int_equal(attune_client_report_text(NULL, NULL, NULL, 0), 0);
    attune_client_report_free(report);
    attune_client_report_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_is_wider_than_the_page),
        cmocka_unit_test(ascii_means_ascii),
        cmocka_unit_test(many_sessions_are_broken_into_blocks),
        cmocka_unit_test(a_gap_between_session_numbers_is_shown),
        cmocka_unit_test(numbers_far_apart_are_not_filled_in),
        cmocka_unit_test(an_identifier_cannot_steer_the_terminal),
        cmocka_unit_test(a_client_without_forms_says_so),
        cmocka_unit_test(dates_may_be_unknown),
        cmocka_unit_test(dates_of_two_years_carry_both),
        cmocka_unit_test(the_foot_says_rules_and_day),
        cmocka_unit_test(other_rules_give_other_marks),
        cmocka_unit_test(without_room_only_the_length_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
