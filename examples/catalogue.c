/* What the two catalogues share: info structs described by field tables, as lines or as JSON. */
/* SPDX-License-Identifier: MIT */
#include "examples/catalogue.h"

#include "examples/command.h"

#include <attune/report.h>
#include <attune/text.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 4000 /* of one paragraph */

/* Adds to a line, as far as there is room. */
static void add(char *line, const char *before, const char *text)
{
    size_t n = strlen(line);
    (void)snprintf(line + n, LINE_MAX_BYTES - n, "%s%s", n > 0 ? before : "", text);
}

static void add_named(char *line, const char *name, const char *value)
{
    add(line, ", ", name);
    add(line, " ", value);
}

static const char *text_of(const attune_field *field, const void *entry)
{
    const char *text = NULL;
    memcpy(&text, (const char *)entry + field->offset, sizeof text);
    return text;
}

size_t catalogue_value(const attune_field *field, const void *entry, char *text, size_t capacity)
{
    const char *at = (const char *)entry + field->offset;
    char number[ATTUNE_NUMBER_TEXT_MAX] = "";
    const char *value = number;
    double real = NAN;
    int32_t count = 0;
    if (field->type == ATTUNE_FIELD_TEXT) {
        value = text_of(field, entry);
    } else if (field->type == ATTUNE_FIELD_REAL) {
        memcpy(&real, at, sizeof real);
        (void)attune_number_text(real, number);
    } else {
        memcpy(&count, at, sizeof count);
        if (field->type == ATTUNE_FIELD_COUNT && count > 0)
            (void)attune_number_text(count, number);
        else if (field->type == ATTUNE_FIELD_CODE)
            value = count >= 0 && (uint32_t)count < field->name_count ? field->names[count] : NULL;
    }
    (void)snprintf(text, capacity, "%s", value ? value : "");
    return strlen(text);
}

void catalogue_heading(struct output *output, const char *title)
{
    output_text(output, "\n");
    output_text(output, title);
    output_text(output, "\n");
}

void catalogue_entry(struct output *output, const attune_field *fields, size_t count,
                     const void *entry, size_t indent)
{
    char line[LINE_MAX_BYTES] = "", value[ATTUNE_NUMBER_TEXT_MAX + 32];
    for (size_t i = 0; i < count; i++) {
        if (fields[i].type == ATTUNE_FIELD_TEXT ||
            catalogue_value(&fields[i], entry, value, sizeof value) == 0)
            continue;
        if (fields[i].type == ATTUNE_FIELD_CODE)
            add(line, ", ", value);
        else
            add_named(line, fields[i].name, value);
    }
    for (size_t i = 0; i < count; i++)
        if (fields[i].type == ATTUNE_FIELD_TEXT && text_of(&fields[i], entry) &&
            strcmp(fields[i].name, "source") != 0)
            add(line, ": ", text_of(&fields[i], entry));
    layout_paragraph(output, line, indent);
    for (size_t i = 0; i < count; i++)
        if (fields[i].type == ATTUNE_FIELD_TEXT && strcmp(fields[i].name, "source") == 0)
            catalogue_line(output, NULL, text_of(&fields[i], entry), indent + 4);
}

void catalogue_line(struct output *output, const char *label, const char *text, size_t indent)
{
    char line[LINE_MAX_BYTES] = "";
    if (!text || !*text)
        return;
    if (label)
        add(line, "", label);
    add(line, ": ", text);
    layout_paragraph(output, line, indent);
}

/* Line by line, for no character is cut in two at a line's end. */
static struct output *in_ascii(struct output *from)
{
    static char bytes[1 << 22];
    struct output *to = output_new();
    size_t n;
    output_rewind(from);
    n = output_read(from, bytes, sizeof bytes - 1);
    bytes[n] = '\0';
    if (to)
        output_bytes(to, bytes, attune_text_ascii(bytes));
    return to;
}

int catalogue_commit(struct output *text, const char *path, int32_t ascii)
{
    struct output *plain = ascii ? in_ascii(text) : NULL;
    int code = CODE_INTERNAL;
    if (plain || !ascii)
        code = output_commit(plain ? plain : text, path);
    output_free(plain);
    output_free(text);
    return code;
}
