/* Lines of text for a terminal: columns are counted, never bytes. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_REPORT_WRITER_H
#define ATN_REPORT_WRITER_H

#include <attune/report.h>

#include <stddef.h>

typedef struct atn_writer {
    char *out;   /* NULL: only count */
    size_t used; /* bytes written or counted */
    int column;  /* of the line, from 0 */
    int waiting; /* blanks not written yet, so that no line ends with one */
    int width;   /* columns of the page */
    int framed;  /* 1: every line stands between two bars */
    int ascii;
} atn_writer;

/* 0 when the options are out of range. */
int atn_writer_begin(atn_writer *writer, const attune_text_options *options, char *out);

/* Columns that text takes, as it will be written. */
int atn_writer_width(const atn_writer *writer, const char *text);

void atn_put(atn_writer *writer, const char *text);
void atn_put_right(atn_writer *writer, const char *text, int width); /* blanks before it */
void atn_put_cut(atn_writer *writer, const char *text, int width);   /* at most so many columns */
void atn_to_column(atn_writer *writer, int column); /* blanks up to there; at least one */
void atn_new_line(atn_writer *writer);
void atn_put_times(atn_writer *writer, const char *text, int times);

/* Words from the present column on, broken before the right edge; later lines begin at indent. */
void atn_put_wrapped(atn_writer *writer, const char *text, int indent, int right);

/* The same after what stands on the line already, with a gap before it. */
void atn_put_flowing(atn_writer *writer, const char *text, int indent, int gap);

/* One of a list: with a dot after it when there are more. */
void atn_put_listed(atn_writer *writer, const char *text, int indent, int more);

/* The same on lines of their own, in a frame that takes the whole width. */
void atn_put_framed(atn_writer *writer, const char *text, int indent);

#endif
