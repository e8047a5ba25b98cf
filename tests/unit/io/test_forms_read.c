/* What the forms reader accepts, and what comes out of it. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/io/reading.h"

static const attune_forms_options plain_options = ATTUNE_FORMS_OPTIONS_INIT;

static void columns_stand_in_any_order_and_others_are_passed_over(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading,
                 TEXT("arm,score,measure,clinician,rater,date,session,client,note\n"
                      "TAU,12,phq-9,T-07,therapist,2026-03-01,4,C1,\"a, \"\"b\"\"\n c\"\n"
                      "TAU,13,phq-9,,,,5,C1,\n"),
                 NULL);
    assert_int_equal(read_client(&reading), 2);
    assert_string_equal(reading.client.client, "C1");
    const attune_form *forms = reading.client.forms;
    check_session(&forms[1], "phq-9", 4, 12);
    assert_string_equal(forms[1].clinician, "T-07");
    assert_string_equal(forms[1].date, "2026-03-01");
    assert_same(forms[1].day, 20513);
    assert_int_equal(forms[1].rater, ATTUNE_RATER_THERAPIST);
    assert_int_equal(forms[1].line, 2);
    check_session(&forms[0], "phq-9", 5, 13);
    assert_null(forms[0].clinician);
    assert_null(forms[0].date);
    assert_same(forms[0].day, NAN);
    assert_int_equal(forms[0].rater, ATTUNE_RATER_CLIENT);
    assert_int_equal(forms[0].line, 4);
    assert_int_equal(read_client(&reading), 0);
    assert_int_equal(read_client(&reading), 0);
    attune_forms_free(reading.forms);
}

static void empty_and_the_two_words_are_missing(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading,
                 TEXT("client,session,date,measure,rater,score,clinician\n"
                      "C1,1,NA,phq-9,NA,NA,NA\n"
                      "C1,2,,phq-9,,,\n"
                      "C1,3,#NULL!,phq-9,#NULL!,#NULL!,#NULL!\n"
                      "C1,4, ,phq-9,\"NA\", \"NA\" ,\t\n"),
                 NULL);
    assert_int_equal(read_client(&reading), 4);
    for (int32_t i = 0; i < 4; i++) {
        const attune_form *form = &reading.client.forms[i];
        check_session(form, "phq-9", i + 1, NAN);
        assert_int_equal(form->total.reason, ATTUNE_REASON_EMPTY);
        assert_int_equal(form->rater, ATTUNE_RATER_CLIENT);
        assert_null(form->clinician);
        assert_null(form->date);
    }
    attune_forms_free(reading.forms);
}

static void a_byte_order_mark_crlf_blank_lines_and_no_last_line_end_are_accepted(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading,
                 TEXT("\xEF\xBB\xBF\r\n \t\r\nclient,session,measure,score\r\n\r\n"
                      "C1,0,phq-9,3\r\n\r\n\r\n  C1 , 1 ,phq-9, 4 \r\n  \r\nC1,2,phq-9,5"),
                 NULL);
    assert_int_equal(read_client(&reading), 3);
    check_session(&reading.client.forms[0], "phq-9", 0, 3);
    check_session(&reading.client.forms[1], "phq-9", 1, 4);
    check_session(&reading.client.forms[2], "phq-9", 2, 5);
    assert_int_equal(reading.client.forms[0].line, 5);
    assert_int_equal(reading.client.forms[1].line, 8);
    assert_int_equal(reading.client.forms[2].line, 10);
    attune_forms_free(reading.forms);
}

static void a_quoted_line_end_counts_for_the_rows_after_it(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading,
                 TEXT("note,client,session,measure,score\n"
                      "\"one\ntwo\n\nfour\",C1,1,phq-9,3\nfive,C1,2,phq-9,4\n"),
                 NULL);
    assert_int_equal(read_client(&reading), 2);
    assert_int_equal(reading.client.forms[0].line, 2);
    assert_int_equal(reading.client.forms[1].line, 6);
    attune_forms_free(reading.forms);
}

static void clients_may_share_a_clinician_and_a_date(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading,
                 TEXT("client,session,measure,score,clinician,date\n"
                      "A,1,phq-9,3,T-07,2026-03-01\nB-longer,1,phq-9,4,T-07,2026-03-01\n"
                      "B-longer,2,phq-9,4,T-07,2026-03-08\nC,1,phq-9,4,T-07,2026-03-08\n"),
                 NULL);
    for (size_t count = read_client(&reading); count > 0; count = read_client(&reading))
        for (size_t i = 0; i < count; i++) {
            assert_string_equal(reading.client.forms[i].client, reading.client.client);
            assert_string_equal(reading.client.forms[i].clinician, "T-07");
            assert_memory_equal(reading.client.forms[i].date, "2026-03-0", 9);
        }
    attune_forms_free(reading.forms);
}

static void a_header_alone_has_no_forms(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading, TEXT("client,session,measure,score"), NULL);
    assert_int_equal(read_client(&reading), 0);
    assert_null(reading.client.forms);
    attune_forms_free(reading.forms);
}

static void answers_are_scored_and_kept_when_asked(void **state)
{
    attune_forms_options options = plain_options;
    struct reading reading;
    (void)state;
    options.keep_items = 1;
    open_reading(&reading,
                 TEXT("item_3,client,session,measure,item_1,item_2,item_4,item_5,item_6,item_7\n"
                      "4,C1,1,demo-alliance,5,6,5,5,5,\n"
                      "4,C1,2,demo-alliance,,6,5,5,5,NA\n"
                      ",C1,3,demo-alliance,,,,,,\n"),
                 &options);
    assert_int_equal(read_client(&reading), 3);
    const attune_form *forms = reading.client.forms;
    check_session(&forms[0], "demo-alliance", 1, 5); /* (5 + 6 + 4 + 5 + 5 + 5) / 6 */
    assert_same(forms[0].items[0], 5);
    assert_same(forms[0].items[1], 6);
    assert_same(forms[0].items[2], 4);
    assert_int_equal(forms[0].total.n_items, 6);
    assert_int_equal(forms[0].total.flags & ATTUNE_SCORE_GIVEN, 0);
    check_session(&forms[1], "demo-alliance", 2, NAN);
    assert_int_equal(forms[1].total.reason, ATTUNE_REASON_INCOMPLETE);
    assert_int_equal(forms[1].total.n_answered, 5);
    assert_same(forms[1].items[0], NAN);
    check_session(&forms[2], "demo-alliance", 3, NAN);
    assert_int_equal(forms[2].total.reason, ATTUNE_REASON_EMPTY);
    assert_int_equal(forms[2].total.n_items, 6);
    assert_null(forms[2].items);
    attune_forms_free(reading.forms);
}

