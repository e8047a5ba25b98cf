/* A caseload: three groups, identifier order, and the reasons. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/report/given.h"

#define CLIENT ATTUNE_RATER_CLIENT

static given g;

static attune_caseload *begin(const char *clinician)
{
    attune_report_options options = ATTUNE_REPORT_OPTIONS_INIT;
    attune_caseload *caseload = NULL;
    options.has_day = 1;
    options.day = 20760; /* 3 November 2026 */
    options.clinician = clinician;
    assert_int_equal(attune_caseload_new(&caseload, &options, NULL, NULL), ATTUNE_OK);
    return caseload;
}

static void push(attune_caseload *caseload)
{
    assert_int_equal(attune_caseload_push(caseload, &g.client, NULL), ATTUNE_OK);
}

/* Frees the caseload. */
static char *text_of(attune_caseload *caseload)
{
    size_t length = attune_caseload_text(caseload, NULL, NULL, 0);
    char *text = malloc(length + 1);
    assert_non_null(text);
    assert_int_equal(attune_caseload_text(caseload, NULL, text, length + 1), length);
    assert_int_equal(strlen(text), length);
    attune_caseload_free(caseload);
    return text;
}

static void push_quiet(attune_caseload *caseload, const char *id)
{
    given_begin(&g, id);
    GIVE(&g, "core-10", CLIENT, 24, 20, 15);
    GIVE(&g, "demo-alliance", CLIENT, 5, 5, 5.5);
    push(caseload);
}

static void push_dropped(attune_caseload *caseload, const char *id)
{
    given_begin(&g, id);
    GIVE(&g, "core-10", CLIENT, 24, 24, 24, 24, 24);
    GIVE(&g, "demo-alliance", CLIENT, 5.5, 5.5, 5.5, 5.5, 3.5);
    push(caseload);
}

static void push_few(attune_caseload *caseload, const char *id)
{
    given_begin(&g, id);
    GIVE(&g, "core-10", CLIENT, 24, MISSED);
    push(caseload);
}

static void clients_stand_in_three_groups(void **state)
{
    attune_caseload *caseload = begin("T-07");
    (void)state;
    push_few(caseload, "C-1");
    push_quiet(caseload, "C-2");
    push_dropped(caseload, "C-3");
    assert_int_equal(attune_caseload_count(caseload), 3);
    char *text = text_of(caseload);
    assert_says(text, "Caseload · clinician T-07 for supervision: a list of conversations to have, "
                      "not a measure of the clinician");
    assert_says(text, "1 with a mark · 1 without · 1 with too few forms to say Forms completed at "
                      "9 of 10 sessions (90 %).");
    assert_true(strstr(text, "Look at first (1)") < strstr(text, "  C-3"));
    assert_true(strstr(text, "  C-3") < strstr(text, "No marks (1)"));
    assert_true(strstr(text, "No marks (1)") < strstr(text, "  C-2"));
    assert_says(text, "Too few forms to say (1) C-1 (1 of 2)");
    free(text);
}

static void inside_a_group_identifiers_rule_and_never_severity(void **state)
{
    attune_caseload *caseload = begin(NULL);
    (void)state;
    push_quiet(caseload, "C-9");
    push_quiet(caseload, "C-10");
    push_quiet(caseload, "B");
    char *text = text_of(caseload);
    assert_true(strstr(text, "  B ") < strstr(text, "  C-10"));
    assert_true(strstr(text, "  C-10") < strstr(text, "  C-9"));
    free(text);
}

static void a_mark_stands_with_its_reason(void **state)
{
    attune_caseload *caseload = begin(NULL);
    (void)state;
    push_dropped(caseload, "C-3");
    char *text = text_of(caseload);
    assert_says(text, "▼ Alliance drop (demo-alliance): 5.5 → 3.5 at session 5; too early to say "
                      "whether it comes back");
    assert_says(text, "CORE-10 24 → 24 no reliable change");
    assert_says(text, "demo-alliance 3.5 (−2.0)");
    assert_says(text, "Last seen 35 days ago.");
    free(text);
}

static void distress_reliably_higher_is_looked_at_first(void **state)
{
    attune_caseload *caseload = begin(NULL);
    (void)state;
    given_begin(&g, "C-4");
    GIVE(&g, "phq-9", CLIENT, 10, 12, 17);
    push(caseload);
    char *text = text_of(caseload);
    assert_says(text, "△ Reliably higher (PHQ-9): 10 → 17 since session 1 (+7; 6 or more is beyond "
                      "measurement error)");
    free(text);
}

