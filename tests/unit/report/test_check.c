/* What a report refuses, in which order, and that a refusal touches nothing. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/report/given.h"

static given g;
static attune_report_options options;

static void begin(void)
{
    static const attune_report_options defaults = ATTUNE_REPORT_OPTIONS_INIT;
    options = defaults;
    given_begin(&g, "C-1");
    GIVE(&g, "demo-alliance", ATTUNE_RATER_CLIENT, 5, 5.5, 5);
    GIVE(&g, "core-10", ATTUNE_RATER_CLIENT, 20, 18, 16);
}

static void check(attune_status expected, uint64_t index)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_client_report *untouched = (void *)&g, *report = untouched;
    assert_int_equal(attune_client_report_new(&report, &g.client, &options, NULL, &err), expected);
    assert_ptr_equal(report, untouched);
    assert_int_equal(err.code, expected);
    assert_int_equal(err.index, index);
    assert_true(err.text[0] != '\0');
    assert_int_equal(attune_client_report_new(&report, &g.client, &options, NULL, NULL), expected);
}

static void pointers_come_first(void **state)
{
    attune_client_report *report = NULL;
    (void)state;
    begin();
    assert_int_equal(attune_client_report_new(NULL, &g.client, NULL, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_client_report_new(&report, NULL, NULL, NULL, NULL), ATTUNE_E_ARGUMENT);
    g.client.client = NULL;
    check(ATTUNE_E_ARGUMENT, 0);
    begin();
    g.client.series = NULL;
    check(ATTUNE_E_ARGUMENT, 0);
    begin();
    g.series[1].measure = NULL;
    check(ATTUNE_E_ARGUMENT, 1);
    begin();
    g.series[1].forms = NULL;
    check(ATTUNE_E_ARGUMENT, 1);
}

static void struct_sizes_must_be_set(void **state)
{
    attune_constants c = { .struct_size = 0 };
    (void)state;
    begin();
    g.client.struct_size = 0;
    check(ATTUNE_E_STRUCT_SIZE, 0);
    begin();
    g.series[0].struct_size = 0;
    check(ATTUNE_E_STRUCT_SIZE, 0);
    begin();
    g.forms[1][0].struct_size = 0;
    check(ATTUNE_E_STRUCT_SIZE, 1);
    begin();
    g.series[1].constants = &c;
    check(ATTUNE_E_STRUCT_SIZE, 1);
    begin();
    options.struct_size = 0;
    check(ATTUNE_E_STRUCT_SIZE, 0);
}

static void counts_have_their_limits(void **state)
{
    attune_rule_choice choice;
    (void)state;
    begin();
    g.client.count = ATTUNE_REPORT_SERIES_MAX + 1;
    check(ATTUNE_E_COUNT, 0);
    begin();
    g.series[1].count = ATTUNE_REPORT_FORMS_MAX + 1;
    check(ATTUNE_E_COUNT, 1);
    begin();
    g.series[1].items = g.items[1];
    g.series[1].item_count = 9;
    check(ATTUNE_E_COUNT, 1);
    begin();
    options.choices = &choice;
    check(ATTUNE_E_COUNT, 0);
    begin();
    options.n_choices = ATTUNE_RULESET_MAX + 1;
    check(ATTUNE_E_COUNT, 0);
}

static void a_day_must_be_a_day(void **state)
{
    (void)state;
    begin();
    options.has_day = 1;
    options.day = NAN;
    check(ATTUNE_E_OPTION, 0);
    begin();
    g.day[1][2] = INFINITY;
    check(ATTUNE_E_VALUE, 1);
    begin();
    g.day[1][2] = -2e6;
    check(ATTUNE_E_VALUE, 1);
}

static void scores_lie_within_the_measure(void **state)
{
    (void)state;
    begin();
    g.forms[1][2].score = 41;
    check(ATTUNE_E_VALUE, 1);
    begin();
    g.forms[0][2].score = INFINITY;
    check(ATTUNE_E_VALUE, 0);
}

static void texts_are_utf_8(void **state)
{
    (void)state;
    begin();
    g.client.client = "\xff";
    check(ATTUNE_E_VALUE, 0);
    begin();
    g.client.clinician = "\xc3";
    check(ATTUNE_E_VALUE, 0);
    begin();
    g.series[1].measure = "\x80";
    check(ATTUNE_E_VALUE, 1);
}

static void sessions_rise_and_series_stand_once(void **state)
{
    (void)state;
    begin();
    g.session[1][2] = 2;
    check(ATTUNE_E_ORDER, 1);
    begin();
    g.series[1].measure = "demo-alliance";
    g.series[1].scale = NULL;
    check(ATTUNE_E_DUPLICATE, 1);
}

static void values_are_looked_at_before_the_order_of_sessions(void **state)
{
    (void)state;
    begin();
    g.session[0][2] = 1;
    g.forms[1][2].score = 41;
    check(ATTUNE_E_VALUE, 1);
}

static void constants_that_cannot_be_are_refused(void **state)
{
    attune_constants c = { .struct_size = sizeof c };
    (void)state;
    begin();
    attune_scale_constants(attune_scale_find("core-10"), &c);
    c.construct = 4;
    g.series[1].constants = &c;
    check(ATTUNE_E_OPTION, 1);
    begin();
    attune_scale_constants(attune_scale_find("core-10"), &c);
    c.direction = 0;
    g.series[1].constants = &c;
    check(ATTUNE_E_OPTION, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pointers_come_first),
        cmocka_unit_test(struct_sizes_must_be_set),
        cmocka_unit_test(counts_have_their_limits),
        cmocka_unit_test(a_day_must_be_a_day),
        cmocka_unit_test(scores_lie_within_the_measure),
        cmocka_unit_test(texts_are_utf_8),
        cmocka_unit_test(sessions_rise_and_series_stand_once),
        cmocka_unit_test(values_are_looked_at_before_the_order_of_sessions),
        cmocka_unit_test(constants_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
