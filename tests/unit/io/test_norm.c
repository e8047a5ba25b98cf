/* Norm files: written and read back, each key refused where it stands, without memory. */
/* SPDX-License-Identifier: MIT */
#include <attune/norm.h>

#include "tests/unit/near.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static attune_norm example(void)
{
    return (attune_norm) {
        .struct_size = sizeof(attune_norm),
        .rater = 1,
        .measure = "demo-distress",
        .name = "Clinic \xc3\x96 \"2026\"",
        .who = "a statistician",
        .at = "2026-11-03",
        .population = "adults who had two sessions or more",
        .software = "attune 0.1.0",
        .response = { .struct_size = sizeof(attune_response),
                      .time = ATTUNE_TIME_ROOT,
                      .structure = ATTUNE_RESPONSE_SLOPE,
                      .reml = 1,
                      .first_session = 1,
                      .last_session = 20,
                      .iterations = 6,
                      .n_clients = 431,
                      .n_forms = 4120,
                      .intake_low = 3,
                      .intake_high = 38.5,
                      .intercept = 22.1 / 3,
                      .slope = -1.0 / 7,
                      .intercept_se = 0.1,
                      .slope_se = 0.2,
                      .fixed_cov = -0.01,
                      .intercept_var = 21,
                      .slope_var = 2,
                      .intercept_slope_cov = -3.3,
                      .residual_var = 11,
                      .log_likelihood = -12345.678901234,
                      .aic = 24703.4,
                      .bic = 24741.3 },
    };
}

static char text[ATTUNE_NORM_BYTES_MAX + 16];

static size_t written(const attune_norm *norm)
{
    size_t n = 0;
    assert_int_equal(attune_norm_write(norm, text, sizeof text, &n, NULL), ATTUNE_OK);
    assert_int_equal(n, strlen(text));
    return n;
}

static void what_is_written_is_read_back_to_the_bit(void **state)
{
    (void)state;
    attune_norm norm = example(), back;
    memset(&back, 0, sizeof back);
    back.struct_size = sizeof back;
    size_t n = written(&norm), asked = 0;
    assert_int_equal(attune_norm_load(&back, text, n, NULL), ATTUNE_OK);
    assert_memory_equal(&back.response, &norm.response, sizeof norm.response);
    assert_string_equal(back.name, norm.name);
    assert_string_equal(back.population, norm.population);
    assert_int_equal(back.rater, 1);
    assert_string_equal(norm.hash, "");
    assert_int_equal(strspn(back.hash, "0123456789abcdef"), 64);
    assert_int_equal(attune_norm_write(&norm, NULL, 0, &asked, NULL), ATTUNE_E_COUNT);
    assert_int_equal(asked, n);
    assert_int_equal(attune_norm_write(&norm, text, n, &asked, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_norm_write(&norm, text, n + 1, &asked, NULL), ATTUNE_OK);
}

/* The text with `from` replaced by `to`, loaded: the status, its key and its line. */
static void refused(const char *from, const char *to, const char *key, int line)
{
    static char changed[sizeof text + 512];
    attune_norm norm = example(), before = norm;
    attune_error err = ATTUNE_ERROR_INIT;
    char *at;
    written(&norm);
    at = strstr(text, from);
    assert_non_null(at);
    int n = snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, to,
                     at + strlen(from));
    attune_status status = attune_norm_load(&norm, changed, (size_t)n, &err);
    if (status != ATTUNE_E_FORMAT || strcmp(err.key, key) != 0 || (int)err.line != line)
        print_error("%s -> %s: status %d, key %s, line %d\n", from, to, (int)status, err.key,
                    (int)err.line);
    assert_int_equal(status, ATTUNE_E_FORMAT);
    assert_string_equal(err.key, key);
    assert_int_equal(err.line, line);
    assert_true(strlen(err.text) > 0);
    assert_memory_equal(&norm, &before, sizeof norm);
}

