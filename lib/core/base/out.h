/* Handing results out: sized structs and arrays whose stride is the caller's struct_size. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_BASE_OUT_H
#define ATN_BASE_OUT_H

#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Every sized struct begins with its struct_size, so one reader serves them all. */
static inline uint32_t atn_struct_size(const void *sized)
{
    uint32_t size = 0;
    memcpy(&size, sized, sizeof size);
    return size;
}

/*
 * Copies a result into the caller's struct, which may be of an older or a newer version than
 * ours: as much as both know. The caller's struct_size stays.
 */
static inline void atn_give(void *to, const void *from, size_t from_size)
{
    uint32_t room = atn_struct_size(to);
    if (room < from_size)
        memcpy((char *)to + sizeof room, (const char *)from + sizeof room, room - sizeof room);
    else /* as nearly always, and of a size that the compiler knows */
        memcpy((char *)to + sizeof room, (const char *)from + sizeof room, from_size - sizeof room);
}

/* Element i of the caller's array; the first element's struct_size is the stride of all. */
static inline void atn_give_at(void *array, uint32_t stride, size_t i, const void *from,
                               size_t from_size)
{
    char *to = (char *)array + i * stride;
    memcpy(to, &stride, sizeof stride);
    atn_give(to, from, from_size);
}

/*
 * Entry i of a table, to the caller's struct: what every describe call checks, in this order. A
 * table without entries may be NULL.
 */
static inline attune_status atn_give_entry(const void *table, size_t size, size_t count, size_t i,
                                           void *info)
{
    if (!info)
        return ATTUNE_E_ARGUMENT;
    if (atn_struct_size(info) < size)
        return ATTUNE_E_STRUCT_SIZE;
    if (i >= count)
        return ATTUNE_E_COUNT;
    atn_give(info, (const char *)table + i * size, size);
    return ATTUNE_OK;
}

#endif
