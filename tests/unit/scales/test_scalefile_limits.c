/* How large a scale file may be: at each limit it loads, one beyond it is refused. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/scales/file.h"

#include <attune/scalefile.h>

#define ROOM (2u << 20)

static const char one[] = "{\"id\":\"own-%zu\",\"title\":\"Own\",\"rater\":\"client\","
                          "\"direction\":\"higher is worse\",\"score_only\":true,"
                          "\"range\":[0,40]}";

/* A list of so many scales, followed by blanks up to n bytes (0: none). */
static char *list_of(size_t scales, size_t n)
{
    char *text = malloc(ROOM);
    size_t used = 0;
    assert_non_null(text);
    text[used++] = '[';
    for (size_t i = 0; i < scales; i++) {
        used += (size_t)snprintf(text + used, ROOM - used, one, i);
        text[used++] = i + 1 < scales ? ',' : ']';
    }
    while (used < n)
        text[used++] = ' ';
    text[used] = '\0';
    return text;
}

static attune_status load(char *text, attune_error *err)
{
    attune_scale_set *set = NULL;
    attune_status status = attune_scale_set_load(&set, text, strlen(text), NULL, err);
    attune_scale_set_free(set);
    free(text);
    return status;
}

static void as_many_scales_load_as_the_header_says(void **state)
{
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    assert_int_equal(load(list_of(ATTUNE_SCALEFILE_SCALES_MAX, 0), &err), ATTUNE_OK);
    assert_int_equal(load(list_of(ATTUNE_SCALEFILE_SCALES_MAX + 1, 0), &err), ATTUNE_E_FORMAT);
    assert_string_equal(err.text, "expected 1 to 256 scales");
}

static void as_many_bytes_load_as_the_header_says(void **state)
{
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    assert_int_equal(load(list_of(1, ATTUNE_SCALEFILE_BYTES_MAX), &err), ATTUNE_OK);
    assert_int_equal(load(list_of(1, ATTUNE_SCALEFILE_BYTES_MAX + 1), &err), ATTUNE_E_FORMAT);
    assert_string_equal(err.text, "expected a file of at most 1 MiB");
}

static void a_long_unknown_key_is_cut_to_what_the_error_holds(void **state)
{
    char key[200], *text = malloc(ROOM);
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    assert_non_null(text);
    snprintf(text, ROOM, "{\"%s\":1}", key);
    assert_int_equal(load(text, &err), ATTUNE_E_FORMAT);
    assert_int_equal(strlen(err.key), sizeof err.key - 1);
}

static void an_unknown_key_is_repeated_without_its_control_characters(void **state)
{
    attune_error err = ATTUNE_ERROR_INIT;
    char *text = malloc(64);
    (void)state;
    assert_non_null(text);
    snprintf(text, 64, "{\"a\\u001b[2J\xc3\xa9\":1}");
    assert_int_equal(load(text, &err), ATTUNE_E_FORMAT);
    assert_string_equal(err.key, "a?[2J??");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_scales_load_as_the_header_says),
        cmocka_unit_test(as_many_bytes_load_as_the_header_says),
        cmocka_unit_test(a_long_unknown_key_is_cut_to_what_the_error_holds),
        cmocka_unit_test(an_unknown_key_is_repeated_without_its_control_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
