/* Builds a caseload client by client. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/caseload.h"

#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"

#include <unistr.h>

static attune_status no_memory(attune_error *err)
{
    return atn_fail(err, ATTUNE_E_MEMORY, "", "no memory for the caseload");
}

/* Rules and their id are the caller's: copied, because clients are pushed later. */
static void keep_settings(attune_caseload *caseload, const atn_settings *settings,
                          const attune_report_options *options)
{
    caseload->settings = *settings;
    for (size_t i = 0; i < settings->n_choices; i++)
        caseload->settings.own[i] = settings->choices[i];
    caseload->settings.choices = caseload->settings.own;
    caseload->settings.rules = atn_arena_copy(&caseload->arena, settings->rules);
    const char *clinician = options ? options->clinician : NULL;
    atn_place place = { "clinician", atn_arena_copy(&caseload->arena, clinician) };
    caseload->title =
        atn_arena_say(&caseload->arena,
                      clinician ? ATN_SAY_CASELOAD_TITLE_OF : ATN_SAY_CASELOAD_TITLE, 0, &place, 1);
    caseload->foot =
        atn_foot_text(&caseload->arena, caseload->settings.rules, caseload->settings.today);
}

attune_status attune_caseload_new(attune_caseload **out, const attune_report_options *options,
                                  const attune_allocator *allocator, attune_error *err)
{
    atn_settings settings;
    if (!out)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "out", "out must be given");
    attune_status status = atn_settings_read(&settings, options, err);
    if (status != ATTUNE_OK)
        return status;
    if (options && options->clinician &&
        u8_check((const uint8_t *)options->clinician, strlen(options->clinician)))
        return atn_fail(err, ATTUNE_E_VALUE, "clinician", "expected UTF-8");
    attune_caseload *caseload = atn_allocate(allocator, sizeof *caseload);
    if (!caseload)
        return no_memory(err);
    memset(caseload, 0, sizeof *caseload);
    atn_arena_begin(&caseload->arena, allocator);
    keep_settings(caseload, &settings, options);
    if (caseload->arena.failed) {
        attune_caseload_free(caseload);
        return no_memory(err);
    }
    *out = caseload;
    return ATTUNE_OK;
}

/* Where the identifier stands or would stand; *there says which. */
static size_t find(const attune_caseload *caseload, const char *client, int *there)
{
    size_t low = 0, high = caseload->count;
    *there = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(client, caseload->clients[middle]->client);
        if (order == 0)
            *there = 1;
        if (order <= 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static attune_status make_room(attune_caseload *caseload, attune_error *err)
{
    const attune_allocator *allocator = &caseload->arena.allocator;
    size_t capacity = caseload->capacity > 0 ? atn_product(caseload->capacity, 2) : 32;
    if (caseload->count < caseload->capacity)
        return ATTUNE_OK;
    size_t size = atn_product(capacity, sizeof *caseload->clients);
    atn_model **clients = size > 0 ? atn_allocate(allocator, size) : NULL;
    if (!clients)
        return no_memory(err);
    if (caseload->count > 0)
        memcpy(clients, caseload->clients, caseload->count * sizeof *clients);
    atn_release(allocator, caseload->clients, caseload->capacity * sizeof *clients);
    caseload->clients = clients;
    caseload->capacity = capacity;
    return ATTUNE_OK;
}

static int compare_lines(const atn_line *a, const atn_line *b)
{
    int order = strcmp(a->label, b->label);
    return order != 0 ? order : strcmp(a->text, b->text);
}

/* What has to be said of scales is said once for all clients, whose memory it stays in. */
static void keep_uses(attune_caseload *caseload, const atn_model *model)
{
    for (atn_line *line = model->lines[ATN_PART_USES]; line; line = line->next) {
        atn_line **place = &caseload->uses;
        while (*place && compare_lines(*place, line) < 0)
            place = &(*place)->after;
        if (*place && compare_lines(*place, line) == 0)
            continue;
        line->after = *place;
        *place = line;
    }
}

attune_status attune_caseload_push(attune_caseload *caseload, const attune_report_client *client,
                                   attune_error *err)
{
    atn_model *model = NULL;
    int there = 0;
    if (!caseload || !client)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "client", "caseload and client must be given");
    attune_status status =
        atn_model_new(&model, client, &caseload->settings, &caseload->arena.allocator, err);
    if (status != ATTUNE_OK)
        return status;
    size_t at = find(caseload, model->client, &there);
    status = there ? atn_fail(err, ATTUNE_E_DUPLICATE, "client", "the client is in already")
                   : make_room(caseload, err);
    if (status != ATTUNE_OK) {
        attune_client_report_free(model);
        return status;
    }
    memmove(caseload->clients + at + 1, caseload->clients + at,
            (caseload->count - at) * sizeof *caseload->clients);
    caseload->clients[at] = model;
    caseload->count++;
    keep_uses(caseload, model);
    return ATTUNE_OK;
}

size_t attune_caseload_count(const attune_caseload *caseload)
{
    return caseload ? caseload->count : 0;
}

void attune_caseload_free(attune_caseload *caseload)
{
    if (!caseload)
        return;
    attune_allocator allocator = caseload->arena.allocator;
    for (size_t i = 0; i < caseload->count; i++)
        attune_client_report_free(caseload->clients[i]);
    atn_release(&allocator, caseload->clients, caseload->capacity * sizeof *caseload->clients);
    atn_arena_end(&caseload->arena);
    atn_release(&allocator, caseload, sizeof *caseload);
}
