/* Rows described by field tables, written as CSV, as JSON, or as aligned text for people. */
/* SPDX-License-Identifier: MIT */
#include "examples/table.h"

#include "examples/json.h"
#include "examples/layout.h"
#include "examples/output.h"

#include <attune/text.h>
#include <attune/version.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CSV_MAX (2 * 65536 + 3) /* the longest field that the reader lets in, all of it quotes */

/* Scores repeat: what was printed before is not worked out again. */
#define PRINTED_BITS 12

struct printed {
    uint64_t bits; /* of the number; 0 in an empty place, for zero is printed at once */
    char text[ATTUNE_NUMBER_TEXT_MAX];
};

struct table {
    const struct options *options;
    const struct table_view *view;
    const char *names[TABLE_COLUMNS_MAX];
    const struct table_view *views[TABLE_COLUMNS_MAX]; /* NULL: not shown to people */
    size_t count, next;                                /* next: column of the value to come */
    size_t rows;
    int started;
    struct output *output;
    struct layout *layout; /* of FORMAT_TEXT */
    struct output *notes;  /* of FORMAT_JSON */
    size_t noted;
    const char *list_name; /* of FORMAT_JSON; NULL: none */
    struct output *list;
    char csv[CSV_MAX];
    struct printed printed[1 << PRINTED_BITS];
};

int table_new(struct table **out, const struct options *options, const struct table_view *view,
              const char *rules)
{
    struct table *t = calloc(1, sizeof *t);
    if (t) {
        t->options = options;
        t->view = view;
        t->output = output_new();
        t->layout = options->format == FORMAT_TEXT ? layout_new(options->ascii) : NULL;
    }
    if (t && options->format == FORMAT_JSON)
        t->notes = output_new();
    if (!t || !t->output || (options->format == FORMAT_TEXT && !t->layout) ||
        (options->format == FORMAT_JSON && !t->notes)) {
        table_free(t);
        return no_memory();
    }
    if (options->format == FORMAT_JSON)
        emit_head(t->output, rules, options->ascii);
    *out = t;
    return CODE_OK;
}

void table_free(struct table *t)
{
    if (!t)
        return;
    output_free(t->output);
    output_free(t->notes);
    layout_free(t->layout);
    free(t);
}

void table_column(struct table *t, const char *name)
{
    if (t->count == TABLE_COLUMNS_MAX)
        return;
    t->names[t->count] = name;
    for (const struct table_view *v = t->view; t->layout && v->column; v++)
        if (strcmp(v->column, name) == 0) {
            t->views[t->count] = v;
            layout_column(t->layout, v->heading, v->decimals == TABLE_BELOW);
        }
    t->count++;
}

void table_columns(struct table *t, const char *const *names)
{
    for (; *names; names++)
        table_column(t, *names);
}

void table_fields(struct table *t, const attune_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        table_column(t, fields[i].name);
}

static void csv_head(struct table *t)
{
    for (size_t i = 0; i < t->count; i++) {
        output_bytes(t->output, ",", i > 0);
        output_text(t->output, t->names[i]);
    }
    output_bytes(t->output, "\n", 1);
}

/* What stands before a value. */
static void start_value(struct table *t)
{
    struct output *o = t->output;
    if (t->options->format == FORMAT_CSV) {
        if (!t->started)
            csv_head(t);
        output_bytes(o, ",", t->next > 0);
    } else if (t->options->format == FORMAT_JSON) {
        if (t->next == 0)
            output_text(o, t->rows > 0 ? ",\n{" : "\n{");
        else
            output_bytes(o, ", ", 2);
        emit_key(o, t->names[t->next]);
    }
    t->started = 1;
}

static void csv_text(struct table *t, const char *text)
{
    size_t n = strcspn(text, ",\" \r\n");
    if (text[n] == '\0') { /* nothing in it that could want quotes */
        output_bytes(t->output, text, n);
        return;
    }
    n = attune_csv_text(text, strlen(text), t->csv, sizeof t->csv);
    output_bytes(t->output, t->csv, n < sizeof t->csv ? n : 0);
}

/* A value as text, written as its format wants it; NULL is missing. */
static void put(struct table *t, const char *text, int number)
{
    start_value(t);
    if (t->options->format == FORMAT_TEXT) {
        if (t->views[t->next])
            layout_cell(t->layout, text, number);
    } else if (t->options->format == FORMAT_JSON) {
        if (number || !text)
            output_text(t->output, text ? text : "null");
        else
            emit_text(t->output, text, t->options->ascii);
    } else if (text) {
        if (number)
            output_text(t->output, text);
        else
            csv_text(t, text);
    }
    t->next++;
}

