/* Rows become forms, and forms of one client come together. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"

#include "lib/core/base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is given is copied once and shared by the forms that have the same. 0: no memory. */
static int share_text(struct atn_pool *pool, struct atn_text *text, const char **shared)
{
    if (!text->given)
        return 1;
    if (!text->shared)
        text->shared = atn_pool_text(pool, text->at, text->n);
    *shared = text->shared;
    return text->shared != NULL;
}

static int copy_array(struct atn_pool *pool, const void *from, size_t size, void *copied)
{
    void *copy = atn_pool_take(pool, size);
    if (!copy)
        return 0;
    memcpy(copy, from, size);
    memcpy(copied, &copy, sizeof copy);
    return 1;
}

static int copy_arrays(attune_forms *forms, attune_form *form)
{
    struct atn_pool *pool = &forms->gathered.pool;
    const struct atn_row *row = &forms->row;
    const attune_scale_info *info = &row->measure->info;
    if (row->has_subscales &&
        !copy_array(pool, row->subscales, info->subscale_count * sizeof *row->subscales,
                    &form->subscales))
        return 0;
    return !forms->options.keep_items || row->answered == 0 ||
           copy_array(pool, row->items, (size_t)info->item_count * sizeof *row->items,
                      &form->items);
}

static int share_texts(attune_forms *forms, attune_form *form)
{
    struct atn_pool *pool = &forms->gathered.pool;
    struct atn_row *row = &forms->row;
    return share_text(pool, &row->client, &form->client) &&
           share_text(pool, &row->clinician, &form->clinician) &&
           share_text(pool, &row->date, &form->date);
}

static attune_status join(attune_forms *forms)
{
    struct atn_gathered *gathered = &forms->gathered;
    struct atn_row *row = &forms->row;
    attune_form *form;
    if (gathered->count == gathered->room &&
        !atn_array_grow(&forms->allocator, &gathered->forms, &gathered->room,
                        sizeof *gathered->forms))
        return ATTUNE_E_MEMORY;
    form = &gathered->forms[gathered->count];
    *form = (attune_form) { .measure = row->measure->id,
                            .scale = row->measure->scale,
                            .line = row->line,
                            .day = row->date.given ? row->day : NAN,
                            .total = row->total,
                            .session = row->session,
                            .rater = row->rater };
    if (!share_texts(forms, form) || !copy_arrays(forms, form))
        return ATTUNE_E_MEMORY;
    gathered->count++;
    forms->rows++;
    row->ready = 0;
    return ATTUNE_OK;
}

/* Read on to the next sound row; row.ready 0: the file ended, or *fault says what ends it. */
static attune_status next_row(attune_forms *forms, attune_error *fault)
{
    struct atn_row *row = &forms->row;
    for (;;) {
        attune_status status = atn_parse_row(forms, atn_field_take);
        if (status != ATTUNE_OK)
            return status;
        if (!row->done)
            break;
        atn_row_finish(forms);
        if (row->ready)
            return ATTUNE_OK;
        if (!forms->options.skip_bad) {
            *fault = row->fault;
            break;
        }
        if (!atn_bad_add(forms, &row->fault))
            return ATTUNE_E_MEMORY;
    }
    forms->ended = 1;
    return ATTUNE_OK;
}

/* Below 0: the row's client comes before the one that is being gathered; above: after. */
static int compare_client(const attune_forms *forms)
{
    const struct atn_gathered *gathered = &forms->gathered;
    const struct atn_text *client = &forms->row.client;
    if (gathered->count == 0 || client->shared == gathered->forms[0].client)
        return 0;
    return strcmp(client->at, gathered->forms[0].client);
}

