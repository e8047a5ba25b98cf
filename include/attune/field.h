/* Tables that describe result structs, so that CSV, JSON and frames derive from one place. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_FIELD_H
#define ATTUNE_FIELD_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATTUNE_FIELD_REAL 1  /* double; NaN is missing */
#define ATTUNE_FIELD_COUNT 2 /* int32_t; negative is missing */
#define ATTUNE_FIELD_CODE 3  /* int32_t that indexes names; outside of it is missing */
#define ATTUNE_FIELD_FLAGS 4 /* uint32_t, bit i is called names[i]; 0 is missing */
#define ATTUNE_FIELD_TEXT 5  /* const char *; NULL is missing */

/* One column of a result: its frozen name, where it stands in the struct, what it means. */
typedef struct attune_field {
    const char *name;         /* the column name in CSV, JSON and frames */
    const char *text;         /* its definition in one sentence */
    const char *const *names; /* CODE and FLAGS: the words; else NULL */
    uint32_t name_count;      /* how many words */
    uint32_t offset;          /* bytes from the start of the result struct */
    int32_t type;             /* ATTUNE_FIELD_* */
} attune_field;

#ifdef __cplusplus
}
#endif

#endif