void table_text(struct table *t, const char *text)
{
    put(t, text && *text ? text : NULL, 0);
}

void table_count(struct table *t, int32_t count)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%ld", (long)count);
    put(t, count < 0 ? NULL : text, 1);
}

void table_rounded(char *text, size_t capacity, double real, int decimals)
{
    char digits[340];
    (void)snprintf(digits, sizeof digits, "%.*f", decimals, fabs(real));
    (void)snprintf(text, capacity, "%s%s",
                   real < 0 && strspn(digits, "0.") < strlen(digits) ? "\xe2\x88\x92" : "", digits);
}

/* The number as text, in its place by the high bits of a multiplicative hash. */
static const char *number_text(struct table *t, double real)
{
    struct printed *place;
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    place = &t->printed[(bits * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - PRINTED_BITS)];
    if (place->bits != bits || bits == 0) {
        (void)attune_number_text(real, place->text);
        place->bits = bits;
    }
    return place->text;
}

void table_real(struct table *t, double real)
{
    char text[352];
    const struct table_view *view = t->views[t->next];
    if (isnan(real)) {
        put(t, NULL, 1);
    } else if (!view || view->decimals == -1) {
        put(t, number_text(t, real), 1);
    } else {
        if (view->decimals == TABLE_P && real < 0.001)
            (void)snprintf(text, sizeof text, "<0.001");
        else
            table_rounded(text, sizeof text, real, view->decimals >= 0 ? view->decimals : 3);
        put(t, text, 1);
    }
}

/* Several words in one cell, with blanks between. */
static void put_flags(struct table *t, const attune_field *field, uint32_t flags)
{
    char text[256] = "";
    size_t n = 0;
    for (uint32_t i = 0; i < field->name_count; i++)
        if (flags >> i & 1 && n < sizeof text)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", n > 0 ? " " : "",
                                  field->names[i]);
    table_text(t, text);
}

static void put_value(struct table *t, const attune_field *field, const void *result)
{
    const char *at = (const char *)result + field->offset;
    const char *text = NULL;
    double real = 0;
    int32_t code = 0;
    uint32_t flags = 0;
    switch (field->type) {
    case ATTUNE_FIELD_REAL:
        memcpy(&real, at, sizeof real);
        table_real(t, real);
        break;
    case ATTUNE_FIELD_COUNT:
        memcpy(&code, at, sizeof code);
        table_count(t, code);
        break;
    case ATTUNE_FIELD_CODE:
        memcpy(&code, at, sizeof code);
        table_text(t, code >= 0 && (uint32_t)code < field->name_count ? field->names[code] : NULL);
        break;
    case ATTUNE_FIELD_FLAGS:
        memcpy(&flags, at, sizeof flags);
        put_flags(t, field, flags);
        break;
    default:
        memcpy(&text, at, sizeof text);
        table_text(t, text);
        break;
    }
}

void table_values(struct table *t, const attune_field *fields, size_t count, const void *result)
{
    for (size_t i = 0; i < count; i++)
        put_value(t, &fields[i], result);
}

void table_end_row(struct table *t)
{
    if (t->options->format == FORMAT_CSV)
        output_bytes(t->output, "\n", 1);
    else if (t->options->format == FORMAT_JSON)
        output_bytes(t->output, "}", 1);
    t->next = 0;
    t->rows++;
}

void table_note(struct table *t, const char *text)
{
    if (t->layout)
        layout_note(t->layout, text);
    if (t->notes) {
        output_text(t->notes, t->noted++ > 0 ? ",\n" : "\n");
        emit_text(t->notes, text, t->options->ascii);
    }
}

void table_list(struct table *t, const char *name, struct output *values)
{
    t->list_name = name;
    t->list = values;
}

static void put_tail(struct table *t)
{
    emit_rows_end(t->output);
    if (t->list_name)
        emit_named_list(t->output, t->list_name, t->list);
    if (t->noted > 0)
        emit_named_list(t->output, "notes", t->notes);
    emit_end(t->output);
}

int table_commit(struct table *t)
{
    if (t->options->format == FORMAT_CSV && !t->started)
        csv_head(t);
    else if (t->options->format == FORMAT_JSON)
        put_tail(t);
    else if (t->layout)
        layout_write(t->layout, t->output);
    return output_commit(t->output, t->options->output);
}
