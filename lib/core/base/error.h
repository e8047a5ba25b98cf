/* Filling the caller's error: constant texts, positions and keys, never a value. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_BASE_ERROR_H
#define ATN_BASE_ERROR_H

#include <attune/status.h>

#include <string.h>

/* Copies as much of a constant text as fits; err fields were sized for every text in the tree. */
static inline void atn_copy_text(char *to, size_t room, const char *from)
{
    size_t n = from ? strlen(from) : 0;
    if (n >= room)
        n = room - 1;
    if (n > 0)
        memcpy(to, from, n);
    to[n] = '\0';
}

/* Fills *err, when there is one of a known size, and hands the status back. */
static inline attune_status atn_fail_at(attune_error *err, attune_status status, uint64_t index,
                                        const char *key, const char *text)
{
    if (err && err->struct_size >= sizeof *err) {
        err->code = status;
        err->index = index;
        err->line = 0;
        err->column = 0;
        atn_copy_text(err->key, sizeof err->key, key);
        atn_copy_text(err->text, sizeof err->text, text);
    }
    return status;
}

static inline attune_status atn_fail(attune_error *err, attune_status status, const char *key,
                                     const char *text)
{
    return atn_fail_at(err, status, 0, key, text);
}

#endif
