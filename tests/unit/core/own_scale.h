/* A scale made for tests: every part filled, with figures that no built-in scale has. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CORE_OWN_SCALE_H
#define TESTS_CORE_OWN_SCALE_H

#include "lib/core/scale/row.h"

#include <math.h>

static const int32_t own_reversed[] = { 2 };
static const int32_t own_first_items[] = { 1, 2 };
static const int32_t own_last_items[] = { 3, 4, 1 };
static const attune_subscale_info own_subscales[] = {
    { .struct_size = sizeof(attune_subscale_info),
      .item_count = 2,
      .missing_max = 1,
      .score_min = 0,
      .score_max = 6,
      .score_step = 1,
      .items = own_first_items,
      .id = "one" },
    { .struct_size = sizeof(attune_subscale_info),
      .item_count = 3,
      .missing_max = 0,
      .score_min = 0,
      .score_max = 9,
      .score_step = 1,
      .items = own_last_items,
      .id = "two" },
};
static const attune_band_info own_bands[] = {
    { .struct_size = sizeof(attune_band_info), .subscale = -1, .low = 2, .label = "some" },
    { .struct_size = sizeof(attune_band_info), .subscale = -1, .low = 6, .label = "more" },
};
static const attune_cutoff_info own_cutoffs[] = {
    { .struct_size = sizeof(attune_cutoff_info), .subscale = -1, .value = 3 },
    { .struct_size = sizeof(attune_cutoff_info),
      .subscale = -1,
      .bound = ATTUNE_BOUND_STRICT,
      .is_default = 1,
      .status = ATTUNE_FACT_UNCONFIRMED,
      .value = 5 },
};
static const attune_reliable_change_info own_changes[] = {
    { .struct_size = sizeof(attune_reliable_change_info),
      .subscale = -1,
      .threshold = 9,
      .sd = 9,
      .reliability = .1 },
    { .struct_size = sizeof(attune_reliable_change_info),
      .subscale = -1,
      .bound = ATTUNE_BOUND_STRICT,
      .is_default = 1,
      .status = ATTUNE_FACT_PROVISIONAL,
      .threshold = 4,
      .sd = 2.5,
      .reliability = .7 },
};
static const attune_spread_info own_spreads[] = {
    { .struct_size = sizeof(attune_spread_info),
      .subscale = -1,
      .status = ATTUNE_FACT_PROVISIONAL,
      .is_default = 1,
      .within_sd = 1.25,
      .sem = .5 },
};
static const attune_norm_info own_norms[] = {
    { .struct_size = sizeof(attune_norm_info), .subscale = -1, .clinical = -1, .mean = 1, .sd = 1 },
    { .struct_size = sizeof(attune_norm_info),
      .subscale = -1,
      .clinical = 0,
      .mean = 3,
      .sd = 1.5,
      .is_default = 1 },
    { .struct_size = sizeof(attune_norm_info),
      .subscale = -1,
      .clinical = 1,
      .is_default = 1,
      .mean = 8,
      .sd = 2,
      .status = ATTUNE_FACT_UNCONFIRMED },
    { .struct_size = sizeof(attune_norm_info), .subscale = -1, .clinical = 1, .mean = 10, .sd = 3 },
};
static const attune_safety_info own_safety[] = {
    { .struct_size = sizeof(attune_safety_info), .item = 4, .threshold = 2 },
    { .struct_size = sizeof(attune_safety_info), .item = 2, .threshold = 3 },
};
/* Described, and left out where a test scores: see table_scale in test_keyed.c. */
static const attune_conversion_info own_conversions[] = {
    { .struct_size = sizeof(attune_conversion_info), .raw = 0, .score = 1, .error = .5 },
    { .struct_size = sizeof(attune_conversion_info), .raw = 1, .score = 3, .error = NAN },
};
static const attune_code_info own_codes[] = {
    { .struct_size = sizeof(attune_code_info), .system = "loinc", .score = "1-8" },
};
static const char *const own_sources[] = { "a source" };
static const char *const own_notes[] = { "a note", "another" };

/* Four items from 0 to 3, the second reversed, summed; one unanswered item is borne. */
static inline struct attune_scale own_scale(void)
{
    return (struct attune_scale) {
        .info = { .struct_size = sizeof(attune_scale_info),
                  .construct = ATTUNE_CONSTRUCT_DISTRESS,
                  .direction = ATTUNE_HIGHER_WORSE,
                  .item_count = 4,
                  .scored_count = 4,
                  .rule = ATTUNE_RULE_SUM,
                  .missing = ATTUNE_MISSING_PRORATE,
                  .missing_max = 1,
                  .reversed_count = 1,
                  .subscale_count = 2,
                  .band_count = 2,
                  .cutoff_count = 2,
                  .change_count = 2,
                  .spread_count = 1,
                  .norm_count = 4,
                  .safety_count = 2,
                  .source_count = 1,
                  .note_count = 2,
                  .code_count = 1,
                  .item_min = 0,
                  .item_max = 3,
                  .item_step = 1,
                  .score_min = 0,
                  .score_max = 12,
                  .score_step = 1,
                  .factor = NAN,
                  .id = "own" },
        .accepted = ATTUNE_ACCEPT_UNCONFIRMED,
        .reversed = own_reversed,
        .subscales = own_subscales,
        .bands = own_bands,
        .cutoffs = own_cutoffs,
        .changes = own_changes,
        .spreads = own_spreads,
        .norms = own_norms,
        .safety = own_safety,
        .codes = own_codes,
        .sources = own_sources,
        .notes = own_notes,
    };
}

#endif
