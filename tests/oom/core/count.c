/* Calls that promise to allocate nothing, counted: the linker leads malloc and its kin here. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static size_t calls;

void *__wrap_malloc(size_t size)
{
    calls++;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    calls++;
    return __real_calloc(n, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    calls++;
    return __real_realloc(memory, size);
}

#define RULES GIVEN_FIVE

static const double example[] = GIVEN_EXAMPLE;

static void making_a_handle_is_counted_once(void **state)
{
    const attune_constants c = given_everything();
    attune_watch *watch;
    (void)state;
    calls = 0;
    watch = given_watch_five(&c);
    assert_int_equal(calls, 1);
    attune_watch_free(watch);
}

static void scoring_allocates_nothing(void **state)
{
    double items[ATTUNE_ITEMS_MAX];
    (void)state;
    calls = 0;
    for (size_t s = 0; s < attune_scale_count(); s++) {
        attune_scale_info info = { .struct_size = sizeof info };
        attune_score total = { .struct_size = sizeof total };
        attune_score subs[ATTUNE_SUBSCALES_MAX] = { { .struct_size = sizeof *subs } };
        const attune_scale *scale = attune_scale_open(attune_scale_at(s), UINT32_MAX);
        attune_scale_describe(scale, &info);
        if (info.item_count == 0)
            continue;
        for (int i = 0; i < ATTUNE_ITEMS_MAX; i++)
            items[i] = info.item_min;
        assert_int_equal(attune_form_score(scale, items, (size_t)info.item_count, &total, subs,
                                           ATTUNE_SUBSCALES_MAX, NULL),
                         ATTUNE_OK);
        assert_int_equal(
            attune_forms_score(scale, items, (size_t)info.item_count, 1, &total, subs, NULL),
            ATTUNE_OK);
        assert_int_equal(attune_total_score(scale, info.score_min, &total, NULL), ATTUNE_OK);
    }
    assert_int_equal(calls, 0);
}

static void change_allocates_nothing(void **state)
{
    const attune_constants c = given_everything();
    attune_change change = { .struct_size = sizeof change };
    (void)state;
    calls = 0;
    assert_int_equal(attune_change_fit(&c, NULL, example, LENGTH(example), &change, NULL),
                     ATTUNE_OK);
    assert_int_equal(calls, 0);
}

static void scans_allocate_nothing(void **state)
{
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_series series = given_series(example, LENGTH(example));
    attune_episode episodes[32] = { { .struct_size = sizeof *episodes } };
    static given_found found;
    size_t n = 0;
    (void)state;
    calls = 0;
    given_scan(watch, &series, RULES, &found);
    assert_in_range(found.n, 5, 60);
    assert_int_equal(attune_episodes_scan(watch, &series, episodes, 32, &n, NULL), ATTUNE_OK);
    assert_in_range(n, 1, 32);
    assert_int_equal(calls, 0);
    attune_watch_free(watch);
}

static void following_a_client_allocates_nothing(void **state)
{
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_monitor *monitor = NULL;
    attune_mark marks[16] = { { .struct_size = sizeof *marks } };
    attune_trace traces[RULES] = { { .struct_size = sizeof *traces } };
    size_t n = 0;
    (void)state;
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    calls = 0;
    for (int32_t i = 0; i < (int32_t)LENGTH(example); i++) {
        double y = example[i];
        assert_int_equal(attune_monitor_peek(monitor, i, NAN, y, marks, 16, &n, NULL), ATTUNE_OK);
        assert_int_equal(attune_monitor_push(monitor, i, NAN, y, marks, 16, &n, NULL), ATTUNE_OK);
        assert_int_equal(attune_monitor_trace(monitor, traces, RULES, &n, NULL), ATTUNE_OK);
        assert_in_range(attune_monitor_wait(monitor, 0) + 1, 0, 9);
    }
    assert_int_equal(calls, 0);
    attune_monitor_free(monitor);
    attune_watch_free(watch);
}

static void a_stream_allocates_nothing_but_itself(void **state)
{
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_stream *stream = NULL;
    const uint64_t group[LENGTH(example)] = { 0 };
    const attune_batch batch = {
        .struct_size = sizeof batch,
        .group = group,
        .score = { example, NULL, 0, LENGTH(example) },
    };
    static given_found found;
    size_t n_traces = 0, n_rows = 0;
    (void)state;
    assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
    found.marks[0].struct_size = sizeof *found.marks;
    found.traces[0].struct_size = sizeof *found.traces;
    calls = 0;
    assert_int_equal(attune_stream_push(stream, &batch, found.marks, LENGTH(found.marks), &found.n,
                                        found.traces, LENGTH(found.traces), &n_traces, &n_rows,
                                        NULL),
                     ATTUNE_OK);
    assert_int_equal(calls, 0);
    assert_int_equal(n_rows, LENGTH(example));
    attune_stream_free(stream);
    attune_watch_free(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(making_a_handle_is_counted_once),
        cmocka_unit_test(scoring_allocates_nothing),
        cmocka_unit_test(change_allocates_nothing),
        cmocka_unit_test(scans_allocate_nothing),
        cmocka_unit_test(following_a_client_allocates_nothing),
        cmocka_unit_test(a_stream_allocates_nothing_but_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
