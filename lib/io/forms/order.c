/* A first look through the file: do clients rise? Then it can be read with little memory. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"

#include "lib/core/base/memory.h"

#include <string.h>

/*
 * Every row counts here, the bad ones too: where all of them rise, the sound ones do. Only what
 * breaks rows apart (a quote, text that is not text) could be joined differently by the real
 * reading, and is taken for disorder when that goes on after it.
 */
struct look {
    attune_forms *forms;
    struct atn_text before; /* the last client */
    size_t column;          /* of the client, from 0 */
    size_t field;           /* of the row */
    int32_t done;           /* the row */
    int32_t open;           /* a row goes on over the line's end */
    int32_t falls, broken, no_memory;
};

static void note_client(struct look *look, const char *client, size_t n)
{
    struct atn_text *before = &look->before;
    size_t shorter = n < before->n ? n : before->n;
    int rises = shorter ? memcmp(client, before->at, shorter) : 0;
    if (rises == 0 && n == before->n)
        return;
    if (rises < 0 || (rises == 0 && n < before->n)) {
        look->falls = 1;
        return;
    }
    while (before->room < n)
        if (!atn_array_grow(&look->forms->allocator, &before->at, &before->room, 1)) {
            look->no_memory = 1;
            return;
        }
    memcpy(before->at, client, n);
    before->n = n;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void look_at_line(struct look *look, const char *text, const char *end)
{
    const char *comma = memchr(text, ',', (size_t)(end - text));
    for (size_t i = 0; i < look->column && comma; i++) {
        text = comma + 1;
        comma = memchr(text, ',', (size_t)(end - text));
    }
    if (comma)
        end = comma;
    while (text < end && is_blank(*text))
        text++;
    while (end > text && is_blank(end[-1]))
        end--;
    if (end > text)
        note_client(look, text, (size_t)(end - text));
}

static void take_field(void *text, size_t n, void *data)
{
    struct look *look = data;
    if (look->done)
        look->broken = 1;
    if (look->field++ == look->column && n > 0)
        note_client(look, text, n);
}

static void end_row(int terminator, void *data)
{
    struct look *look = data;
    (void)terminator;
    look->done = 1;
    look->field = 0;
}

static void look_at_piece(struct look *look, const struct atn_piece *piece, int line_ended)
{
    struct csv_parser *csv = &look->forms->csv;
    if (!look->open)
        look->done = 0;
    if (csv_parse(csv, piece->text, piece->n, take_field, end_row, look) != piece->n)
        look->broken = 1;
    look->open = !(look->done && line_ended);
    if (!look->open && csv_fini(csv, take_field, end_row, look) != 0)
        look->broken = 1;
}

/* Neither quotes nor a lone CR: fields are what stands between commas. */
static int is_simple(const struct atn_source *source, const struct atn_piece *piece)
{
    const char *cr;
    if (source->simple)
        return 1;
    cr = memchr(piece->text, '\r', piece->n);
    if (cr && (size_t)(cr - piece->text) + 2 < piece->n)
        return 0;
    return !memchr(piece->text, '"', piece->n);
}

static attune_status look_through(struct look *look)
{
    struct atn_source *source = &look->forms->source;
    struct atn_piece piece;
    do {
        attune_status status = atn_source_next(source, &piece);
        if (status != ATTUNE_OK)
            return status;
        if (piece.wrong)
            look->broken = 1;
        else if (!look->open && source->line_ended && is_simple(source, &piece))
            look_at_line(look, piece.text, piece.text + piece.n);
        else
            look_at_piece(look, &piece, source->line_ended);
        if (look->no_memory)
            return ATTUNE_E_MEMORY;
    } while (piece.n > 0 && !look->falls && !look->broken);
    return ATTUNE_OK;
}

attune_status atn_order_look(attune_forms *forms, int32_t *sorted)
{
    struct atn_place place = atn_source_place(&forms->source);
    struct look look = { .forms = forms };
    attune_status status;
    look.column = forms->columns.place[ATN_CLIENT] - 1;
    status = look_through(&look);
    atn_release(&forms->allocator, look.before.at, look.before.room);
    if (status != ATTUNE_OK)
        return status;
    *sorted = !look.falls && !(look.broken && forms->options.skip_bad);
    atn_parser_start(forms);
    return atn_source_go(&forms->source, place);
}
