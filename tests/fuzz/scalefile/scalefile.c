/* Fuzzing the loader of scale files: what it refuses is said, what it takes keeps its promises. */
/* SPDX-License-Identifier: MIT */
#include <attune/scalefile.h>
#include <attune/score.h>

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
    int32_t cutoffs[ATTUNE_SUBSCALES_MAX + 1] = { 0 }, changes[ATTUNE_SUBSCALES_MAX + 1] = { 0 };
    uint32_t met_cutoffs = 0,
             met_changes = 0; /* of which subscale there is one; bit 0: the total */
    for (uint32_t i = 0; i < info->cutoff_count; i++) {
        must(attune_scale_cutoff(scale, i, &cutoff) == ATTUNE_OK);
        must(cutoff.subscale >= 0 ||
             (cutoff.value >= info->score_min && cutoff.value <= info->score_max));
        cutoffs[cutoff.subscale + 1] += cutoff.is_default;
        met_cutoffs |= 1u << (cutoff.subscale + 1);
    }
    for (uint32_t i = 0; i < info->change_count; i++) {
        must(attune_scale_reliable_change(scale, i, &change) == ATTUNE_OK);
        must(!(change.threshold <= 0) && !(change.reliability > 1) && !(change.sd <= 0));
        changes[change.subscale + 1] += change.is_default;
        met_changes |= 1u << (change.subscale + 1);
    }
    for (uint32_t i = 0; i < info->band_count; i++)
        must(attune_scale_band(scale, i, &band) == ATTUNE_OK && band.label);
    for (uint32_t i = 0; i <= ATTUNE_SUBSCALES_MAX; i++) {
        must(cutoffs[i] == (int32_t)(met_cutoffs >> i & 1));
        must(changes[i] == (int32_t)(met_changes >> i & 1));
    }
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

/* Every item at its lowest and at its highest answer: scored, and in the range. */
static void score_ends(const attune_scale *scale, const attune_scale_info *info)
{
    double items[2][ATTUNE_ITEMS_MAX];
    attune_item_info item = { .struct_size = sizeof item };
    attune_score total = { .struct_size = sizeof total };
    attune_score subs[ATTUNE_SUBSCALES_MAX] = { { .struct_size = sizeof subs[0] } };
    for (size_t i = 0; attune_scale_item(scale, i, &item) == ATTUNE_OK; i++) {
        items[0][i] = item.min;
        items[1][i] = item.max;
    }
    for (size_t end = 0; end < 2 && info->item_count > 0; end++) {
        must(attune_form_score(scale, items[end], (size_t)info->item_count, &total, subs,
                               ATTUNE_SUBSCALES_MAX, NULL) == ATTUNE_OK);
        must(info->rule == ATTUNE_RULE_NONE
                 ? total.reason == ATTUNE_REASON_NO_TOTAL
                 : total.score >= info->score_min && total.score <= info->score_max);
    }
}

static void check_scale(const attune_scale_set *set, size_t i)
{
    const attune_scale *scale = attune_scale_set_at(set, i);
    attune_scale_info info = { .struct_size = sizeof info };
    attune_constants constants = { .struct_size = sizeof constants };
    must(attune_scale_describe(scale, &info) == ATTUNE_OK);
    must(info.item_count >= 0 && info.item_count <= ATTUNE_ITEMS_MAX);
    must(info.rule == ATTUNE_RULE_NONE || (isfinite(info.score_min) && isfinite(info.score_max)));
    must(info.rule == ATTUNE_RULE_NONE || info.score_min < info.score_max);
    must(!(info.score_step <= 0) && strlen(info.hash) == 64);
    must(attune_scale_set_listed(set, info.id) == scale);
    must((attune_scale_set_find(set, info.id) == NULL) ==
         ((info.needs & ATTUNE_ACCEPT_LICENSED) != 0));
    check_lists(scale, &info);
    check_subscales(scale, &info);
    for (uint32_t k = 0; k < info.source_count; k++)
        must(attune_scale_source(scale, k) != NULL);
    for (uint32_t k = 0; k < info.note_count; k++)
        must(attune_scale_note(scale, k) != NULL);
    scale = attune_scale_open(scale, ATTUNE_ACCEPT_LICENSED);
    must(attune_scale_constants(scale, &constants) == ATTUNE_OK);
    score_ends(scale, &info);
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

/* The check that collects agrees with the loader that stops, and its places are in the text. */
static void check_whole(const uint8_t *data, size_t size, attune_status status)
{
    static attune_error problems[64];
    size_t count = 0;
    attune_status whole =
        attune_scale_set_check(NULL, (const char *)data, size, problems, 64, &count);
    must((whole == ATTUNE_OK) == (status == ATTUNE_OK) && (count > 0) == (status != ATTUNE_OK));
    for (size_t i = 0; i < count && i < 64; i++)
        check_refusal(problems[i].code, &problems[i], data, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    attune_scale_set *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_scale_set_load(&set, (const char *)data, size, NULL, &err);
    must((status == ATTUNE_OK) == (set != NULL));
    check_whole(data, size, status);
    if (status)
        check_refusal(status, &err, data, size);
    else
        must(attune_scale_set_count(set) >= 1);
    for (size_t i = 0; i < attune_scale_set_count(set); i++)
        check_scale(set, i);
    attune_scale_set_free(set);
    return 0;
}
