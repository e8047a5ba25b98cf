/* One scale's card: the tables that name every figure of a scale, its words and its sources. */
/* SPDX-License-Identifier: MIT */
#include "examples/card.h"

#include "examples/catalogue.h"

#include <string.h>

static const char *const constructs[] = { "other", "alliance", "distress", "rupture" };
static const char *const raters[] = { "client", "therapist", "observer" };
static const char *const scorings[] = { "sum", "mean", "factor", "none" };
static const char *const missings[] = { "refuse", "prorate" };
static const char *const statuses[] = { "confirmed", "provisional", "unconfirmed", "licensed" };
static const char *const bounds[] = { "inclusive", "strict" };
static const char *const uses[] = { "alternative", "default" };
static const char *const kinds[] = { "functional", "clinical" };

static const attune_field frame_fields[] = {
    FIELD(struct card_frame, info.id, "id", "id", NULL, 0, ATTUNE_FIELD_TEXT),
    FIELD(struct card_frame, info.short_title, "short_title", "short name", NULL, 0,
          ATTUNE_FIELD_TEXT),
    FIELD(struct card_frame, info.title, "title", "full name", NULL, 0, ATTUNE_FIELD_TEXT),
    FIELD(struct card_frame, info.year, "year", "published", NULL, 0, ATTUNE_FIELD_COUNT),
    FIELD_WORD(struct card_frame, info.construct, "construct", "about", constructs),
    FIELD_WORD(struct card_frame, info.rater, "rater", "answered by", raters),
    FIELD(struct card_frame, direction, "higher", "higher is", NULL, 0, ATTUNE_FIELD_TEXT),
    FIELD(struct card_frame, info.item_count, "items", "items", NULL, 0, ATTUNE_FIELD_COUNT),
    FIELD(struct card_frame, info.item_min, "item_min", "answers from", NULL, 0, ATTUNE_FIELD_REAL),
    FIELD(struct card_frame, info.item_max, "item_max", "answers to", NULL, 0, ATTUNE_FIELD_REAL),
    FIELD(struct card_frame, info.item_step, "item_step", "answers in steps of", NULL, 0,
          ATTUNE_FIELD_REAL),
    FIELD_WORD(struct card_frame, info.rule, "scoring", "scoring", scorings),
    FIELD(struct card_frame, info.factor, "factor", "factor", NULL, 0, ATTUNE_FIELD_REAL),
    FIELD(struct card_frame, info.score_min, "score_min", "scores from", NULL, 0,
          ATTUNE_FIELD_REAL),
    FIELD(struct card_frame, info.score_max, "score_max", "scores to", NULL, 0, ATTUNE_FIELD_REAL),
    FIELD(struct card_frame, info.score_step, "score_step", "scores in steps of", NULL, 0,
          ATTUNE_FIELD_REAL),
    FIELD_WORD(struct card_frame, info.missing, "missing", "unanswered items", missings),
    FIELD(struct card_frame, info.missing_max, "missing_max", "at most", NULL, 0,
          ATTUNE_FIELD_COUNT),
    FIELD(struct card_frame, info.missing_source, "missing_source", "unanswered items, source",
          NULL, 0, ATTUNE_FIELD_TEXT),
    FIELD_WORD(struct card_frame, info.status, "status", "status", statuses),
    FIELD(struct card_frame, info.demonstration, "demonstration", "demonstration", NULL, 0,
          ATTUNE_FIELD_COUNT),
    FIELD(struct card_frame, info.authors, "authors", "authors", NULL, 0, ATTUNE_FIELD_TEXT),
    FIELD(struct card_frame, info.owner, "owner", "owner", NULL, 0, ATTUNE_FIELD_TEXT),
    FIELD(struct card_frame, info.licence, "licence", "licence", NULL, 0, ATTUNE_FIELD_TEXT),
    FIELD(struct card_frame, info.hash, "hash", "SHA-256 of its file", NULL, 0, ATTUNE_FIELD_TEXT),
    FIELD(struct card_frame, info.reviewed, "reviewed", "read a second time on", NULL, 0,
          ATTUNE_FIELD_TEXT),
};

