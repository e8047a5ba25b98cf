/* The table of a norm file: what stands where in the JSON and in the struct. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_NORM_TABLE_H
#define ATN_NORM_TABLE_H

#include <attune/norm.h>

enum atn_norm_type {
    ATN_NORM_TEXT,  /* char[room] */
    ATN_NORM_REAL,  /* double */
    ATN_NORM_WHOLE, /* int32_t, from 0 */
    ATN_NORM_COUNT, /* uint64_t, at most 2^53 */
    ATN_NORM_WORD   /* int32_t: which of words */
};

/* Which norms have a row: what counts sessions is not counted in days. */
enum atn_norm_axis { ATN_NORM_EITHER, ATN_NORM_BY_SESSION, ATN_NORM_BY_DATE };

struct atn_norm_row {
    const char *part; /* key of the object that holds it; NULL: the file itself */
    const char *key;
    enum atn_norm_type type;
    size_t offset, room;
    enum atn_norm_axis axis;
    const char *const *words; /* ends with NULL */
    const char *expected;     /* one sentence */
};

extern const struct atn_norm_row atn_norm_rows[];
extern const size_t atn_norm_count;

/* The words of model.time, in the order of ATTUNE_TIME_*; ends with NULL. */
extern const char *const atn_norm_times[];

/* Whether a norm of this time has the row. */
static inline int atn_norm_has(const struct atn_norm_row *row, int32_t time)
{
    return row->axis == ATN_NORM_EITHER ||
           (row->axis == ATN_NORM_BY_DATE) == attune_time_by_date(time);
}

#endif
