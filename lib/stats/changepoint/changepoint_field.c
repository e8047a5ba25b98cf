/* The columns of a change point, in the order of the command's CSV output. */
/* SPDX-License-Identifier: MIT */
#include <attune/changepoint.h>

#define FIELD(type, member, text)                                                                  \
    {                                                                                              \
#member, text, NULL, 0, (uint32_t)offsetof(attune_changepoint, member), type               \
    }

static const attune_field fields[] = {
    FIELD(ATTUNE_FIELD_COUNT, n_before, "Completed scores between this change and the one before."),
    FIELD(ATTUNE_FIELD_COUNT, n_after, "Completed scores between this change and the next."),
    FIELD(ATTUNE_FIELD_REAL, before, "Their mean before the change."),
    FIELD(ATTUNE_FIELD_REAL, after, "Their mean after it."),
    FIELD(ATTUNE_FIELD_REAL, statistic, "F of the two segments."),
    FIELD(ATTUNE_FIELD_REAL, p, "Share of random orders with as large an F, at any place."),
};

const attune_field *attune_changepoint_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}