static void answers_are_not_kept_unless_asked(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading, TEXT("client,session,measure,item_1,item_2\nC1,1,phq-9,3,2\n"), NULL);
    assert_int_equal(read_client(&reading), 1);
    assert_null(reading.client.forms[0].items);
    attune_forms_free(reading.forms);
}

static void subscales_come_with_answers_and_not_with_a_total(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading,
                 TEXT("client,session,measure,score,item_1,item_2,item_3,item_4,item_5,item_6,"
                      "item_7,item_8,item_9,item_10,item_11,item_12\n"
                      "C1,1,wai-sr,,5,5,5,5,5,5,5,5,5,5,5,5\n"
                      "C1,2,wai-sr,60,,,,,,,,,,,,\n"),
                 NULL);
    assert_int_equal(read_client(&reading), 2);
    const attune_form *forms = reading.client.forms;
    assert_non_null(forms[0].subscales);
    for (int32_t i = 0; i < 3; i++) {
        assert_int_equal(forms[0].subscales[i].subscale, i);
        assert_int_equal(forms[0].subscales[i].n_answered, 4);
    }
    assert_null(forms[1].subscales);
    assert_int_equal(forms[1].total.flags & ATTUNE_SCORE_GIVEN, ATTUNE_SCORE_GIVEN);
    attune_forms_free(reading.forms);
}

static void a_total_that_no_form_gives_is_accepted_and_flagged(void **state)
{
    struct reading reading;
    (void)state;
    open_reading(&reading,
                 TEXT("client,session,measure,score\nC1,1,phq-9,10.125\nC1,2,phq-9,10\n"
                      "C1,3,phq-9,1.0e1\nC1,4,phq-9,+7.\n"),
                 NULL);
    assert_int_equal(read_client(&reading), 4);
    const attune_form *forms = reading.client.forms;
    check_session(&forms[0], "phq-9", 1, 10.125);
    assert_int_equal(forms[0].total.flags, ATTUNE_SCORE_GIVEN | ATTUNE_SCORE_OFF_STEP);
    check_session(&forms[1], "phq-9", 2, 10);
    assert_int_equal(forms[1].total.flags, ATTUNE_SCORE_GIVEN);
    check_session(&forms[2], "phq-9", 3, 10);
    check_session(&forms[3], "phq-9", 4, 7);
    attune_forms_free(reading.forms);
}

static void a_measure_that_no_scale_describes_has_scores_alone(void **state)
{
    attune_forms_options options = plain_options;
    struct reading reading;
    (void)state;
    options.allow_unknown = 1;
    open_reading(&reading,
                 TEXT("client,session,measure,score\nC1,1,house-form,-3.5\nC1,2,house-form,\n"),
                 &options);
    assert_int_equal(read_client(&reading), 2);
    const attune_form *forms = reading.client.forms;
    check_session(&forms[0], "house-form", 1, -3.5);
    assert_null(forms[0].scale);
    assert_int_equal(forms[0].total.flags, ATTUNE_SCORE_GIVEN);
    assert_int_equal(forms[0].total.band, -1);
    assert_int_equal(forms[1].total.reason, ATTUNE_REASON_EMPTY);
    attune_forms_free(reading.forms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_stand_in_any_order_and_others_are_passed_over),
        cmocka_unit_test(empty_and_the_two_words_are_missing),
        cmocka_unit_test(a_byte_order_mark_crlf_blank_lines_and_no_last_line_end_are_accepted),
        cmocka_unit_test(a_quoted_line_end_counts_for_the_rows_after_it),
        cmocka_unit_test(clients_may_share_a_clinician_and_a_date),
        cmocka_unit_test(a_header_alone_has_no_forms),
        cmocka_unit_test(answers_are_scored_and_kept_when_asked),
        cmocka_unit_test(answers_are_not_kept_unless_asked),
        cmocka_unit_test(subscales_come_with_answers_and_not_with_a_total),
        cmocka_unit_test(a_total_that_no_form_gives_is_accepted_and_flagged),
        cmocka_unit_test(a_measure_that_no_scale_describes_has_scores_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
