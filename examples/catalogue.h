/* What the two catalogues share: info structs described by field tables, as lines or as JSON. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_CATALOGUE_H
#define EXAMPLES_CATALOGUE_H

#include "examples/json.h"
#include "examples/layout.h"
#include "examples/output.h"

#include <attune/field.h>

#define FIELD(type, member, name, text, words, count, kind)                                        \
    {                                                                                              \
        name, text, words, count, (uint32_t)offsetof(type, member), kind                           \
    }
#define FIELD_REAL(type, member, text)                                                             \
    FIELD(type, member, #member, text, NULL, 0, ATTUNE_FIELD_REAL)
#define FIELD_COUNT(type, member, text)                                                            \
    FIELD(type, member, #member, text, NULL, 0, ATTUNE_FIELD_COUNT)
#define FIELD_TEXT(type, member, text)                                                             \
    FIELD(type, member, #member, text, NULL, 0, ATTUNE_FIELD_TEXT)
#define FIELD_WORD(type, member, name, text, words)                                                \
    FIELD(type, member, name, text, words, (uint32_t)(sizeof(words) / sizeof *(words)),            \
          ATTUNE_FIELD_CODE)
#define FIELD_FLAGS(type, member, text, words)                                                     \
    FIELD(type, member, #member, text, words, (uint32_t)(sizeof(words) / sizeof *(words)),         \
          ATTUNE_FIELD_FLAGS)

/*
 * One entry in lines: its figures and words in one, "value 10, default, confirmed", then a
 * paragraph for each of its texts, the source last and a little further in.
 */
void catalogue_entry(struct output *output, const attune_field *fields, size_t count,
                     const void *entry, size_t indent);

/* A heading after an empty line. */
void catalogue_heading(struct output *output, const char *title);

/* One value as people read it; its length, 0 when it is missing. */
size_t catalogue_value(const attune_field *field, const void *entry, char *text, size_t capacity);

/* "label: text", broken at words; nothing for a NULL or empty text. */
void catalogue_line(struct output *output, const char *label, const char *text, size_t indent);

/* Write everything, in ASCII when that was asked for; frees text. Returns CODE_*. */
int catalogue_commit(struct output *text, const char *path, int32_t ascii);

#endif
