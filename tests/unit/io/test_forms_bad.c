/* What the forms reader refuses: where, why, in which order, and without an echo. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/io/bad_files.h"
#include "tests/unit/io/open.h"
#include "tests/unit/near.h"

#include <stdlib.h>

/* Values of the rows that are refused hold one of these: no message may. */
static const char *const secrets[] = { "31337", "Sekret" };

static void check_silence(const attune_error *err)
{
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        assert_null(strstr(err->text, secrets[i]));
        assert_null(strstr(err->key, secrets[i]));
    }
}

static void every_bad_file_is_refused_at_its_place_without_an_echo(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_BAD; i++) {
        const struct bad_file *bad = &bad_files[i];
        attune_error err = ATTUNE_ERROR_INIT;
        attune_status status = read_text(bad->text, bad->n, NULL, &err);
        if (status != bad->status || err.code != status || err.line != bad->line ||
            err.column != bad->column || strcmp(err.key, bad->key) != 0)
            fail_msg("%s: %d at %d:%d (%s), expected %d at %d:%d (%s)", bad->name, status,
                     (int)err.line, (int)err.column, err.key, bad->status, (int)bad->line,
                     (int)bad->column, bad->key);
        if (strncmp(err.text, "expected ", strlen("expected ")) != 0)
            fail_msg("%s: says not what was expected: %s", bad->name, err.text);
        check_silence(&err);
    }
}

static void every_bad_row_can_be_left_out(void **state)
{
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    (void)state;
    options.skip_bad = 1;
    for (size_t i = 0; i < N_BAD; i++) {
        const struct bad_file *bad = &bad_files[i];
        attune_error err = ATTUNE_ERROR_INIT;
        attune_forms *forms = NULL;
        attune_status status =
            open_text(&forms, bad->text, bad->n, ATN_SOURCE_BLOCK, &options, NULL, &err);
        if (strncmp(bad->text, HEAD, strlen(HEAD)) != 0 && status != ATTUNE_OK) {
            assert_int_equal(status, bad->status);
            continue; /* a header cannot be left out */
        }
        assert_int_equal(read_all(forms, &err), ATTUNE_OK);
        if (attune_forms_bad_count(forms) != 1)
            fail_msg("%s: %d left out", bad->name, (int)attune_forms_bad_count(forms));
        assert_int_equal(attune_forms_bad(forms, 0, &err), ATTUNE_OK);
        assert_int_equal(err.code, bad->status);
        assert_int_equal(err.line, bad->line);
        assert_int_equal(err.column, bad->column);
        assert_int_equal(attune_forms_bad(forms, 1, &err), ATTUNE_E_COUNT);
        attune_forms_free(forms);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bad_file_is_refused_at_its_place_without_an_echo),
        cmocka_unit_test(every_bad_row_can_be_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
