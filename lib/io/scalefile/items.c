/* What the scoring loop reads of a scale: ranges, worths, the total's items, groups, table. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/row.h"
#include "lib/io/scalefile/total.h"

#include <math.h>

static int32_t *take_numbers(struct atn_arena *arena, const json_t *list)
{
    int32_t *numbers = atn_arena_array(arena, json_array_size(list), sizeof *numbers);
    for (size_t i = 0; numbers && i < json_array_size(list); i++)
        numbers[i] = (int32_t)json_integer_value(json_array_get(list, i));
    return numbers;
}

static const struct atn_range *take_own(struct atn_arena *arena, const json_t *items)
{
    size_t n = atn_has_one_range(items) ? 0 : (size_t)atn_number(items, "count", 0);
    struct atn_range *own = atn_arena_array(arena, n, sizeof *own);
    for (size_t i = 0; own && i < n; i++)
        own[i] = atn_answers_of(items, (int32_t)i + 1);
    return own;
}

static const double *take_values(struct atn_arena *arena, const json_t *list)
{
    double *values = atn_arena_array(arena, json_array_size(list), sizeof *values);
    for (size_t i = 0; values && i < json_array_size(list); i++)
        values[i] = json_number_value(json_array_get(list, i));
    return values;
}

static const int32_t *take_groups(struct atn_arena *arena, const json_t *scale)
{
    const json_t *scoring = json_object_get(scale, "scoring");
    size_t n = (size_t)atn_number(json_object_get(scale, "items"), "count", 0);
    size_t wanted = json_object_get(scoring, "maxima") ? n : 0;
    int32_t *groups = atn_arena_array(arena, wanted, sizeof *groups);
    for (size_t i = 0; groups && i < n; i++)
        groups[i] = atn_group_of(scoring, (int32_t)i + 1);
    return groups;
}

static void fill_conversions(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    const json_t *table = json_object_get(json_object_get(scale, "scoring"), "table");
    const json_t *values = json_object_get(table, "values");
    const json_t *errors = json_object_get(table, "se");
    double low = atn_total_raw(scale).low;
    double step = atn_number(json_object_get(scale, "items"), "step", 1);
    size_t n = json_array_size(values);
    attune_conversion_info *rows = atn_arena_array(arena, n, sizeof *rows);
    for (size_t i = 0; rows && i < n; i++)
        rows[i] = (attune_conversion_info) {
            .struct_size = sizeof *rows,
            .raw = low + (double)i * step,
            .score = json_number_value(json_array_get(values, i)),
            .error = errors ? json_number_value(json_array_get(errors, i)) : (double)NAN,
        };
    to->conversions = rows;
    to->info.conversion_count = (uint32_t)n;
}

void atn_fill_items(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    const json_t *items = json_object_get(scale, "items");
    const json_t *scored = json_object_get(json_object_get(scale, "scoring"), "items");
    const json_t *reversed = json_object_get(items, "reversed");
    to->reversed = take_numbers(arena, reversed);
    to->info.reversed_count = (uint32_t)json_array_size(reversed);
    to->scored = take_numbers(arena, scored);
    to->info.scored_count = scored ? (int32_t)json_array_size(scored) : to->info.item_count;
    to->own = take_own(arena, items);
    to->values = take_values(arena, json_object_get(items, "values"));
    to->groups = take_groups(arena, scale);
    fill_conversions(arena, scale, to);
}
