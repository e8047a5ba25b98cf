/* Aligned text for people: columns as wide as their cells, at 80 columns where that can be. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_LAYOUT_H
#define EXAMPLES_LAYOUT_H

#include "examples/output.h"

#include <stdint.h>

#define LAYOUT_WIDTH 80
#define LAYOUT_COLUMNS_MAX 24

struct layout;

struct layout *layout_new(int32_t ascii);
void layout_free(struct layout *layout);

/* below 1: its cells stand on lines of their own, under the rest of the row. */
void layout_column(struct layout *layout, const char *heading, int below);

/* The next cell; NULL is missing. number 1: aligned to the right. Rows end by themselves. */
void layout_cell(struct layout *layout, const char *text, int number);

/* Paragraphs below the table. */
void layout_note(struct layout *layout, const char *text);

/* Write it all; columns without a single cell are left out. */
void layout_write(struct layout *layout, struct output *output);

/* One paragraph, broken at words, each line after indent blanks. */
void layout_paragraph(struct output *output, const char *text, size_t indent);

#endif
