/* The words of a scale's codes. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/scale/words.h"

#include <attune/scale.h>

static const char *const constructs[] = {
    [ATTUNE_CONSTRUCT_OTHER] = "other",
    [ATTUNE_CONSTRUCT_ALLIANCE] = "alliance",
    [ATTUNE_CONSTRUCT_DISTRESS] = "distress",
    [ATTUNE_CONSTRUCT_RUPTURE] = "rupture",
};

static const char *const raters[] = {
    [ATTUNE_RATER_CLIENT] = "client",
    [ATTUNE_RATER_THERAPIST] = "therapist",
    [ATTUNE_RATER_OBSERVER] = "observer",
};

static const char *const facts[] = {
    [ATTUNE_FACT_CONFIRMED] = "confirmed",
    [ATTUNE_FACT_PROVISIONAL] = "provisional",
    [ATTUNE_FACT_UNCONFIRMED] = "unconfirmed",
    [ATTUNE_FACT_LICENSED] = "licensed",
};

const char *attune_construct_name(int32_t construct)
{
    return ATN_WORD(constructs, construct);
}

const char *attune_rater_name(int32_t rater)
{
    return ATN_WORD(raters, rater);
}

const char *attune_fact_name(int32_t status)
{
    return ATN_WORD(facts, status);
}
