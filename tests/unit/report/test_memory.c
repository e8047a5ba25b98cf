/* Every allocation of the reports fails once, and from then on: no leak, nothing touched. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/report/given.h"

static given g;

/* Counts what is held; fails the k-th allocation, or every one from it on. */
typedef struct faults {
    size_t count, fail_at, held;
    int for_ever;
} faults;

static void *allocate(void *context, size_t size)
{
    faults *f = context;
    size_t now = f->count++;
    if (now == f->fail_at || (f->for_ever && now > f->fail_at))
        return NULL;
    f->held += size;
    return malloc(size);
}

static void release(void *context, void *memory, size_t size)
{
    faults *f = context;
    assert_true(f->held >= size);
    f->held -= size;
    free(memory);
}

static void give(const char *id)
{
    given_begin(&g, id);
    GIVE(&g, "phq-9", ATTUNE_RATER_CLIENT, 10, 12, 13, 17, 18, 18, 19);
    GIVE(&g, "demo-alliance", ATTUNE_RATER_CLIENT, 5.5, 5.5, 5.5, 5.5, 3.5, MISSED, 5.5);
}

/* 1 when the run met no failure. */
static int client_run(faults *f)
{
    attune_allocator allocator = { f, allocate, release };
    attune_client_report *report = NULL;
    give("C-1");
    attune_status status = attune_client_report_new(&report, &g.client, NULL, &allocator, NULL);
    if (status == ATTUNE_OK) {
        size_t before = f->count;
        assert_true(attune_client_report_text(report, NULL, NULL, 0) > 0);
        assert_int_equal(f->count, before); /* text allocates nothing */
    } else {
        assert_int_equal(status, ATTUNE_E_MEMORY);
        assert_null(report);
    }
    attune_client_report_free(report);
    return status == ATTUNE_OK;
}

static int caseload_run(faults *f)
{
    attune_allocator allocator = { f, allocate, release };
    attune_caseload *caseload = NULL;
    attune_status status = attune_caseload_new(&caseload, NULL, &allocator, NULL);
    for (int i = 0; i < 34 && status == ATTUNE_OK; i++) {
        char id[] = "C-a";
        id[2] = (char)('A' + i);
        given_begin(&g, id);
        GIVE(&g, "demo-alliance", ATTUNE_RATER_CLIENT, 5, 5, 3.5);
        status = attune_caseload_push(caseload, &g.client, NULL);
        assert_int_equal(attune_caseload_count(caseload), i + (status == ATTUNE_OK));
    }
    if (status != ATTUNE_OK)
        assert_int_equal(status, ATTUNE_E_MEMORY);
    else
        assert_true(attune_caseload_text(caseload, NULL, NULL, 0) > 0);
    attune_caseload_free(caseload);
    return status == ATTUNE_OK;
}

static void sweep(int (*run)(faults *), int for_ever)
{
    int done = 0;
    for (size_t k = 0; !done; k++) {
        faults f = { .fail_at = k, .for_ever = for_ever };
        done = run(&f);
        assert_int_equal(f.held, 0);
        assert_true(k < 10000);
    }
}

static void a_report_survives_every_failure_of_memory(void **state)
{
    (void)state;
    sweep(client_run, 0);
    sweep(client_run, 1);
}

static void a_caseload_survives_every_failure_of_memory(void **state)
{
    (void)state;
    sweep(caseload_run, 0);
    sweep(caseload_run, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_survives_every_failure_of_memory),
        cmocka_unit_test(a_caseload_survives_every_failure_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
