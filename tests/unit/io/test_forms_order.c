/* In which order forms come out, what numbers their sessions, and what is known of a file. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/io/reading.h"

static void forms_come_by_client_measure_rater_and_session(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading,
                 TEXT("client,session,measure,rater,score\n"
                      "B,2,phq-9,client,1\nA,10,phq-9,client,2\nA,9,phq-9,client,3\n"
                      "A,9,phq-9,observer,4\nA,9,gad-7,therapist,5\nB,1,phq-9,client,6\n"
                      "\xC3\x84,1,phq-9,client,7\na,1,phq-9,client,8\nA,9,phq-9,therapist,9\n"),
                 NULL);
    assert_int_equal(read_client(&reading), 5);
    assert_string_equal(reading.client.client, "A");
    const double order[] = { 5, 3, 2, 9, 4 };
    for (size_t i = 0; i < 5; i++)
        assert_same(reading.client.forms[i].total.score, order[i]);
    assert_int_equal(read_client(&reading), 2);
    assert_string_equal(reading.client.client, "B");
    assert_same(reading.client.forms[0].total.score, 6);
    assert_int_equal(read_client(&reading), 1);
    assert_string_equal(reading.client.client, "a");
    assert_int_equal(read_client(&reading), 1);
    assert_string_equal(reading.client.client, "\xC3\x84");
    assert_int_equal(read_client(&reading), 0);
    attune_forms_free(reading.forms);
}

static void distinct_dates_become_sessions_where_dates_stand_alone(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading,
                 TEXT("client,date,measure,score\n"
                      "C1,2026-03-08T10:00,phq-9,1\nC1,2026-03-01,phq-9,2\n"
                      "C1,2026-03-01T09:30:00+01:00,gad-7,3\nC1,2026-02-28,gad-7,4\n"),
                 NULL);
    assert_int_equal(read_client(&reading), 4);
    const attune_form *forms = reading.client.forms;
    check_session(&forms[0], "gad-7", 1, 4);
    check_session(&forms[1], "gad-7", 2, 3);
    check_session(&forms[2], "phq-9", 2, 2);
    check_session(&forms[3], "phq-9", 3, 1);
    assert_string_equal(forms[1].date, "2026-03-01T09:30:00+01:00");
    attune_forms_free(reading.forms);
}

static void one_client_may_give_sessions_and_another_dates(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading,
                 TEXT("client,session,date,measure,score\n"
                      "C1,7,2026-01-02,phq-9,1\nC1,3,2026-01-03,phq-9,2\nC2,,2026-01-02,phq-9,3\n"),
                 NULL);
    assert_int_equal(read_client(&reading), 2);
    check_session(&reading.client.forms[0], "phq-9", 3, 2);
    check_session(&reading.client.forms[1], "phq-9", 7, 1);
    assert_int_equal(read_client(&reading), 1);
    check_session(&reading.client.forms[0], "phq-9", 1, 3);
    attune_forms_free(reading.forms);
}

static void leaving_rows_out_leaves_the_others_in_order(void **state)
{
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    struct reading reading;
    (void)state;
    options.skip_bad = 1;
    open_reading(&reading,
                 TEXT("client,session,measure,score\nC,1,phq-9,5\nB,1,phq-9,3\nB,1,phq-9,9\n"
                      "A,2,phq-9,2\nB,2,phq-9,4\nA,1,phq-9,1\nA,2,phq-9,9\nC,2,phq-9,6\n"),
                 &options);
    for (int client = 0; client < 3; client++) {
        assert_int_equal(read_client(&reading), 2);
        assert_int_equal(reading.client.client[0], 'A' + client);
        check_session(&reading.client.forms[0], "phq-9", 1, client * 2 + 1);
        check_session(&reading.client.forms[1], "phq-9", 2, client * 2 + 2);
    }
    assert_int_equal(read_client(&reading), 0);
    attune_forms_free(reading.forms);
}

static int is_sorted(const char *text, size_t n, const attune_forms_options *options)
{
    attune_forms_info info = { .struct_size = sizeof info };
    struct reading reading;
    open_reading(&reading, text, n, options);
    assert_int_equal(attune_forms_describe(reading.forms, &info), ATTUNE_OK);
    attune_forms_free(reading.forms);
    return info.sorted;
}

static void the_first_look_tells_whether_clients_rise(void **state)
{
    attune_forms_options skipping = ATTUNE_FORMS_OPTIONS_INIT;
    (void)state;
    skipping.skip_bad = 1;
    assert_true(is_sorted(TEXT("client,session,measure,score\nA,1,phq-9,1\n B,1,phq-9,1\n"), NULL));
    assert_true(is_sorted(TEXT("client,session,measure,score\nA,1,phq-9,1\nA,2,phq-9,1\n"
                               "AB,1,phq-9,1\nB,1,phq-9,1\n"),
                          NULL));
    assert_true(is_sorted(TEXT("x,session,measure,score,client\n,1,phq-9,1, A \n"
                               "\"\n\",2,phq-9,1,\"B\"\n,2,phq-9,1,C\r\n,2,phq-9,1,C"),
                          NULL));
    assert_false(
        is_sorted(TEXT("client,session,measure,score\nB,1,phq-9,1\nAB,2,phq-9,1\n"), NULL));
    assert_false(is_sorted(TEXT("client,session,measure,score\nAB,1,phq-9,1\nA,2,phq-9,1"), NULL));
    assert_false(is_sorted(TEXT("x,client,session,measure,score\n,B,1,phq-9,1\n"
                                "\",\nB\",A,2,phq-9,1\n"),
                           NULL));
    assert_true(
        is_sorted(TEXT("client,session,measure,score\nA,1,phq-9,1\n\"B\"x,2,phq-9,1\n"), NULL));
    assert_false(is_sorted(TEXT("client,session,measure,score\nA,1,phq-9,1\n\"B\"x,2,phq-9,1\n"),
                           &skipping));
}

static void a_reader_says_which_columns_a_file_has(void **state)
{
    attune_forms_info info = { .struct_size = sizeof info };
    struct reading reading;
    (void)state;
    open_reading(&reading, TEXT("client,date,measure,item_1,item_9\nC1,2026-01-01,phq-9,1,1\n"),
                 NULL);
    read_client(&reading);
    assert_int_equal(attune_forms_describe(reading.forms, &info), ATTUNE_OK);
    assert_int_equal(info.has_session, 0);
    assert_int_equal(info.has_date, 1);
    assert_int_equal(info.has_clinician, 0);
    assert_int_equal(info.item_columns, 2);
    assert_int_equal(info.rows, 1);
    assert_int_equal(info.bad, 0);
    attune_forms_free(reading.forms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_come_by_client_measure_rater_and_session),
        cmocka_unit_test(distinct_dates_become_sessions_where_dates_stand_alone),
        cmocka_unit_test(one_client_may_give_sessions_and_another_dates),
        cmocka_unit_test(leaving_rows_out_leaves_the_others_in_order),
        cmocka_unit_test(the_first_look_tells_whether_clients_rise),
        cmocka_unit_test(a_reader_says_which_columns_a_file_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
