/* The lists of a scale: subscales, bands, cut-offs, changes, spreads, norms, safety items. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/json/reading.h"
#include "lib/io/scalefile/row.h"
#include "lib/io/scalefile/shape.h"
#include "lib/io/scalefile/take.h"
#include "lib/io/scalefile/total.h"

#include <math.h>
#include <string.h>

#define SOURCED(type)                                                                              \
    {                                                                                              \
        "source", offsetof(type, source), ATN_TAKE_TEXT, NULL, 0                                   \
    }
#define KNOWN(type) { "status", offsetof(type, status), ATN_TAKE_STATUS, NULL, 0 }, SOURCED(type)
#define PEOPLE(type)                                                                               \
    { "population", offsetof(type, population), ATN_TAKE_TEXT, NULL, 0 }, KNOWN(type)

/* The set by which a row is picked, and why it is or is not the default. */
#define CHOICE(type)                                                                               \
    { "set", offsetof(type, set), ATN_TAKE_TEXT, NULL, 0 },                                        \
        { "why", offsetof(type, why), ATN_TAKE_TEXT, NULL, 0 },                                    \
    {                                                                                              \
        "default", offsetof(type, is_default), ATN_TAKE_WHOLE, NULL, 0                             \
    }

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
    CHOICE(attune_cutoff_info),
    { "meaning", offsetof(attune_cutoff_info, meaning), ATN_TAKE_TEXT, NULL, 0 },
    KNOWN(attune_cutoff_info),
};

#define CHANGE(field) offsetof(attune_reliable_change_info, field)

static const struct atn_take change_fields[] = {
    { "value", CHANGE(threshold), ATN_TAKE_REAL, NULL, 0 },
    { "sd", CHANGE(sd), ATN_TAKE_REAL, NULL, 0 },
    { "reliability", CHANGE(reliability), ATN_TAKE_REAL, NULL, 0 },
    { "bound", CHANGE(bound), ATN_TAKE_WORD, atn_words_bound, 0 },
    CHOICE(attune_reliable_change_info),
    PEOPLE(attune_reliable_change_info),
};

/* A reliability is a change whose threshold follows from it. */
static const struct atn_take reliability_fields[] = {
    { NULL, CHANGE(threshold), ATN_TAKE_REAL, NULL, 0 },
    { "sd", CHANGE(sd), ATN_TAKE_REAL, NULL, 0 },
    { "value", CHANGE(reliability), ATN_TAKE_REAL, NULL, 0 },
    CHOICE(attune_reliable_change_info),
    PEOPLE(attune_reliable_change_info),
};

static const struct atn_take spread_fields[] = {
    { "within_sd", offsetof(attune_spread_info, within_sd), ATN_TAKE_REAL, NULL, 0 },
    { "sem", offsetof(attune_spread_info, sem), ATN_TAKE_REAL, NULL, 0 },
    CHOICE(attune_spread_info),
    PEOPLE(attune_spread_info),
};

static const struct atn_take norm_fields[] = {
    { "mean", offsetof(attune_norm_info, mean), ATN_TAKE_REAL, NULL, 0 },
    { "sd", offsetof(attune_norm_info, sd), ATN_TAKE_REAL, NULL, 0 },
    { "n", offsetof(attune_norm_info, n), ATN_TAKE_WHOLE, NULL, 0 },
    { "group", offsetof(attune_norm_info, clinical), ATN_TAKE_WORD, atn_words_group, -1 },
    CHOICE(attune_norm_info),
    PEOPLE(attune_norm_info),
};

static const struct atn_take safety_fields[] = {
    { "item", offsetof(attune_safety_info, item), ATN_TAKE_WHOLE, NULL, 0 },
    { "threshold", offsetof(attune_safety_info, threshold), ATN_TAKE_REAL, NULL, 0 },
    SOURCED(attune_safety_info),
};

static const struct atn_take code_fields[] = {
    { "system", offsetof(attune_code_info, system), ATN_TAKE_TEXT, NULL, 0 },
    { "panel", offsetof(attune_code_info, panel), ATN_TAKE_TEXT, NULL, 0 },
    { "score", offsetof(attune_code_info, score), ATN_TAKE_TEXT, NULL, 0 },
    SOURCED(attune_code_info),
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
    size_t subscale; /* offset of the place of the subscale that a row is about; 0: no such */
    int (*wanted)(const json_t *entry);
};

