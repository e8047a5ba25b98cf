/* All of a measure at once: the same as its three steps, with what is missing missing; refused. */
/* SPDX-License-Identifier: MIT */
#include <attune/attune.h>
#include <attune/psychometrics.h>

#include "tests/unit/core/own_scale.h"
#include "tests/unit/near.h"

#include <stdlib.h>

enum { CLIENTS = 5, ROWS = 9, ITEMS = 4 };

/* The second client's first form has no answer, the last client has no form. */
static const uint64_t starts[] = { 0, 2, 5, 7, 9, 9 };
static const double answers[ROWS * ITEMS] = {
    3, 0, 2, 3, 1, 2,   1, 1, NAN, NAN, NAN, NAN, 1, 2, 0, 1, 0, 3,
    1, 0, 2, 1, 2, NAN, 2, 2, 1,   1,   0,   3,   1, 0, 1, 1, 1, 1,
};
static const double scores[] = { 11, 4, NAN, 3, 1, 8, 6, 1, 5 };
static const int32_t session[] = { 1, 2, 1, 2, 3, 1, 2, 1, 5 };
static const double day[] = { 0, 7, 0, 7, 14, 0, 8, 0, NAN };
static struct attune_scale scale;

static attune_estimate_given given_all(void)
{
    scale = own_scale();
    return (attune_estimate_given) {
        sizeof(attune_estimate_given),
        -1,
        &scale,
        starts,
        answers,
        scores,
        session,
        day,
        CLIENTS,
        ROWS,
    };
}

static attune_status fit(const attune_estimate_given *given, attune_estimate *rows, size_t capacity,
                         size_t *count, attune_error *err)
{
    size_t size = attune_estimate_work(CLIENTS, ROWS);
    char *work = malloc(size + 1);
    attune_status status;
    assert_non_null(work);
    rows[0].struct_size = sizeof rows[0];
    status = attune_estimate_fit(given, work + 1, size, rows, capacity, count, err);
    free(work);
    return status;
}

static void it_is_the_same_as_its_three_steps(void **state)
{
    (void)state;
    /* Item 2 is reversed; one form a client, the first with an answer. */
    const double parts[] = { 3, 3, 2, 3, 1, 1, 0, 1, 2, 2, 2, NAN, 0, 0, 1, 0 };
    static char room[8192];
    attune_estimate_given given = given_all();
    attune_estimate rows[ITEMS + 1];
    attune_consistency c = { .struct_size = sizeof c };
    attune_consistency_item items[ITEMS] = { { .struct_size = sizeof items[0] } };
    attune_stability s = { .struct_size = sizeof s };
    size_t count = 0;
    assert_int_equal(fit(&given, rows, ITEMS + 1, &count, NULL), ATTUNE_OK);
    assert_int_equal(count, ITEMS + 1);
    assert_int_equal(attune_consistency_fit(parts, ITEMS, 4, room, sizeof room, &c, items, NULL),
                     ATTUNE_OK);
    assert_int_equal(attune_stability_fit(starts, CLIENTS, scores, session, day, ROWS, c.alpha,
                                          room, sizeof room, &s, NULL),
                     ATTUNE_OK);
    assert_int_equal(rows[0].item, -1);
    assert_same(rows[0].alpha, c.alpha);
    assert_same(rows[0].omega, c.omega);
    assert_same(rows[0].sem, s.sem);
    assert_same(rows[0].mean, s.mean);
    assert_same(rows[0].retest_r, s.retest_r);
    assert_same(rows[0].retest_days, s.retest_days);
    assert_same(rows[0].change_sd, s.change_sd);
    assert_same(rows[0].within_sd, s.within_sd);
    assert_same(rows[0].icc, s.icc);
    assert_int_equal(rows[0].n_forms, 4);
    assert_int_equal(rows[0].n_complete, 3);
    assert_int_equal(rows[0].n_clients, 4);
    assert_int_equal(rows[0].n_scores, 8);
    for (size_t i = 0; i < ITEMS; i++) {
        assert_int_equal(rows[i + 1].item, (int32_t)i + 1);
        assert_int_equal(rows[i + 1].n_forms, items[i].n);
        assert_same(rows[i + 1].mean, items[i].mean);
        assert_same(rows[i + 1].r_rest, items[i].r_rest);
        assert_same(rows[i + 1].alpha_dropped, items[i].alpha_dropped);
        assert_same(rows[i + 1].loading, items[i].loading);
        assert_int_equal(rows[i + 1].n_clients, -1);
        assert_true(isnan(rows[i + 1].alpha) && isnan(rows[i + 1].icc));
    }
}

