/* How the forms reader refuses: the first bad row, limits, counts, and what calls are given. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/io/open.h"
#include "tests/unit/near.h"

#include <stdlib.h>

static void check_first(const char *text, attune_status status, uint64_t line)
{
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(read_text(text, strlen(text), NULL, &err), status);
    assert_int_equal(err.line, line);
}

static void the_first_bad_row_of_the_file_is_the_one_named(void **state)
{
    (void)state;
    check_first("client,session,measure,score\nA,1,phq-9,1\nA,1,phq-9,2\nA,3,phq-9,bad\n",
                ATTUNE_E_DUPLICATE, 3);
    check_first("client,session,measure,score\nA,1,phq-9,1\nA,3,phq-9,bad\nA,1,phq-9,2\n",
                ATTUNE_E_VALUE, 3);
    check_first("client,session,measure,score\nB,1,phq-9,1\nA,1,phq-9,1\nB,1,phq-9,2\n"
                "A,1,phq-9,2\nA,9,phq-9,bad\n",
                ATTUNE_E_DUPLICATE, 4);
    check_first("client,session,measure,score\nA,1,gad-7,1\nA,1,phq-9,1\nA,1,phq-9,2\n"
                "A,1,gad-7,2\n",
                ATTUNE_E_DUPLICATE, 4);
    check_first("client,session,measure,score\nA,1,phq-9,1\nB,1,phq-9,bad\nA,1,phq-9,1\n",
                ATTUNE_E_VALUE, 3);
}

static void of_one_row_the_first_bad_field_is_the_one_named(void **state)
{
    const char *text = "client,session,measure,score\nA,x,nosuch,bad\n";
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    assert_int_equal(read_text(text, strlen(text), NULL, &err), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "session");
}

static void an_expectation_names_the_range_that_the_scale_has(void **state)
{
    const char *answer = "client,session,measure,item_1\nA,1,phq-9,9\n";
    const char *total = "client,session,measure,score\nA,1,phq-9,99\n";
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    read_text(answer, strlen(answer), NULL, &err);
    assert_string_equal(err.text, "expected an answer from 0 to 3 in steps of 1");
    read_text(total, strlen(total), NULL, &err);
    assert_string_equal(err.text, "expected a total from 0 to 27");
}

static void what_ended_the_reading_is_said_again_and_touches_nothing(void **state)
{
    const char *text = "client,session,measure,score\nA,1,phq-9,1\nB,1,phq-9,bad\n";
    attune_client_forms client = { .struct_size = sizeof client, .count = 77 };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_forms *forms = NULL;
    (void)state;
    open_text(&forms, text, strlen(text), ATN_SOURCE_BLOCK, NULL, NULL, NULL);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(attune_forms_next(forms, &client, &err), ATTUNE_E_VALUE);
        assert_int_equal(err.line, 3);
        assert_int_equal(client.count, 77);
    }
    assert_int_equal(attune_forms_next(forms, &client, NULL), ATTUNE_E_VALUE);
    attune_forms_free(forms);
}

static void a_file_that_is_not_opened_leaves_the_handle_alone(void **state)
{
    attune_forms *const before = (attune_forms *)state;
    attune_forms *forms = before;
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(open_text(&forms, "x\n", 2, ATN_SOURCE_BLOCK, NULL, NULL, &err),
                     ATTUNE_E_FORMAT);
    assert_ptr_equal(forms, before);
}

static char *repeat(const char *head, char c, size_t n, const char *tail, size_t *length)
{
    size_t start = strlen(head);
    size_t end = strlen(tail);
    char *text = malloc(start + n + end + 1);
    assert_non_null(text);
    memcpy(text, head, start);
    memset(text + start, c, n);
    memcpy(text + start + n, tail, end + 1);
    *length = start + n + end;
    return text;
}

static void check_field_of(size_t n, const char *head, const char *tail, attune_status status)
{
    attune_error err = ATTUNE_ERROR_INIT;
    size_t length;
    char *text = repeat(head, 'x', n, tail, &length);
    assert_int_equal(read_text(text, length, NULL, &err), status);
    if (status != ATTUNE_OK) {
        assert_int_equal(err.line, 2);
        assert_int_equal(err.column, 2);
        assert_string_equal(err.text, "expected at most 65536 bytes in a field");
    }
    free(text);
}

static void a_field_has_a_largest_length(void **state)
{
    const char *head = "client,note,session,measure,score\nA,";
    const char *quoted = "client,note,session,measure,score\nA,\"";
    (void)state;
    check_field_of(ATTUNE_FORMS_FIELD_MAX, head, ",1,phq-9,1\n", ATTUNE_OK);
    check_field_of(ATTUNE_FORMS_FIELD_MAX, quoted, "\",1,phq-9,1\n", ATTUNE_OK);
    check_field_of(ATTUNE_FORMS_FIELD_MAX + 1, head, ",1,phq-9,1\n", ATTUNE_E_FORMAT);
    check_field_of(ATTUNE_FORMS_FIELD_MAX + 1, quoted, "\",1,phq-9,1\n", ATTUNE_E_FORMAT);
    check_field_of(ATTUNE_FORMS_FIELD_MAX * 20, head, ",1,phq-9,1\n", ATTUNE_E_FORMAT);
    check_field_of(ATTUNE_FORMS_FIELD_MAX * 20, quoted, "\",1,phq-9,1\n", ATTUNE_E_FORMAT);
    check_field_of(ATTUNE_FORMS_FIELD_MAX * 20, quoted, "", ATTUNE_E_FORMAT);
}

static void a_header_has_a_largest_number_of_columns(void **state)
{
    attune_error err = ATTUNE_ERROR_INIT;
    size_t length;
    char *text =
        repeat("client,session,measure,score", ',', ATTUNE_FORMS_COLUMNS_MAX - 4, "\n", &length);
    (void)state;
    assert_int_equal(read_text(text, length, NULL, &err), ATTUNE_OK);
    free(text);
    text = repeat("client,session,measure,score", ',', ATTUNE_FORMS_COLUMNS_MAX - 3, "\n", &length);
    assert_int_equal(read_text(text, length, NULL, &err), ATTUNE_E_FORMAT);
    assert_int_equal(err.column, ATTUNE_FORMS_COLUMNS_MAX + 1);
    free(text);
}

static void bad_rows_are_all_counted_and_the_first_have_details(void **state)
{
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    attune_forms_info info = { .struct_size = sizeof info };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_forms *forms = NULL;
    FILE *file = tmpfile();
    (void)state;
    options.skip_bad = 1;
    /* A duplicate, found only when its client is done, precedes the bad rows of its client. */
    fputs("client,session,measure,score\nA,1,phq-9,1\nA,1,phq-9,1\n", file);
    for (int i = 0; i < ATTUNE_FORMS_BAD_MAX + 500; i++)
        fputs("A,2,phq-9,bad\n", file);
    fputs("B,1,phq-9,1\n", file);
    rewind(file);
    assert_int_equal(atn_forms_open(&forms, file, 1, ATN_SOURCE_BLOCK, &options, NULL, &err),
                     ATTUNE_OK);
    assert_int_equal(read_all(forms, &err), ATTUNE_OK);
    assert_int_equal(attune_forms_bad_count(forms), ATTUNE_FORMS_BAD_MAX);
    attune_forms_describe(forms, &info);
    assert_int_equal(info.bad, ATTUNE_FORMS_BAD_MAX + 501);
    assert_int_equal(info.rows, 2);
    for (size_t i = 0; i < ATTUNE_FORMS_BAD_MAX; i++) {
        assert_int_equal(attune_forms_bad(forms, i, &err), ATTUNE_OK);
        assert_int_equal(err.line, i + 3);
    }
    attune_forms_free(forms);
}

