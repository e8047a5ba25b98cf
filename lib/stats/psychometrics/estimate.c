/* Everything that is estimated of a measure at once: its whole, and each of its items. */
/* SPDX-License-Identifier: MIT */
#include <attune/psychometrics.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <attune/score.h>

#include <math.h>

/* The caller's scratch: parts of one form a client, and what the fits want one after the other. */
struct scratch {
    double *parts;
    attune_consistency_item *items;
    void *rest;
    size_t rest_size;
};

static size_t rest_size(size_t n_clients, size_t n_rows)
{
    size_t items = attune_consistency_work(ATTUNE_ITEMS_MAX);
    size_t scores = attune_stability_work(n_clients, n_rows);
    return items > scores ? items : scores;
}

size_t attune_estimate_work(size_t n_clients, size_t n_rows)
{
    const size_t p = ATTUNE_ITEMS_MAX;
    if (attune_stability_work(n_clients, n_rows) == 0)
        return 0;
    return n_clients * p * sizeof(double) + p * sizeof(attune_consistency_item) +
           rest_size(n_clients, n_rows) + sizeof(double);
}

static struct scratch lay_out(const attune_estimate_given *given, void *work)
{
    uintptr_t place = (uintptr_t)work;
    struct scratch s = { .rest_size = rest_size((size_t)given->n_clients, (size_t)given->n_rows) };
    place = (place + sizeof(double) - 1) / sizeof(double) * sizeof(double);
    s.parts = (double *)place;
    s.items = (attune_consistency_item *)(s.parts + given->n_clients * ATTUNE_ITEMS_MAX);
    s.rest = s.items + ATTUNE_ITEMS_MAX;
    return s;
}

static attune_status check_call(const attune_estimate_given *given, const void *work,
                                const attune_estimate *rows, const size_t *count, attune_error *err)
{
    if (!given || !work || !rows || !count)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "forms, scratch and room must be given");
    if (given->struct_size < sizeof *given || rows->struct_size < sizeof *rows)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (!given->starts || !given->scores)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "given", "starts and scores must be given");
    return ATTUNE_OK;
}

static attune_status check_counts(const attune_estimate_given *given, size_t work_size,
                                  size_t wanted_rows, size_t capacity, attune_error *err)
{
    size_t wanted = attune_estimate_work((size_t)given->n_clients, (size_t)given->n_rows);
    if (wanted == 0 || work_size < wanted)
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_estimate_work bytes");
    if (capacity < wanted_rows)
        return atn_fail(err, ATTUNE_E_COUNT, "capacity",
                        "expected room for the whole and its items");
    for (uint64_t c = 0; c < given->n_clients; c++)
        if (given->starts[c] > given->starts[c + 1] || given->starts[c + 1] > given->n_rows)
            return atn_fail_at(err, ATTUNE_E_COUNT, c + 1, "starts",
                               "expected rising row numbers within the forms");
    return ATTUNE_OK;
}

static int any_answered(const double *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isnan(parts[i]))
            return 1;
    return 0;
}

/* The parts of a client's first form with an answer; NaN where there is none. */
static attune_status take_client(const attune_estimate_given *given, size_t n_items, uint64_t c,
                                 double *parts, size_t n, attune_error *err)
{
    for (size_t i = 0; i < n; i++)
        parts[i] = NAN;
    for (uint64_t row = given->starts[c]; row < given->starts[c + 1]; row++) {
        attune_status status =
            attune_parts_score(given->scale, given->subscale, given->answers + row * n_items,
                               n_items, 1, parts, NULL, err);
        if (status != ATTUNE_OK)
            return atn_fail_at(err, status, row * n_items + (err ? err->index : 0), "items",
                               "expected answers that the scale takes");
        if (any_answered(parts, n))
            break;
    }
    return ATTUNE_OK;
}

static attune_status take_parts(const attune_estimate_given *given, double *parts, size_t n,
                                int32_t *numbers, attune_error *err)
{
    attune_scale_info info = { .struct_size = sizeof info };
    attune_status status = attune_scale_describe(given->scale, &info);
    size_t n_items = (size_t)info.item_count;
    if (n == 0)
        return ATTUNE_OK;
    status =
        attune_parts_score(given->scale, given->subscale, NULL, n_items, 0, NULL, numbers, err);
    for (uint64_t c = 0; status == ATTUNE_OK && c < given->n_clients; c++)
        status = take_client(given, n_items, c, parts + c * n, n, err);
    return status;
}

