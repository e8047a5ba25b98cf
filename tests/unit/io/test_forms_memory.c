/* When memory runs out at any moment, the reader says so and lets everything go. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/io/open.h"
#include "tests/unit/near.h"

#include <stdlib.h>

/* An allocator that refuses one allocation, or all from one on, and counts what is out. */
struct purse {
    size_t asked, fail_at, out;
    int for_ever;
};

static void *purse_allocate(void *context, size_t size)
{
    struct purse *purse = context;
    size_t number = purse->asked++;
    if (number == purse->fail_at || (purse->for_ever && number > purse->fail_at))
        return NULL;
    purse->out += size;
    return malloc(size);
}

static void purse_release(void *context, void *memory, size_t size)
{
    struct purse *purse = context;
    purse->out -= size;
    free(memory);
}

/* Many clients, texts, answers, subscales, bad rows, in order or not. */
static size_t write_forms(FILE *file, int sorted)
{
    size_t rows = 0;
    fputs("client,session,date,measure,clinician,score", file);
    for (int i = 1; i <= 12; i++)
        fprintf(file, ",item_%d", i);
    fputs("\n", file);
    for (int client = 0; client < 40; client++)
        for (int session = 1; session <= 6; session++, rows++)
            fprintf(file, "C-%03d,%d,2026-01-%02d,%s,T-%d,,1,1,1,1,1,1,1,1,1,%s\n",
                    sorted ? client : (client * 7) % 40, session, session,
                    session % 2 ? "phq-9" : "wai-sr", client % 3, session % 2 ? ",," : "5,5,5");
    fputs("C-999,bad,,,,,,,,,,,,,,,,\n", file);
    rewind(file);
    return rows;
}

static attune_status run(FILE *file, struct purse *purse, uint64_t *count)
{
    attune_allocator allocator = { purse, purse_allocate, purse_release };
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    attune_client_forms client = { .struct_size = sizeof client };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_forms *forms = NULL;
    attune_status status;
    options.skip_bad = 1;
    options.keep_items = 1;
    *count = 0;
    rewind(file);
    status = atn_forms_open(&forms, file, 0, 256, &options, &allocator, &err);
    if (status == ATTUNE_OK) {
        while ((status = attune_forms_next(forms, &client, &err)) == ATTUNE_OK && client.count)
            *count += client.count;
        if (status != ATTUNE_OK)
            assert_int_equal(attune_forms_next(forms, &client, NULL), status);
    }
    assert_int_equal(status == ATTUNE_OK, forms != NULL && err.code == ATTUNE_OK);
    if (status != ATTUNE_OK)
        assert_int_equal(err.code, status);
    attune_forms_free(forms);
    assert_int_equal(purse->out, 0);
    return status;
}

static void sweep(int sorted, int for_ever)
{
    FILE *file = tmpfile();
    size_t rows = write_forms(file, sorted);
    attune_status status = ATTUNE_E_MEMORY;
    uint64_t count = 0;
    size_t k = 0;
    for (; status != ATTUNE_OK; k++) {
        struct purse purse = { .fail_at = k, .for_ever = for_ever };
        status = run(file, &purse, &count);
        if (status != ATTUNE_OK)
            assert_int_equal(status, ATTUNE_E_MEMORY);
    }
    assert_int_equal(count, rows);
    assert_true(k > 8);
    fclose(file);
}

static void every_allocation_may_fail_once(void **state)
{
    (void)state;
    sweep(1, 0);
    sweep(0, 0);
}

static void every_allocation_may_fail_from_then_on(void **state)
{
    (void)state;
    sweep(1, 1);
    sweep(0, 1);
}

/* Ten times the clients, sorted, cost no more memory. */
static size_t peak_of(int clients)
{
    struct purse purse = { .fail_at = SIZE_MAX };
    attune_allocator allocator = { &purse, purse_allocate, purse_release };
    attune_client_forms client = { .struct_size = sizeof client };
    attune_forms *forms = NULL;
    FILE *file = tmpfile();
    size_t peak = 0;
    fputs("client,session,measure,score\n", file);
    for (int i = 0; i < clients * 20; i++)
        fprintf(file, "C-%06d,%d,phq-9,%d\n", i / 20, i % 20, i % 28);
    rewind(file);
    assert_int_equal(atn_forms_open(&forms, file, 1, ATN_SOURCE_BLOCK, NULL, &allocator, NULL),
                     ATTUNE_OK);
    do {
        assert_int_equal(attune_forms_next(forms, &client, NULL), ATTUNE_OK);
        peak = purse.out > peak ? purse.out : peak;
    } while (client.count > 0);
    attune_forms_free(forms);
    return peak;
}

static void memory_does_not_grow_with_the_number_of_clients(void **state)
{
    (void)state;
    assert_int_equal(peak_of(5000), peak_of(500));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail_once),
        cmocka_unit_test(every_allocation_may_fail_from_then_on),
        cmocka_unit_test(memory_does_not_grow_with_the_number_of_clients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
