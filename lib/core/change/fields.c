/* The columns of a change. */
/* SPDX-License-Identifier: MIT */
#include <attune/change.h>

static const char *const methods[] = {
    [ATTUNE_METHOD_JT] = "jt",
    [ATTUNE_METHOD_GLN] = "gln",
    [ATTUNE_METHOD_HLL] = "hll",
    [ATTUNE_METHOD_EN] = "en",
    [ATTUNE_METHOD_NK] = "nk",
    [ATTUNE_METHOD_HA] = "ha",
    [ATTUNE_METHOD_PERCENTAGE] = "percentage",
    [ATTUNE_METHOD_ANCHOR] = "anchor",
    [ATTUNE_METHOD_MAASSEN] = "maassen",
    [ATTUNE_METHOD_MCNEMAR] = "mcnemar",
    [ATTUNE_METHOD_HLM] = "hlm",
};
static const char *const cutoffs[] = {
    [ATTUNE_CUTOFF_PUBLISHED] = "published",
    [ATTUNE_CUTOFF_A] = "a",
    [ATTUNE_CUTOFF_B] = "b",
    [ATTUNE_CUTOFF_C] = "c",
};
static const char *const reliables[] = {
    [ATTUNE_RELIABLE_UNCHANGED] = "unchanged",
    [ATTUNE_RELIABLE_IMPROVED] = "improved",
    [ATTUNE_RELIABLE_DETERIORATED] = "deteriorated",
};
static const char *const classes[] = {
    [ATTUNE_CLASS_RECOVERED] = "recovered", [ATTUNE_CLASS_IMPROVED] = "improved",
    [ATTUNE_CLASS_UNCHANGED] = "unchanged", [ATTUNE_CLASS_DETERIORATED] = "deteriorated",
    [ATTUNE_CLASS_HARMED] = "harmed",
};

#define WORDS(words) words, (uint32_t)(sizeof(words) / sizeof *(words))
#define AT(member) ((uint32_t)offsetof(attune_change, member))

static const attune_field fields[] = {
    { "first", "first observed score", NULL, 0, AT(first), ATTUNE_FIELD_REAL },
    { "last", "last observed score", NULL, 0, AT(last), ATTUNE_FIELD_REAL },
    { "change", "last - first", NULL, 0, AT(change), ATTUNE_FIELD_REAL },
    { "method", "how reliable change was judged", WORDS(methods), AT(method), ATTUNE_FIELD_CODE },
    { "rci", "reliable change index", NULL, 0, AT(rci), ATTUNE_FIELD_REAL },
    { "reliable", "beyond measurement error?", WORDS(reliables), AT(reliable), ATTUNE_FIELD_CODE },
    { "cutoff", "clinical cut-off used", NULL, 0, AT(cutoff), ATTUNE_FIELD_REAL },
    { "cutoff_type", "where it is from", WORDS(cutoffs), AT(cutoff_type), ATTUNE_FIELD_CODE },
    { "class", "clinical significance", WORDS(classes), AT(class_), ATTUNE_FIELD_CODE },
};

static const attune_field details[] = {
    { "rci_p", "two-sided normal p of rci", NULL, 0, AT(rci_p), ATTUNE_FIELD_REAL },
    { "threshold", "points that are reliable", NULL, 0, AT(threshold), ATTUNE_FIELD_REAL },
    { "post_index", "HA: last score beyond cut-off", NULL, 0, AT(post_index), ATTUNE_FIELD_REAL },
};

const attune_field *attune_change_details(size_t *count)
{
    if (count)
        *count = sizeof details / sizeof *details;
    return details;
}

const attune_field *attune_change_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}
