/* Statuses and the caller-owned error: how every call of attune says what went wrong. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_STATUS_H
#define ATTUNE_STATUS_H

#include <attune/export.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Every call that can fail returns an attune_status. Values are fixed for ever; new ones are
 * added before ATTUNE_STATUS_END, which is never returned and lets a binding prove that it knows
 * them all. In every call the first failure in this order wins, and the outputs stay untouched:
 *   pointers and handles, struct_size, counts and capacities, options, data values in index
 *   order, session order, enough sessions, memory, numeric.
 */
typedef int32_t attune_status;

#define ATTUNE_OK 0
#define ATTUNE_E_ARGUMENT (-1)    /* a pointer or handle is NULL that must not be */
#define ATTUNE_E_STRUCT_SIZE (-2) /* struct_size was not set to sizeof of the struct */
#define ATTUNE_E_COUNT (-3)       /* a count or a capacity does not fit */
#define ATTUNE_E_OPTION (-4)      /* an option is outside its documented range */
#define ATTUNE_E_VALUE (-5)      /* a data value is infinite, out of range or off the answer grid */
#define ATTUNE_E_ORDER (-6)      /* sessions do not rise strictly */
#define ATTUNE_E_TOO_FEW (-7)    /* too few sessions yet: the only status worth trying again */
#define ATTUNE_E_MEMORY (-8)     /* the allocator returned NULL */
#define ATTUNE_E_NUMERIC (-9)    /* the figure cannot be computed from these data */
#define ATTUNE_E_CONSTANT (-10)  /* the scale lacks a constant that this call needs */
#define ATTUNE_E_FORMAT (-11)    /* text or a file is not of the documented form */
#define ATTUNE_E_UNKNOWN (-12)   /* no scale, rule or rule set has this id */
#define ATTUNE_E_DUPLICATE (-13) /* the same thing twice where once is allowed */
#define ATTUNE_E_IO (-14)        /* the operating system refused to read or write */
#define ATTUNE_E_UNSUPPORTED (-15) /* this build leaves the part out that would do it */
#define ATTUNE_E_ACCEPT (-16)      /* the caller has not stated what this scale needs */
#define ATTUNE_STATUS_END (-17)

/*
 * Where and why a call failed. Owned by the caller; pass NULL to decline. Filled only on failure,
 * and only with positions and keys: never with an answer, a score, a date or an identifier.
 */
typedef struct attune_error {
    uint32_t struct_size; /* set by the caller: ATTUNE_ERROR_INIT does it */
    attune_status code;   /* the status that the call returned */
    uint64_t index;       /* element of the array that was refused, counted from 0 */
    uint64_t line;        /* line of the text or file, counted from 1; 0 when there is none */
    uint64_t column;      /* column of that line (CSV: field), counted from 1; 0 when none */
    char key[64];         /* argument, column or JSON path at fault; "" when none */
    char text[256];       /* one sentence: what was expected */
} attune_error;

#define ATTUNE_ERROR_INIT                                                                          \
    {                                                                                              \
        (uint32_t)sizeof(attune_error), ATTUNE_OK, 0, 0, 0, { 0 },                                 \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }

/* The short name of a status, "too few sessions"; "unknown status" for any other number. */
ATTUNE_API const char *attune_status_text(attune_status status);

#ifdef __cplusplus
}
#endif

#endif
