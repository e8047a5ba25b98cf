/* Fuzzing the loader of scale files: what it refuses is said, what it takes keeps its promises. */
/* SPDX-License-Identifier: MIT */
#include <attune/scalefile.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unlike assert this stays in release builds, and nothing is printed of the input. */
static void must(int holds)
{
    if (!holds)
        abort();
}

static void check_lists(const attune_scale *scale, const attune_scale_info *info)
{
    attune_cutoff_info cutoff = { .struct_size = sizeof cutoff };
    attune_reliable_change_info change = { .struct_size = sizeof change };
    attune_band_info band = { .struct_size = sizeof band };
    int32_t cutoffs = 0, changes = 0;
    for (uint32_t i = 0; i < info->cutoff_count; i++) {
        must(attune_scale_cutoff(scale, i, &cutoff) == ATTUNE_OK);
        must(cutoff.value >= info->score_min && cutoff.value <= info->score_max);
        cutoffs += cutoff.is_default;
    }
    for (uint32_t i = 0; i < info->change_count; i++) {
        must(attune_scale_reliable_change(scale, i, &change) == ATTUNE_OK);
        must(!(change.threshold <= 0) && !(change.reliability > 1) && !(change.sd <= 0));
        changes += change.is_default;
    }
    for (uint32_t i = 0; i < info->band_count; i++)
        must(attune_scale_band(scale, i, &band) == ATTUNE_OK && band.label);
    must(cutoffs == (info->cutoff_count > 0));
    must(changes == (info->change_count > 0));
}

static void check_subscales(const attune_scale *scale, const attune_scale_info *info)
{
    attune_subscale_info sub = { .struct_size = sizeof sub };
    for (uint32_t i = 0; i < info->subscale_count; i++) {
        must(attune_scale_subscale(scale, i, &sub) == ATTUNE_OK);
        must(sub.item_count > 0 && sub.missing_max < (int32_t)sub.item_count);
        for (uint32_t j = 0; j < sub.item_count; j++)
            must(sub.items[j] >= 1 && sub.items[j] <= info->item_count);
    }
    for (uint32_t i = 0; i < info->reversed_count; i++)
        must(attune_scale_reversed(scale, i) <= info->item_count);
}

static void check_scale(const attune_scale_set *set, size_t i)
{
    const attune_scale *scale = attune_scale_set_at(set, i);
    attune_scale_info info = { .struct_size = sizeof info };
    attune_constants constants = { .struct_size = sizeof constants };
    must(attune_scale_describe(scale, &info) == ATTUNE_OK);
    must(info.item_count >= 0 && info.item_count <= ATTUNE_ITEMS_MAX);
    must(isfinite(info.score_min) && isfinite(info.score_max));
    must(info.score_min < info.score_max && !(info.score_step <= 0));
    must(attune_scale_set_find(set, info.id) == scale);
    check_lists(scale, &info);
    check_subscales(scale, &info);
    for (uint32_t k = 0; k < info.source_count; k++)
        must(attune_scale_source(scale, k) != NULL);
    for (uint32_t k = 0; k < info.note_count; k++)
        must(attune_scale_note(scale, k) != NULL);
    must(attune_scale_constants(scale, &constants) == ATTUNE_OK);
}

static void check_refusal(attune_status status, const attune_error *err, const uint8_t *data,
                          size_t size)
{
    uint64_t lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    must(status == ATTUNE_E_FORMAT || status == ATTUNE_E_DUPLICATE);
    must(err->code == status && strncmp(err->text, "expected ", 9) == 0);
    must(err->line <= lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    attune_scale_set *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_scale_set_load(&set, (const char *)data, size, NULL, &err);
    must((status == ATTUNE_OK) == (set != NULL));
    if (status)
        check_refusal(status, &err, data, size);
    else
        must(attune_scale_set_count(set) >= 1);
    for (size_t i = 0; i < attune_scale_set_count(set); i++)
        check_scale(set, i);
    attune_scale_set_free(set);
    return 0;
}