static void answers_for_a_measure_without_a_scale_are_refused(void **state)
{
    const char *text = "client,session,measure,item_1\nA,1,house-form,1\n";
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    options.allow_unknown = 1;
    assert_int_equal(read_text(text, strlen(text), &options, &err), ATTUNE_E_UNKNOWN);
    assert_int_equal(err.column, 3);
}

static void an_infinite_score_is_refused_whatever_the_measure(void **state)
{
    const char *text = "client,session,measure,score\nA,1,house-form,1e999\n";
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    options.allow_unknown = 1;
    assert_int_equal(read_text(text, strlen(text), &options, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.column, 4);
}

static void a_form_given_twice_is_found_among_many_measures(void **state)
{
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    attune_forms_info info = { .struct_size = sizeof info };
    attune_forms *forms = NULL;
    FILE *file = tmpfile();
    (void)state;
    options.allow_unknown = 1;
    options.skip_bad = 1;
    fputs("client,session,measure,score\n", file);
    for (int i = 0; i < 1200; i++)
        fprintf(file, "A,1,house-form-%d,1\n", i % 600);
    rewind(file);
    assert_int_equal(atn_forms_open(&forms, file, 1, ATN_SOURCE_BLOCK, &options, NULL, NULL),
                     ATTUNE_OK);
    assert_int_equal(read_all(forms, NULL), ATTUNE_OK);
    attune_forms_describe(forms, &info);
    assert_int_equal(info.bad, 600);
    attune_forms_free(forms);
}

static void calls_check_what_they_are_given(void **state)
{
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    attune_client_forms client = { 0 };
    attune_forms_info info = { 0 };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_forms *forms = NULL;
    (void)state;
    assert_int_equal(attune_forms_new(NULL, "x", NULL, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_forms_new(&forms, NULL, NULL, NULL, &err), ATTUNE_E_ARGUMENT);
    options.skip_bad = 2;
    assert_int_equal(attune_forms_new(&forms, "x", &options, NULL, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "skip_bad");
    options = (attune_forms_options)ATTUNE_FORMS_OPTIONS_INIT;
    options.keep_items = -1;
    assert_int_equal(attune_forms_new(&forms, "x", &options, NULL, &err), ATTUNE_E_OPTION);
    options = (attune_forms_options)ATTUNE_FORMS_OPTIONS_INIT;
    options.allow_unknown = 3;
    assert_int_equal(attune_forms_new(&forms, "x", &options, NULL, &err), ATTUNE_E_OPTION);
    options.struct_size = 0;
    assert_int_equal(attune_forms_new(&forms, "x", &options, NULL, &err), ATTUNE_E_STRUCT_SIZE);
    open_text(&forms, "client,session,measure,score", 28, ATN_SOURCE_BLOCK, NULL, NULL, NULL);
    assert_int_equal(attune_forms_next(NULL, &client, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_forms_next(forms, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_forms_next(forms, &client, &err), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_forms_describe(forms, &info), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_forms_describe(NULL, &info), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_forms_describe(forms, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_forms_bad_count(NULL), 0);
    assert_int_equal(attune_forms_bad(forms, 0, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_forms_bad(NULL, 0, &err), ATTUNE_E_ARGUMENT);
    err.struct_size = 0;
    assert_int_equal(attune_forms_bad(forms, 0, &err), ATTUNE_E_STRUCT_SIZE);
    attune_forms_free(forms);
    attune_forms_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_bad_row_of_the_file_is_the_one_named),
        cmocka_unit_test(of_one_row_the_first_bad_field_is_the_one_named),
        cmocka_unit_test(an_expectation_names_the_range_that_the_scale_has),
        cmocka_unit_test(what_ended_the_reading_is_said_again_and_touches_nothing),
        cmocka_unit_test(a_file_that_is_not_opened_leaves_the_handle_alone),
        cmocka_unit_test(a_field_has_a_largest_length),
        cmocka_unit_test(a_header_has_a_largest_number_of_columns),
        cmocka_unit_test(bad_rows_are_all_counted_and_the_first_have_details),
        cmocka_unit_test(answers_for_a_measure_without_a_scale_are_refused),
        cmocka_unit_test(an_infinite_score_is_refused_whatever_the_measure),
        cmocka_unit_test(a_form_given_twice_is_found_among_many_measures),
        cmocka_unit_test(calls_check_what_they_are_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
