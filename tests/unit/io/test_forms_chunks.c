/* Wherever a file is cut into blocks, and whatever it comes from, the same comes out. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/io/bad_files.h"
#include "tests/unit/io/open.h"
#include "tests/unit/near.h"

#include <attune/text.h>

#include <stdlib.h>
#include <unistd.h>

static const size_t blocks[] = { 1, 2, 3, 5, 7, 13, 64, 1000 };

/* A byte-order mark, both line ends, quotes, characters of two to four bytes, blank lines. */
static const char good[] =
    "\xEF\xBB\xBF"
    "note,client,session,date,measure,clinician,score,item_1,item_2,item_3,item_4,item_5,item_6\r\n"
    "\"z\xC3\xBCrich,\r\n \"\"\xE2\x82\xAC\"\"\n\n\",\xC3\x84nne,3,2026-03-01,demo-alliance,"
    "\xF0\x9F\x8C\x8A,,5,6,4,5,5,5\r\n"
    "\r\n"
    "  plain , B , 2 , , phq-9 ,T-01, 10.125 ,,,,,,\r\n"
    ",\xC3\x84nne,1,2026-02-01,demo-alliance,\xF0\x9F\x8C\x8A,4.5,,,,,,\n"
    "\n \t\n"
    "\"\",\"B\",\"1\",\"\",\"phq-9\",\"\",\"9\",\"\",\"\",\"\",\"\",\"\",\"NA\"\n"
    ",A,1,,wai-sr,,,1,2,3,4,5,1";

static void check_blocks(const char *name, const char *text, size_t n,
                         const attune_forms_options *options)
{
    char *whole = write_down(text, n, ATN_SOURCE_BLOCK, options);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        char *cut = write_down(text, n, blocks[i], options);
        if (strcmp(cut, whole) != 0)
            fail_msg("%s in blocks of %d bytes:\n%s\ninstead of\n%s", name, (int)blocks[i], cut,
                     whole);
        free(cut);
    }
    free(whole);
}

static void blocks_of_any_size_give_the_same(void **state)
{
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    (void)state;
    options.keep_items = 1;
    check_blocks("good", good, sizeof good - 1, &options);
    for (size_t i = 0; i < N_BAD; i++) {
        options.skip_bad = 0;
        check_blocks(bad_files[i].name, bad_files[i].text, bad_files[i].n, &options);
        options.skip_bad = 1;
        check_blocks(bad_files[i].name, bad_files[i].text, bad_files[i].n, &options);
    }
}

static void a_cut_anywhere_leaves_a_clean_answer(void **state)
{
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    (void)state;
    for (size_t n = 0; n < sizeof good; n++) {
        options.skip_bad = (int32_t)(n % 2);
        check_blocks("cut", good, n, &options);
    }
}

static void a_character_may_lie_across_blocks(void **state)
{
    (void)state;
    for (int pad = 0; pad < 16; pad++) {
        char text[256];
        int n = snprintf(text, sizeof text,
                         "note,client,session,measure,score\n%.*s\xF0\x9F\x8C\x8A\xE2\x82\xAC"
                         "\xC3\xBC\xF0\x9F\x8C\x8A\xE2\x82\xAC\xC3\xBC,A,1,phq-9,3\n",
                         pad, "xxxxxxxxxxxxxxxx");
        check_blocks("characters", text, (size_t)n, NULL);
    }
}

static void the_order_of_rows_does_not_change_what_comes_out(void **state)
{
    static const char head[] = "client,session,measure,score\n";
    static const char *const rows[] = { "A,1,phq-9,1\n", "A,2,phq-9,2\n", "B,1,gad-7,3\n",
                                        "B,1,phq-9,4\n", "C,5,phq-9,5\n" };
    static const size_t turns[][5] = { { 4, 3, 2, 1, 0 }, { 2, 0, 4, 1, 3 }, { 3, 2, 1, 0, 4 } };
    attune_client_forms client = { .struct_size = sizeof client };
    (void)state;
    for (size_t t = 0; t < sizeof turns / sizeof *turns; t++) {
        char text[256];
        attune_forms *forms = NULL;
        size_t n = (size_t)snprintf(text, sizeof text, "%s", head);
        double next = 1;
        for (size_t i = 0; i < 5; i++)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s", rows[turns[t][i]]);
        assert_int_equal(open_text(&forms, text, n, ATN_SOURCE_BLOCK, NULL, NULL, NULL), ATTUNE_OK);
        while (attune_forms_next(forms, &client, NULL) == ATTUNE_OK && client.count > 0)
            for (uint64_t i = 0; i < client.count; i++, next++)
                assert_same(client.forms[i].total.score, next);
        assert_same(next, 6);
        attune_forms_free(forms);
    }
}

static uint64_t count_forms(const char *path)
{
    attune_client_forms client = { .struct_size = sizeof client };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_forms *forms = NULL;
    uint64_t count = 0;
    if (attune_forms_new(&forms, path, NULL, NULL, &err) != ATTUNE_OK)
        fail_msg("%s", err.text);
    while (attune_forms_next(forms, &client, &err) == ATTUNE_OK && client.count > 0)
        count += client.count;
    assert_int_equal(err.code, ATTUNE_OK);
    attune_forms_free(forms);
    return count;
}

static void a_pipe_on_standard_input_is_read(void **state)
{
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], good, sizeof good - 1), sizeof good - 1);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    assert_int_equal(count_forms("-"), 5);
    clearerr(stdin);
}

static void a_file_is_read_by_its_path_and_on_standard_input(void **state)
{
    char path[] = "forms-XXXXXX";
    int file = mkstemp(path);
    (void)state;
    assert_true(file >= 0);
    assert_int_equal(write(file, good, sizeof good - 1), sizeof good - 1);
    assert_int_equal(count_forms(path), 5);
    lseek(file, 0, SEEK_SET);
    dup2(file, STDIN_FILENO);
    close(file);
    assert_int_equal(count_forms("-"), 5);
    clearerr(stdin);
    unlink(path);
}

static void what_cannot_be_read_is_said_without_its_path(void **state)
{
    static const char *const paths[] = { "/", "/nowhere/Sekret.csv", "" };
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        attune_error err = ATTUNE_ERROR_INIT;
        attune_forms *forms = NULL;
        assert_int_equal(attune_forms_new(&forms, paths[i], NULL, NULL, &err), ATTUNE_E_IO);
        assert_string_equal(err.text, "expected a file that can be read");
        assert_string_equal(err.key, "");
        assert_null(forms);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_of_any_size_give_the_same),
        cmocka_unit_test(a_cut_anywhere_leaves_a_clean_answer),
        cmocka_unit_test(a_character_may_lie_across_blocks),
        cmocka_unit_test(the_order_of_rows_does_not_change_what_comes_out),
        cmocka_unit_test(a_pipe_on_standard_input_is_read),
        cmocka_unit_test(a_file_is_read_by_its_path_and_on_standard_input),
        cmocka_unit_test(what_cannot_be_read_is_said_without_its_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
