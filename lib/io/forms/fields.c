/* One field of a row: a taker for each kind of column. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"
#include "lib/io/text/number.h"

#include "lib/core/base/memory.h"

#include <math.h>
#include <string.h>

typedef void take_field(attune_forms *forms, const char *text, size_t n);

static const struct {
    const char *word;
    size_t n;
} missing_words[] = {
    { "NA", 2 },
    { "#NULL!", 6 },
};

static void field_fault(attune_forms *forms, attune_status status, const char *text)
{
    atn_row_fault(forms, status, forms->row.fields, text);
}

/* Line ends, tabs and escapes have no place in an id: they would break lines and terminals. */
int atn_has_controls(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            return 1;
    return 0;
}

static int is_missing(const char *text, size_t n)
{
    if (n == 0)
        return 1;
    for (size_t i = 0; i < sizeof missing_words / sizeof *missing_words; i++)
        if (missing_words[i].n == n && memcmp(text, missing_words[i].word, n) == 0)
            return 1;
    return 0;
}

static void keep_text(attune_forms *forms, struct atn_text *kept, const char *text, size_t n)
{
    kept->given = 1;
    kept->shared = NULL;
    while (kept->room < n + 1)
        if (!atn_array_grow(&forms->allocator, &kept->at, &kept->room, 1)) {
            forms->row.no_memory = 1;
            return;
        }
    memcpy(kept->at, text, n);
    kept->at[n] = '\0';
    kept->n = n;
}

static int keeps(struct atn_text *kept, const char *text, size_t n)
{
    kept->given = kept->at && kept->n == n && memcmp(kept->at, text, n) == 0;
    return kept->given;
}

static void take_id(attune_forms *forms, struct atn_text *kept, const char *text, size_t n)
{
    if (keeps(kept, text, n))
        return;
    if (atn_has_controls(text, n))
        field_fault(forms, ATTUNE_E_FORMAT, "expected an id without control characters");
    else
        keep_text(forms, kept, text, n);
}

static void take_client(attune_forms *forms, const char *text, size_t n)
{
    if (is_missing(text, n))
        field_fault(forms, ATTUNE_E_FORMAT, "expected a client id, found none");
    else
        take_id(forms, &forms->row.client, text, n);
}

static void take_clinician(attune_forms *forms, const char *text, size_t n)
{
    if (!is_missing(text, n))
        take_id(forms, &forms->row.clinician, text, n);
}

static void take_measure(attune_forms *forms, const char *text, size_t n)
{
    struct atn_row *row = &forms->row;
    if (is_missing(text, n)) {
        field_fault(forms, ATTUNE_E_FORMAT, "expected the id of a measure, found none");
        return;
    }
    row->measure = atn_measure_find(forms, text, n);
    if (!row->measure)
        row->no_memory = 1;
    else if (row->measure->has_controls)
        field_fault(forms, ATTUNE_E_FORMAT, "expected an id without control characters");
    else if (!row->measure->scale && !forms->options.allow_unknown)
        field_fault(forms, ATTUNE_E_UNKNOWN, atn_why_no_scale(row->measure));
}

static void take_session(attune_forms *forms, const char *text, size_t n)
{
    double number = 0;
    if (is_missing(text, n))
        return;
    if (atn_whole_read(text, n, &number) && number <= ATTUNE_FORMS_SESSION_MAX)
        forms->row.session = (int32_t)number;
    else
        field_fault(forms, ATTUNE_E_VALUE, "expected a whole number from 0 to 1000000000");
}

static void take_date(attune_forms *forms, const char *text, size_t n)
{
    struct atn_text *date = &forms->row.date;
    if (is_missing(text, n) || keeps(date, text, n))
        return;
    if (atn_date_read(&forms->calendar, text, n, &forms->row.day))
        keep_text(forms, date, text, n);
    else
        field_fault(forms, ATTUNE_E_VALUE, "expected a date as YYYY-MM-DD");
}

static void take_rater(attune_forms *forms, const char *text, size_t n)
{
    if (is_missing(text, n))
        return;
    for (int32_t rater = ATTUNE_RATER_CLIENT; rater <= ATTUNE_RATER_OBSERVER; rater++)
        if (strcmp(text, attune_rater_name(rater)) == 0) {
            forms->row.rater = rater;
            return;
        }
    field_fault(forms, ATTUNE_E_VALUE, "expected client, therapist or observer");
}

static void take_score(attune_forms *forms, const char *text, size_t n)
{
    if (!is_missing(text, n) && !atn_number_read(forms->plain, text, n, &forms->row.score))
        field_fault(forms, ATTUNE_E_VALUE, "expected a finite number, or nothing");
}

static void take_item(attune_forms *forms, const char *text, size_t n)
{
    struct atn_row *row = &forms->row;
    double *item = &row->items[forms->columns.at[row->fields - 1].item];
    *item = NAN;
    if (is_missing(text, n))
        return;
    if (atn_number_read(forms->plain, text, n, item))
        row->answered++;
    else
        field_fault(forms, ATTUNE_E_VALUE, "expected a finite number, or nothing");
}

static take_field *const takers[ATN_ROLES] = {
    [ATN_CLIENT] = take_client,       [ATN_MEASURE] = take_measure, [ATN_SESSION] = take_session,
    [ATN_DATE] = take_date,           [ATN_RATER] = take_rater,     [ATN_SCORE] = take_score,
    [ATN_CLINICIAN] = take_clinician, [ATN_ITEM] = take_item,
};

void atn_field_take(void *text, size_t n, void *data)
{
    attune_forms *forms = data;
    struct atn_row *row = &forms->row;
    take_field *taker;
    if (row->fault.code != ATTUNE_OK)
        return;
    if (row->done) {
        atn_row_fault(forms, ATTUNE_E_FORMAT, 0, "expected lines that end with LF or CRLF");
        return;
    }
    if (++row->fields > forms->columns.count) {
        field_fault(forms, ATTUNE_E_FORMAT, "expected as many fields as the header has");
        return;
    }
    if (n > ATTUNE_FORMS_FIELD_MAX) {
        field_fault(forms, ATTUNE_E_FORMAT, "expected at most 65536 bytes in a field");
        return;
    }
    taker = takers[forms->columns.at[row->fields - 1].role];
    if (taker)
        taker(forms, text, n);
}