static void a_subscale_has_its_own_items(void **state)
{
    (void)state;
    attune_estimate_given given = given_all();
    attune_estimate rows[4];
    size_t count = 0;
    given.subscale = 1;
    assert_int_equal(fit(&given, rows, 4, &count, NULL), ATTUNE_OK);
    assert_int_equal(count, 4);
    assert_int_equal(rows[1].item, 3);
    assert_int_equal(rows[3].item, 1);
}

static void scores_alone_have_no_items(void **state)
{
    (void)state;
    attune_estimate_given given = given_all();
    attune_estimate row[1];
    size_t count = 0;
    given.answers = NULL;
    assert_int_equal(fit(&given, row, 1, &count, NULL), ATTUNE_OK);
    assert_int_equal(count, 1);
    assert_int_equal(row[0].n_items, -1);
    assert_int_equal(row[0].n_clients, 4);
    assert_true(isnan(row[0].alpha) && isnan(row[0].sem));
    given.answers = answers;
    given.scale = NULL;
    assert_int_equal(fit(&given, row, 1, &count, NULL), ATTUNE_OK);
    given.scale = &scale;
    given.subscale = 7;
    assert_int_equal(fit(&given, row, 1, &count, NULL), ATTUNE_OK);
    assert_int_equal(count, 1);
}

