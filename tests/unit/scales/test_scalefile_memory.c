/* The loader without memory: allocation k fails once, and for ever after, for every k. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/scales/file.h"

#include <attune/scalefile.h>

#include <jansson.h>

/* An allocator that fails at its k-th call and counts what is out. */
struct meter {
    size_t calls, fails_at, bytes_out, blocks_out;
    int for_ever;
};

static void *meter_allocate(void *context, size_t size)
{
    struct meter *meter = context;
    size_t call = meter->calls++;
    assert_true(size > 0);
    if (call == meter->fails_at || (meter->for_ever && call > meter->fails_at))
        return NULL;
    meter->bytes_out += size;
    meter->blocks_out++;
    return malloc(size);
}

static void meter_release(void *context, void *memory, size_t size)
{
    struct meter *meter = context;
    assert_non_null(memory);
    meter->bytes_out -= size;
    meter->blocks_out--;
    free(memory);
}

static attune_status load(struct meter *meter, const struct file *file, attune_scale_set **set,
                          attune_error *err)
{
    attune_allocator allocator = { meter, meter_allocate, meter_release };
    return attune_scale_set_load(set, file->text, file->n, &allocator, err);
}

/* The number of allocations that a clean run makes. */
static size_t sweep(const struct file *file, int for_ever)
{
    for (size_t k = 0;; k++) {
        struct meter meter = { .fails_at = k, .for_ever = for_ever };
        attune_scale_set *set = NULL;
        attune_error err = ATTUNE_ERROR_INIT;
        attune_status status = load(&meter, file, &set, &err);
        if (status == ATTUNE_OK) {
            assert_true(meter.calls <= k);
            attune_scale_set_free(set);
            assert_int_equal(meter.bytes_out, 0);
            return k;
        }
        assert_int_equal(status, ATTUNE_E_MEMORY);
        assert_int_equal(err.code, ATTUNE_E_MEMORY);
        assert_null(set);
        assert_int_equal(meter.blocks_out, 0);
        assert_int_equal(meter.bytes_out, 0);
    }
}

static void every_allocation_may_fail(void **state)
{
    struct file file = read_file("examples/data/measures.json");
    (void)state;
    assert_non_null(file.text);
    assert_true(sweep(&file, 0) >= 2);
    assert_true(sweep(&file, 1) >= 2);
    free(file.text);
}

/* A set before another, with everything stated: the base stays the caller's when it fails. */
static size_t sweep_stated(const struct file *file, attune_scale_set *base, int for_ever)
{
    static const char *const licences[] = { "srs", "hads", "bdi" };
    attune_scale_set_options options = { .struct_size = sizeof options,
                                         .accept = ATTUNE_ACCEPT_UNCONFIRMED,
                                         .override_built_in = 1,
                                         .licence_count = 3,
                                         .licences = licences,
                                         .norms = "oxford",
                                         .base = base };
    for (size_t k = 0;; k++) {
        struct meter meter = { .fails_at = k, .for_ever = for_ever };
        attune_allocator allocator = { &meter, meter_allocate, meter_release };
        attune_scale_set *set = NULL;
        attune_error err = ATTUNE_ERROR_INIT;
        attune_status status =
            attune_scale_set_load_with(&set, &options, file->text, file->n, &allocator, &err);
        assert_non_null(attune_scale_set_find(base, "bdi")); /* alive, whatever came of it */
        if (status == ATTUNE_OK) {
            assert_true(meter.calls <= k);
            assert_non_null(attune_scale_set_find(set, "srs"));
            attune_scale_set_free(set); /* and base with it */
            assert_int_equal(meter.bytes_out, 0);
            return k;
        }
        assert_int_equal(status, ATTUNE_E_MEMORY);
        assert_int_equal(err.code, ATTUNE_E_MEMORY);
        assert_null(set);
        assert_int_equal(meter.blocks_out, 0);
        assert_int_equal(meter.bytes_out, 0);
    }
}

