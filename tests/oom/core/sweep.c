/* The k-th allocation fails, once and for ever after, until a run meets no failure. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

#include <stdlib.h>

#define BLOCKS 16

/* An allocator that fails on purpose and remembers what is out, with its size. */
typedef struct faulty {
    size_t calls, fail_at;
    int for_ever, failed;
    void *block[BLOCKS];
    size_t size[BLOCKS];
} faulty;

static void *faulty_allocate(void *context, size_t size)
{
    faulty *f = context;
    size_t call = f->calls++;
    assert_in_range(size, 1, 1 << 20);
    if (call == f->fail_at || (f->for_ever && call > f->fail_at)) {
        f->failed = 1;
        return NULL;
    }
    for (size_t i = 0; i < BLOCKS; i++)
        if (!f->block[i]) {
            f->size[i] = size;
            f->block[i] = malloc(size);
            return f->block[i];
        }
    fail_msg("more blocks than expected");
    return NULL;
}

static void faulty_release(void *context, void *memory, size_t size)
{
    faulty *f = context;
    assert_non_null(memory);
    for (size_t i = 0; i < BLOCKS; i++)
        if (f->block[i] == memory) {
            assert_int_equal(size, f->size[i]);
            f->block[i] = NULL;
            free(memory);
            return;
        }
    fail_msg("released what was never handed out");
}

static size_t still_out(const faulty *f)
{
    size_t n = 0;
    for (size_t i = 0; i < BLOCKS; i++)
        n += f->block[i] != NULL;
    return n;
}

/* What the calls start from, made without faults. */
static attune_watch *watch;
static attune_monitor *monitor;

/* One call that allocates; on success it also frees. */
typedef attune_status (*attempt)(const attune_allocator *allocator, void **out, attune_error *err);

static attune_status try_watch(const attune_allocator *allocator, void **out, attune_error *err)
{
    const attune_constants c = given_everything();
    const attune_rule_choice choice = given_choice("own_range");
    attune_watch *made = *out;
    attune_status status = attune_watch_new(&made, &c, &choice, 1, allocator, err);
    if (status == ATTUNE_OK)
        attune_watch_free(made);
    else
        *out = made;
    return status;
}

static attune_status try_monitor(const attune_allocator *allocator, void **out, attune_error *err)
{
    attune_monitor *made = *out;
    attune_status status = attune_monitor_new(&made, watch, allocator, err);
    if (status == ATTUNE_OK)
        attune_monitor_free(made);
    else
        *out = made;
    return status;
}

static attune_status try_clone(const attune_allocator *allocator, void **out, attune_error *err)
{
    attune_monitor *made = *out;
    attune_status status = attune_monitor_clone(&made, monitor, allocator, err);
    if (status == ATTUNE_OK)
        attune_monitor_free(made);
    else
        *out = made;
    return status;
}

static attune_status try_stream(const attune_allocator *allocator, void **out, attune_error *err)
{
    attune_stream *made = *out;
    attune_status status = attune_stream_new(&made, watch, allocator, err);
    if (status == ATTUNE_OK)
        attune_stream_free(made);
    else
        *out = made;
    return status;
}

/* One push makes a watch, its place in the list and the columns; a second one finds them. */
static attune_status try_company(const attune_allocator *allocator, void **out, attune_error *err)
{
    static const double scores[] = { 5, 6, 5 };
    const attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .44, .2878);
    const attune_rule_choice choice = given_choice("rupture_joint");
    const attune_series series = given_series(scores, 3);
    const attune_course courses[] = {
        { .struct_size = sizeof *courses, .constants = &c, .series = &series },
        { .struct_size = sizeof *courses,
          .rater = ATTUNE_RATER_THERAPIST,
          .constants = &c,
          .series = &series },
    };
    attune_together together = { .struct_size = sizeof together };
    attune_company *made = *out;
    attune_status status = attune_company_new(&made, &choice, 1, allocator, err);
    if (status != ATTUNE_OK) {
        *out = made;
        return status;
    }
    status = attune_company_push(made, courses, 2, 0, &together, err);
    assert_true(status == ATTUNE_OK || (!together.watch && !together.row));
    if (status == ATTUNE_OK)
        status = attune_company_push(made, courses, 2, 0, &together, err);
    attune_company_free(made);
    return status;
}