static void too_few_of_one_kind_leave_the_other(void **state)
{
    (void)state;
    const double none[ROWS] = { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
    double empty[ROWS * ITEMS];
    attune_estimate_given given = given_all();
    attune_estimate rows[ITEMS + 1];
    attune_error err = ATTUNE_ERROR_INIT;
    size_t count = 0;
    for (size_t i = 0; i < (size_t)ROWS * ITEMS; i++)
        empty[i] = i < ITEMS ? 1 : NAN;
    given.scores = none;
    assert_int_equal(fit(&given, rows, ITEMS + 1, &count, NULL), ATTUNE_OK);
    assert_int_equal(rows[0].n_clients, -1);
    assert_true(!isnan(rows[0].alpha) && isnan(rows[0].sd));
    given = given_all();
    given.answers = empty;
    assert_int_equal(fit(&given, rows, ITEMS + 1, &count, NULL), ATTUNE_OK);
    assert_int_equal(rows[0].n_forms, -1);
    assert_int_equal(rows[0].n_clients, 4);
    assert_int_equal(count, 1);
    given.scores = none;
    count = 0;
    assert_int_equal(fit(&given, rows, ITEMS + 1, &count, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(count, 0);
}

/* Item 1 against the others: alpha is negative, and no standard error follows from it. */
static void a_negative_alpha_gives_no_sem_and_no_factor_no_turned(void **state)
{
    (void)state;
    double odd[ROWS * ITEMS];
    attune_estimate_given given = given_all();
    attune_estimate rows[ITEMS + 1];
    size_t count = 0;
    for (size_t i = 0; i < (size_t)ROWS * ITEMS; i++)
        odd[i] = i % ITEMS > 1 ? 1 : answers[i];
    for (size_t f = 0; f < ROWS; f++)
        odd[f * ITEMS + 1] = odd[f * ITEMS];
    given.answers = odd;
    assert_int_equal(fit(&given, rows, ITEMS + 1, &count, NULL), ATTUNE_OK);
    assert_int_equal(rows[0].n_used, 2);
    assert_true(isnan(rows[0].sem) && isnan(rows[0].omega));
    assert_int_equal(rows[0].turned, -1);
    assert_true(!isnan(rows[0].sd));
}

static void calls_are_refused_in_the_order_of_the_header(void **state)
{
    (void)state;
    const uint64_t back[] = { 0, 2, 1, 7, 9, 9 }, beyond[] = { 0, 2, 5, 7, 9, 10 };
    double bad[ROWS * ITEMS], bad_scores[ROWS];
    static char room[1000000];
    attune_estimate_given given = given_all(), old = given_all();
    struct attune_scale locked = own_scale();
    attune_estimate rows[ITEMS + 1] = { { .struct_size = sizeof rows[0] } };
    attune_estimate small[1] = { { .struct_size = 8 } };
    attune_error err = ATTUNE_ERROR_INIT;
    size_t count = 0, size = attune_estimate_work(CLIENTS, ROWS);
    assert_true(size <= sizeof room);
    memcpy(bad, answers, sizeof bad);
    memcpy(bad_scores, scores, sizeof scores);
    bad[3 * ITEMS + 2] = 9;
    bad_scores[3] = INFINITY;
    old.struct_size = 8;
    old.starts = NULL;
#define CALL(given, work, size, rows, capacity, count)                                             \
    attune_estimate_fit(given, work, size, rows, capacity, count, &err)
    assert_int_equal(CALL(NULL, room, size, rows, 5, &count), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(&old, NULL, size, rows, 5, &count), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(&old, room, size, NULL, 5, &count), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(&old, room, size, rows, 5, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(&old, room, size, rows, 5, &count), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(CALL(&given, room, size, small, 5, &count), ATTUNE_E_STRUCT_SIZE);
    old.struct_size = sizeof old;
    assert_int_equal(CALL(&old, room, size - 1, rows, 5, &count), ATTUNE_E_ARGUMENT);
    old.starts = back;
    old.scores = NULL;
    assert_int_equal(CALL(&old, room, size - 1, rows, 5, &count), ATTUNE_E_ARGUMENT);
    old.scores = bad_scores;
    old.answers = bad;
    assert_int_equal(CALL(&old, room, size - 1, rows, 4, &count), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "work_size");
    old.n_rows = (uint64_t)1 << 40;
    assert_int_equal(CALL(&old, room, size, rows, 5, &count), ATTUNE_E_COUNT);
    assert_int_equal(attune_estimate_work(5, (size_t)1 << 40), 0);
    old.n_rows = ROWS;
    assert_int_equal(CALL(&old, room, size, rows, 4, &count), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "capacity");
    assert_int_equal(CALL(&old, room, size, rows, 5, &count), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 2);
    old.starts = beyond;
    assert_int_equal(CALL(&old, room, size, rows, 5, &count), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 5);
    old.starts = starts;
    assert_int_equal(CALL(&old, room, size, rows, 5, &count), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "items");
    assert_int_equal(err.index, 3 * ITEMS + 2);
    assert_int_equal(attune_estimate_fit(&old, room, size, rows, 5, &count, NULL), ATTUNE_E_VALUE);
    old.answers = answers;
    assert_int_equal(CALL(&old, room, size, rows, 5, &count), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "scores");
    locked.open = &scale;
    old.scale = &locked;
    assert_int_equal(CALL(&old, room, size, rows, 5, &count), ATTUNE_E_ACCEPT);
    assert_int_equal(count, 0);
    assert_int_equal(rows[0].item, 0);
#undef CALL
}

/* Enough clients that their scores want more scratch than the items do. */
static void many_clients_fit_into_what_work_says(void **state)
{
    (void)state;
    const size_t n = 20000, size = attune_estimate_work(n, n);
    char *work = malloc(size);
    double *many = malloc(n * sizeof *many);
    uint64_t *ones = malloc((n + 1) * sizeof *ones);
    attune_estimate_given given = { .struct_size = sizeof given, .subscale = -1 };
    attune_estimate row = { .struct_size = sizeof row };
    size_t count = 0;
    assert_true(work && many && ones);
    for (size_t i = 0; i <= n; i++)
        ones[i] = i;
    for (size_t i = 0; i < n; i++)
        many[i] = (double)(i % 11);
    given.starts = ones;
    given.scores = many;
    given.n_clients = given.n_rows = n;
    assert_int_equal(attune_estimate_fit(&given, work, size, &row, 1, &count, NULL), ATTUNE_OK);
    assert_int_equal(row.n_clients, (int)n);
    assert_true(isnan(row.icc));
    free(work);
    free(many);
    free(ones);
}

static void the_columns_are_those_of_the_struct(void **state)
{
    (void)state;
    size_t n = 0;
    const attune_field *fields = attune_estimate_fields(&n);
    assert_int_equal(n, 29);
    assert_string_equal(fields[28].name, "icc");
    assert_int_equal(fields[28].offset, offsetof(attune_estimate, icc));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_same_as_its_three_steps),
        cmocka_unit_test(a_subscale_has_its_own_items),
        cmocka_unit_test(scores_alone_have_no_items),
        cmocka_unit_test(too_few_of_one_kind_leave_the_other),
        cmocka_unit_test(a_negative_alpha_gives_no_sem_and_no_factor_no_turned),
        cmocka_unit_test(calls_are_refused_in_the_order_of_the_header),
        cmocka_unit_test(many_clients_fit_into_what_work_says),
        cmocka_unit_test(the_columns_are_those_of_the_struct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
