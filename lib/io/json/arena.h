/* Memory of one object that was read, in chunks from the caller's allocator. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_JSON_ARENA_H
#define ATN_JSON_ARENA_H

#include <attune/allocator.h>

#include <stddef.h>

struct atn_chunk;

struct atn_arena {
    attune_allocator allocator; /* zeroed: malloc */
    struct atn_chunk *chunks;
    int failed; /* sticky: some memory was not to be had */
};

/* Zeroed memory aligned for any type; NULL when there is none, and then failed is set. */
void *atn_arena_take(struct atn_arena *arena, size_t size);

/* count elements of size; NULL for none of them, which is no failure. */
void *atn_arena_array(struct atn_arena *arena, size_t count, size_t size);

/* A copy of the text; NULL for NULL. */
char *atn_arena_text(struct atn_arena *arena, const char *text);

void atn_arena_release(struct atn_arena *arena);

#endif