/* Runs with the k-th allocation failing; 1 when none failed any more. */
static int sweep_at(attempt call, size_t k, int for_ever)
{
    faulty f = { .fail_at = k, .for_ever = for_ever };
    const attune_allocator allocator = { &f, faulty_allocate, faulty_release };
    attune_error err = ATTUNE_ERROR_INIT;
    char there;
    void *out = &there;
    attune_status status = call(&allocator, &out, &err);
    assert_ptr_equal(out, &there);
    assert_int_equal(still_out(&f), 0);
    assert_int_equal(status, f.failed ? ATTUNE_E_MEMORY : ATTUNE_OK);
    assert_int_equal(err.code, status);
    return !f.failed;
}

static void sweep(attempt call)
{
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        size_t k = 0;
        while (!sweep_at(call, k, for_ever))
            assert_in_range(++k, 1, 100);
        assert_in_range(k, 1, 100); /* it does allocate */
    }
}

static void a_watch_that_cannot_be_made_leaves_nothing_behind(void **state)
{
    (void)state;
    sweep(try_watch);
}

static void a_monitor_that_cannot_be_made_leaves_nothing_behind(void **state)
{
    (void)state;
    sweep(try_monitor);
}

static void a_clone_that_cannot_be_made_leaves_nothing_behind(void **state)
{
    (void)state;
    sweep(try_clone);
}

static void a_stream_that_cannot_be_made_leaves_nothing_behind(void **state)
{
    (void)state;
    sweep(try_stream);
}

static void a_company_that_cannot_grow_stays_as_it_was(void **state)
{
    (void)state;
    sweep(try_company);
}

/* The allocator is copied: what the caller does to the struct later is no matter. */
static void a_handle_remembers_the_allocator_it_was_made_with(void **state)
{
    const attune_constants c = given_everything();
    const attune_rule_choice choice = given_choice("drop");
    faulty f = { .fail_at = SIZE_MAX };
    attune_allocator allocator = { &f, faulty_allocate, faulty_release };
    attune_watch *own = NULL;
    attune_monitor *first = NULL, *clone = NULL;
    attune_stream *stream = NULL;
    (void)state;
    assert_int_equal(attune_watch_new(&own, &c, &choice, 1, &allocator, NULL), ATTUNE_OK);
    assert_int_equal(attune_monitor_new(&first, own, &allocator, NULL), ATTUNE_OK);
    assert_int_equal(attune_monitor_clone(&clone, first, &allocator, NULL), ATTUNE_OK);
    assert_int_equal(attune_stream_new(&stream, own, &allocator, NULL), ATTUNE_OK);
    memset(&allocator, 0, sizeof allocator);
    assert_int_equal(still_out(&f), 4);
    attune_watch_free(own);
    attune_monitor_free(first);
    attune_monitor_free(clone);
    attune_stream_free(stream);
    assert_int_equal(still_out(&f), 0);
}

static void a_clone_without_an_allocator_takes_the_c_librarys(void **state)
{
    faulty f = { .fail_at = SIZE_MAX };
    const attune_allocator allocator = { &f, faulty_allocate, faulty_release };
    attune_monitor *first = NULL, *clone = NULL;
    (void)state;
    assert_int_equal(attune_monitor_new(&first, watch, &allocator, NULL), ATTUNE_OK);
    assert_int_equal(attune_monitor_clone(&clone, first, NULL, NULL), ATTUNE_OK);
    assert_int_equal(f.calls, 1);
    attune_monitor_free(clone);
    attune_monitor_free(first);
}

static int set_up(void **state)
{
    const attune_constants c = given_everything();
    (void)state;
    watch = given_watch_five(&c);
    return attune_monitor_new(&monitor, watch, NULL, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    attune_monitor_free(monitor);
    attune_watch_free(watch);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_watch_that_cannot_be_made_leaves_nothing_behind),
        cmocka_unit_test(a_monitor_that_cannot_be_made_leaves_nothing_behind),
        cmocka_unit_test(a_clone_that_cannot_be_made_leaves_nothing_behind),
        cmocka_unit_test(a_stream_that_cannot_be_made_leaves_nothing_behind),
        cmocka_unit_test(a_company_that_cannot_grow_stays_as_it_was),
        cmocka_unit_test(a_handle_remembers_the_allocator_it_was_made_with),
        cmocka_unit_test(a_clone_without_an_allocator_takes_the_c_librarys),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
