/* The columns of a sudden gain or loss. */
/* SPDX-License-Identifier: MIT */
#include <attune/sudden.h>

static const char *const kinds[] = {
    [ATTUNE_SUDDEN_GAIN] = "gain",
    [ATTUNE_SUDDEN_LOSS] = "loss",
};

#define AT(member) ((uint32_t)offsetof(attune_sudden, member))

static const attune_field fields[] = {
    { "kind", "A change for the better, or for the worse.", kinds, 2, AT(kind), ATTUNE_FIELD_CODE },
    { "from_session", "The session before it.", NULL, 0, AT(from_session), ATTUNE_FIELD_COUNT },
    { "to_session", "The session after it.", NULL, 0, AT(to_session), ATTUNE_FIELD_COUNT },
    { "magnitude", "Score before less score after.", NULL, 0, AT(magnitude), ATTUNE_FIELD_REAL },
    { "proportion", "Its share of the course's whole change, first less last.", NULL, 0,
      AT(proportion), ATTUNE_FIELD_REAL },
    { "reversed", "1 when a later score took more than half of it back.", NULL, 0, AT(reversed),
      ATTUNE_FIELD_COUNT },
};

const attune_field *attune_sudden_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}