static void every_bad_key_is_named_with_its_line(void **state)
{
    (void)state;
    refused("attune-response/1", "attune-response/2", "format", 2);
    refused("\"format\"", "\"form\"", "form", 2);
    refused("\"demo-distress\"", "7", "measure", 4);
    refused("\"therapist\"", "\"parent\"", "rater", 5);
    refused("\"therapist\"", "3", "rater", 5);
    refused("2026-11-03", "the third of November", "at", 7);
    refused("\"clients\": 431", "\"clients\": -1", "data.clients", 11);
    refused("\"clients\": 431", "\"clients\": 431.5", "data.clients", 11);
    refused("\"clients\": 431", "\"clients\": 9223372036854775807", "data.clients", 11);
    refused("\"first_session\": 1", "\"first_session\": 99999999999", "data.first_session", 13);
    refused("\"first_session\": 1", "\"first_session\": -2", "data.first_session", 13);
    refused("\"first_session\": 1", "\"first_session\": true", "data.first_session", 13);
    refused("\"last_session\": 20", "\"last_session\": 0", "data.last_session", 14);
    refused("\"root\"", "\"square\"", "model.time", 19);
    refused("\"slope_var\": 2.0", "\"slope_var\": -2", "model.slope_var", 28);
    refused("\"slope_var\": 2.0", "\"slope_var\": \"2\"", "model.slope_var", 28);
    refused("\"slope_var\": 2.0", "\"slope_var\": 0.1", "model.intercept_slope_cov", 29);
    refused("\"residual_var\"", "\"residual\"", "model.residual", 30);
    refused("\"data\": {", "\"data\": 3, \"more\": {", "more", 10);
    refused("\"model\": {", "\"models\": {", "models", 18);
    refused("\"iterations\": 6", "\"iterations\": 6, \"x\": 0", "model.x", 35);
    refused("\"data\"", "data", "", 10);
    refused(",\n    \"iterations\": 6", "", "model.iterations", 18);
}

/* Days stand in the place of sessions, and what is wrong of them is said of their own keys. */
static void a_norm_by_date_counts_days(void **state)
{
    (void)state;
    attune_norm norm = example(), back = { .struct_size = sizeof back };
    attune_error err = ATTUNE_ERROR_INIT;
    norm.response.time = ATTUNE_TIME_LOG_WEEK;
    norm.response.first_session = 0;
    norm.response.last_session = 210;
    size_t n = written(&norm);
    assert_non_null(strstr(text, "\"first_day\": 0,"));
    assert_non_null(strstr(text, "\"time\": \"log-week\""));
    assert_null(strstr(text, "_session\""));
    assert_int_equal(attune_norm_load(&back, text, n, NULL), ATTUNE_OK);
    assert_memory_equal(&back.response, &norm.response, sizeof norm.response);
    memcpy(strstr(text, "210"), "-10", 3);
    assert_int_equal(attune_norm_load(&back, text, n, &err), ATTUNE_E_FORMAT);
    assert_string_equal(err.key, "data.last_day");
    memcpy(strstr(text, "-10"), "  0", 3);
    memcpy(strstr(text, "\"first_day\": 0"), "\"first_day\": 9", 14);
    assert_int_equal(attune_norm_load(&back, text, n, &err), ATTUNE_E_FORMAT);
    assert_string_equal(err.key, "data.last_day");
    assert_int_equal(err.line, 14);
    memcpy(strstr(text, "\"last_day\""), "\"lost_day\"", 10);
    assert_int_equal(attune_norm_load(&back, text, n, &err), ATTUNE_E_FORMAT);
    assert_string_equal(err.key, "data.lost_day");
}

static void sessions_and_days_do_not_stand_in_one_norm(void **state)
{
    (void)state;
    refused("\"root\"", "\"root-week\"", "data.first_session", 13);
    refused("\"first_session\": 1,", "\"first_session\": 1, \"first_day\": 0,", "data.first_day",
            13);
    refused("\"first_session\"", "\"first_day\"", "data.first_session", 10);
}

