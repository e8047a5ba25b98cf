/* Memory of one report: many small pieces, freed together; a failure is remembered. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_REPORT_ARENA_H
#define ATN_REPORT_ARENA_H

#include <attune/allocator.h>

#include "lib/report/words/message.h"

#include <stddef.h>

typedef struct atn_block atn_block;

typedef struct atn_arena {
    attune_allocator allocator; /* all NULL: malloc */
    atn_block *blocks;
    size_t left; /* bytes free in the newest block */
    int failed;  /* 1: the allocator returned NULL once; everything later is NULL too */
} atn_arena;

void atn_arena_begin(atn_arena *arena, const attune_allocator *allocator);
void atn_arena_end(atn_arena *arena);

/* count zeroed elements of size bytes, aligned for any type; NULL on failure or for none. */
void *atn_arena_get(atn_arena *arena, size_t count, size_t size);

/* A copy of text with control characters turned to "?"; "" for NULL and after a failure. */
const char *atn_arena_copy(atn_arena *arena, const char *text);

/* A filled message; "" after a failure. */
const char *atn_arena_say(atn_arena *arena, atn_message message, int one, const atn_place *places,
                          size_t n);

/* a and b joined by between; a alone when b is empty, b alone when a is. */
const char *atn_arena_join(atn_arena *arena, const char *a, const char *between, const char *b);

#endif
