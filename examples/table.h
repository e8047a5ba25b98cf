/* Rows described by field tables, written as CSV, as JSON, or as aligned text for people. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_TABLE_H
#define EXAMPLES_TABLE_H

#include "examples/options.h"

#include <attune/field.h>

#define TABLE_COLUMNS_MAX 64

typedef struct table table;

/* How one column is shown to people; columns without such a row are left out of the text. */
typedef struct table_view {
    const char *column;
    const char *heading;
    int decimals; /* of reals; -1: shortest */
} table_view;

/*
 * Columns are declared in order with table_column and table_fields, then rows come in the same
 * order. view ends with a NULL column. rules: id of the rules that were used, or NULL.
 */
int table_new(table **out, const options *options, const table_view *view, const char *rules);
void table_free(table *table);

void table_column(table *table, const char *name);
void table_columns(table *table, const char *const *names); /* ends with NULL */
void table_fields(table *table, const attune_field *fields, size_t count);

/* One row: texts (NULL is missing), counts, and whole structs by their fields. */
void table_text(table *table, const char *text);
void table_count(table *table, int32_t count);
void table_real(table *table, double real);
void table_values(table *table, const attune_field *fields, size_t count, const void *result);
void table_end_row(table *table);

/* A line below the table; people see it, CSV and JSON do not. */
void table_note(table *table, const char *text);

/* Close, and write everything to --output; returns CODE_*. */
int table_commit(table *table);

#endif