static void other_texts_are_refused(void **state)
{
    (void)state;
    static char big[ATTUNE_NORM_BYTES_MAX + 1];
    static const char *const bad[] = { "",
                                       "[]",
                                       "{",
                                       "null",
                                       "{\"format\": \"attune-response/1\"}",
                                       "{\"data\": {}, \"model\": 1}",
                                       "{\"data\": [], \"model\": {}}" };
    attune_norm norm = example(), before = norm;
    attune_error err = ATTUNE_ERROR_INIT;
    memset(big, ' ', sizeof big);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(attune_norm_load(&norm, bad[i], strlen(bad[i]), &err), ATTUNE_E_FORMAT);
    assert_int_equal(attune_norm_load(&norm, big, sizeof big, &err), ATTUNE_E_FORMAT);
    assert_int_equal(attune_norm_load(NULL, "", 0, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_norm_load(&norm, NULL, 0, &err), ATTUNE_E_ARGUMENT);
    assert_memory_equal(&norm, &before, sizeof norm);
    norm.struct_size = 12;
    assert_int_equal(attune_norm_load(&norm, "{}", 2, &err), ATTUNE_E_STRUCT_SIZE);
}

static void what_would_not_be_read_back_is_not_written(void **state)
{
    (void)state;
    attune_norm norm = example();
    attune_error err = ATTUNE_ERROR_INIT;
    size_t n = 7;
    assert_int_equal(attune_norm_write(NULL, text, 9, &n, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_norm_write(&norm, NULL, 9, &n, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_norm_write(&norm, text, 9, NULL, &err), ATTUNE_E_ARGUMENT);
    norm.struct_size = 8;
    assert_int_equal(attune_norm_write(&norm, text, 9, &n, &err), ATTUNE_E_STRUCT_SIZE);
    norm = example();
    norm.response.residual_var = 0;
    assert_int_equal(attune_norm_write(&norm, text, sizeof text, &n, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "residual_var");
    int32_t *codes[] = { &norm.rater, &norm.response.reml, &norm.response.singular };
    for (size_t i = 0; i < 3; i++)
        for (int32_t bad = -1; bad <= 3; bad += 4) {
            norm = example();
            *codes[i] = bad;
            assert_int_equal(attune_norm_write(&norm, text, sizeof text, &n, &err),
                             ATTUNE_E_OPTION);
        }
    norm = example();
    norm.who[0] = '\xff';
    assert_int_equal(attune_norm_write(&norm, text, sizeof text, &n, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "who");
    memset(norm.who, 'x', sizeof norm.who);
    assert_int_equal(attune_norm_write(&norm, text, sizeof text, &n, &err), ATTUNE_E_OPTION);
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

static void no_failed_allocation_leaks_or_changes_the_norm(void **state)
{
    (void)state;
    static char kept[ATTUNE_NORM_BYTES_MAX];
    attune_norm norm = example(), before = norm;
    size_t n = written(&norm), k = 0, length = 0;
    attune_status status = ATTUNE_E_MEMORY;
    memcpy(kept, text, n);
    json_set_alloc_funcs(take, give);
    for (; status != ATTUNE_OK && k < 4000; k++) {
        held = 0;
        left = k;
        norm = before;
        status = attune_norm_load(&norm, kept, n, NULL);
        assert_true(status == ATTUNE_OK || status == ATTUNE_E_MEMORY || status == ATTUNE_E_FORMAT);
        assert_int_equal(held, 0);
        assert_memory_equal(&norm.response, &before.response, sizeof norm.response);
    }
    assert_int_equal(status, ATTUNE_OK);
    assert_true(k > 50);
    json_set_alloc_funcs(malloc, free);
    assert_int_equal(attune_norm_write(&norm, text, sizeof text, &length, NULL), ATTUNE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back_to_the_bit),
        cmocka_unit_test(every_bad_key_is_named_with_its_line),
        cmocka_unit_test(a_norm_by_date_counts_days),
        cmocka_unit_test(sessions_and_days_do_not_stand_in_one_norm),
        cmocka_unit_test(other_texts_are_refused),
        cmocka_unit_test(what_would_not_be_read_back_is_not_written),
        cmocka_unit_test(no_failed_allocation_leaks_or_changes_the_norm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
