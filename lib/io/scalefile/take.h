/* Filling a struct from a JSON object by a table of fields. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_SCALEFILE_TAKE_H
#define ATN_SCALEFILE_TAKE_H

#include "lib/io/json/arena.h"

#include <jansson.h>
#include <stdint.h>

enum atn_take_type {
    ATN_TAKE_REAL,  /* double; NaN when absent */
    ATN_TAKE_WHOLE, /* int32_t; 0 when absent; true is 1 */
    ATN_TAKE_TEXT,  /* const char *; NULL when absent */
    ATN_TAKE_WORD,  /* int32_t: which of words; otherwise when absent */
    ATN_TAKE_STATUS /* int32_t: ATTUNE_FACT_* */
};

struct atn_take {
    const char *key; /* NULL: always absent */
    size_t offset;   /* in the struct */
    enum atn_take_type type;
    const char *const *words;
    int32_t otherwise;
};

/* A checked object into a struct; texts are copied into the arena. */
void atn_take_fields(struct atn_arena *arena, const json_t *object, const struct atn_take *fields,
                     size_t count, void *to);

/* The object's ATTUNE_FACT_*: what it says, as long as it names a source. */
int32_t atn_fact(const json_t *object, int has_source);

/* What an object's status says beyond the three words; NULL when it says none or one of them. */
const char *atn_fact_remark(const json_t *object);

#endif
