/* Every file of bad/ is refused with the status, the line and the key that expected.txt names. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/scales/file.h"

#include <attune/scalefile.h>

struct expected {
    char name[64], status[16], line[16], key[64];
};

/* "file status line key"; a key of "-" is the whole file, which has none. */
static int read_row(const char *row, struct expected *to)
{
    if (row[0] == '#' ||
        sscanf(row, "%63s %15s %15s %63s", to->name, to->status, to->line, to->key) != 4)
        return 0;
    if (!strcmp(to->key, "-"))
        to->key[0] = '\0';
    return 1;
}

static void say(const struct expected *row, const attune_error *err)
{
    if (strcmp(err->key, row->key) != 0)
        print_error("%s: key \"%s\", expected \"%s\"\n", row->name, err->key, row->key);
}

static void check_row(const struct expected *row)
{
    static char nobody;
    attune_scale_set *const untouched = (attune_scale_set *)(void *)&nobody;
    attune_scale_set *set = untouched;
    attune_error err = ATTUNE_ERROR_INIT;
    int is_double = !strcmp(row->status, "duplicate");
    char path[128];
    snprintf(path, sizeof path, "tests/unit/scales/bad/%s.json", row->name);
    struct file file = read_file(path);
    assert_non_null(file.text);
    assert_int_equal(attune_scale_set_load(&set, file.text, file.n, NULL, &err),
                     is_double ? ATTUNE_E_DUPLICATE : ATTUNE_E_FORMAT);
    say(row, &err);
    assert_ptr_equal(set, untouched);
    assert_string_equal(err.key, row->key);
    assert_int_equal(strncmp(err.text, "expected ", 9), 0);
    if (row->line[0] != '-')
        assert_int_equal(err.line, atoi(row->line));
    free(file.text);
}

static void every_bad_file_is_refused_where_it_is_bad(void **state)
{
    struct file list = read_file("tests/unit/scales/bad/expected.txt");
    struct expected row;
    int rows = 0;
    (void)state;
    assert_non_null(list.text);
    for (char *at = strtok(list.text, "\n"); at; at = strtok(NULL, "\n")) {
        if (!read_row(at, &row))
            continue;
        check_row(&row);
        rows++;
    }
    assert_true(rows > 100);
    free(list.text);
}

static void a_refusal_needs_nobody_who_listens(void **state)
{
    attune_scale_set *set = NULL;
    (void)state;
    assert_int_equal(attune_scale_set_load(&set, "[3]", 3, NULL, NULL), ATTUNE_E_FORMAT);
    assert_int_equal(attune_scale_set_load(&set, "[", 1, NULL, NULL), ATTUNE_E_FORMAT);
    assert_null(set);
}

static void missing_pointers_come_before_the_text(void **state)
{
    attune_scale_set *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    assert_int_equal(attune_scale_set_load(NULL, "[", 1, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_string_equal(err.key, "out");
    assert_int_equal(attune_scale_set_load(&set, NULL, 1, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_string_equal(err.key, "text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bad_file_is_refused_where_it_is_bad),
        cmocka_unit_test(a_refusal_needs_nobody_who_listens),
        cmocka_unit_test(missing_pointers_come_before_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
