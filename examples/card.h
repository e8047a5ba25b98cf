/* One scale's card: what is known of it and from where; text and JSON derive from its tables. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_CARD_H
#define EXAMPLES_CARD_H

#include "examples/output.h"

#include <attune/field.h>
#include <attune/scale.h>

/* A scale's frame, with its direction as a word. */
struct card_frame {
    attune_scale_info info;
    const char *direction;
};

struct card_frame card_frame_of(const attune_scale *scale);
const attune_field *card_frame_fields(size_t *count);

/* An item with its number. */
struct card_item {
    attune_item_info info;
    int32_t number;
};

union card_entry {
    uint32_t struct_size;
    attune_subscale_info subscale;
    attune_band_info band;
    attune_cutoff_info cutoff;
    attune_reliable_change_info change;
    attune_spread_info spread;
    attune_norm_info norm;
    attune_safety_info safety;
    struct card_item item;
    attune_conversion_info conversion;
    attune_code_info code;
};

/* The parts of a scale that there may be several of; get ends with ATTUNE_E_COUNT. */
struct card_section {
    const char *key, *title;
    attune_status (*get)(const attune_scale *scale, size_t i, union card_entry *entry);
    const attune_field *fields;
    size_t field_count;
    int has_items;   /* 1: entries are subscales and list their items */
    size_t subscale; /* offset of the subscale that an entry is about; 0: no such */
};

/* The id of the subscale that an entry is about; NULL: the total. */
const char *card_subscale_of(const attune_scale *scale, const struct card_section *section,
                             const union card_entry *entry);
const struct card_section *card_section_at(size_t i); /* NULL beyond the last */

/* Texts that a scale has several of; get ends with NULL. */
struct card_list {
    const char *key, *title;
    const char *(*get)(const attune_scale *scale, size_t i);
};
const struct card_list *card_list_at(size_t i);

/* The numbers of the reversed items, room for ATTUNE_ITEMS_MAX; how many. */
size_t card_reversed_of(const attune_scale *scale, int32_t *reversed);

/* The whole card. */
void card_text(struct output *output, const attune_scale *scale);
void card_json(struct output *output, const attune_scale *scale);

#endif