#define LIST(name, fields, type, subscale, wanted)                                                 \
    {                                                                                              \
        name, fields, sizeof(fields) / sizeof *(fields), sizeof(type), subscale, wanted            \
    }
#define OF(type) offsetof(type, subscale)

static const struct list subscale_list =
    LIST("subscales", subscale_fields, attune_subscale_info, 0, take_all);
static const struct list band_list =
    LIST("bands", band_fields, attune_band_info, OF(attune_band_info), take_all);
static const struct list cutoff_list =
    LIST("cutoffs", cutoff_fields, attune_cutoff_info, OF(attune_cutoff_info), take_all);
static const struct list change_list =
    LIST("reliable_change", change_fields, attune_reliable_change_info,
         OF(attune_reliable_change_info), atn_is_reliable_change);
static const struct list reliability_list =
    LIST("reliability", reliability_fields, attune_reliable_change_info,
         OF(attune_reliable_change_info), take_all);
static const struct list spread_list =
    LIST("spread", spread_fields, attune_spread_info, OF(attune_spread_info), take_all);
static const struct list norm_list =
    LIST("norms", norm_fields, attune_norm_info, OF(attune_norm_info), take_all);
static const struct list safety_list =
    LIST("safety", safety_fields, attune_safety_info, 0, take_all);
static const struct list code_list = LIST("codes", code_fields, attune_code_info, 0, take_all);

/* The place of the subscale that a row is about; -1: the total. */
static int32_t subscale_of(const json_t *scale, const json_t *entry)
{
    const json_t *subscales = json_object_get(scale, "subscales");
    const json_t *id = json_object_get(entry, "subscale");
    for (size_t i = 0; id && i < json_array_size(subscales); i++)
        if (json_equal(json_object_get(json_array_get(subscales, i), "id"), id))
            return (int32_t)i;
    return -1;
}

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
        const int32_t subscale = subscale_of(scale, entry);
        if (!list->wanted(entry))
            continue;
        memcpy(row, &struct_size, sizeof struct_size);
        if (list->subscale)
            memcpy(row + list->subscale, &subscale, sizeof subscale);
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

static int32_t direction_of(const json_t *object, int32_t otherwise)
{
    const char *said = json_string_value(json_object_get(object, "direction"));
    if (!said)
        return otherwise;
    return strcmp(said, "higher is worse") ? ATTUNE_HIGHER_BETTER : ATTUNE_HIGHER_WORSE;
}

static void fill_subscale(struct atn_arena *arena, const json_t *scale, const json_t *entry,
                          attune_subscale_info *sub)
{
    static const struct atn_take rule[] = {
        { "rule", offsetof(attune_subscale_info, rule), ATN_TAKE_WORD, atn_words_rule, 0 },
        { "factor", offsetof(attune_subscale_info, factor), ATN_TAKE_REAL, NULL, 0 },
    };
    const json_t *items = json_object_get(entry, "items");
    const struct atn_total total = atn_total_of_subscale(scale, entry);
    atn_take_fields(arena, atn_subscale_scoring(scale, entry), rule, sizeof rule / sizeof *rule,
                    sub);
    sub->direction = direction_of(entry, direction_of(scale, ATTUNE_HIGHER_BETTER));
    sub->item_count = (uint32_t)json_array_size(items);
    sub->items = take_numbers(arena, items);
    sub->score_min = total.low;
    sub->score_max = total.high;
    sub->score_step = total.step;
}

static void fill_subscales(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    const json_t *entries = json_object_get(scale, "subscales");
    attune_subscale_info *subs = take_list(arena, &subscale_list, scale, &to->info.subscale_count);
    for (uint32_t i = 0; subs && i < to->info.subscale_count; i++)
        fill_subscale(arena, scale, json_array_get(entries, i), &subs[i]);
    to->subscales = subs;
}

/*
 * Rows alike (of one subscale, and of norms of one group, which stands at kind) of which one is
 * the default: the first, unless one says that it is.
 */
