/* A list of chunks that grows until it is released as a whole. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/json/arena.h"

#include "lib/core/base/memory.h"

#include <stdalign.h>
#include <string.h>

#define CHUNK_SIZE 8192u

struct atn_chunk {
    struct atn_chunk *next;
    size_t size, used; /* bytes, the head included */
    alignas(max_align_t) unsigned char bytes[];
};

static struct atn_chunk *add_chunk(struct atn_arena *arena, size_t size)
{
    size_t head = sizeof(struct atn_chunk);
    size_t whole = size > CHUNK_SIZE - head ? size + head : CHUNK_SIZE;
    struct atn_chunk *chunk =
        size > SIZE_MAX - head ? NULL : atn_allocate(&arena->allocator, whole);
    if (!chunk)
        return NULL;
    memset(chunk, 0, whole);
    chunk->next = arena->chunks;
    chunk->size = whole;
    chunk->used = head;
    arena->chunks = chunk;
    return chunk;
}

void *atn_arena_take(struct atn_arena *arena, size_t size)
{
    struct atn_chunk *chunk = arena->chunks;
    size_t rest = size % alignof(max_align_t);
    size_t padded = rest ? size + (alignof(max_align_t) - rest) : size;
    void *memory;
    if (!arena->failed && padded >= size && (!chunk || padded > chunk->size - chunk->used))
        chunk = add_chunk(arena, padded);
    if (arena->failed || padded < size || !chunk) {
        arena->failed = 1;
        return NULL;
    }
    memory = (unsigned char *)chunk + chunk->used;
    chunk->used += padded;
    return memory;
}

void *atn_arena_array(struct atn_arena *arena, size_t count, size_t size)
{
    size_t whole = atn_product(count, size);
    if (count == 0)
        return NULL;
    return atn_arena_take(arena, whole ? whole : SIZE_MAX);
}

void atn_arena_release(struct atn_arena *arena)
{
    struct atn_chunk *chunk = arena->chunks;
    while (chunk) {
        struct atn_chunk *next = chunk->next;
        atn_release(&arena->allocator, chunk, chunk->size);
        chunk = next;
    }
    arena->chunks = NULL;
}

char *atn_arena_text(struct atn_arena *arena, const char *text)
{
    size_t n = text ? strlen(text) + 1 : 0;
    char *copy = text ? atn_arena_take(arena, n) : NULL;
    if (copy)
        memcpy(copy, text, n);
    return copy;
}
