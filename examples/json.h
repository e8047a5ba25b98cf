/* JSON, value by value: the frame that all results share, with strings written by Jansson. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_JSON_H
#define EXAMPLES_JSON_H

#include "examples/output.h"

#include <attune/field.h>

#include <stdint.h>

#define JSON_FORMAT_VERSION 1 /* raised when a reader of the last one would stumble */

/* {"attune": "0.1.0", "format": 1, "rules": "default/1", "rows": [ ... ]}; rules may be NULL. */
void emit_head(struct output *output, const char *rules, int32_t ascii);
void emit_tail(struct output *output);

/* The same in parts, with lists between: "name": [...], of JSON values with commas between. */
void emit_rows_end(struct output *output);
void emit_named_list(struct output *output, const char *name, struct output *entries);
void emit_end(struct output *output);

void emit_key(struct output *output, const char *name);                 /* "name": */
void emit_text(struct output *output, const char *text, int32_t ascii); /* NULL is null */
void emit_real(struct output *output, double real);                     /* NaN is null */

/* Every field of a struct as "name": value, with commas between. */
void emit_fields(struct output *output, const attune_field *fields, size_t count,
                 const void *result);

#endif
