/* The sized allocator: NULL means malloc, products are checked for overflow. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_BASE_MEMORY_H
#define ATN_BASE_MEMORY_H

#include <attune/allocator.h>

#include <stdint.h>
#include <stdlib.h>

/* Both or neither: what one half handed out, the other half could not take back. */
static inline int atn_is_own(const attune_allocator *allocator)
{
    return allocator && allocator->allocate && allocator->release;
}

static inline void *atn_allocate(const attune_allocator *allocator, size_t size)
{
    if (size == 0)
        return NULL;
    return atn_is_own(allocator) ? allocator->allocate(allocator->context, size) : malloc(size);
}

static inline void atn_release(const attune_allocator *allocator, void *memory, size_t size)
{
    if (!memory)
        return;
    if (atn_is_own(allocator))
        allocator->release(allocator->context, memory, size);
    else
        free(memory);
}

/* count * size, or 0 when it does not fit: 0 is what atn_allocate refuses. */
static inline size_t atn_product(size_t count, size_t size)
{
    return size != 0 && count > SIZE_MAX / size ? 0 : count * size;
}

#endif
