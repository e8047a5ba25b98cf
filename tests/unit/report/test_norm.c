/* Whose a norm is: one sentence, a mark's reason, and the foot of the reports. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/report/given.h"

static attune_norm norm;

static void begin(void)
{
    memset(&norm, 0, sizeof norm);
    norm = (attune_norm) {
        .struct_size = sizeof norm,
        .measure = "core-10",
        .name = "Northside 2026",
        .who = "the audit group",
        .at = "2026-11-03",
        .population = "adults",
        .hash = "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
        .response = { .struct_size = sizeof norm.response,
                      .first_session = 1,
                      .last_session = 20,
                      .n_clients = 431,
                      .n_forms = 4120,
                      .intake_high = 40,
                      .intercept = 20,
                      .slope = -1,
                      .intercept_var = 16,
                      .residual_var = 9 },
    };
}

static void says(int32_t kind, const char *expected)
{
    char text[ATTUNE_NORM_SENTENCE_MAX] = "";
    size_t n = attune_norm_sentence(&norm, kind, text, sizeof text);
    assert_string_equal(text, expected);
    assert_int_equal(n, strlen(expected));
    assert_int_equal(attune_norm_sentence(&norm, kind, NULL, 0), n);
    memset(text, 'x', sizeof text);
    assert_int_equal(attune_norm_sentence(&norm, kind, text, n), n);
    assert_int_equal(text[0], 'x');
}

static void who_when_how_many_whom_and_which_file_are_said(void **state)
{
    (void)state;
    begin();
    says(ATTUNE_NORM_SHORT,
         "Norm Northside 2026: 431 clients, 4120 forms, sessions 1 to 20; fitted by the audit "
         "group, 2026-11-03; population: adults; file SHA-256 0a1b2c3d4e5f.");
    says(ATTUNE_NORM_WHOLE,
         "Norm Northside 2026: 431 clients, 4120 forms, sessions 1 to 20; fitted by the audit "
         "group, 2026-11-03; population: adults; file SHA-256 "
         "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9.");
    norm.response.time = ATTUNE_TIME_LOG_WEEK;
    norm.response.first_session = 0;
    norm.response.last_session = 210;
    norm.response.n_clients = 1;
    says(ATTUNE_NORM_SHORT,
         "Norm Northside 2026: 1 client, 4120 forms, days 0 to 210 from the first form; fitted by "
         "the audit group, 2026-11-03; population: adults; file SHA-256 0a1b2c3d4e5f.");
}

static void what_is_not_said_of_a_norm_is_left_out(void **state)
{
    (void)state;
    begin();
    norm.who[0] = norm.population[0] = norm.hash[0] = '\0';
    says(ATTUNE_NORM_SHORT, "Norm Northside 2026: 431 clients, 4120 forms, sessions 1 to 20; "
                            "fitted 2026-11-03.");
    norm.at[0] = '\0';
    says(ATTUNE_NORM_WHOLE, "Norm Northside 2026: 431 clients, 4120 forms, sessions 1 to 20.");
    begin();
    norm.at[0] = '\0';
    says(ATTUNE_NORM_SHORT,
         "Norm Northside 2026: 431 clients, 4120 forms, sessions 1 to 20; fitted by the audit "
         "group; population: adults; file SHA-256 0a1b2c3d4e5f.");
}

/* Every text as long as it may be still has room. */
static void the_longest_norm_fits(void **state)
{
    char text[ATTUNE_NORM_SENTENCE_MAX];
    (void)state;
    begin();
    memset(norm.name, 'n', sizeof norm.name - 1);
    memset(norm.who, 'w', sizeof norm.who - 1);
    memset(norm.at, 'a', sizeof norm.at - 1);
    memset(norm.population, 'p', sizeof norm.population - 1);
    norm.response.n_clients = norm.response.n_forms = 999999999999;
    norm.response.time = ATTUNE_TIME_WEEK;
    norm.response.first_session = norm.response.last_session = INT32_MAX;
    assert_true(attune_norm_sentence(&norm, ATTUNE_NORM_WHOLE, text, sizeof text) < sizeof text);
    assert_int_equal(text[strlen(text) - 1], '.');
}

static void no_norm_and_no_kind_say_nothing(void **state)
{
    char text[8] = "kept";
    (void)state;
    begin();
    assert_int_equal(attune_norm_sentence(NULL, ATTUNE_NORM_SHORT, text, sizeof text), 0);
    assert_int_equal(attune_norm_sentence(&norm, -1, text, sizeof text), 0);
    assert_int_equal(attune_norm_sentence(&norm, 2, text, sizeof text), 0);
    assert_string_equal(text, "kept");
}

