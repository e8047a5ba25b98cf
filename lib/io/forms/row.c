/* A row as a whole: begun, found wrong, and when all its fields are there checked and scored. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"

#include "lib/core/base/error.h"

#include <attune/text.h>

#include <math.h>
#include <stdio.h>

void atn_row_fault(attune_forms *forms, attune_status status, size_t column, const char *text)
{
    struct atn_row *row = &forms->row;
    const struct atn_columns *columns = &forms->columns;
    char name[24];
    if (row->fault.code != ATTUNE_OK)
        return;
    row->fault.struct_size = (uint32_t)sizeof row->fault;
    atn_fail(&row->fault, status,
             column >= 1 && column <= columns->count
                 ? atn_column_name(&columns->at[column - 1], name)
                 : "",
             text);
    row->fault.line = row->line;
    row->fault.column = column;
}

void atn_row_begin(attune_forms *forms, uint64_t line)
{
    struct atn_row *row = &forms->row;
    row->fault.code = ATTUNE_OK;
    row->line = line;
    row->fields = 0;
    row->measure = NULL;
    row->client.given = row->clinician.given = row->date.given = 0;
    row->score = NAN;
    row->session = -1;
    row->rater = ATTUNE_RATER_CLIENT;
    row->answered = 0;
    row->has_subscales = 0;
    row->done = 0;
    row->broken = 0;
    row->ready = 0;
}

static void range_fault(attune_forms *forms, size_t column, const char *what, double low,
                        double high, double step)
{
    char text[256];
    char from[ATTUNE_NUMBER_TEXT_MAX];
    char to[ATTUNE_NUMBER_TEXT_MAX];
    char by[ATTUNE_NUMBER_TEXT_MAX];
    attune_number_text(low, from);
    attune_number_text(high, to);
    attune_number_text(step, by);
    snprintf(text, sizeof text, "expected %s from %s to %s%s%s", what, from, to,
             *by ? " in steps of " : "", by);
    atn_row_fault(forms, ATTUNE_E_VALUE, column, text);
}

/* As attune_total_score judges a total, of a measure of which nothing is known. */
static attune_score unknown_total(double given)
{
    attune_score total = { .struct_size = (uint32_t)sizeof total,
                           .subscale = -1,
                           .score = given,
                           .n_items = -1,
                           .n_answered = -1,
                           .complete = -1,
                           .band = -1,
                           .flags = ATTUNE_SCORE_GIVEN };
    total.reason = isnan(given) ? ATTUNE_REASON_EMPTY : ATTUNE_REASON_NONE;
    return total;
}

static void score_total(attune_forms *forms)
{
    struct atn_row *row = &forms->row;
    const attune_scale_info *info = &row->measure->info;
    if (!row->measure->scale)
        row->total = unknown_total(row->score);
    else if (attune_total_score(row->measure->scale, row->score, &row->total, NULL) != ATTUNE_OK)
        range_fault(forms, forms->columns.place[ATN_SCORE], "a total", info->score_min,
                    info->score_max, NAN);
}

/* The first column, in the order of the file, with an answer that the measure does not ask for. */
static size_t find_beyond(const attune_forms *forms, int32_t item_count)
{
    const struct atn_columns *columns = &forms->columns;
    for (size_t i = 0; i < columns->count; i++) {
        const struct atn_column *column = &columns->at[i];
        if (column->role == ATN_ITEM && column->item >= item_count &&
            !isnan(forms->row.items[column->item]))
            return i + 1;
    }
    return 0;
}

static void score_answers(attune_forms *forms)
{
    struct atn_row *row = &forms->row;
    const attune_scale_info *info = &row->measure->info;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status;
    row->has_subscales = info->subscale_count > 0;
    row->subscales[0].struct_size = (uint32_t)sizeof row->subscales[0];
    status =
        attune_form_score(row->measure->scale, row->items, (size_t)info->item_count, &row->total,
                          row->has_subscales ? row->subscales : NULL, info->subscale_count, &err);
    if (status == ATTUNE_E_VALUE && err.index < ATTUNE_ITEMS_MAX)
        range_fault(forms, forms->columns.item_place[err.index], "an answer", info->item_min,
                    info->item_max, info->item_step);
    else if (status != ATTUNE_OK)
        atn_row_fault(forms, status, forms->columns.place[ATN_MEASURE],
                      "expected a form that this measure can score");
}

/* Answers stand where the file has item columns and the measure items, unless a total was given. */
static int has_answers(const attune_forms *forms)
{
    const struct atn_row *row = &forms->row;
    return row->answered > 0 || (forms->columns.item_columns > 0 && isnan(row->score) &&
                                 row->measure->scale && row->measure->info.item_count > 0);
}

static void check_answers(attune_forms *forms)
{
    const struct atn_row *row = &forms->row;
    const struct atn_columns *columns = &forms->columns;
    size_t beyond;
    if (row->answered == 0)
        return;
    if (!row->measure->scale) {
        atn_row_fault(forms, ATTUNE_E_UNKNOWN, columns->place[ATN_MEASURE],
                      row->measure->needs ? atn_why_no_scale(row->measure)
                                          : "expected a score: answers need a scale, built in or "
                                            "in the scales file");
        return;
    }
    beyond = find_beyond(forms, row->measure->info.item_count);
    if (beyond)
        atn_row_fault(forms, ATTUNE_E_VALUE, beyond,
                      "expected nothing: the measure has no such item");
    if (!isnan(row->score))
        atn_row_fault(forms, ATTUNE_E_FORMAT, columns->place[ATN_SCORE],
                      "expected either a score or answers, not both");
}

void atn_row_finish(attune_forms *forms)
{
    struct atn_row *row = &forms->row;
    const struct atn_columns *columns = &forms->columns;
    if (row->fields < columns->count)
        atn_row_fault(forms, ATTUNE_E_FORMAT, row->fields,
                      "expected as many fields as the header has");
    if (row->fault.code == ATTUNE_OK && row->session < 0 && !row->date.given)
        atn_row_fault(forms, ATTUNE_E_FORMAT,
                      columns->place[columns->place[ATN_SESSION] ? ATN_SESSION : ATN_DATE],
                      columns->place[ATN_DATE] && columns->place[ATN_SESSION]
                          ? "expected a session or a date, found neither"
                          : "expected something in this field, found nothing");
    if (row->fault.code == ATTUNE_OK)
        check_answers(forms);
    if (row->fault.code != ATTUNE_OK)
        return;
    row->total.struct_size = (uint32_t)sizeof row->total;
    if (has_answers(forms))
        score_answers(forms);
    else
        score_total(forms);
    row->ready = row->fault.code == ATTUNE_OK;
}
