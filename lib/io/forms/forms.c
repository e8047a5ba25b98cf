/* The forms reader as callers see it: open, walk client by client, close. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"
#include "lib/io/text/number.h"

#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"
#include "lib/core/base/out.h"

#include <math.h>
#include <string.h>

static const char no_memory[] = "expected memory for a reader";
static const char no_file[] = "expected a file that can be read";

static int is_switch(int32_t value)
{
    return value == 0 || value == 1;
}

static attune_status check_options(const attune_forms_options *options, attune_error *err)
{
    if (!options)
        return ATTUNE_OK;
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "expected struct_size to be set");
    if (!is_switch(options->skip_bad))
        return atn_fail(err, ATTUNE_E_OPTION, "skip_bad", "expected 0 or 1");
    if (!is_switch(options->keep_items))
        return atn_fail(err, ATTUNE_E_OPTION, "keep_items", "expected 0 or 1");
    if (!is_switch(options->allow_unknown))
        return atn_fail(err, ATTUNE_E_OPTION, "allow_unknown", "expected 0 or 1");
    return ATTUNE_OK;
}

static attune_forms *make(const attune_forms_options *options, const attune_allocator *allocator)
{
    attune_forms *forms = atn_allocate(allocator, sizeof *forms);
    if (!forms)
        return NULL;
    memset(forms, 0, sizeof *forms);
    if (allocator)
        forms->allocator = *allocator;
    if (options)
        forms->options = *options;
    forms->gathered.pool.allocator = &forms->allocator;
    forms->measures.pool.allocator = &forms->allocator;
    for (size_t i = 0; i < ATTUNE_ITEMS_MAX; i++)
        forms->row.items[i] = NAN;
    csv_init(&forms->csv, 0);
    atn_parser_start(forms);
    return forms;
}

static attune_status read_header(attune_forms *forms)
{
    struct atn_row *row = &forms->row;
    attune_status status = atn_parse_row(forms, atn_columns_take);
    if (status != ATTUNE_OK)
        return status;
    if (!row->done) {
        row->line = 1;
        atn_row_fault(forms, ATTUNE_E_FORMAT, 0, "expected a header row, found an empty file");
    }
    atn_columns_check(forms);
    forms->failure = row->fault;
    return row->fault.code;
}

static attune_status start(attune_forms *forms, FILE *file, int owned, size_t block)
{
    attune_status status = atn_source_open(&forms->source, file, owned, block, &forms->allocator);
    if (status != ATTUNE_OK)
        return status;
    forms->plain = atn_plain_locale();
    if (!forms->plain)
        return ATTUNE_E_MEMORY;
    status = read_header(forms);
    return status == ATTUNE_OK ? atn_order_look(forms, &forms->sorted) : status;
}

attune_status atn_forms_open(attune_forms **out, FILE *file, int owned, size_t block,
                             const attune_forms_options *options, const attune_allocator *allocator,
                             attune_error *err)
{
    attune_forms *forms = make(options, allocator);
    attune_status status;
    if (!forms) {
        if (owned)
            fclose(file);
        return atn_fail(err, ATTUNE_E_MEMORY, "", no_memory);
    }
    status = start(forms, file, owned, block);
    if (status == ATTUNE_OK) {
        *out = forms;
        return ATTUNE_OK;
    }
    if (forms->failure.code != ATTUNE_OK) {
        if (err && err->struct_size >= sizeof *err)
            atn_give(err, &forms->failure, sizeof forms->failure);
    } else {
        atn_fail(err, status, "", status == ATTUNE_E_IO ? no_file : no_memory);
    }
    attune_forms_free(forms);
    return status;
}

attune_status attune_forms_new(attune_forms **out, const char *path,
                               const attune_forms_options *options,
                               const attune_allocator *allocator, attune_error *err)
{
    int is_stdin = path && strcmp(path, "-") == 0;
    attune_status status;
    FILE *file;
    if (!out || !path)
        return atn_fail(err, ATTUNE_E_ARGUMENT, out ? "path" : "out", "expected a pointer");
    status = check_options(options, err);
    if (status != ATTUNE_OK)
        return status;
    file = is_stdin ? stdin : fopen(path, "rb");
    if (!file)
        return atn_fail(err, ATTUNE_E_IO, "", no_file);
    return atn_forms_open(out, file, !is_stdin, ATN_SOURCE_BLOCK, options, allocator, err);
}

static void free_text(attune_forms *forms, struct atn_text *text)
{
    atn_release(&forms->allocator, text->at, text->room);
}

void attune_forms_free(attune_forms *forms)
{
    attune_allocator allocator;
    if (!forms)
        return;
    allocator = forms->allocator;
    atn_source_close(&forms->source);
    csv_free(&forms->csv);
    if (forms->plain)
        freelocale(forms->plain);
    free_text(forms, &forms->row.client);
    free_text(forms, &forms->row.clinician);
    free_text(forms, &forms->row.date);
    atn_pool_free(&forms->gathered.pool);
    atn_pool_free(&forms->measures.pool);
    atn_release(&allocator, forms->gathered.forms,
                forms->gathered.room * sizeof *forms->gathered.forms);
    atn_release(&allocator, forms->columns.at, forms->columns.room * sizeof *forms->columns.at);
    atn_release(&allocator, forms->bad.list, forms->bad.room * sizeof *forms->bad.list);
    atn_release(&allocator, forms, sizeof *forms);
}

attune_status attune_forms_next(attune_forms *forms, attune_client_forms *client, attune_error *err)
{
    attune_client_forms found = { .struct_size = (uint32_t)sizeof found };
    attune_form *of = NULL;
    size_t count = 0;
    if (!forms || !client)
        return atn_fail(err, ATTUNE_E_ARGUMENT, forms ? "client" : "forms", "expected a pointer");
    if (client->struct_size < sizeof *client)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "client", "expected struct_size to be set");
    if (forms->failure.code == ATTUNE_OK)
        atn_gather(forms, &of, &count);
    if (forms->failure.code != ATTUNE_OK) {
        if (err && err->struct_size >= sizeof *err)
            atn_give(err, &forms->failure, sizeof forms->failure);
        return forms->failure.code;
    }
    found.count = count;
    found.forms = count ? of : NULL;
    found.client = count ? of[0].client : NULL;
    atn_give(client, &found, sizeof found);
    return ATTUNE_OK;
}

attune_status attune_forms_describe(const attune_forms *forms, attune_forms_info *info)
{
    attune_forms_info found = { .struct_size = (uint32_t)sizeof found };
    if (!forms || !info)
        return ATTUNE_E_ARGUMENT;
    if (info->struct_size < sizeof *info)
        return ATTUNE_E_STRUCT_SIZE;
    found.sorted = forms->sorted;
    found.has_session = forms->columns.place[ATN_SESSION] != 0;
    found.has_date = forms->columns.place[ATN_DATE] != 0;
    found.has_clinician = forms->columns.place[ATN_CLINICIAN] != 0;
    found.item_columns = forms->columns.item_columns;
    found.rows = forms->rows;
    found.bad = forms->bad.count;
    atn_give(info, &found, sizeof found);
    return ATTUNE_OK;
}
