/* The compiled form of one scale: what data/ JSON files becomes, built in or read at run time. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_SCALE_ROW_H
#define ATN_SCALE_ROW_H

#include <attune/scale.h>

/* The answers that one item takes. */
struct atn_range {
    double low, high;
};

/* Every pointer may be NULL when its count is 0. Texts that a scale lacks are NULL. */
struct attune_scale {
    attune_scale_info info;  /* struct_size and all counts filled */
    const int32_t *reversed; /* item numbers from 1, rising */
    const attune_subscale_info *subscales;
    const attune_band_info *bands; /* rising by low */
    const attune_cutoff_info *cutoffs;
    const attune_reliable_change_info *changes;
    const attune_spread_info *spreads;
    const attune_norm_info *norms;
    const attune_safety_info *safety;
    const attune_conversion_info *conversions; /* rising by raw, one step apart */
    const attune_code_info *codes;
    const struct atn_range *own; /* of every item; NULL: info says it for all */
    const double *values;        /* worth of item_min, item_min + item_step...; NULL: as it is */
    const int32_t *scored;       /* the scored_count items of the total; NULL: all */
    const int32_t *groups;       /* of every item its group of maxima, from 1; NULL: none */
    const struct attune_scale *open; /* the row that may be scored with; NULL: this one */
    const char *set;                 /* of constants that is used; NULL: the defaults */
    uint32_t accepted;               /* ATTUNE_ACCEPT_*: what whoever opened it has stated */
    const char *const *sources;
    const char *const *notes;
};

/* The built-in rows in order of id, made by the build step from data/ JSON files. */
extern const attune_scale *const atn_scale_table[];
extern const size_t atn_scale_table_count;

#endif
