/* From checked JSON to the compiled row of a scale. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_SCALEFILE_ROW_H
#define ATN_SCALEFILE_ROW_H

#include "lib/core/scale/row.h"
#include "lib/io/json/arena.h"

#include <jansson.h>

/* Fill *to from a scale that fits and agrees. What has no memory stays empty: ask the arena. */
void atn_fill_scale(struct atn_arena *arena, const json_t *scale, attune_scale *to);

/* The parts of it that are kept in their own files. */
void atn_fill_items(struct atn_arena *arena, const json_t *scale, attune_scale *to);
void atn_fill_lists(struct atn_arena *arena, const json_t *scale, attune_scale *to);
void atn_fill_texts(struct atn_arena *arena, const json_t *scale, attune_scale *to);

/* Does an entry of reliable_change speak of reliable change, and not of sudden gains, say? */
int atn_is_reliable_change(const json_t *entry);

#endif