/* Rows up to the next client, or of a file that is not sorted all rows. */
static attune_status read_rows(attune_forms *forms, attune_error *fault)
{
    attune_status status = ATTUNE_OK;
    while (status == ATTUNE_OK) {
        if (!forms->row.ready && !forms->ended)
            status = next_row(forms, fault);
        if (status != ATTUNE_OK || !forms->row.ready)
            return status;
        if (forms->sorted && compare_client(forms) != 0)
            return compare_client(forms) > 0 ? ATTUNE_OK : ATTUNE_E_IO;
        status = join(forms);
    }
    return status;
}

static int by_client(const void *one, const void *other)
{
    const attune_form *a = one;
    const attune_form *b = other;
    int order = a->client == b->client ? 0 : strcmp(a->client, b->client);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* How many forms from the first on are of its client. */
static size_t count_client(const attune_form *of, size_t n)
{
    size_t count = n > 0;
    while (count < n &&
           (of[count].client == of[0].client || strcmp(of[count].client, of[0].client) == 0))
        count++;
    return count;
}

static attune_status order_all(attune_forms *forms, attune_error *fault)
{
    struct atn_gathered *gathered = &forms->gathered;
    attune_form *of = gathered->forms;
    size_t kept = 0;
    if (gathered->count > 1)
        qsort(of, gathered->count, sizeof *of, by_client);
    for (size_t from = 0; from < gathered->count;) {
        size_t count = count_client(of + from, gathered->count - from);
        size_t next = from + count;
        attune_status status = atn_client_order(forms, of + from, &count, fault);
        if (status != ATTUNE_OK)
            return status;
        memmove(of + kept, of + from, count * sizeof *of);
        kept += count;
        from = next;
    }
    gathered->count = kept;
    return ATTUNE_OK;
}

/* The fault that comes first in the file ends the reading. */
static attune_status conclude(attune_forms *forms, attune_status status, const attune_error *fault)
{
    if (status == ATTUNE_OK && fault->code == ATTUNE_OK)
        return ATTUNE_OK;
    forms->failure = *fault;
    if (status == ATTUNE_E_IO)
        atn_fail(&forms->failure, status, "",
                 "expected a file that can be read, and stays as it is");
    else if (status != ATTUNE_OK)
        atn_fail(&forms->failure, status, "", "expected memory for the forms of one client");
    return forms->failure.code;
}

/* The forms handed out are void, and the texts they share. */
static void let_go(attune_forms *forms)
{
    struct atn_row *row = &forms->row;
    forms->gathered.count = 0;
    row->client.shared = row->clinician.shared = row->date.shared = NULL;
    atn_pool_reset(&forms->gathered.pool);
}

static attune_status gather_client(attune_forms *forms, attune_form **of, size_t *count)
{
    struct atn_gathered *gathered = &forms->gathered;
    attune_error fault = ATTUNE_ERROR_INIT;
    attune_status status;
    let_go(forms);
    status = read_rows(forms, &fault);
    *count = gathered->count;
    *of = gathered->forms;
    if (status == ATTUNE_OK)
        status = atn_client_order(forms, *of, count, &fault);
    return conclude(forms, status, &fault);
}

static attune_status gather_all(attune_forms *forms)
{
    attune_error fault = ATTUNE_ERROR_INIT;
    attune_status status = read_rows(forms, &fault);
    if (status == ATTUNE_OK)
        status = order_all(forms, &fault);
    return conclude(forms, status, &fault);
}

attune_status atn_gather(attune_forms *forms, attune_form **of, size_t *count)
{
    struct atn_gathered *gathered = &forms->gathered;
    if (forms->sorted)
        return gather_client(forms, of, count);
    if (!forms->ended) {
        attune_status status = gather_all(forms);
        if (status != ATTUNE_OK)
            return status;
    }
    if (gathered->walked == gathered->count) { /* also a file without rows: there is no array */
        *of = NULL;
        *count = 0;
        return ATTUNE_OK;
    }
    *of = gathered->forms + gathered->walked;
    *count = count_client(*of, gathered->count - gathered->walked);
    gathered->walked += *count;
    return ATTUNE_OK;
}