static const attune_estimate blank = {
    .struct_size = sizeof blank,
    .item = -1,
    .n_clients = -1,
    .n_scores = -1,
    .n_repeated = -1,
    .n_items = -1,
    .n_used = -1,
    .n_forms = -1,
    .n_complete = -1,
    .n_pair = -1,
    .turned = -1,
    .mean = NAN,
    .sd = NAN,
    .alpha = NAN,
    .omega = NAN,
    .sem = NAN,
    .r_total = NAN,
    .r_rest = NAN,
    .alpha_dropped = NAN,
    .loading = NAN,
    .retest_r = NAN,
    .retest_sessions = NAN,
    .retest_days = NAN,
    .change_mean = NAN,
    .change_sd = NAN,
    .step_sd = NAN,
    .within_sd = NAN,
    .within_var = NAN,
    .between_var = NAN,
    .icc = NAN,
};

static void put_consistency(attune_estimate *row, const attune_consistency *c)
{
    row->n_items = c->n_items;
    row->n_used = c->n_used;
    row->n_forms = c->n_forms;
    row->n_complete = c->n_complete;
    row->n_pair = c->n_pair;
    row->turned = isnan(c->omega) ? -1 : c->turned;
    row->alpha = c->alpha;
    row->omega = c->omega;
}

static void put_stability(attune_estimate *row, const attune_stability *s)
{
    row->n_clients = s->n_clients;
    row->n_scores = s->n_scores;
    row->n_repeated = s->n_repeated;
    row->mean = s->mean;
    row->sd = s->sd;
    row->sem = s->sem;
    row->retest_r = s->retest_r;
    row->retest_sessions = s->retest_sessions;
    row->retest_days = s->retest_days;
    row->change_mean = s->change_mean;
    row->change_sd = s->change_sd;
    row->step_sd = s->step_sd;
    row->within_sd = s->within_sd;
    row->within_var = s->within_var;
    row->between_var = s->between_var;
    row->icc = s->icc;
}

static attune_estimate item_row(const attune_consistency_item *item, int32_t number)
{
    attune_estimate row = blank;
    row.item = number;
    row.n_forms = item->n;
    row.mean = item->mean;
    row.sd = item->sd;
    row.r_total = item->r_total;
    row.r_rest = item->r_rest;
    row.alpha_dropped = item->alpha_dropped;
    row.loading = item->loading;
    return row;
}

/* The whole's row; the items' figures stay in the scratch. *n becomes 0 where items say nothing. */
static attune_status estimate(const attune_estimate_given *given, const struct scratch *s,
                              size_t *n, attune_estimate *whole, attune_error *err)
{
    attune_consistency c = { .struct_size = sizeof c };
    attune_stability st = { .struct_size = sizeof st };
    attune_status status;
    *whole = blank;
    s->items[0].struct_size = sizeof s->items[0];
    if (*n > 0 && attune_consistency_fit(s->parts, *n, (size_t)given->n_clients, s->rest,
                                         s->rest_size, &c, s->items, NULL) == ATTUNE_OK)
        put_consistency(whole, &c);
    else
        *n = 0;
    status = attune_stability_fit(given->starts, (size_t)given->n_clients, given->scores,
                                  given->session, given->day, (size_t)given->n_rows,
                                  whole->alpha >= 0 ? whole->alpha : NAN, s->rest, s->rest_size,
                                  &st, err);
    if (status == ATTUNE_OK)
        put_stability(whole, &st);
    return *n > 0 && status == ATTUNE_E_TOO_FEW ? ATTUNE_OK : status;
}

attune_status attune_estimate_fit(const attune_estimate_given *given, void *work, size_t work_size,
                                  attune_estimate *rows, size_t capacity, size_t *count,
                                  attune_error *err)
{
    int32_t numbers[ATTUNE_ITEMS_MAX];
    attune_estimate row;
    struct scratch s;
    size_t n = 0;
    attune_status status = check_call(given, work, rows, count, err);
    if (status == ATTUNE_OK && given->scale && given->answers)
        n = attune_parts_count(given->scale, given->subscale);
    if (status == ATTUNE_OK)
        status = check_counts(given, work_size, n + 1, capacity, err);
    if (status != ATTUNE_OK)
        return status;
    s = lay_out(given, work);
    status = take_parts(given, s.parts, n, numbers, err);
    if (status == ATTUNE_OK)
        status = estimate(given, &s, &n, &row, err);
    if (status != ATTUNE_OK)
        return status;
    atn_give_at(rows, rows->struct_size, 0, &row, sizeof row);
    for (size_t i = 0; i < n; i++) {
        row = item_row(&s.items[i], numbers[i]);
        atn_give_at(rows, rows->struct_size, i + 1, &row, sizeof row);
    }
    *count = n + 1;
    return ATTUNE_OK;
}
