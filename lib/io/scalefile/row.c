/* The frame of a scale: what stands once in it. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/row.h"

#include "lib/io/scalefile/shape.h"
#include "lib/io/scalefile/take.h"
#include "lib/io/scalefile/total.h"

#include <math.h>
#include <string.h>

#define AT(field) offsetof(attune_scale_info, field)

static const struct atn_take frame[] = {
    { "id", AT(id), ATN_TAKE_TEXT, NULL, 0 },
    { "title", AT(title), ATN_TAKE_TEXT, NULL, 0 },
    { "short_title", AT(short_title), ATN_TAKE_TEXT, NULL, 0 },
    { "authors", AT(authors), ATN_TAKE_TEXT, NULL, 0 },
    { "owner", AT(owner), ATN_TAKE_TEXT, NULL, 0 },
    { "licence", AT(licence), ATN_TAKE_TEXT, NULL, 0 },
    { "reviewed", AT(reviewed), ATN_TAKE_TEXT, NULL, 0 },
    { "year", AT(year), ATN_TAKE_WHOLE, NULL, 0 },
    { "demonstration", AT(demonstration), ATN_TAKE_WHOLE, NULL, 0 },
    { "construct", AT(construct), ATN_TAKE_WORD, atn_words_construct, ATTUNE_CONSTRUCT_OTHER },
    { "rater", AT(rater), ATN_TAKE_WORD, atn_words_rater, ATTUNE_RATER_CLIENT },
};

static const struct atn_take answers[] = {
    { "count", AT(item_count), ATN_TAKE_WHOLE, NULL, 0 },
    { "min", AT(item_min), ATN_TAKE_REAL, NULL, 0 },
    { "max", AT(item_max), ATN_TAKE_REAL, NULL, 0 },
};

static const struct atn_take scoring[] = {
    { "rule", AT(rule), ATN_TAKE_WORD, atn_words_rule, ATTUNE_RULE_SUM },
    { "factor", AT(factor), ATN_TAKE_REAL, NULL, 0 },
};

static const struct atn_take missing[] = {
    { "rule", AT(missing), ATN_TAKE_WORD, atn_words_missing_rule, ATTUNE_MISSING_REFUSE },
    { "max", AT(missing_max), ATN_TAKE_WHOLE, NULL, 0 },
    { "source", AT(missing_source), ATN_TAKE_TEXT, NULL, 0 },
};

#define TAKE(object, fields, to)                                                                   \
    atn_take_fields(arena, object, fields, sizeof(fields) / sizeof *(fields), to)

static int32_t direction_of(const json_t *scale)
{
    const char *said = json_string_value(json_object_get(scale, "direction"));
    return said && !strcmp(said, "higher is worse") ? ATTUNE_HIGHER_WORSE : ATTUNE_HIGHER_BETTER;
}

/* A scale's own status leans on its licence, its sources and a second reading together. */
static int32_t status_of(const json_t *scale)
{
    const char *said = json_string_value(json_object_get(scale, "status"));
    if (said && !strcmp(said, "licensed"))
        return ATTUNE_FACT_LICENSED;
    return atn_fact(scale, json_object_get(scale, "licence") &&
                               json_array_size(json_object_get(scale, "sources")) > 0 &&
                               json_object_get(scale, "reviewed"));
}

/* What has to be stated of a built-in scale that says the same. */
static uint32_t needs_of(const attune_scale_info *info)
{
    return (info->status == ATTUNE_FACT_LICENSED ? ATTUNE_ACCEPT_LICENSED : 0u) |
           (info->status == ATTUNE_FACT_UNCONFIRMED || !info->reviewed ? ATTUNE_ACCEPT_UNCONFIRMED
                                                                       : 0u);
}

void atn_fill_scale(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    const json_t *items = json_object_get(scale, "items");
    const struct atn_total total = atn_total_of(scale);
    attune_scale_info *info = &to->info;
    info->struct_size = sizeof *info;
    TAKE(scale, frame, info);
    TAKE(items, answers, info);
    TAKE(json_object_get(scale, "scoring"), scoring, info);
    TAKE(json_object_get(scale, "missing"), missing, info);
    info->item_step = items ? atn_number(items, "step", 1) : NAN;
    info->direction = direction_of(scale);
    info->status = status_of(scale);
    info->needs = needs_of(info);
    info->score_min = total.low;
    info->score_max = total.high;
    info->score_step = total.step;
    atn_fill_items(arena, scale, to);
    atn_fill_lists(arena, scale, to);
    atn_fill_texts(arena, scale, to);
}
