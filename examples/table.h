/* Rows described by field tables, written as CSV, as JSON, or as aligned text for people. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_TABLE_H
#define EXAMPLES_TABLE_H

#include "examples/options.h"
#include "examples/output.h"

#include <attune/field.h>

#define TABLE_COLUMNS_MAX 64
#define TABLE_P (-3)     /* in place of decimals: a p value */
#define TABLE_BELOW (-2) /* in place of decimals: on a line of its own, under the row */

struct table;

/* A number for people: so many decimals, and the minus sign of print; NaN is "". */
void table_rounded(char *text, size_t capacity, double real, int decimals);

/* How one column is shown to people; columns without such a row are left out of the text. */
struct table_view {
    const char *column;
    const char *heading;
    int decimals; /* of reals; -1: shortest */
};

/*
 * Columns are declared in order with table_column and table_fields, then rows come in the same
 * order. view ends with a NULL column. rules: id of the rules that were used, or NULL.
 */
int table_new(struct table **out, const struct options *options, const struct table_view *view,
              const char *rules);
void table_free(struct table *table);

void table_column(struct table *table, const char *name);
void table_columns(struct table *table, const char *const *names); /* ends with NULL */
void table_fields(struct table *table, const attune_field *fields, size_t count);

/* One row: texts (NULL is missing), counts, and whole structs by their fields. */
void table_text(struct table *table, const char *text);
void table_count(struct table *table, int32_t count);
void table_real(struct table *table, double real);
void table_values(struct table *table, const attune_field *fields, size_t count,
                  const void *result);
void table_end_row(struct table *table);

/* A list of its own beside the rows of JSON, of values with commas between, read at the end. */
void table_list(struct table *table, const char *name, struct output *values);

/* A line below the table; people see it, CSV and JSON do not. */
void table_note(struct table *table, const char *text);

/* Close, and write everything to --output; returns CODE_*. */
int table_commit(struct table *table);

#endif