static const attune_field subscale_fields[] = {
    FIELD_WORD(attune_subscale_info, rule, "scoring", "how its items are combined", scorings),
    FIELD_REAL(attune_subscale_info, factor, "factor"),
    FIELD_REAL(attune_subscale_info, score_min, "least score"),
    FIELD_REAL(attune_subscale_info, score_max, "greatest score"),
    FIELD_COUNT(attune_subscale_info, missing_max, "how many items may be unanswered"),
    FIELD_TEXT(attune_subscale_info, id, "how files name it"),
    FIELD_TEXT(attune_subscale_info, title, "its name"),
    FIELD_TEXT(attune_subscale_info, source, "who says so"),
};
static const attune_field band_fields[] = {
    FIELD_REAL(attune_band_info, low, "where it begins"),
    FIELD_TEXT(attune_band_info, label, "the authors' own word"),
    FIELD_TEXT(attune_band_info, source, "who says so"),
};
static const attune_field cutoff_fields[] = {
    FIELD_REAL(attune_cutoff_info, value, "the cut-off"),
    FIELD_WORD(attune_cutoff_info, bound, "bound", "whether the value itself counts", bounds),
    FIELD_WORD(attune_cutoff_info, is_default, "use", "whether it is used unless another is chosen",
               uses),
    FIELD_WORD(attune_cutoff_info, status, "status", "how far it may be leaned on", statuses),
    FIELD_TEXT(attune_cutoff_info, meaning, "what lies beyond it"),
    FIELD_TEXT(attune_cutoff_info, set, "by which it is picked"),
    FIELD_TEXT(attune_cutoff_info, why, "it is or is not the default"),
    FIELD_TEXT(attune_cutoff_info, source, "who says so"),
};
static const attune_field change_fields[] = {
    FIELD_REAL(attune_reliable_change_info, threshold, "score points"),
    FIELD_REAL(attune_reliable_change_info, sd, "of the population"),
    FIELD_REAL(attune_reliable_change_info, reliability, "in the population"),
    FIELD_WORD(attune_reliable_change_info, bound, "bound", "whether the value itself counts",
               bounds),
    FIELD_WORD(attune_reliable_change_info, is_default, "use",
               "whether it is used unless another is chosen", uses),
    FIELD_WORD(attune_reliable_change_info, status, "status", "how far it may be leaned on",
               statuses),
    FIELD_TEXT(attune_reliable_change_info, population, "of whom"),
    FIELD_TEXT(attune_reliable_change_info, set, "by which it is picked"),
    FIELD_TEXT(attune_reliable_change_info, why, "it is or is not the default"),
    FIELD_TEXT(attune_reliable_change_info, source, "who says so"),
};
static const attune_field spread_fields[] = {
    FIELD_REAL(attune_spread_info, within_sd, "SD of one client's scores about their own course"),
    FIELD_REAL(attune_spread_info, sem, "standard error of measurement"),
    FIELD_WORD(attune_spread_info, is_default, "use", "whether it is used unless another is chosen",
               uses),
    FIELD_WORD(attune_spread_info, status, "status", "how far it may be leaned on", statuses),
    FIELD_TEXT(attune_spread_info, population, "of whom"),
    FIELD_TEXT(attune_spread_info, set, "by which it is picked"),
    FIELD_TEXT(attune_spread_info, why, "it is or is not the default"),
    FIELD_TEXT(attune_spread_info, source, "who says so"),
};
static const attune_field norm_fields[] = {
    FIELD_WORD(attune_norm_info, clinical, "kind", "clinical or functional", kinds),
    FIELD_REAL(attune_norm_info, mean, "score points"),
    FIELD_REAL(attune_norm_info, sd, "score points"),
    FIELD_COUNT(attune_norm_info, n, "people"),
    FIELD_WORD(attune_norm_info, is_default, "use", "whether it is used unless another is chosen",
               uses),
    FIELD_WORD(attune_norm_info, status, "status", "how far it may be leaned on", statuses),
    FIELD_TEXT(attune_norm_info, population, "of whom"),
    FIELD_TEXT(attune_norm_info, set, "by which it is picked"),
    FIELD_TEXT(attune_norm_info, why, "it is or is not the default"),
    FIELD_TEXT(attune_norm_info, source, "who says so"),
};
static const attune_field safety_fields[] = {
    FIELD_COUNT(attune_safety_info, item, "its number"),
    FIELD_REAL(attune_safety_info, threshold, "answers from here on are shown"),
    FIELD_TEXT(attune_safety_info, source, "who says so"),
};

static const attune_field item_fields[] = {
    FIELD_COUNT(struct card_item, number, "its number"),
    FIELD_REAL(struct card_item, info.min, "lowest answer"),
    FIELD_REAL(struct card_item, info.max, "highest answer"),
    FIELD_COUNT(struct card_item, info.scored, "1: part of the total"),
    FIELD_COUNT(struct card_item, info.group, "of its group the largest counts"),
};
static const attune_field conversion_fields[] = {
    FIELD_REAL(attune_conversion_info, raw, "raw sum"),
    FIELD_REAL(attune_conversion_info, score, "converted score"),
    FIELD_REAL(attune_conversion_info, error, "its standard error"),
};
static const attune_field code_fields[] = {
    FIELD_TEXT(attune_code_info, system, "terminology"),
    FIELD_TEXT(attune_code_info, panel, "of the questionnaire"),
    FIELD_TEXT(attune_code_info, score, "of the total"),
    FIELD_TEXT(attune_code_info, source, "who says so"),
};

