/* Rule files: the built-in ones read back, each key refused where it stands, without memory. */
/* SPDX-License-Identifier: MIT */
#include <attune/rulefile.h>

#include "lib/core/rule/rule.h"

#include "tests/unit/near.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char example[] = "{\n"
                              "  \"id\": \"north-clinic\",\n"
                              "  \"version\": 2,\n"
                              "  \"text\": \"fewer alarms\",\n"
                              "  \"rules\": [\n"
                              "    { \"rule\": \"own_range\", \"version\": 1,\n"
                              "      \"parameters\": [\n"
                              "        { \"name\": \"k_probable\", \"value\": 2.75 },\n"
                              "        { \"name\": \"delta_repair\", \"value\": 0.8 }\n"
                              "      ] },\n"
                              "    { \"rule\": \"erosion\" }\n"
                              "  ]\n"
                              "}\n";

static double param(const attune_rule_choice *choice, const char *name)
{
    attune_param_info about = { .struct_size = sizeof about };
    for (size_t i = 0; attune_rule_param(choice->rule, i, &about) == ATTUNE_OK; i++)
        if (strcmp(about.name, name) == 0)
            return choice->params[i];
    return NAN;
}

static attune_ruleset *loaded(const char *text, size_t n)
{
    attune_ruleset *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_ruleset_load(&set, text, n, NULL, &err);
    if (status != ATTUNE_OK)
        print_error("%s: %s\n", err.key, err.text);
    assert_int_equal(status, ATTUNE_OK);
    return set;
}

static void a_file_gives_its_rules_with_what_it_changes(void **state)
{
    attune_ruleset *set = loaded(example, strlen(example));
    attune_ruleset_info about = { .struct_size = sizeof about };
    attune_rule_choice choice, own;
    (void)state;
    assert_int_equal(attune_ruleset_describe(set, &about), ATTUNE_OK);
    assert_string_equal(about.id, "north-clinic/2");
    assert_string_equal(about.text, "fewer alarms");
    /* sha256sum of the text */
    assert_string_equal(about.hash,
                        "e1da95b4650b1a7567e2e05b9afe0c4b83e2c14c57af49ddf52362dff43c4b89");
    assert_string_equal(about.label, "north-clinic/2 (SHA-256 e1da95b4650b)");
    assert_int_equal(about.count, 2);
    assert_int_equal(attune_ruleset_choice(set, 0, &choice), ATTUNE_OK);
    assert_int_equal(attune_rule_choose(attune_rule_find("own_range"), &own), ATTUNE_OK);
    assert_ptr_equal(choice.rule, own.rule);
    assert_same(param(&choice, "k_probable"), 2.75);
    assert_same(param(&choice, "delta_repair"), 0.8);
    assert_same(param(&choice, "k_possible"), param(&own, "k_possible"));
    assert_int_equal(attune_ruleset_choice(set, 1, &choice), ATTUNE_OK);
    assert_string_equal(choice.rule->info.id, "erosion");
    assert_int_equal(attune_ruleset_choice(set, 2, &choice), ATTUNE_E_COUNT);
    attune_ruleset_free(set);
    attune_ruleset_free(NULL);
}

static void a_byte_order_mark_and_a_word_for_many_rules_are_read(void **state)
{
    static const char *const words[] = { "every", "looking back" };
    static const char *const same[] = { "all", "live" };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char text[128];
        attune_ruleset_info about = { .struct_size = sizeof about }, wanted = about;
        int n = snprintf(text, sizeof text,
                         "\xef\xbb\xbf{\"id\":\"x\",\"version\":1,\"text\":\"t\",\"takes\":\"%s\"}",
                         words[i]);
        attune_ruleset *set = loaded(text, (size_t)n);
        assert_int_equal(attune_ruleset_describe(set, &about), ATTUNE_OK);
        assert_int_equal(attune_ruleset_describe(attune_ruleset_find(same[i]), &wanted), ATTUNE_OK);
        assert_int_equal(about.count, wanted.count);
        attune_ruleset_free(set);
    }
}

/* ---- The built-in files ---- */

static char text[ATTUNE_RULEFILE_BYTES_MAX];

