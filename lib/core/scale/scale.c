/* The registry of built-in scales, and describing a scale part by part. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/out.h"
#include "lib/core/scale/answers.h"

#include <string.h>

size_t attune_scale_count(void)
{
    return atn_scale_table_count;
}

const attune_scale *attune_scale_at(size_t i)
{
    return i < atn_scale_table_count ? atn_scale_table[i] : NULL;
}

const attune_scale *attune_scale_listed(const char *id)
{
    size_t low = 0, high = atn_scale_table_count;
    while (id && low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, atn_scale_table[middle]->info.id);
        if (order == 0)
            return atn_scale_table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const attune_scale *attune_scale_open(const attune_scale *scale, uint32_t accept)
{
    if (!scale || !scale->open)
        return scale;
    return scale->info.needs & ~(accept | scale->accepted) ? NULL : scale->open;
}

const attune_scale *attune_scale_find(const char *id)
{
    return attune_scale_open(attune_scale_listed(id), 0);
}

attune_status attune_scale_describe(const attune_scale *scale, attune_scale_info *info)
{
    return scale ? atn_give_entry(&scale->info, sizeof scale->info, 1, 0, info) : ATTUNE_E_ARGUMENT;
}

#define GIVE(table, count)                                                                         \
    (scale ? atn_give_entry(scale->table, sizeof *scale->table, scale->info.count, i, info)        \
           : ATTUNE_E_ARGUMENT)

attune_status attune_scale_subscale(const attune_scale *scale, size_t i, attune_subscale_info *info)
{
    return GIVE(subscales, subscale_count);
}

attune_status attune_scale_band(const attune_scale *scale, size_t i, attune_band_info *info)
{
    return GIVE(bands, band_count);
}

attune_status attune_scale_cutoff(const attune_scale *scale, size_t i, attune_cutoff_info *info)
{
    return GIVE(cutoffs, cutoff_count);
}

attune_status attune_scale_reliable_change(const attune_scale *scale, size_t i,
                                           attune_reliable_change_info *info)
{
    return GIVE(changes, change_count);
}

attune_status attune_scale_spread(const attune_scale *scale, size_t i, attune_spread_info *info)
{
    return GIVE(spreads, spread_count);
}

attune_status attune_scale_norm(const attune_scale *scale, size_t i, attune_norm_info *info)
{
    return GIVE(norms, norm_count);
}

attune_status attune_scale_safety(const attune_scale *scale, size_t i, attune_safety_info *info)
{
    return GIVE(safety, safety_count);
}

attune_status attune_scale_conversion(const attune_scale *scale, size_t i,
                                      attune_conversion_info *info)
{
    return GIVE(conversions, conversion_count);
}

attune_status attune_scale_code(const attune_scale *scale, size_t i, attune_code_info *info)
{
    return GIVE(codes, code_count);
}

/* Is a number in a list of them? */
static int32_t has_number(const int32_t *numbers, size_t count, int32_t number)
{
    int32_t found = 0;
    for (size_t i = 0; i < count; i++)
        found |= numbers[i] == number;
    return found;
}

attune_status attune_scale_item(const attune_scale *scale, size_t i, attune_item_info *info)
{
    attune_item_info item = { .struct_size = sizeof item };
    if (!scale || !info)
        return ATTUNE_E_ARGUMENT;
    if (atn_struct_size(info) < sizeof item)
        return ATTUNE_E_STRUCT_SIZE;
    if (i >= (size_t)scale->info.item_count)
        return ATTUNE_E_COUNT;
    item.reversed = has_number(scale->reversed, scale->info.reversed_count, (int32_t)i + 1);
    item.scored = !scale->scored ||
                  has_number(scale->scored, (size_t)scale->info.scored_count, (int32_t)i + 1);
    item.group = scale->groups ? scale->groups[i] : 0;
    item.min = atn_range_of(scale, i).low;
    item.max = atn_range_of(scale, i).high;
    item.step = scale->info.item_step;
    atn_give(info, &item, sizeof item);
    return ATTUNE_OK;
}

int32_t attune_scale_reversed(const attune_scale *scale, size_t i)
{
    return scale && i < scale->info.reversed_count ? scale->reversed[i] : 0;
}

const char *attune_scale_source(const attune_scale *scale, size_t i)
{
    return scale && i < scale->info.source_count ? scale->sources[i] : NULL;
}

const char *attune_scale_note(const attune_scale *scale, size_t i)
{
    return scale && i < scale->info.note_count ? scale->notes[i] : NULL;
}
