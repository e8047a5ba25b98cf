/* The columns of a run length, in the order of the command's CSV output. */
/* SPDX-License-Identifier: MIT */
#include <attune/runlength.h>

#define FIELD(type, member, text)                                                                  \
    {                                                                                              \
#member, text, NULL, 0, (uint32_t)offsetof(attune_runlength, member), type                 \
    }

static const attune_field fields[] = {
    FIELD(ATTUNE_FIELD_COUNT, n, "Completed scores so far."),
    FIELD(ATTUNE_FIELD_COUNT, likeliest, "Scores since the last change, of highest probability."),
    FIELD(ATTUNE_FIELD_REAL, probability, "That probability."),
    FIELD(ATTUNE_FIELD_REAL, recent, "Probability of at most two scores since the last change."),
    FIELD(ATTUNE_FIELD_REAL, one, "Probability that the change came with this score."),
    FIELD(ATTUNE_FIELD_REAL, capped, "Probability of a run of the cap or more: 0 is exact."),
    FIELD(ATTUNE_FIELD_COUNT, change, "1: a recent change is likelier than none."),
};

const attune_field *attune_runlength_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}