#define GETTER(name, call)                                                                         \
    static attune_status get_##name(const attune_scale *scale, size_t i, union card_entry *entry)  \
    {                                                                                              \
        entry->struct_size = sizeof entry->name;                                                   \
        return call(scale, i, &entry->name);                                                       \
    }
GETTER(subscale, attune_scale_subscale)
GETTER(band, attune_scale_band)
GETTER(cutoff, attune_scale_cutoff)
GETTER(change, attune_scale_reliable_change)
GETTER(spread, attune_scale_spread)
GETTER(norm, attune_scale_norm)
GETTER(safety, attune_scale_safety)
GETTER(conversion, attune_scale_conversion)
GETTER(code, attune_scale_code)

/* Items are listed where they are not all alike. */
static int is_uneven(const attune_scale *scale)
{
    struct card_frame frame = card_frame_of(scale);
    attune_item_info item = { .struct_size = sizeof item };
    for (size_t i = 0; attune_scale_item(scale, i, &item) == ATTUNE_OK; i++)
        if (item.min > frame.info.item_min || item.max < frame.info.item_max || item.group > 0 ||
            item.min < frame.info.item_min || item.max > frame.info.item_max || !item.scored)
            return 1;
    return 0;
}

static attune_status get_item(const attune_scale *scale, size_t i, union card_entry *entry)
{
    entry->item = (struct card_item) { .number = (int32_t)i + 1 };
    entry->item.info.struct_size = sizeof entry->item.info;
    return is_uneven(scale) ? attune_scale_item(scale, i, &entry->item.info) : ATTUNE_E_COUNT;
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define OF(type) offsetof(type, subscale)

static const struct card_section sections[] = {
    { "item_list", "Items", get_item, item_fields, COUNT(item_fields), 0, 0 },
    { "subscales", "Subscales", get_subscale, subscale_fields, COUNT(subscale_fields), 1, 0 },
    { "conversions", "Conversion table", get_conversion, conversion_fields,
      COUNT(conversion_fields), 0, 0 },
    { "bands", "Bands", get_band, band_fields, COUNT(band_fields), 0, OF(attune_band_info) },
    { "cutoffs", "Clinical cut-offs", get_cutoff, cutoff_fields, COUNT(cutoff_fields), 0,
      OF(attune_cutoff_info) },
    { "reliable_changes", "Reliable change", get_change, change_fields, COUNT(change_fields), 0,
      OF(attune_reliable_change_info) },
    { "spreads", "Spread within one client", get_spread, spread_fields, COUNT(spread_fields), 0,
      OF(attune_spread_info) },
    { "norms", "Norms", get_norm, norm_fields, COUNT(norm_fields), 0, OF(attune_norm_info) },
    { "safety_items", "Safety items", get_safety, safety_fields, COUNT(safety_fields), 0, 0 },
    { "codes", "Codes", get_code, code_fields, COUNT(code_fields), 0, 0 },
};

const char *card_subscale_of(const attune_scale *scale, const struct card_section *section,
                             const union card_entry *entry)
{
    attune_subscale_info sub = { .struct_size = sizeof sub };
    int32_t place = -1;
    if (section->subscale)
        memcpy(&place, (const char *)entry + section->subscale, sizeof place);
    return place >= 0 && attune_scale_subscale(scale, (size_t)place, &sub) == ATTUNE_OK ? sub.id
                                                                                        : NULL;
}

static const struct card_list lists[] = {
    { "sources", "Sources", attune_scale_source },
    { "notes", "Notes", attune_scale_note },
};

struct card_frame card_frame_of(const attune_scale *scale)
{
    struct card_frame frame = { .info = { .struct_size = sizeof frame.info } };
    (void)attune_scale_describe(scale, &frame.info);
    frame.direction = frame.info.direction == ATTUNE_HIGHER_BETTER ? "better" : "worse";
    return frame;
}

const attune_field *card_frame_fields(size_t *count)
{
    *count = COUNT(frame_fields);
    return frame_fields;
}

const struct card_section *card_section_at(size_t i)
{
    return i < COUNT(sections) ? &sections[i] : NULL;
}

const struct card_list *card_list_at(size_t i)
{
    return i < COUNT(lists) ? &lists[i] : NULL;
}
