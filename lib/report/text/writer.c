/* Lines of text for a terminal; widths are those of libunistring. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/text/writer.h"

#include "lib/report/words/ascii.h"

#include <string.h>
#include <unistr.h>
#include <uniwidth.h>

enum {
    TEXT_MIN = 20,    /* columns that text wants beside its label */
    INDENT_ALONE = 4, /* where it begins when it has none beside it */
};

#define WIDTH_DEFAULT 80
#define WIDTH_MIN 60
#define WIDTH_MAX 200

int atn_writer_begin(atn_writer *writer, const attune_text_options *options, char *out)
{
    int width = options && options->width ? options->width : WIDTH_DEFAULT;
    if ((options && options->struct_size < sizeof *options) || width < WIDTH_MIN ||
        width > WIDTH_MAX)
        return 0;
    *writer = (atn_writer) { .out = out, .width = width, .ascii = options && options->ascii };
    return 1;
}

static int ascii_width(const char *text, size_t n)
{
    int width = 0;
    for (size_t i = 0; i < n;) {
        size_t used = 0;
        char one[2];
        width += (int)strlen(atn_ascii(text + i, n - i, &used, one));
        i += used;
    }
    return width;
}

static int width_of(const atn_writer *writer, const char *text, size_t n)
{
    return writer->ascii ? ascii_width(text, n) : u8_width((const uint8_t *)text, n, "UTF-8");
}

int atn_writer_width(const atn_writer *writer, const char *text)
{
    return width_of(writer, text, strlen(text));
}

static void bytes(atn_writer *writer, const char *text, size_t n)
{
    if (writer->out && n > 0)
        memcpy(writer->out + writer->used, text, n);
    writer->used += n;
}

/* The next U+00A0. */
static const char *find_hard(const char *text, const char *end)
{
    for (; end - text >= 2; text++)
        if (text[0] == '\xc2' && text[1] == '\xa0')
            return text;
    return NULL;
}

/* Blanks that hold words together have done their work by now: plain ones can be searched for. */
static void put_plain(atn_writer *writer, const char *text, size_t n)
{
    const char *end = text + n;
    for (const char *hard; (hard = find_hard(text, end)) != NULL; text = hard + 2) {
        bytes(writer, text, (size_t)(hard - text));
        bytes(writer, " ", 1);
    }
    bytes(writer, text, (size_t)(end - text));
}

static void put_n(atn_writer *writer, const char *text, size_t n)
{
    if (n == 0)
        return;
    for (; writer->waiting > 0; writer->waiting--)
        bytes(writer, " ", 1);
    writer->column += width_of(writer, text, n);
    for (size_t i = 0; writer->ascii && i < n;) {
        size_t used = 0;
        char one[2];
        const char *ascii = atn_ascii(text + i, n - i, &used, one);
        bytes(writer, ascii, strlen(ascii));
        i += used;
    }
    if (!writer->ascii)
        put_plain(writer, text, n);
}

static void blanks(atn_writer *writer, int n)
{
    if (n > 0) {
        writer->waiting += n;
        writer->column += n;
    }
}

/* Blanks inside the text are written, blanks at its end wait. */
void atn_put(atn_writer *writer, const char *text)
{
    size_t n = strlen(text), solid = n;
    while (solid > 0 && text[solid - 1] == ' ')
        solid--;
    size_t first = strspn(text, " ");
    if (first > solid)
        first = solid;
    blanks(writer, (int)first);
    put_n(writer, text + first, solid - first);
    blanks(writer, (int)(n - solid));
}

void atn_put_right(atn_writer *writer, const char *text, int width)
{
    blanks(writer, width - atn_writer_width(writer, text));
    atn_put(writer, text);
}

void atn_put_cut(atn_writer *writer, const char *text, int width)
{
    size_t n = strlen(text), kept = 0;
    if (width_of(writer, text, n) <= width) {
        atn_put(writer, text);
        return;
    }
    while (kept < n) {
        size_t next = kept + (size_t)u8_mblen((const uint8_t *)text + kept, n - kept);
        if (width_of(writer, text, next) > width)
            break;
        kept = next;
    }
    put_n(writer, text, kept);
}

void atn_to_column(atn_writer *writer, int column)
{
    int n = column - writer->column;
    blanks(writer, n > 0 ? n : writer->column > 0);
}

void atn_new_line(atn_writer *writer)
{
    writer->waiting = writer->column = 0;
    bytes(writer, "\n", 1);
}

void atn_put_times(atn_writer *writer, const char *text, int times)
{
    for (int i = 0; i < times; i++)
        atn_put(writer, text);
}

/* Ends the line inside of wrapped text and begins the next. */
static void break_line(atn_writer *writer, int indent)
{
    if (writer->framed)
        atn_put_right(writer, "│", writer->width - writer->column);
    atn_new_line(writer);
    if (writer->framed)
        atn_put(writer, "│");
    blanks(writer, indent - writer->column);
}

/* A word longer than a line is broken wherever the line ends. */
static void put_long(atn_writer *writer, const char *word, size_t n, int indent, int right)
{
    while (n > 0) {
        size_t piece = (size_t)u8_mblen((const uint8_t *)word, n);
        if (writer->column + width_of(writer, word, piece) > right && writer->column > indent)
            break_line(writer, indent);
        put_n(writer, word, piece);
        word += piece;
        n -= piece;
    }
}

/* Bytes up to the next place to break: never before or after an arrow. */
static size_t word_length(const char *text)
{
    size_t n = strcspn(text, " ");
    while (strncmp(text + n, " → ", 5) == 0)
        n += 5 + strcspn(text + n + 5, " ");
    return n;
}

/* gap blanks before the first word, unless it begins a line. */
static void wrap(atn_writer *writer, const char *text, int indent, int right, int gap)
{
    for (;;) {
        size_t n = word_length(text);
        if (writer->column + gap + width_of(writer, text, n) <= right || gap == 0)
            blanks(writer, gap);
        else
            break_line(writer, indent);
        put_long(writer, text, n, indent, right);
        text += n;
        gap = (int)strspn(text, " ");
        text += gap;
        if (!*text)
            return;
    }
}

void atn_put_wrapped(atn_writer *writer, const char *text, int indent, int right)
{
    if (indent > INDENT_ALONE &&
        indent + TEXT_MIN > right) { /* a label that leaves no room stands above its text */
        if (writer->column > 0)
            atn_new_line(writer);
        indent = INDENT_ALONE;
    }
    blanks(writer, indent - writer->column);
    wrap(writer, text, indent, right, 0);
}

void atn_put_flowing(atn_writer *writer, const char *text, int indent, int gap)
{
    wrap(writer, text, indent, writer->width, writer->column > indent ? gap : 0);
}

void atn_put_listed(atn_writer *writer, const char *text, int indent, int more)
{
    wrap(writer, text, indent, writer->width - (more ? 2 : 0), writer->column > indent ? 1 : 0);
    if (more)
        atn_put(writer, " ·");
}

void atn_put_framed(atn_writer *writer, const char *text, int indent)
{
    writer->framed = 1;
    atn_put(writer, "│");
    atn_put_wrapped(writer, text, indent, writer->width - 2);
    atn_put_right(writer, "│", writer->width - writer->column);
    writer->framed = 0;
    atn_new_line(writer);
}
