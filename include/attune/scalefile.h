/* A clinic's own scales, read at run time from the same JSON that the built-in ones come from. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_SCALEFILE_H
#define ATTUNE_SCALEFILE_H

#include <attune/allocator.h>
#include <attune/export.h>
#include <attune/scale.h>
#include <attune/status.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An immutable set of scales read from one text: one JSON object, or an array of them. */
typedef struct attune_scale_set attune_scale_set;

/* Above these, a text is refused with ATTUNE_E_FORMAT. */
#define ATTUNE_SCALEFILE_BYTES_MAX (1u << 20)
#define ATTUNE_SCALEFILE_SCALES_MAX 256

/*
 * Read scales from text of n bytes (UTF-8 JSON, not NUL-terminated). Nothing is kept of text.
 * ATTUNE_E_FORMAT with err->line, err->key (a JSON path) and what was expected; ATTUNE_E_DUPLICATE
 * when an id stands twice or is a built-in's. On failure *out is untouched.
 */
ATTUNE_API attune_status attune_scale_set_load(attune_scale_set **out, const char *text, size_t n,
                                               const attune_allocator *allocator,
                                               attune_error *err);
ATTUNE_API void attune_scale_set_free(attune_scale_set *set);

/* The set's own scale of this id, else the built-in one, else NULL. A NULL set: built-ins only. */
ATTUNE_API const attune_scale *attune_scale_set_find(const attune_scale_set *set, const char *id);

/* The set's own scales in the order of the text; 0 and NULL for a NULL set. */
ATTUNE_API size_t attune_scale_set_count(const attune_scale_set *set);
ATTUNE_API const attune_scale *attune_scale_set_at(const attune_scale_set *set, size_t i);

#ifdef __cplusplus
}
#endif

#endif
