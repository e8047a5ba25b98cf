/* The columns of a score. */
/* SPDX-License-Identifier: MIT */
#include <attune/score.h>

static const char *const flags[] = { "prorated",      "given",       "off_step", "safety",
                                     "demonstration", "unconfirmed", "licensed" };
static const char *const reasons[] = {
    [ATTUNE_REASON_NONE] = "",
    [ATTUNE_REASON_EMPTY] = "no item answered",
    [ATTUNE_REASON_INCOMPLETE] = "too many items unanswered",
    [ATTUNE_REASON_NO_TOTAL] = "no total, only subscales",
};

#define COUNT(words) ((uint32_t)(sizeof(words) / sizeof *(words)))
#define AT(member) ((uint32_t)offsetof(attune_score, member))

static const attune_field fields[] = {
    { "subscale", "which subscale; empty on the total", NULL, 0, AT(subscale), ATTUNE_FIELD_CODE },
    { "score", "the total or the subscale's score", NULL, 0, AT(score), ATTUNE_FIELD_REAL },
    { "n_items", "items that belong to it", NULL, 0, AT(n_items), ATTUNE_FIELD_COUNT },
    { "n_answered", "of these, answered", NULL, 0, AT(n_answered), ATTUNE_FIELD_COUNT },
    { "complete", "1 when every item is answered", NULL, 0, AT(complete), ATTUNE_FIELD_COUNT },
    { "band", "the scale's own severity band", NULL, 0, AT(band), ATTUNE_FIELD_CODE },
    { "flags", "what to know about it", flags, COUNT(flags), AT(flags), ATTUNE_FIELD_FLAGS },
    { "reason", "why there is no score", reasons, COUNT(reasons), AT(reason), ATTUNE_FIELD_CODE },
};

const attune_field *attune_score_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}