static void a_set_with_statements_and_a_base_may_find_no_memory(void **state)
{
    struct file file = read_file("examples/data/measures.json"), none = { NULL, 0 };
    struct file own = read_file("tests/examples/data/own.json");
    (void)state;
    assert_non_null(file.text);
    assert_non_null(own.text);
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        attune_scale_set *base[2] = { NULL, NULL };
        for (size_t i = 0; i < 2; i++)
            assert_int_equal(attune_scale_set_load(&base[i], file.text, file.n, NULL, NULL),
                             ATTUNE_OK);
        assert_true(sweep_stated(&own, base[0], for_ever) >= 2);
        assert_true(sweep_stated(&none, base[1], for_ever) >= 2);
    }
    free(file.text);
    free(own.text);
}

/* What Jansson takes while it reads; its functions are the process's, so only a test sets them. */
static struct {
    size_t calls, fails_at, blocks_out;
} jansson;

static void *jansson_allocate(size_t size)
{
    void *memory = jansson.calls++ < jansson.fails_at ? malloc(size) : NULL;
    jansson.blocks_out += memory != NULL;
    return memory;
}

static void jansson_release(void *memory)
{
    jansson.blocks_out -= memory != NULL;
    free(memory);
}

/* In the middle of a token Jansson takes its own lack of memory for a bad token: hence FORMAT. */
static void every_allocation_of_jansson_may_fail(void **state)
{
    static const char text[] =
        "{\"id\":\"own\",\"title\":\"Own\",\"rater\":\"client\",\"direction\":\"higher is worse\","
        "\"score_only\":true,\"range\":[0.5,40],\"cutoffs\":[{\"value\":3},{\"value\":4}]}";
    attune_scale_set *set = NULL;
    attune_status status = ATTUNE_E_MEMORY;
    size_t k = 0, said_memory = 0;
    (void)state;
    json_set_alloc_funcs(jansson_allocate, jansson_release);
    for (; status != ATTUNE_OK; k++) {
        jansson.calls = 0;
        jansson.fails_at = k;
        status = attune_scale_set_load(&set, text, sizeof text - 1, NULL, NULL);
        assert_int_equal(jansson.blocks_out, 0);
        assert_int_equal(set != NULL, status == ATTUNE_OK);
        assert_true(status == ATTUNE_OK || status == ATTUNE_E_MEMORY || status == ATTUNE_E_FORMAT);
        said_memory += status == ATTUNE_E_MEMORY;
    }
    json_set_alloc_funcs(malloc, free);
    assert_true(k > 20 && said_memory > k / 4);
    attune_scale_set_free(set);
}

static void a_refused_file_takes_no_memory(void **state)
{
    struct file bad = { (char[]) { "[{\"id\":1}]" }, 10 };
    struct meter meter = { .fails_at = 0 };
    attune_scale_set *set = NULL;
    (void)state;
    assert_int_equal(load(&meter, &bad, &set, NULL), ATTUNE_E_FORMAT);
    assert_int_equal(meter.calls, 0);
}

/* Chunks are 8 KiB: notes longer than that in all, and a list of scales beyond one chunk. */
static void texts_beyond_one_chunk_are_kept_whole(void **state)
{
    char *text = malloc(1u << 17), note[901];
    struct meter meter = { .fails_at = SIZE_MAX };
    attune_scale_set *set = NULL;
    struct file file = { text, 0 };
    (void)state;
    assert_non_null(text);
    memset(note, 'n', sizeof note - 1);
    note[sizeof note - 1] = '\0';
    file.n = (size_t)snprintf(text, 1u << 17,
                              "{\"id\":\"own\",\"title\":\"Own\",\"rater\":\"client\","
                              "\"direction\":\"higher is worse\",\"score_only\":true,"
                              "\"range\":[0,40],\"notes\":[\"%s\"",
                              note);
    for (int i = 1; i < 64; i++)
        file.n += (size_t)snprintf(text + file.n, (1u << 17) - file.n, ",\"%s\"", note);
    file.n += (size_t)snprintf(text + file.n, (1u << 17) - file.n, "]}");
    assert_int_equal(load(&meter, &file, &set, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 64; i++)
        assert_string_equal(attune_scale_note(attune_scale_set_at(set, 0), i), note);
    attune_scale_set_free(set);
    assert_int_equal(meter.bytes_out, 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_set_with_statements_and_a_base_may_find_no_memory),
        cmocka_unit_test(every_allocation_of_jansson_may_fail),
        cmocka_unit_test(a_refused_file_takes_no_memory),
        cmocka_unit_test(texts_beyond_one_chunk_are_kept_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
