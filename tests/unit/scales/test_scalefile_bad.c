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

/* The check that collects finds the same first problem, and no message holds more than it may. */
static void check_all(const struct file *file, const struct expected *row)
{
    attune_error problems[4];
    size_t count = 0;
    assert_int_equal(attune_scale_set_check(NULL, file->text, file->n, problems, 4, &count),
                     ATTUNE_E_FORMAT);
    assert_true(count >= 1);
    assert_string_equal(problems[0].key, row->key);
    for (size_t i = 0; i < count && i < 4; i++)
        assert_int_equal(strncmp(problems[i].text, "expected ", 9), 0);
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
    check_all(&file, row);
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

static void the_check_lists_every_problem_with_its_line(void **state)
{
    static const char text[] = "[{\"id\":\"a\",\n\"title\":7,\"rater\":\"nobody\",\n"
                               "\"direction\":\"higher is worse\",\"what\":1,\n"
                               "\"norms\":[{\"population\":\"P\",\"mean\":1}]},\n"
                               "{\"id\":\"gad-7\",\"title\":\"T\",\"rater\":\"client\","
                               "\"direction\":\"higher is worse\",\"score_only\":true,"
                               "\"range\":[0,9],\n\"cutoffs\":[{\"value\":10}]}]";
    const struct {
        const char *key;
        uint64_t line;
    } want[] = { { "[0].what", 3 },
                 { "[0].title", 2 },
                 { "[0].rater", 2 },
                 { "[0].norms[0].sd", 4 },
                 { "[1].cutoffs[0].value", 6 },
                 { "[1].id", 5 } };
    attune_error problems[8];
    size_t count = 0;
    (void)state;
    assert_int_equal(attune_scale_set_check(NULL, text, strlen(text), problems, 8, &count),
                     ATTUNE_E_FORMAT);
    assert_int_equal(count, sizeof want / sizeof *want);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(problems[i].key, want[i].key);
        assert_int_equal(problems[i].line, want[i].line);
    }
    assert_int_equal(attune_scale_set_check(NULL, text, strlen(text), NULL, 0, &count),
                     ATTUNE_E_FORMAT);
    assert_int_equal(count, sizeof want / sizeof *want);
}

static void the_check_needs_a_text_and_room_for_the_count(void **state)
{
    size_t count = 0;
    (void)state;
    assert_int_equal(attune_scale_set_check(NULL, NULL, 0, NULL, 0, &count), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_scale_set_check(NULL, "[]", 2, NULL, 0, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_scale_set_check(NULL, "[]", 2, NULL, 1, &count), ATTUNE_E_ARGUMENT);
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
        cmocka_unit_test(the_check_lists_every_problem_with_its_line),
        cmocka_unit_test(the_check_needs_a_text_and_room_for_the_count),
        cmocka_unit_test(a_refusal_needs_nobody_who_listens),
        cmocka_unit_test(missing_pointers_come_before_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
