/* The lists of a scale: subscales, bands, cut-offs, changes, spreads, norms, safety items. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/reading.h"
#include "lib/io/scalefile/row.h"
#include "lib/io/scalefile/shape.h"
#include "lib/io/scalefile/take.h"

#include <math.h>
#include <string.h>

#define SOURCED(type)                                                                              \
    {                                                                                              \
        "source", offsetof(type, source), ATN_TAKE_TEXT, NULL, 0                                   \
    }
#define KNOWN(type) { "status", offsetof(type, status), ATN_TAKE_STATUS, NULL, 0 }, SOURCED(type)
#define PEOPLE(type)                                                                               \
    { "population", offsetof(type, population), ATN_TAKE_TEXT, NULL, 0 }, KNOWN(type)

static const struct atn_take subscale_fields[] = {
    { "id", offsetof(attune_subscale_info, id), ATN_TAKE_TEXT, NULL, 0 },
    { "title", offsetof(attune_subscale_info, title), ATN_TAKE_TEXT, NULL, 0 },
    { "missing_max", offsetof(attune_subscale_info, missing_max), ATN_TAKE_WHOLE, NULL, 0 },
    SOURCED(attune_subscale_info),
};

static const struct atn_take band_fields[] = {
    { "low", offsetof(attune_band_info, low), ATN_TAKE_REAL, NULL, 0 },
    { "label", offsetof(attune_band_info, label), ATN_TAKE_TEXT, NULL, 0 },
    SOURCED(attune_band_info),
};

static const struct atn_take cutoff_fields[] = {
    { "value", offsetof(attune_cutoff_info, value), ATN_TAKE_REAL, NULL, 0 },
    { "bound", offsetof(attune_cutoff_info, bound), ATN_TAKE_WORD, atn_words_bound, 0 },
    { "default", offsetof(attune_cutoff_info, is_default), ATN_TAKE_WHOLE, NULL, 0 },
    { "meaning", offsetof(attune_cutoff_info, meaning), ATN_TAKE_TEXT, NULL, 0 },
    KNOWN(attune_cutoff_info),
};

#define CHANGE(field) offsetof(attune_reliable_change_info, field)

static const struct atn_take change_fields[] = {
    { "value", CHANGE(threshold), ATN_TAKE_REAL, NULL, 0 },
    { "sd", CHANGE(sd), ATN_TAKE_REAL, NULL, 0 },
    { "reliability", CHANGE(reliability), ATN_TAKE_REAL, NULL, 0 },
    { "bound", CHANGE(bound), ATN_TAKE_WORD, atn_words_bound, 0 },
    { "default", CHANGE(is_default), ATN_TAKE_WHOLE, NULL, 0 },
    PEOPLE(attune_reliable_change_info),
};

/* A reliability is a change whose threshold follows from it. */
static const struct atn_take reliability_fields[] = {
    { NULL, CHANGE(threshold), ATN_TAKE_REAL, NULL, 0 },
    { "sd", CHANGE(sd), ATN_TAKE_REAL, NULL, 0 },
    { "value", CHANGE(reliability), ATN_TAKE_REAL, NULL, 0 },
    PEOPLE(attune_reliable_change_info),
};

static const struct atn_take spread_fields[] = {
    { "within_sd", offsetof(attune_spread_info, within_sd), ATN_TAKE_REAL, NULL, 0 },
    { "sem", offsetof(attune_spread_info, sem), ATN_TAKE_REAL, NULL, 0 },
    PEOPLE(attune_spread_info),
};

static const struct atn_take norm_fields[] = {
    { "mean", offsetof(attune_norm_info, mean), ATN_TAKE_REAL, NULL, 0 },
    { "sd", offsetof(attune_norm_info, sd), ATN_TAKE_REAL, NULL, 0 },
    { "n", offsetof(attune_norm_info, n), ATN_TAKE_WHOLE, NULL, 0 },
    { "group", offsetof(attune_norm_info, clinical), ATN_TAKE_WORD, atn_words_group, -1 },
    PEOPLE(attune_norm_info),
};

static const struct atn_take safety_fields[] = {
    { "item", offsetof(attune_safety_info, item), ATN_TAKE_WHOLE, NULL, 0 },
    { "threshold", offsetof(attune_safety_info, threshold), ATN_TAKE_REAL, NULL, 0 },
    SOURCED(attune_safety_info),
};

static int take_all(const json_t *entry)
{
    (void)entry;
    return 1;
}

int atn_is_reliable_change(const json_t *entry)
{
    const char *use = json_string_value(json_object_get(entry, "use"));
    return !use || !strcmp(use, "reliable change");
}

/* One row a JSON list that becomes an array of structs. */
struct list {
    const char *key;
    const struct atn_take *fields;
    size_t field_count, size;
    int (*wanted)(const json_t *entry);
};

#define LIST(name, fields, type, wanted)                                                           \
    {                                                                                              \
        name, fields, sizeof(fields) / sizeof *(fields), sizeof(type), wanted                      \
    }

static const struct list subscale_list =
    LIST("subscales", subscale_fields, attune_subscale_info, take_all);
static const struct list band_list = LIST("bands", band_fields, attune_band_info, take_all);
static const struct list cutoff_list = LIST("cutoffs", cutoff_fields, attune_cutoff_info, take_all);
static const struct list change_list =
    LIST("reliable_change", change_fields, attune_reliable_change_info, atn_is_reliable_change);