static void a_reason_names_the_norm_that_made_the_mark_and_no_other(void **state)
{
    char plain[256], text[256];
    attune_mark mark = { .struct_size = sizeof mark,
                         .kind = ATTUNE_MARK_OFF_TRACK,
                         .observed = 24,
                         .limit = 21.9,
                         .reference = 13.4,
                         .spread = 5,
                         .first_session = 1,
                         .last_session = 1,
                         .rule = "not_on_track" };
    (void)state;
    begin();
    attune_mark_reason(&mark, NULL, plain, sizeof plain);
    size_t n = attune_norm_reason(&norm, &mark, NULL, text, sizeof text);
    assert_int_equal(n, strlen(text));
    assert_memory_equal(text, plain, strlen(plain));
    assert_string_equal(text + strlen(plain), "; norm: Northside 2026, 431 clients");
    assert_int_equal(attune_norm_reason(&norm, &mark, NULL, NULL, 0), n);
    attune_norm_reason(NULL, &mark, NULL, text, sizeof text);
    assert_string_equal(text, plain);
    mark.kind = ATTUNE_MARK_WORSE;
    attune_mark_reason(&mark, NULL, plain, sizeof plain);
    attune_norm_reason(&norm, &mark, NULL, text, sizeof text);
    assert_string_equal(text, plain);
    assert_int_equal(attune_norm_reason(&norm, NULL, NULL, text, sizeof text), 0);
}

static const char foot[] =
    "Norm Northside 2026: 431 clients, 4120 forms, sessions 1 to 20; fitted by "
    "the audit group, 2026-11-03; population: adults; file SHA-256 "
    "0a1b2c3d4e5f.";

/* Named where a course was held against it: not in the report of another measure. */
static void reports_name_the_norm_in_their_foot_where_it_was_used(void **state)
{
    static given g, other;
    attune_constants c = { .struct_size = sizeof c };
    attune_report_options options = ATTUNE_REPORT_OPTIONS_INIT;
    attune_caseload *caseload = NULL;
    char text[8192];
    (void)state;
    begin();
    options.norm = &norm;
    attune_scale_constants(attune_scale_find("core-10"), &c);
    c.response = &norm.response;
    given_begin(&g, "C-1");
    GIVE(&g, "core-10", ATTUNE_RATER_CLIENT, 20, 18, 16);
    g.series[0].constants = &c;
    given_begin(&other, "C-2");
    GIVE(&other, "core-10", ATTUNE_RATER_CLIENT, 20, 18, 16);
    char *own = given_text(&g, &options, NULL), *theirs = given_text(&other, &options, NULL);
    assert_says(own, foot);
    assert_silent(theirs, "Norm ");
    free(own);
    free(theirs);
    assert_int_equal(attune_caseload_new(&caseload, &options, NULL, NULL), ATTUNE_OK);
    assert_int_equal(attune_caseload_push(caseload, &other.client, NULL), ATTUNE_OK);
    attune_caseload_text(caseload, NULL, text, sizeof text);
    assert_silent(text, "Norm ");
    options.norm = NULL; /* it keeps its own copy */
    assert_int_equal(attune_caseload_push(caseload, &g.client, NULL), ATTUNE_OK);
    g.client.client = "C-3";
    assert_int_equal(attune_caseload_push(caseload, &g.client, NULL), ATTUNE_OK);
    attune_caseload_text(caseload, NULL, text, sizeof text);
    assert_says(text, foot);
    assert_null(strstr(strstr(text, "Norm ") + 1, "Norm ")); /* once for all clients */
    attune_caseload_free(caseload);
}

static void a_norm_that_cannot_be_printed_is_refused(void **state)
{
    static given g;
    attune_report_options options = ATTUNE_REPORT_OPTIONS_INIT;
    attune_client_report *report = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    begin();
    options.norm = &norm;
    given_begin(&g, "C-1");
    norm.struct_size = 8;
    assert_int_equal(attune_client_report_new(&report, &g.client, &options, NULL, &err),
                     ATTUNE_E_STRUCT_SIZE);
    begin();
    norm.who[0] = '\xff';
    assert_int_equal(attune_client_report_new(&report, &g.client, &options, NULL, &err),
                     ATTUNE_E_OPTION);
    assert_string_equal(err.key, "norm");
    begin();
    memset(norm.population, 'p', sizeof norm.population);
    assert_int_equal(attune_client_report_new(&report, &g.client, &options, NULL, &err),
                     ATTUNE_E_OPTION);
    assert_null(report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_when_how_many_whom_and_which_file_are_said),
        cmocka_unit_test(what_is_not_said_of_a_norm_is_left_out),
        cmocka_unit_test(the_longest_norm_fits),
        cmocka_unit_test(no_norm_and_no_kind_say_nothing),
        cmocka_unit_test(a_reason_names_the_norm_that_made_the_mark_and_no_other),
        cmocka_unit_test(reports_name_the_norm_in_their_foot_where_it_was_used),
        cmocka_unit_test(a_norm_that_cannot_be_printed_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
