/* A parcel: clients' forms copied into blocks of memory that are used again. */
/* SPDX-License-Identifier: MIT */
#include "examples/parcel.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES ((size_t)1 << 18)
#define ALIGNMENT 16

struct parcel_block {
    struct parcel_block *next;
    size_t size, used;
    _Alignas(ALIGNMENT) char bytes[];
};

/* The first block from the current one on that has room; a new one at the end. */
static struct parcel_block *block_with(struct parcel *p, size_t n)
{
    struct parcel_block **place = p->current ? &p->current : &p->first;
    size_t size = n > BLOCK_BYTES ? n : BLOCK_BYTES;
    while (*place && (*place)->size - (*place)->used < n)
        place = &(*place)->next;
    if (!*place) {
        struct parcel_block *block = malloc(sizeof *block + size);
        if (!block)
            return NULL;
        *block = (struct parcel_block) { .size = size };
        *place = block;
    }
    p->current = *place;
    return p->current;
}

static void *take(struct parcel *p, size_t n)
{
    size_t rounded = (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct parcel_block *block = block_with(p, rounded);
    void *taken;
    if (!block)
        return NULL;
    taken = block->bytes + block->used;
    block->used += rounded;
    return taken;
}

static void *copy(struct parcel *p, const void *from, size_t n)
{
    void *to = take(p, n);
    if (to && n > 0)
        memcpy(to, from, n);
    return to;
}

/* The text at *text in the parcel's memory; one that is the same as before is shared. */
static int copy_text(struct parcel *p, const char **text, const char *from, const char *before)
{
    *text = NULL;
    if (!from)
        return 1;
    *text = before && strcmp(before, from) == 0 ? before : copy(p, from, strlen(from) + 1);
    return *text != NULL;
}

static int copy_subscales(struct parcel *p, attune_form *form)
{
    attune_scale_info info = { .struct_size = sizeof info };
    if (!form->subscales || attune_scale_describe(form->scale, &info) != ATTUNE_OK)
        return 1;
    form->subscales = copy(p, form->subscales, info.subscale_count * sizeof *form->subscales);
    return form->subscales != NULL;
}

static int copy_items(struct parcel *p, attune_form *form)
{
    attune_scale_info info = { .struct_size = sizeof info };
    if (!form->items || attune_scale_describe(form->scale, &info) != ATTUNE_OK)
        return 1;
    form->items = copy(p, form->items, (size_t)info.item_count * sizeof *form->items);
    return form->items != NULL;
}

static int copy_form(struct parcel *p, attune_form *form, const attune_form *before)
{
    return copy_text(p, &form->measure, form->measure, before ? before->measure : NULL) &&
           copy_text(p, &form->clinician, form->clinician, before ? before->clinician : NULL) &&
           copy_text(p, &form->date, form->date, before ? before->date : NULL) &&
           copy_subscales(p, form) && copy_items(p, form);
}

static int copy_client(struct parcel *p, const attune_client_forms *client)
{
    attune_client_forms *to = &p->clients[p->count];
    size_t n = (size_t)client->count;
    attune_form *forms;
    *to = *client;
    to->client = copy(p, client->client, strlen(client->client) + 1);
    forms = n <= SIZE_MAX / 2 / sizeof *forms ? copy(p, client->forms, n * sizeof *forms) : NULL;
    to->forms = forms;
    if (!to->client || !forms)
        return 0;
    for (size_t i = 0; i < n; i++) {
        forms[i].client = to->client;
        if (!copy_form(p, &forms[i], i > 0 ? &forms[i - 1] : NULL))
            return 0;
    }
    p->count++;
    return 1;
}

static void start_again(struct parcel *p)
{
    p->count = 0;
    p->last = 0;
    p->err = (attune_error)ATTUNE_ERROR_INIT;
    p->current = p->first;
    for (struct parcel_block *block = p->first; block; block = block->next)
        block->used = 0;
}

int parcel_fill(struct parcel *p, attune_forms *forms)
{
    uint64_t held = 0;
    start_again(p);
    while (p->count < PARCEL_CLIENTS && held < PARCEL_FORMS) {
        attune_client_forms client = { .struct_size = sizeof client };
        attune_status status = attune_forms_next(forms, &client, &p->err);
        if (status == ATTUNE_OK && client.count > 0 && !copy_client(p, &client)) {
            p->err = (attune_error)ATTUNE_ERROR_INIT;
            p->err.code = status = ATTUNE_E_MEMORY;
        }
        if (status != ATTUNE_OK || client.count == 0) {
            p->err.code = status;
            p->last = 1;
            return 0;
        }
        held += client.count;
    }
    return 1;
}

void parcel_free(struct parcel *p)
{
    while (p->first) {
        struct parcel_block *block = p->first;
        p->first = block->next;
        free(block);
    }
}
