/* Gathering a scale's default constants into the struct that change and rules work from. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/out.h"
#include "lib/core/scale/row.h"

#include <math.h>

static const attune_constants unknown = {
    .struct_size = sizeof unknown,
    .construct = ATTUNE_CONSTRUCT_OTHER,
    .direction = ATTUNE_HIGHER_BETTER,
    .change_bound = ATTUNE_BOUND_INCLUSIVE,
    .cutoff_bound = ATTUNE_BOUND_INCLUSIVE,
    .score_min = -INFINITY,
    .score_max = INFINITY,
    .score_step = NAN,
    .within_sd = NAN,
    .sem = NAN,
    .change_threshold = NAN,
    .sd = NAN,
    .reliability = NAN,
    .cutoff = NAN,
    .functional_mean = NAN,
    .functional_sd = NAN,
    .clinical_mean = NAN,
    .clinical_sd = NAN,
};

static void mark_provisional(attune_constants *c, int32_t status, uint32_t which)
{
    if (status != ATTUNE_FACT_CONFIRMED)
        c->provisional |= which;
}

static void take_frame(attune_constants *c, const attune_scale_info *info)
{
    c->construct = info->construct;
    c->direction = info->direction;
    if (!isnan(info->score_min))
        c->score_min = info->score_min;
    if (!isnan(info->score_max))
        c->score_max = info->score_max;
    c->score_step = info->score_step;
}

/* The default of a list's rows about the total; NULL when there is none. */
#define FIND_DEFAULT(found, rows, count)                                                           \
    for (uint32_t i_ = 0; i_ < (count); i_++)                                                      \
        if ((rows)[i_].is_default && (rows)[i_].subscale < 0)                                      \
    (found) = &(rows)[i_]

static void take_spread(attune_constants *c, const attune_scale *scale)
{
    const attune_spread_info *spread = NULL;
    FIND_DEFAULT(spread, scale->spreads, scale->info.spread_count);
    if (!spread)
        return;
    c->within_sd = spread->within_sd;
    c->sem = spread->sem;
    mark_provisional(c, spread->status, ATTUNE_CONSTANT_WITHIN_SD | ATTUNE_CONSTANT_SEM);
}

static void take_change(attune_constants *c, const attune_scale *scale)
{
    const attune_reliable_change_info *change = NULL;
    FIND_DEFAULT(change, scale->changes, scale->info.change_count);
    if (!change)
        return;
    c->change_threshold = change->threshold;
    c->change_bound = change->bound;
    c->sd = change->sd;
    c->reliability = change->reliability;
    mark_provisional(c, change->status, ATTUNE_CONSTANT_CHANGE);
}

static void take_cutoff(attune_constants *c, const attune_scale *scale)
{
    const attune_cutoff_info *cutoff = NULL;
    FIND_DEFAULT(cutoff, scale->cutoffs, scale->info.cutoff_count);
    if (!cutoff)
        return;
    c->cutoff = cutoff->value;
    c->cutoff_bound = cutoff->bound;
    mark_provisional(c, cutoff->status, ATTUNE_CONSTANT_CUTOFF);
}

/* The default norm of a kind (1 clinical, 0 functional); NULL when there is none. */
static const attune_norm_info *default_norm(const attune_scale *scale, int32_t clinical)
{
    for (uint32_t i = 0; i < scale->info.norm_count; i++)
        if (scale->norms[i].clinical == clinical && scale->norms[i].is_default &&
            scale->norms[i].subscale < 0)
            return &scale->norms[i];
    return NULL;
}

static void take_norm(attune_constants *c, const attune_norm_info *norm, double *mean, double *sd)
{
    if (!norm)
        return;
    *mean = norm->mean;
    *sd = norm->sd;
    mark_provisional(c, norm->status, ATTUNE_CONSTANT_NORMS);
}

attune_status attune_scale_constants(const attune_scale *scale, attune_constants *constants)
{
    attune_constants c = unknown;
    if (!constants)
        return ATTUNE_E_ARGUMENT;
    if (constants->struct_size < sizeof c)
        return ATTUNE_E_STRUCT_SIZE;
    if (scale && scale->open)
        return ATTUNE_E_ACCEPT;
    if (scale) {
        take_frame(&c, &scale->info);
        take_spread(&c, scale);
        take_change(&c, scale);
        take_cutoff(&c, scale);
        take_norm(&c, default_norm(scale, 1), &c.clinical_mean, &c.clinical_sd);
        take_norm(&c, default_norm(scale, 0), &c.functional_mean, &c.functional_sd);
        if (scale->info.status != ATTUNE_FACT_CONFIRMED)
            c.provisional |= ATTUNE_CONSTANT_WITHIN_SD | ATTUNE_CONSTANT_SEM |
                             ATTUNE_CONSTANT_CHANGE | ATTUNE_CONSTANT_CUTOFF |
                             ATTUNE_CONSTANT_NORMS;
    }
    atn_give(constants, &c, sizeof c);
    return ATTUNE_OK;
}