static void a_drop_that_came_back_long_ago_is_no_mark(void **state)
{
    attune_caseload *caseload = begin(NULL);
    (void)state;
    given_begin(&g, "C-5");
    GIVE(&g, "demo-alliance", CLIENT, 5.5, 5.5, 5.5, 3.5, 5.5, 5.5, 5.5, 5.5, 5.5);
    push(caseload);
    char *text = text_of(caseload);
    assert_says(text, "0 with a mark · 1 without");
    free(text);
}

static void a_recent_safety_item_is_looked_at_first_without_a_level(void **state)
{
    attune_caseload *caseload = begin(NULL);
    (void)state;
    given_begin(&g, "C-6");
    attune_report_series *series = GIVE(&g, "phq-9", CLIENT, 10, 10, 10);
    memset(g.items, 0, sizeof g.items);
    g.items[0][2 * 9 + 8] = 1;
    series->items = g.items[0];
    series->item_count = 9;
    push(caseload);
    char *text = text_of(caseload);
    assert_says(text, "PHQ-9, session 3, 15 Sep: Item 9 answered 1 (0–3): follow your service's "
                      "risk protocol.");
    assert_says(text, "1 with a mark or a safety item · 0 without");
    free(text);
}

static void what_no_rule_can_judge_is_not_called_quiet(void **state)
{
    attune_caseload *caseload = begin(NULL);
    (void)state;
    given_begin(&g, "C-7");
    GIVE(&g, "my-scale", CLIENT, 10, 20);
    push(caseload);
    char *text = text_of(caseload);
    assert_says(text,
                "0 with a mark · 0 without · 0 with too few forms to say · 1 that no rule can "
                "judge");
    assert_says(text, "my-scale 10 → 20 cannot be judged");
    free(text);
}

static void an_empty_caseload_says_so(void **state)
{
    (void)state;
    char *text = text_of(begin(NULL));
    assert_says(text, "No clients.");
    free(text);
}

static void the_footer_says_what_is_not_shown(void **state)
{
    attune_caseload *caseload = begin(NULL);
    (void)state;
    push_quiet(caseload, "C-1");
    char *text = text_of(caseload);
    assert_says(text, "Differences between clinicians are not shown: with these numbers of clients "
                      "they mostly reflect chance and case mix.");
    assert_says(text, "demonstration, not for clinical use");
    free(text);
}

static void a_client_stands_once_and_a_refusal_changes_nothing(void **state)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_caseload *caseload = begin(NULL);
    (void)state;
    push_quiet(caseload, "C-1");
    assert_int_equal(attune_caseload_push(caseload, &g.client, &err), ATTUNE_E_DUPLICATE);
    g.client.client = "C-2";
    g.forms[0][0].score = 99;
    assert_int_equal(attune_caseload_push(caseload, &g.client, &err), ATTUNE_E_VALUE);
    assert_int_equal(attune_caseload_count(caseload), 1);
    assert_int_equal(attune_caseload_push(NULL, &g.client, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_caseload_push(caseload, NULL, &err), ATTUNE_E_ARGUMENT);
    attune_caseload_free(caseload);
    attune_caseload_free(NULL);
    assert_int_equal(attune_caseload_count(NULL), 0);
    assert_int_equal(attune_caseload_text(NULL, NULL, NULL, 0), 0);
}

static void many_clients_fit(void **state)
{
    attune_caseload *caseload = begin(NULL);
    (void)state;
    for (int i = 0; i < 100; i++) {
        char id[] = "C-00";
        id[2] = (char)('0' + i / 10);
        id[3] = (char)('0' + i % 10);
        push_few(caseload, id);
    }
    assert_int_equal(attune_caseload_count(caseload), 100);
    char *text = text_of(caseload);
    assert_says(text, "C-00 (1 of 2) · C-01 (1 of 2)");
    assert_says(text, "C-98 (1 of 2) · C-99 (1 of 2)");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clients_stand_in_three_groups),
        cmocka_unit_test(inside_a_group_identifiers_rule_and_never_severity),
        cmocka_unit_test(a_mark_stands_with_its_reason),
        cmocka_unit_test(distress_reliably_higher_is_looked_at_first),
        cmocka_unit_test(a_drop_that_came_back_long_ago_is_no_mark),
        cmocka_unit_test(a_recent_safety_item_is_looked_at_first_without_a_level),
        cmocka_unit_test(what_no_rule_can_judge_is_not_called_quiet),
        cmocka_unit_test(an_empty_caseload_says_so),
        cmocka_unit_test(the_footer_says_what_is_not_shown),
        cmocka_unit_test(a_client_stands_once_and_a_refusal_changes_nothing),
        cmocka_unit_test(many_clients_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
