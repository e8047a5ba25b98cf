/* Rows out of lines: libcsv is fed one physical line at a time, so that line numbers are exact. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"

#include <stdlib.h>
#include <string.h>

#define PARSER_OPTIONS (CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL)
/* A field, its closing quote and NUL; spaces that libcsv drops at its end count too. */
#define PARSER_ROOM (ATTUNE_FORMS_FIELD_MAX + 64)
#define PARSER_STEP 4096

static const char too_long[] = "expected at most 65536 bytes in a field";
static const char bad_quote[] = "expected quotes around the whole field, and doubled inside";

/* libcsv hands no context on: its one buffer comes from the C library, and is bounded here. */
static void *grow_field(void *memory, size_t size)
{
    return size <= PARSER_ROOM ? realloc(memory, size) : NULL;
}

void atn_parser_start(attune_forms *forms)
{
    csv_free(&forms->csv);
    csv_init(&forms->csv, PARSER_OPTIONS);
    csv_set_realloc_func(&forms->csv, grow_field);
    csv_set_blk_size(&forms->csv, PARSER_STEP);
}

static void end_row(int terminator, void *data)
{
    attune_forms *forms = data;
    (void)terminator;
    forms->row.done = 1;
}

/* The row is lost, and with it the rest of its line. */
static void break_row(attune_forms *forms, const char *text)
{
    atn_row_fault(forms, ATTUNE_E_FORMAT,
                  forms->row.done ? forms->row.fields : forms->row.fields + 1, text);
    forms->row.done = 1;
    forms->row.broken = 1;
    atn_parser_start(forms);
}

static void refuse_parse(attune_forms *forms)
{
    if (csv_error(&forms->csv) == CSV_EPARSE)
        break_row(forms, bad_quote);
    else if (csv_get_buffer_size(&forms->csv) + 1 >= PARSER_ROOM)
        break_row(forms, too_long);
    else
        forms->row.no_memory = 1;
}

static void feed(attune_forms *forms, const struct atn_piece *piece, atn_take *take)
{
    size_t n = piece->wrong ? (size_t)(piece->wrong - piece->text) : piece->n;
    if (csv_parse(&forms->csv, piece->text, n, take, end_row, forms) != n)
        refuse_parse(forms);
    else if (piece->wrong)
        break_row(forms, piece->is_nul ? "expected text, found a NUL byte" : "expected UTF-8 text");
}

static void feed_end(attune_forms *forms, atn_take *take)
{
    if (csv_fini(&forms->csv, take, end_row, forms) != 0)
        break_row(forms, bad_quote);
}

static int is_blank(const struct atn_piece *piece)
{
    for (size_t i = 0; i < piece->n; i++)
        if (!memchr(" \t\r\n", piece->text[i], 4))
            return 0;
    return 1;
}

/* A row must end with its line: what came after a lone CR is found here. */
static void end_line(attune_forms *forms, atn_take *take)
{
    struct atn_row *row = &forms->row;
    if (row->done && !row->broken && csv_fini(&forms->csv, take, end_row, forms) != 0)
        break_row(forms, bad_quote);
}

static void take_piece(attune_forms *forms, const struct atn_piece *piece, atn_take *take)
{
    if (forms->row.broken)
        return;
    if (piece->n > 0)
        feed(forms, piece, take);
    else
        feed_end(forms, take);
    if (forms->source.line_ended)
        end_line(forms, take);
}

attune_status atn_parse_row(attune_forms *forms, atn_take *take)
{
    struct atn_row *row = &forms->row;
    struct atn_piece piece;
    int begun = 0;
    do {
        attune_status status = atn_source_next(&forms->source, &piece);
        if (status != ATTUNE_OK)
            return status;
        if (!begun)
            atn_row_begin(forms, forms->source.line);
        begun = begun || !is_blank(&piece);
        take_piece(forms, &piece, take);
        if (row->no_memory)
            return ATTUNE_E_MEMORY;
    } while (piece.n > 0 && !(row->done && forms->source.line_ended));
    return ATTUNE_OK;
}
