/* Writing a JSON file into the caller's room. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_JSON_DUMP_H
#define ATN_JSON_DUMP_H

#include <attune/status.h>

#include <jansson.h>
#include <stddef.h>

/*
 * The value as text with a line end, its numbers in as few digits as read back to the same doubles.
 * *length is what it takes without the NUL. ATTUNE_E_COUNT, text untouched, when it does not fit;
 * ATTUNE_E_MEMORY, also for a NULL root, which was not to be had.
 */
attune_status atn_dump(const json_t *root, char *text, size_t capacity, size_t *length,
                       attune_error *err);

#endif
