/* Memory that is handed out piece by piece and taken back all at once. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_IO_FORMS_POOL_H
#define ATN_IO_FORMS_POOL_H

#include <attune/allocator.h>

#include <stddef.h>

struct atn_block;

/* All zero but the allocator is empty. */
struct atn_pool {
    const attune_allocator *allocator;
    struct atn_block *first, *now; /* the blocks after now are empty */
};

/* Memory aligned for any type, or NULL. */
void *atn_pool_take(struct atn_pool *pool, size_t size);

/* A copy of n bytes closed by a NUL, or NULL. */
char *atn_pool_text(struct atn_pool *pool, const char *text, size_t n);

/* Everything handed out is void; the blocks stay for what comes. */
void atn_pool_reset(struct atn_pool *pool);

void atn_pool_free(struct atn_pool *pool);

/* An array of count elements grown to at least twice its room; 0 when there is no memory. */
int atn_array_grow(const attune_allocator *allocator, void *array, size_t *room, size_t size);

#endif
