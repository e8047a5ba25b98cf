/* Aligned text for people: cells are kept until the widest of each column is known. */
/* SPDX-License-Identifier: MIT */
#include "examples/layout.h"

#include <attune/report.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>
#include <uniwidth.h>

#define CELL_MAX 4096 /* bytes of one cell that people are shown */
#define GAP 2         /* blanks between columns */
#define BELOW_MAX 2   /* columns whose cells stand below */
#define INDENT 4      /* before cells that stand below */

struct column {
    const char *heading;
    size_t width; /* 0: no cell so far */
    int below, number;
};

struct layout {
    struct column columns[LAYOUT_COLUMNS_MAX];
    size_t count, next; /* next: column of the cell to come */
    struct output *cells, *notes;
    size_t rows;
    int32_t ascii;
};

struct layout *layout_new(int32_t ascii)
{
    struct layout *l = calloc(1, sizeof *l);
    if (!l)
        return NULL;
    l->ascii = ascii;
    l->cells = output_new();
    l->notes = output_new();
    if (l->cells && l->notes)
        return l;
    layout_free(l);
    return NULL;
}

void layout_free(struct layout *l)
{
    if (!l)
        return;
    output_free(l->cells);
    output_free(l->notes);
    free(l);
}

void layout_column(struct layout *l, const char *heading, int below)
{
    if (l->count < LAYOUT_COLUMNS_MAX)
        l->columns[l->count++] = (struct column) { .heading = heading, .below = below };
}

static size_t width_of(const char *text)
{
    int width = u8_strwidth((const uint8_t *)text, "UTF-8");
    return width > 0 ? (size_t)width : 0;
}

/* A terminal obeys control characters: none of a file's gets through, C1 (U+0080..9F) included. */
static void make_printable(char *text)
{
    for (unsigned char *c = (unsigned char *)text; *c; c++)
        if (*c < 0x20 || *c == 0x7f)
            *c = '?';
        else if (*c == 0xc2 && c[1] >= 0x80 && c[1] <= 0x9f)
            *c = c[1] = '?';
}

/* As much of text as a cell holds, cut between characters. */
static void copy_cell(char *cell, const char *text, int32_t ascii)
{
    size_t n = strlen(text);
    if (n >= CELL_MAX) {
        n = CELL_MAX - 1;
        while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
            n--;
    }
    memcpy(cell, text, n);
    cell[n] = '\0';
    make_printable(cell);
    if (ascii)
        (void)attune_text_ascii(cell);
}

void layout_cell(struct layout *l, const char *text, int number)
{
    char cell[CELL_MAX];
    struct column *column = &l->columns[l->next];
    size_t width;
    copy_cell(cell, text ? text : "", l->ascii);
    output_bytes(l->cells, cell, strlen(cell) + 1);
    width = width_of(cell);
    if (width > column->width)
        column->width = width;
    if (number)
        column->number = 1;
    l->next = l->next + 1 < l->count ? l->next + 1 : 0;
    l->rows += l->next == 0;
}

void layout_note(struct layout *l, const char *text)
{
    char note[CELL_MAX];
    copy_cell(note, text, l->ascii);
    output_bytes(l->notes, note, strlen(note) + 1);
}

static void blanks(struct output *output, size_t n)
{
    for (; n > 0; n--)
        output_bytes(output, " ", 1);
}

/* Bytes of the longest start of text that fits, broken after a word; one word always goes in. */
static size_t line_length(const char *text, size_t room)
{
    char start[CELL_MAX];
    size_t best = 0;
    for (size_t n = 0; text[n] != '\0' && n < sizeof start - 1; n++) {
        start[n] = text[n];
        if (text[n + 1] != ' ' && text[n + 1] != '\0')
            continue;
        start[n + 1] = '\0';
        if (best > 0 && width_of(start) > room)
            break;
        best = n + 1;
    }
    return best > 0 ? best : strlen(text);
}

void layout_paragraph(struct output *output, const char *text, size_t indent)
{
    while (*text != '\0') {
        size_t n = line_length(text, LAYOUT_WIDTH - indent);
        blanks(output, indent);
        output_bytes(output, text, n);
        output_bytes(output, "\n", 1);
        text += n;
        text += strspn(text, " ");
    }
}

/* Cells one after the other, read back from where they were kept. */
struct reader {
    struct output *from;
    char bytes[1 << 14];
    size_t used, place;
};

static int next_cell(struct reader *r, char *cell)
{
    size_t n = 0;
    for (;;) {
        if (r->place == r->used) {
            r->used = output_read(r->from, r->bytes, sizeof r->bytes);
            r->place = 0;
            if (r->used == 0)
                return 0;
        }
        cell[n] = r->bytes[r->place++];
        if (cell[n] == '\0')
            return 1;
        n++;
    }
}

/* The blanks before a cell are owed, so that no line ends in blanks. */
static void put_cell(struct output *output, const struct column *column, const char *cell,
                     size_t *owed)
{
    size_t width = width_of(cell);
    size_t pad = column->width > width ? column->width - width : 0;
    if (column->number)
        *owed += pad;
    if (*cell != '\0') {
        blanks(output, *owed);
        output_text(output, cell);
        *owed = 0;
    } else {
        *owed += width;
    }
    *owed += (column->number ? 0 : pad) + GAP;
}

static void put_headings(struct layout *l, struct output *output)
{
    size_t owed = 0;
    for (size_t i = 0; i < l->count; i++) {
        struct column *column = &l->columns[i];
        size_t width = width_of(column->heading);
        if (column->width == 0 || column->below)
            continue;
        if (column->width < width)
            column->width = width;
        put_cell(output, column, column->heading, &owed);
    }
    output_bytes(output, "\n", 1);
}

static void put_rows(struct layout *l, struct output *output)
{
    struct reader reader = { .from = l->cells };
    char cell[CELL_MAX], under[BELOW_MAX][CELL_MAX];
    for (size_t row = 0; row < l->rows; row++) {
        size_t owed = 0, below = 0;
        for (size_t i = 0; i < l->count && next_cell(&reader, cell); i++)
            if (l->columns[i].below && below < BELOW_MAX)
                memcpy(under[below++], cell, sizeof cell);
            else if (l->columns[i].width > 0)
                put_cell(output, &l->columns[i], *cell ? cell : "-", &owed);
        output_bytes(output, "\n", 1);
        for (size_t i = 0; i < below; i++)
            layout_paragraph(output, under[i], INDENT);
    }
}

static void put_notes(struct layout *l, struct output *output)
{
    struct reader reader = { .from = l->notes };
    char note[CELL_MAX];
    output_rewind(l->notes);
    for (int first = 1; next_cell(&reader, note); first = 0) {
        if (first && l->rows > 0)
            output_bytes(output, "\n", 1);
        layout_paragraph(output, note, 0);
    }
}

void layout_write(struct layout *l, struct output *output)
{
    output_rewind(l->cells);
    if (l->rows > 0) {
        put_headings(l, output);
        put_rows(l, output);
    }
    put_notes(l, output);
}