static const struct list reliability_list =
    LIST("reliability", reliability_fields, attune_reliable_change_info, take_all);
static const struct list spread_list = LIST("spread", spread_fields, attune_spread_info, take_all);
static const struct list norm_list = LIST("norms", norm_fields, attune_norm_info, take_all);
static const struct list safety_list = LIST("safety", safety_fields, attune_safety_info, take_all);

static uint32_t count_list(const struct list *list, const json_t *scale)
{
    const json_t *entries = json_object_get(scale, list->key);
    uint32_t count = 0;
    for (size_t i = 0; i < json_array_size(entries); i++)
        count += list->wanted(json_array_get(entries, i)) ? 1u : 0u;
    return count;
}

/* Into rows that have room; every struct begins with its struct_size. */
static void fill_list(struct atn_arena *arena, const struct list *list, const json_t *scale,
                      void *rows)
{
    const json_t *entries = json_object_get(scale, list->key);
    const uint32_t struct_size = (uint32_t)list->size;
    unsigned char *row = rows;
    for (size_t i = 0; rows && i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        if (!list->wanted(entry))
            continue;
        memcpy(row, &struct_size, sizeof struct_size);
        atn_take_fields(arena, entry, list->fields, list->field_count, row);
        row += list->size;
    }
}

static void *take_list(struct atn_arena *arena, const struct list *list, const json_t *scale,
                       uint32_t *count)
{
    void *rows;
    *count = count_list(list, scale);
    rows = atn_arena_array(arena, *count, list->size);
    fill_list(arena, list, scale, rows);
    return rows;
}

static int32_t *take_numbers(struct atn_arena *arena, const json_t *list)
{
    int32_t *numbers = atn_arena_array(arena, json_array_size(list), sizeof *numbers);
    for (size_t i = 0; numbers && i < json_array_size(list); i++)
        numbers[i] = (int32_t)json_integer_value(json_array_get(list, i));
    return numbers;
}

static void fill_subscales(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    const json_t *entries = json_object_get(scale, "subscales");
    attune_subscale_info *subs = take_list(arena, &subscale_list, scale, &to->info.subscale_count);
    for (uint32_t i = 0; subs && i < to->info.subscale_count; i++) {
        const json_t *items = json_object_get(json_array_get(entries, i), "items");
        const struct atn_total total = atn_total_of_items(scale, json_array_size(items));
        subs[i].item_count = (uint32_t)json_array_size(items);
        subs[i].items = take_numbers(arena, items);
        subs[i].score_min = total.low;
        subs[i].score_max = total.high;
        subs[i].score_step = total.step;
    }
    to->subscales = subs;
}

/* The first is the default unless one says that it is. */
static void fill_cutoffs(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    attune_cutoff_info *cutoffs = take_list(arena, &cutoff_list, scale, &to->info.cutoff_count);
    int32_t said = 0;
    for (uint32_t i = 0; cutoffs && i < to->info.cutoff_count; i++)
        said |= cutoffs[i].is_default;
    if (cutoffs && !said)
        cutoffs[0].is_default = 1;
    to->cutoffs = cutoffs;
}

/* Published changes first, then reliabilities from which one follows. */
static void fill_changes(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    uint32_t published = count_list(&change_list, scale);
    uint32_t count = published + count_list(&reliability_list, scale);
    attune_reliable_change_info *changes = atn_arena_array(arena, count, sizeof *changes);
    int32_t said = 0;
    if (changes) {
        fill_list(arena, &change_list, scale, changes);
        fill_list(arena, &reliability_list, scale, changes + published);
    }
    for (uint32_t i = 0; changes && i < count; i++)
        said |= changes[i].is_default;
    if (changes && !said)
        changes[0].is_default = 1;
    to->changes = changes;
    to->info.change_count = count;
}

/* Without group, a population that begins with the word of a group is taken at its word. */
static int32_t group_in(const char *population)
{
    size_t n = population ? strspn(population, "abcdefghijklmnopqrstuvwxyz") : 0;
    for (int32_t i = 0; atn_words_group[i]; i++)
        if (n > 0 && n == strlen(atn_words_group[i]) && !memcmp(population, atn_words_group[i], n))
            return i;
    return -1;
}

static void fill_norms(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    attune_norm_info *norms = take_list(arena, &norm_list, scale, &to->info.norm_count);
    for (uint32_t i = 0; norms && i < to->info.norm_count; i++)
        if (norms[i].clinical < 0)
            norms[i].clinical = group_in(norms[i].population);
    to->norms = norms;
}

void atn_fill_lists(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    const json_t *reversed = json_object_get(json_object_get(scale, "items"), "reversed");
    to->reversed = take_numbers(arena, reversed);
    to->info.reversed_count = (uint32_t)json_array_size(reversed);
    to->bands = take_list(arena, &band_list, scale, &to->info.band_count);
    to->spreads = take_list(arena, &spread_list, scale, &to->info.spread_count);
    to->safety = take_list(arena, &safety_list, scale, &to->info.safety_count);
    fill_subscales(arena, scale, to);
    fill_cutoffs(arena, scale, to);
    fill_changes(arena, scale, to);
    fill_norms(arena, scale, to);
}
