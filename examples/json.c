/* JSON, value by value, so that a million rows need the memory of one. */
/* SPDX-License-Identifier: MIT */
#include "examples/json.h"

#include <attune/text.h>
#include <attune/version.h>

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static int to_output(const char *bytes, size_t n, void *output)
{
    output_bytes(output, bytes, n);
    return 0;
}

void emit_text(struct output *output, const char *text, int32_t ascii)
{
    json_t *string = text ? json_string(text) : json_null();
    if (string)
        (void)json_dump_callback(string, to_output, output,
                                 JSON_ENCODE_ANY | (ascii ? JSON_ENSURE_ASCII : 0u));
    else
        output_text(output, "null");
    json_decref(string);
}

void emit_key(struct output *output, const char *name)
{
    output_bytes(output, "\"", 1);
    output_text(output, name);
    output_bytes(output, "\": ", 3);
}

void emit_real(struct output *output, double real)
{
    char text[ATTUNE_NUMBER_TEXT_MAX];
    size_t n = isfinite(real) ? attune_number_text(real, text) : 0;
    output_bytes(output, n > 0 ? text : "null", n > 0 ? n : 4);
}

static void emit_count(struct output *output, int64_t count)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%lld", (long long)count);
    output_text(output, text);
}

void emit_head(struct output *output, const char *rules, int32_t ascii)
{
    output_bytes(output, "{", 1);
    emit_key(output, "attune");
    emit_text(output, attune_version_text(), ascii);
    output_bytes(output, ", ", 2);
    emit_key(output, "format");
    emit_count(output, JSON_FORMAT_VERSION);
    output_bytes(output, ", ", 2);
    if (rules) {
        emit_key(output, "rules");
        emit_text(output, rules, ascii);
        output_bytes(output, ", ", 2);
    }
    emit_key(output, "rows");
    output_bytes(output, "[", 1);
}

void emit_tail(struct output *output)
{
    emit_rows_end(output);
    emit_end(output);
}

void emit_rows_end(struct output *output)
{
    output_text(output, "\n]");
}

void emit_named_list(struct output *output, const char *name, struct output *entries)
{
    output_text(output, ", ");
    emit_key(output, name);
    output_text(output, "[");
    output_append(output, entries);
    output_text(output, "]");
}

void emit_end(struct output *output)
{
    output_text(output, "}\n");
}

static const char *word(const attune_field *field, int64_t i)
{
    return i >= 0 && i < (int64_t)field->name_count ? field->names[i] : NULL;
}

/* The names of the bits that are set, as an array. */
static void emit_flags(struct output *output, const attune_field *field, uint32_t flags)
{
    const char *before = "";
    output_bytes(output, "[", 1);
    for (uint32_t i = 0; i < field->name_count; i++) {
        if (!(flags >> i & 1))
            continue;
        output_text(output, before);
        emit_text(output, field->names[i], 0);
        before = ", ";
    }
    output_bytes(output, "]", 1);
}

static void emit_field(struct output *output, const attune_field *field, const void *result)
{
    const char *at = (const char *)result + field->offset;
    const char *text = NULL;
    double real = NAN;
    int32_t count = 0;
    if (field->type == ATTUNE_FIELD_REAL) {
        memcpy(&real, at, sizeof real);
        emit_real(output, real);
    } else if (field->type == ATTUNE_FIELD_TEXT) {
        memcpy(&text, at, sizeof text);
        emit_text(output, text, 0);
    } else {
        memcpy(&count, at, sizeof count);
        if (field->type == ATTUNE_FIELD_CODE)
            emit_text(output, word(field, count), 0);
        else if (field->type == ATTUNE_FIELD_FLAGS)
            emit_flags(output, field, (uint32_t)count);
        else
            emit_count(output, count);
    }
}

void emit_fields(struct output *output, const attune_field *fields, size_t count,
                 const void *result)
{
    for (size_t i = 0; i < count; i++) {
        output_bytes(output, ", ", i > 0 ? 2 : 0);
        emit_key(output, fields[i].name);
        emit_field(output, &fields[i], result);
    }
}
