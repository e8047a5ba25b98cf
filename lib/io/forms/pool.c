/* Memory that is handed out piece by piece and taken back all at once. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/pool.h"

#include "lib/core/base/memory.h"

#include <stdalign.h>
#include <string.h>

#define BLOCK_ROOM 65536
#define ARRAY_START 16

struct atn_block {
    struct atn_block *next;
    size_t used, room;
    alignas(max_align_t) unsigned char bytes[];
};

static struct atn_block *make_block(struct atn_pool *pool, size_t size)
{
    size_t room = size > BLOCK_ROOM ? size : BLOCK_ROOM;
    struct atn_block *block;
    if (room > SIZE_MAX - sizeof *block)
        return NULL;
    block = atn_allocate(pool->allocator, sizeof *block + room);
    if (!block)
        return NULL;
    block->next = NULL;
    block->used = 0;
    block->room = room;
    return block;
}

/* The next block with room, put behind the present one. */
static struct atn_block *next_block(struct atn_pool *pool, size_t size)
{
    struct atn_block **link = pool->now ? &pool->now->next : &pool->first;
    if (!*link || (*link)->room < size) {
        struct atn_block *block = make_block(pool, size);
        if (!block)
            return NULL;
        block->next = *link;
        *link = block;
    }
    pool->now = *link;
    pool->now->used = 0;
    return pool->now;
}

static void *take(struct atn_pool *pool, size_t size, size_t align)
{
    struct atn_block *block = pool->now;
    size_t start = block ? (block->used + align - 1) / align * align : 0;
    if (!block || start > block->room || block->room - start < size) {
        block = next_block(pool, size);
        start = 0;
    }
    if (!block)
        return NULL;
    block->used = start + size;
    return block->bytes + start;
}

void *atn_pool_take(struct atn_pool *pool, size_t size)
{
    return take(pool, size, alignof(max_align_t));
}

char *atn_pool_text(struct atn_pool *pool, const char *text, size_t n)
{
    char *copy = take(pool, n + 1, 1);
    if (!copy)
        return NULL;
    if (n > 0)
        memcpy(copy, text, n);
    copy[n] = '\0';
    return copy;
}

void atn_pool_reset(struct atn_pool *pool)
{
    pool->now = NULL;
}

void atn_pool_free(struct atn_pool *pool)
{
    while (pool->first) {
        struct atn_block *block = pool->first;
        pool->first = block->next;
        atn_release(pool->allocator, block, sizeof *block + block->room);
    }
    pool->now = NULL;
}

int atn_array_grow(const attune_allocator *allocator, void *array, size_t *room, size_t size)
{
    size_t more = *room ? *room : ARRAY_START / 2;
    size_t bytes = *room > SIZE_MAX - more ? 0 : atn_product(*room + more, size);
    void *old = NULL;
    void *grown = atn_allocate(allocator, bytes);
    if (!grown)
        return 0;
    memcpy(&old, array, sizeof old);
    if (old)
        memcpy(grown, old, *room * size);
    atn_release(allocator, old, *room * size);
    memcpy(array, &grown, sizeof grown);
    *room += more;
    return 1;
}
