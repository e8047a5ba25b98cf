/* The header row: which column is what. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"
#include "lib/io/text/number.h"

#include <stdio.h>
#include <string.h>

static const char *const role_names[ATN_ROLES] = {
    [ATN_PASSED_OVER] = "",    [ATN_CLIENT] = "client",       [ATN_MEASURE] = "measure",
    [ATN_SESSION] = "session", [ATN_DATE] = "date",           [ATN_RATER] = "rater",
    [ATN_SCORE] = "score",     [ATN_CLINICIAN] = "clinician", [ATN_ITEM] = "",
};

static const char item_prefix[] = "item_";

const char *atn_column_name(const struct atn_column *column, char name[24])
{
    if (column->role != ATN_ITEM)
        return role_names[column->role];
    snprintf(name, 24, "%s%d", item_prefix, (int)column->item + 1);
    return name;
}

static int is_item(const char *name, size_t n)
{
    double number;
    size_t prefix = sizeof item_prefix - 1;
    return n > prefix && memcmp(name, item_prefix, prefix) == 0 &&
           atn_whole_read(name + prefix, n - prefix, &number);
}

static struct atn_column read_name(const char *name, size_t n)
{
    struct atn_column column = { ATN_PASSED_OVER, 0 };
    double number = 0;
    if (is_item(name, n)) {
        const char *digits = name + sizeof item_prefix - 1;
        atn_whole_read(digits, n - (sizeof item_prefix - 1), &number);
        column.role = ATN_ITEM;
        column.item = number <= ATTUNE_ITEMS_MAX && *digits != '0' ? (int32_t)number - 1 : -1;
        return column;
    }
    for (int32_t role = 0; role < ATN_ROLES; role++)
        if (n > 0 && strlen(role_names[role]) == n && memcmp(role_names[role], name, n) == 0)
            column.role = role;
    return column;
}

static void note_place(attune_forms *forms, const struct atn_column *column, size_t number)
{
    struct atn_columns *columns = &forms->columns;
    uint32_t *place = &columns->place[column->role];
    if (column->role == ATN_PASSED_OVER)
        return;
    if (column->role == ATN_ITEM) {
        place = &columns->item_place[column->item];
        columns->item_columns++;
    }
    if (*place != 0)
        atn_row_fault(forms, ATTUNE_E_DUPLICATE, number, "expected each column once");
    *place = (uint32_t)number;
}

void atn_columns_take(void *text, size_t n, void *data)
{
    attune_forms *forms = data;
    struct atn_columns *columns = &forms->columns;
    struct atn_column column;
    size_t number = ++forms->row.fields;
    if (forms->row.fault.code != ATTUNE_OK)
        return;
    if (forms->row.done) {
        atn_row_fault(forms, ATTUNE_E_FORMAT, 0, "expected lines that end with LF or CRLF");
        return;
    }
    if (number > ATTUNE_FORMS_COLUMNS_MAX) {
        atn_row_fault(forms, ATTUNE_E_FORMAT, number, "expected at most 4096 columns");
        return;
    }
    if (columns->count == columns->room &&
        !atn_array_grow(&forms->allocator, &columns->at, &columns->room, sizeof *columns->at)) {
        forms->row.no_memory = 1;
        return;
    }
    column = read_name(text, n);
    columns->at[columns->count++] = column;
    if (column.item < 0)
        atn_row_fault(forms, ATTUNE_E_FORMAT, number, "expected item columns item_1 to item_128");
    else
        note_place(forms, &column, number);
}

/* A column that lacks stands in no place: the fault has its name alone. */
static void lacks(attune_forms *forms, const char *name, const char *text)
{
    if (forms->row.fault.code != ATTUNE_OK)
        return;
    atn_row_fault(forms, ATTUNE_E_FORMAT, 0, text);
    snprintf(forms->row.fault.key, sizeof forms->row.fault.key, "%s", name);
}

void atn_columns_check(attune_forms *forms)
{
    const uint32_t *place = forms->columns.place;
    if (!place[ATN_CLIENT])
        lacks(forms, "client", "expected a header row with a column named client");
    if (!place[ATN_MEASURE])
        lacks(forms, "measure", "expected a header row with a column named measure");
    if (!place[ATN_SESSION] && !place[ATN_DATE])
        lacks(forms, "session", "expected a header row with a column named session or date");
    if (!place[ATN_SCORE] && !forms->columns.item_columns)
        lacks(forms, "score", "expected a header row with a column named score, or item_1 and on");
}