struct defaults {
    size_t size, subscale, is_default, kind; /* of a row, and offsets in it; kind 0: none */
};

#define DEFAULTS(type, kind)                                                                       \
    {                                                                                              \
        sizeof(type), offsetof(type, subscale), offsetof(type, is_default), kind                   \
    }

static int32_t code_at(const void *row, size_t offset)
{
    int32_t code = 0;
    memcpy(&code, (const unsigned char *)row + offset, sizeof code);
    return code;
}

static int is_kin(const struct defaults *of, const void *a, const void *b)
{
    return code_at(a, of->subscale) == code_at(b, of->subscale) &&
           (!of->kind || code_at(a, of->kind) == code_at(b, of->kind));
}

static void choose_defaults(const struct defaults *of, void *rows, uint32_t count)
{
    const int32_t yes = 1;
    unsigned char *row = rows;
    for (uint32_t i = 0; rows && i < count; i++, row += of->size) {
        int first = 1, said = 0;
        for (uint32_t j = 0; j < count; j++) {
            const unsigned char *other = (unsigned char *)rows + j * of->size;
            first &= j >= i || !is_kin(of, row, other);
            said |= is_kin(of, row, other) && code_at(other, of->is_default);
        }
        if (first && !said)
            memcpy(row + of->is_default, &yes, sizeof yes);
    }
}

static void fill_cutoffs(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    static const struct defaults of = DEFAULTS(attune_cutoff_info, 0);
    attune_cutoff_info *cutoffs = take_list(arena, &cutoff_list, scale, &to->info.cutoff_count);
    choose_defaults(&of, cutoffs, to->info.cutoff_count);
    to->cutoffs = cutoffs;
}

/* Published changes first, then reliabilities from which one follows. */
static void fill_changes(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    static const struct defaults of = DEFAULTS(attune_reliable_change_info, 0);
    uint32_t published = count_list(&change_list, scale);
    uint32_t count = published + count_list(&reliability_list, scale);
    attune_reliable_change_info *changes = atn_arena_array(arena, count, sizeof *changes);
    if (changes) {
        fill_list(arena, &change_list, scale, changes);
        fill_list(arena, &reliability_list, scale, changes + published);
    }
    choose_defaults(&of, changes, count);
    to->changes = changes;
    to->info.change_count = count;
}

static void fill_spreads(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    static const struct defaults of = DEFAULTS(attune_spread_info, 0);
    attune_spread_info *spreads = take_list(arena, &spread_list, scale, &to->info.spread_count);
    choose_defaults(&of, spreads, to->info.spread_count);
    to->spreads = spreads;
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
    static const struct defaults of =
        DEFAULTS(attune_norm_info, offsetof(attune_norm_info, clinical));
    attune_norm_info *norms = take_list(arena, &norm_list, scale, &to->info.norm_count);
    for (uint32_t i = 0; norms && i < to->info.norm_count; i++)
        if (norms[i].clinical < 0)
            norms[i].clinical = group_in(norms[i].population);
    choose_defaults(&of, norms, to->info.norm_count);
    to->norms = norms;
}

static void fill_codes(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    const json_t *entries = json_object_get(scale, "codes");
    attune_code_info *codes = take_list(arena, &code_list, scale, &to->info.code_count);
    for (uint32_t i = 0; codes && i < to->info.code_count; i++) {
        const json_t *items = json_object_get(json_array_get(entries, i), "items");
        const char **texts = atn_arena_array(arena, json_array_size(items), sizeof *texts);
        codes[i].item_count = (uint32_t)json_array_size(items);
        for (size_t t = 0; texts && t < json_array_size(items); t++)
            texts[t] = atn_arena_text(arena, json_string_value(json_array_get(items, t)));
        codes[i].items = texts;
    }
    to->codes = codes;
}

void atn_fill_lists(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    to->bands = take_list(arena, &band_list, scale, &to->info.band_count);
    to->safety = take_list(arena, &safety_list, scale, &to->info.safety_count);
    fill_subscales(arena, scale, to);
    fill_spreads(arena, scale, to);
    fill_codes(arena, scale, to);
    fill_cutoffs(arena, scale, to);
    fill_changes(arena, scale, to);
    fill_norms(arena, scale, to);
}
