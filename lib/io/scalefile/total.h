/* What totals a scale gives: lowest, highest and step, of the whole and of each subscale. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_SCALEFILE_TOTAL_H
#define ATN_SCALEFILE_TOTAL_H

#include "lib/core/scale/row.h"

#include <jansson.h>

/* What a complete total can be. */
struct atn_total {
    double low, high, step; /* step NaN: not known; all NaN: there is no total */
};

/* The number of a key, or otherwise when there is no such key. */
double atn_number(const json_t *object, const char *key, double otherwise);

/* Does a list of numbers hold this one? */
int atn_lists(const json_t *list, int32_t number);

/*
 * Of "items": what the answers are worth, what one item takes and what it is worth, and are all
 * items alike?
 */
struct atn_total atn_worth(const json_t *items);
struct atn_range atn_answers_of(const json_t *items, int32_t number);
struct atn_range atn_item_range(const json_t *items, int32_t number);
int atn_has_one_range(const json_t *items);

/* The group of maxima, from 1, that an item is in; 0: none. */
int32_t atn_group_of(const json_t *scoring, int32_t number);

/* The total: as the file says; as its items give it; and before a table converts it. */
struct atn_total atn_total_of(const json_t *scale);
struct atn_total atn_total_of_items(const json_t *scale);
struct atn_total atn_total_raw(const json_t *scale);

/* Where a subscale's rule stands, its own or the scale's; and the scores that it gives. */
const json_t *atn_subscale_scoring(const json_t *scale, const json_t *sub);
struct atn_total atn_total_of_subscale(const json_t *scale, const json_t *sub);

#endif
