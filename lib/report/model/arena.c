/* Memory of one report, in blocks that are freed together. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/arena.h"

#include "lib/core/base/memory.h"

#include <stdalign.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)8192)

struct atn_block {
    atn_block *next;
    size_t size; /* bytes after this header */
    alignas(max_align_t) unsigned char memory[];
};

void atn_arena_begin(atn_arena *arena, const attune_allocator *allocator)
{
    *arena = (atn_arena) { .failed = 0 };
    if (allocator)
        arena->allocator = *allocator;
}

void atn_arena_end(atn_arena *arena)
{
    while (arena->blocks) {
        atn_block *block = arena->blocks;
        arena->blocks = block->next;
        atn_release(&arena->allocator, block, sizeof *block + block->size);
    }
}

static int add_block(atn_arena *arena, size_t wanted)
{
    size_t size = wanted > BLOCK_SIZE ? wanted : BLOCK_SIZE;
    atn_block *block = NULL;
    if (!arena->failed && size <= SIZE_MAX - sizeof *block)
        block = atn_allocate(&arena->allocator, sizeof *block + size);
    if (!block) {
        arena->failed = 1;
        return 0;
    }
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->left = size;
    return 1;
}

void *atn_arena_get(atn_arena *arena, size_t count, size_t size)
{
    size_t wanted = atn_product(count, size);
    if (count == 0 || arena->failed)
        return NULL;
    if (wanted == 0 || wanted > SIZE_MAX - alignof(max_align_t)) {
        arena->failed = 1;
        return NULL;
    }
    wanted = (wanted + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    if ((!arena->blocks || arena->left < wanted) && !add_block(arena, wanted))
        return NULL;
    unsigned char *piece = arena->blocks->memory + (arena->blocks->size - arena->left);
    arena->left -= wanted;
    memset(piece, 0, wanted);
    return piece;
}

const char *atn_arena_copy(atn_arena *arena, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    char *copy = atn_arena_get(arena, n + 1, 1);
    if (!copy)
        return "";
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        copy[i] = c < 0x20 || c == 0x7f ? '?' : text[i];
    }
    return copy;
}

const char *atn_arena_say(atn_arena *arena, atn_message message, int one, const atn_place *places,
                          size_t n)
{
    size_t length = atn_message_fill(message, one, places, n, NULL, 0);
    char *text = atn_arena_get(arena, length + 1, 1);
    if (!text)
        return "";
    atn_message_fill(message, one, places, n, text, length + 1);
    return text;
}

const char *atn_arena_join(atn_arena *arena, const char *a, const char *between, const char *b)
{
    if (!*a || !*b)
        return *a ? a : b;
    size_t n_a = strlen(a), n_between = strlen(between), n_b = strlen(b);
    char *text = atn_arena_get(arena, n_a + n_between + n_b + 1, 1);
    if (!text)
        return "";
    memcpy(text, a, n_a);
    memcpy(text + n_a, between, n_between);
    memcpy(text + n_a + n_between, b, n_b);
    return text;
}