static size_t read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t n;
    assert_non_null(file);
    n = fread(text, 1, sizeof text - 2, file);
    (void)fclose(file);
    text[n] = '\0';
    return n;
}

/* The loader's reading of a built-in file under another name is what was compiled from it. */
static void each_built_in_file_is_read_as_it_was_compiled(void **state)
{
    const char *const folder = *state;
    for (size_t s = 0; s < attune_ruleset_count(); s++) {
        const attune_ruleset *built_in = attune_ruleset_at(s);
        attune_ruleset_info wanted = { .struct_size = sizeof wanted }, about = wanted;
        attune_rule_choice a, b;
        char path[512], id[64];
        attune_ruleset *set;
        size_t i = 0, n;
        assert_int_equal(attune_ruleset_describe(built_in, &wanted), ATTUNE_OK);
        (void)snprintf(id, sizeof id, "%.*s", (int)strcspn(wanted.id, "/"), wanted.id);
        (void)snprintf(path, sizeof path, "%s/%s.json", folder, id);
        n = read_file(path);
        *strstr(text, id) = 'x';
        set = loaded(text, n);
        assert_int_equal(attune_ruleset_describe(set, &about), ATTUNE_OK);
        assert_int_equal(about.count, wanted.count);
        assert_string_equal(about.text, wanted.text);
        assert_string_equal(strchr(about.id, '/'), strchr(wanted.id, '/'));
        for (; attune_ruleset_choice(built_in, i, &a) == ATTUNE_OK; i++) {
            assert_int_equal(attune_ruleset_choice(set, i, &b), ATTUNE_OK);
            assert_memory_equal(&a, &b, sizeof a);
        }
        assert_int_equal(i, wanted.count);
        attune_ruleset_free(set);
    }
}

/* ---- What is refused ---- */

struct refusal {
    const char *from, *to;
    attune_status status;
    const char *key;
    int line;
};

static void refuse(const struct refusal *row)
{
    char changed[sizeof example + 256];
    const char *at = strstr(example, row->from);
    attune_ruleset *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status;
    assert_non_null(at);
    int n = snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - example), example, row->to,
                     at + strlen(row->from));
    status = attune_ruleset_load(&set, changed, (size_t)n, NULL, &err);
    if (status != row->status || strcmp(err.key, row->key) != 0 || (int)err.line != row->line)
        print_error("%s -> %s: status %d, key %s, line %d\n", row->from, row->to, (int)status,
                    err.key, (int)err.line);
    assert_int_equal(status, row->status);
    assert_string_equal(err.key, row->key);
    assert_int_equal(err.line, row->line);
    assert_true(strlen(err.text) > 0);
    assert_null(set);
}

