/* The sized allocator: where the few calls that allocate get their memory. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_ALLOCATOR_H
#define ATTUNE_ALLOCATOR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Only calls named _new, _clone and _load allocate, through this. Pass NULL for the C library's
 * malloc and free, which also serve when either function is NULL. The struct is copied into the
 * handle, so it may live on the caller's stack; its context must outlive the handle. These two are
 * the only callbacks in the interface: a binding passes NULL.
 *
 * allocate: size > 0; returns memory aligned for any type, or NULL, which becomes
 *           ATTUNE_E_MEMORY.
 * release:  memory is never NULL, size is the one it was allocated with.
 */
typedef struct attune_allocator {
    void *context;
    void *(*allocate)(void *context, size_t size);
    void (*release)(void *context, void *memory, size_t size);
} attune_allocator;

#ifdef __cplusplus
}
#endif

#endif
