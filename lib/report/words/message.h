/* The message catalogue: every sentence of the reports, by a stable id, with named places. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_REPORT_MESSAGE_H
#define ATN_REPORT_MESSAGE_H

#include <stddef.h>

typedef enum atn_message {
#define M(name, id, one, many) ATN_SAY_##name,
#include "lib/report/words/catalogue.def"
#undef M
    ATN_SAY_END
} atn_message;

/* What stands in a place: {name} in the template becomes text. */
typedef struct atn_place {
    const char *name;
    const char *text;
} atn_place;

/* The stable id of a message, "change.lower"; it goes into machine output. */
const char *atn_message_id(atn_message message);

/* The English template; one: exactly one of what it counts. */
const char *atn_message_template(atn_message message, int one);

/*
 * Fill a message's places. Returns the length it has or would need, without the closing NUL;
 * writes nothing when capacity is not above it. A place without text stays visible as {name}.
 */
size_t atn_message_fill(atn_message message, int one, const atn_place *places, size_t n, char *text,
                        size_t capacity);

#endif