static void every_bad_key_is_named_with_its_line(void **state)
{
    static const struct refusal rows[] = {
        { "north-clinic", "default", ATTUNE_E_DUPLICATE, "id", 2 },
        { "north-clinic", "North", ATTUNE_E_FORMAT, "id", 2 },
        { "\"id\"", "\"ids\"", ATTUNE_E_FORMAT, "ids", 2 },
        { "\"version\": 2", "\"version\": 0", ATTUNE_E_FORMAT, "version", 3 },
        { "\"version\": 2", "\"version\": 2.5", ATTUNE_E_FORMAT, "version", 3 },
        { "  \"text\": \"fewer alarms\",\n", "", ATTUNE_E_FORMAT, "text", 1 },
        { "\"rules\": [", "\"takes\": \"every\", \"rules\": [", ATTUNE_E_FORMAT, "takes", 5 },
        { "\"text\"", "\"takes\": \"some\", \"text\"", ATTUNE_E_FORMAT, "takes", 4 },
        { "\"erosion\"", "\"erosions\"", ATTUNE_E_UNKNOWN, "rules[1].rule", 11 },
        { "\"erosion\"", "\"own_range\"", ATTUNE_E_DUPLICATE, "rules[1].rule", 11 },
        { "\"erosion\"", "7", ATTUNE_E_FORMAT, "rules[1].rule", 11 },
        { "\"erosion\"", "\"erosion\", \"version\": 99", ATTUNE_E_UNKNOWN, "rules[1].version", 11 },
        { "\"erosion\"", "\"erosion\", \"parameters\": []", ATTUNE_E_FORMAT, "rules[1].parameters",
          11 },
        { "k_probable", "k_likely", ATTUNE_E_UNKNOWN, "rules[0].parameters[0].name", 8 },
        { "delta_repair", "k_probable", ATTUNE_E_DUPLICATE, "rules[0].parameters[1].name", 9 },
        { "2.75", "-1", ATTUNE_E_OPTION, "rules[0].parameters[0].value", 8 },
        { "2.75", "999999", ATTUNE_E_OPTION, "rules[0].parameters[0].value", 8 },
        { "2.75", "1e99", ATTUNE_E_FORMAT, "rules[0].parameters[0].value", 8 },
        { "2.75", "\"2\"", ATTUNE_E_FORMAT, "rules[0].parameters[0].value", 8 },
        { "]\n}", "]\n", ATTUNE_E_FORMAT, "", 14 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refuse(&rows[i]);
}

static void other_texts_and_missing_pointers_are_refused(void **state)
{
    static char big[ATTUNE_RULEFILE_BYTES_MAX + 1];
    static const char *const bad[] = {
        "", "[]", "{", "null", "{}", "{\"id\":\"x\",\"version\":1,\"text\":\"t\"}"
    };
    attune_ruleset *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    memset(big, ' ', sizeof big);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(attune_ruleset_load(&set, bad[i], strlen(bad[i]), NULL, &err),
                         ATTUNE_E_FORMAT);
    assert_int_equal(attune_ruleset_load(&set, big, sizeof big, NULL, &err), ATTUNE_E_FORMAT);
    assert_int_equal(attune_ruleset_load(NULL, "", 0, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_ruleset_load(&set, NULL, 0, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_null(set);
}

/* ---- Writing ---- */

static attune_ruleset_info every_rule(attune_rule_choice *choices)
{
    attune_ruleset_info about = { .struct_size = sizeof about };
    assert_int_equal(attune_ruleset_describe(attune_ruleset_find("all"), &about), ATTUNE_OK);
    for (uint32_t i = 0; i < about.count; i++)
        assert_int_equal(attune_ruleset_choice(attune_ruleset_find("all"), i, &choices[i]),
                         ATTUNE_OK);
    about.id = "every-one/7";
    about.text = "Clinic \xc3\x96 \"all\"";
    return about;
}

static void what_is_written_is_read_back_to_the_bit(void **state)
{
    attune_rule_choice choices[ATTUNE_RULESET_MAX], back;
    attune_ruleset_info about = every_rule(choices), read = { .struct_size = sizeof read };
    attune_ruleset *set;
    size_t n = 0, asked = 0;
    (void)state;
    choices[3].params[0] += 1.0 / 3;
    assert_int_equal(attune_ruleset_write(&about, choices, NULL, 0, &asked, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_ruleset_write(&about, choices, text, asked, &n, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_ruleset_write(&about, choices, text, asked + 1, &n, NULL), ATTUNE_OK);
    assert_int_equal(n, asked);
    assert_int_equal(strlen(text), n);
    set = loaded(text, n);
    assert_int_equal(attune_ruleset_describe(set, &read), ATTUNE_OK);
    assert_string_equal(read.id, about.id);
    assert_string_equal(read.text, about.text);
    for (uint32_t i = 0; i < about.count; i++) {
        assert_int_equal(attune_ruleset_choice(set, i, &back), ATTUNE_OK);
        assert_memory_equal(&back, &choices[i], sizeof back);
    }
    attune_ruleset_free(set);
}

static void numbers_are_written_in_few_digits(void **state)
{
    attune_rule_choice choice;
    attune_ruleset_info about = {
        .struct_size = sizeof about, .count = 1, .id = "a/1", .text = "t"
    };
    size_t n = 0;
    (void)state;
    assert_int_equal(attune_rule_choose(attune_rule_find("own_range"), &choice), ATTUNE_OK);
    choice.params[0] = 0.1;
    assert_int_equal(attune_ruleset_write(&about, &choice, text, sizeof text, &n, NULL), ATTUNE_OK);
    assert_non_null(strstr(text, "\"value\": 0.1\n"));
}

static void what_could_not_be_read_back_is_not_written(void **state)
{
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    const attune_ruleset_info good = every_rule(choices);
    static const char *const ids[] = {
        NULL, "", "north", "north/", "north/0", "north/x", "\xff/1"
    };
    static const char *const texts[] = { NULL, "", "\xff" };
    attune_ruleset_info about = good;
    size_t n = 7;
    (void)state;
    assert_int_equal(attune_ruleset_write(NULL, choices, text, 9, &n, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_ruleset_write(&about, NULL, text, 9, &n, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_ruleset_write(&about, choices, NULL, 9, &n, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_ruleset_write(&about, choices, text, 9, NULL, NULL), ATTUNE_E_ARGUMENT);
    about.struct_size = 8;
    assert_int_equal(attune_ruleset_write(&about, choices, text, 9, &n, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    for (uint32_t count = 0; count <= ATTUNE_RULESET_MAX + 1; count += ATTUNE_RULESET_MAX + 1) {
        about = good;
        about.count = count;
        assert_int_equal(attune_ruleset_write(&about, choices, text, 9, &n, NULL), ATTUNE_E_COUNT);
    }
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        about = good;
        about.id = ids[i];
        assert_int_equal(attune_ruleset_write(&about, choices, text, 9, &n, NULL), ATTUNE_E_OPTION);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        about = good;
        about.text = texts[i];
        assert_int_equal(attune_ruleset_write(&about, choices, text, 9, &n, NULL), ATTUNE_E_OPTION);
    }
    choices[1].rule = NULL;
    assert_int_equal(attune_ruleset_write(&good, choices, text, 9, &n, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(n, 7);
}

/* ---- Without memory ---- */

static size_t left, held;

static void *take(size_t size)
{
    void *memory = left > 0 ? malloc(size) : NULL;
    left -= left > 0;
    held += memory ? 1u : 0u;
    return memory;
}

static void give(void *memory)
{
    held -= memory ? 1u : 0u;
    free(memory);
}

static void *allocate(void *context, size_t size)
{
    (void)context;
    return take(size);
}

static void release(void *context, void *memory, size_t size)
{
    (void)context;
    (void)size;
    give(memory);
}

static void no_failed_allocation_leaks(void **state)
{
    const attune_allocator allocator = { NULL, allocate, release };
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    const attune_ruleset_info about = every_rule(choices);
    attune_status load = ATTUNE_E_MEMORY, write = ATTUNE_E_MEMORY;
    size_t k = 0, n = 0;
    (void)state;
    json_set_alloc_funcs(take, give);
    for (; (load != ATTUNE_OK || write != ATTUNE_OK) && k < 9000; k++) {
        attune_ruleset *set = NULL;
        held = 0;
        left = k;
        load = attune_ruleset_load(&set, example, strlen(example), &allocator, NULL);
        assert_true(load == ATTUNE_OK ? set != NULL : set == NULL && load != ATTUNE_E_ARGUMENT);
        attune_ruleset_free(set);
        assert_int_equal(held, 0);
        left = k;
        write = attune_ruleset_write(&about, choices, text, sizeof text, &n, NULL);
        assert_true(write == ATTUNE_OK || write == ATTUNE_E_MEMORY);
        assert_int_equal(held, 0);
    }
    json_set_alloc_funcs(malloc, free);
    assert_int_equal(load, ATTUNE_OK);
    assert_int_equal(write, ATTUNE_OK);
    assert_true(k > 50);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_gives_its_rules_with_what_it_changes),
        cmocka_unit_test(a_byte_order_mark_and_a_word_for_many_rules_are_read),
        cmocka_unit_test_prestate(each_built_in_file_is_read_as_it_was_compiled, argv[1]),
        cmocka_unit_test(every_bad_key_is_named_with_its_line),
        cmocka_unit_test(other_texts_and_missing_pointers_are_refused),
        cmocka_unit_test(what_is_written_is_read_back_to_the_bit),
        cmocka_unit_test(numbers_are_written_in_few_digits),
        cmocka_unit_test(what_could_not_be_read_back_is_not_written),
        cmocka_unit_test(no_failed_allocation_leaks),
    };
    (void)argc;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
