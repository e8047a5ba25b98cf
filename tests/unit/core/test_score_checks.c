/* Scoring refuses in the documented order, and then writes nothing. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/faults.h"
#include "tests/unit/core/given.h"
#include "tests/unit/core/own_scale.h"

typedef struct form_call {
    const attune_scale *scale;
    const double *items;
    size_t n_items, capacity;
    int no_total, no_subs;
    double answers[4];
    attune_score total, subs[2];
    struct attune_scale own;
} form_call;

static void form_reset(void *call)
{
    form_call *c = call;
    memset(c, FAULTS_PATTERN, sizeof *c);
    c->own = own_scale();
    c->scale = &c->own;
    c->items = c->answers;
    c->n_items = 4;
    c->capacity = 2;
    c->no_total = c->no_subs = 0;
    for (int i = 0; i < 4; i++)
        c->answers[i] = 1;
    c->total.struct_size = c->subs[0].struct_size = sizeof c->total;
}

static attune_status form_run(void *call, attune_error *err)
{
    form_call *c = call;
    return attune_form_score(c->scale, c->items, c->n_items, c->no_total ? NULL : &c->total,
                             c->no_subs ? NULL : c->subs, c->capacity, err);
}

SPOIL(form_no_scale, form_call, c->scale = NULL)
SPOIL(form_no_items, form_call, c->items = NULL)
SPOIL(form_no_total, form_call, c->no_total = 1)
SPOIL(form_no_subs, form_call, c->no_subs = 1)
SPOIL(form_total_size, form_call, c->total.struct_size = 0)
SPOIL(form_subs_size, form_call, c->subs[0].struct_size = sizeof c->total - 1)
SPOIL(form_totals_only, form_call, c->own.info.item_count = 0)
SPOIL(form_n_items, form_call, c->n_items = 5)
SPOIL(form_capacity, form_call, c->capacity = 1)
SPOIL(form_answer, form_call, c->answers[2] = INFINITY)

static void scoring_a_form_checks_in_the_documented_order(void **state)
{
    static form_call call;
    const spoiled s = { &call, sizeof call, form_reset, form_run };
    const fault faults[] = {
        { "no scale", ATTUNE_E_ARGUMENT, form_no_scale },
        { "no items", ATTUNE_E_ARGUMENT, form_no_items },
        { "no total", ATTUNE_E_ARGUMENT, form_no_total },
        { "no subscales", ATTUNE_E_ARGUMENT, form_no_subs },
        { "size of total", ATTUNE_E_STRUCT_SIZE, form_total_size },
        { "size of subscales", ATTUNE_E_STRUCT_SIZE, form_subs_size },
        { "totals only", ATTUNE_E_CONSTANT, form_totals_only },
        { "count of items", ATTUNE_E_COUNT, form_n_items },
        { "room for subscales", ATTUNE_E_COUNT, form_capacity },
        { "answer", ATTUNE_E_VALUE, form_answer },
    };
    (void)state;
    FAULTS_CHECK(&s, faults);
}

typedef struct total_call {
    const attune_scale *scale;
    double given;
    int no_total;
    attune_score total;
} total_call;

static void total_reset(void *call)
{
    total_call *c = call;
    memset(c, FAULTS_PATTERN, sizeof *c);
    c->scale = attune_scale_find("phq-9");
    c->given = 3;
    c->no_total = 0;
    c->total.struct_size = sizeof c->total;
}

static attune_status total_run(void *call, attune_error *err)
{
    total_call *c = call;
    return attune_total_score(c->scale, c->given, c->no_total ? NULL : &c->total, err);
}

SPOIL(total_no_scale, total_call, c->scale = NULL)
SPOIL(total_no_total, total_call, c->no_total = 1)
SPOIL(total_size, total_call, c->total.struct_size = 4)
SPOIL(total_above, total_call, c->given = 27.5)
SPOIL(total_below, total_call, c->given = -.5)
SPOIL(total_infinite, total_call, c->given = -INFINITY)

static void judging_a_total_checks_in_the_documented_order(void **state)
{
    static total_call call;
    const spoiled s = { &call, sizeof call, total_reset, total_run };
    const fault faults[] = {
        { "no scale", ATTUNE_E_ARGUMENT, total_no_scale },
        { "no total", ATTUNE_E_ARGUMENT, total_no_total },
        { "size", ATTUNE_E_STRUCT_SIZE, total_size },
        { "above", ATTUNE_E_VALUE, total_above },
        { "below", ATTUNE_E_VALUE, total_below },
        { "infinite", ATTUNE_E_VALUE, total_infinite },
    };
    (void)state;
    FAULTS_CHECK(&s, faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scoring_a_form_checks_in_the_documented_order),
        cmocka_unit_test(judging_a_total_checks_in_the_documented_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
