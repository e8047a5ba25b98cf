/* Gathering a scale's constants into the struct that change and rules work from. */
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

/* Choosing one row of a list: the one of the set that was asked for, else the default. */
struct choice {
    const char *set; /* NULL: the defaults */
    uint32_t accept; /* ATTUNE_ACCEPT_* */
    uint32_t bits;   /* ATTUNE_CONSTANT_* that the list is about */
    uint32_t place;  /* of the chosen row, from 1; 0: none */
    int32_t status;  /* of the chosen row */
    int named;       /* it is of the set */
};

/* What every list's rows have, so that one function chooses among all. */
struct candidate {
    int32_t subscale, is_default, status;
    const char *set;
};

static int is_called(const char *set, const char *wanted)
{
    return set && wanted && strcmp(set, wanted) == 0;
}

static void consider(struct choice *choice, uint32_t i, struct candidate row)
{
    int named = is_called(row.set, choice->set);
    if (row.subscale >= 0 || choice->named || (!named && !row.is_default))
        return;
    choice->place = i + 1;
    choice->status = row.status;
    choice->named = named;
}

/* NULL when there is none, or none that may be used; says of a used one how sure it is. */
static int take_choice(attune_constants *c, const struct choice *choice)
{
    int withheld =
        choice->status == ATTUNE_FACT_UNCONFIRMED && !(choice->accept & ATTUNE_ACCEPT_UNCONFIRMED);
    if (choice->place == 0)
        return 0;
    if (withheld)
        c->withheld |= choice->bits;
    else if (choice->status != ATTUNE_FACT_CONFIRMED)
        c->provisional |= choice->bits;
    if (!withheld && choice->status == ATTUNE_FACT_UNCONFIRMED)
        c->unconfirmed |= choice->bits;
    if (!withheld && choice->named)
        c->set = choice->set;
    return !withheld;
}

#define CANDIDATE(row)                                                                             \
    ((struct candidate) { (row).subscale, (row).is_default, (row).status, (row).set })

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

static void take_spread(attune_constants *c, const attune_scale *scale, struct choice choice)
{
    choice.bits = ATTUNE_CONSTANT_WITHIN_SD | ATTUNE_CONSTANT_SEM;
    for (uint32_t i = 0; i < scale->info.spread_count; i++)
        consider(&choice, i, CANDIDATE(scale->spreads[i]));
    if (!take_choice(c, &choice))
        return;
    c->within_sd = scale->spreads[choice.place - 1].within_sd;
    c->sem = scale->spreads[choice.place - 1].sem;
}

static void take_change(attune_constants *c, const attune_scale *scale, struct choice choice)
{
    const attune_reliable_change_info *change;
    choice.bits = ATTUNE_CONSTANT_CHANGE;
    for (uint32_t i = 0; i < scale->info.change_count; i++)
        consider(&choice, i, CANDIDATE(scale->changes[i]));
    if (!take_choice(c, &choice))
        return;
    change = &scale->changes[choice.place - 1];
    c->change_threshold = change->threshold;
    c->change_bound = change->bound;
    c->sd = change->sd;
    c->reliability = change->reliability;
}

static void take_cutoff(attune_constants *c, const attune_scale *scale, struct choice choice)
{
    choice.bits = ATTUNE_CONSTANT_CUTOFF;
    for (uint32_t i = 0; i < scale->info.cutoff_count; i++)
        consider(&choice, i, CANDIDATE(scale->cutoffs[i]));
    if (!take_choice(c, &choice))
        return;
    c->cutoff = scale->cutoffs[choice.place - 1].value;
    c->cutoff_bound = scale->cutoffs[choice.place - 1].bound;
}

/* Of one kind (1 clinical, 0 functional); NULL when there is none that may be used. */
static const attune_norm_info *choose_norm(attune_constants *c, const attune_scale *scale,
                                           struct choice choice, int32_t clinical)
{
    choice.bits = ATTUNE_CONSTANT_NORMS;
    for (uint32_t i = 0; i < scale->info.norm_count; i++)
        if (scale->norms[i].clinical == clinical)
            consider(&choice, i, CANDIDATE(scale->norms[i]));
    return take_choice(c, &choice) ? &scale->norms[choice.place - 1] : NULL;
}

static void take_norms(attune_constants *c, const attune_scale *scale, struct choice choice)
{
    const attune_norm_info *clinical = choose_norm(c, scale, choice, 1);
    const attune_norm_info *functional = choose_norm(c, scale, choice, 0);
    if (clinical) {
        c->clinical_mean = clinical->mean;
        c->clinical_sd = clinical->sd;
        c->clinical_population = clinical->population;
    }
    if (functional) {
        c->functional_mean = functional->mean;
        c->functional_sd = functional->sd;
        c->functional_population = functional->population;
    }
}

static int has_set(const attune_scale *scale, const char *set)
{
    const attune_scale_info *info = &scale->info;
    int found = 0;
    for (uint32_t i = 0; i < info->spread_count; i++)
        found |= is_called(scale->spreads[i].set, set);
    for (uint32_t i = 0; i < info->change_count; i++)
        found |= is_called(scale->changes[i].set, set);
    for (uint32_t i = 0; i < info->cutoff_count; i++)
        found |= is_called(scale->cutoffs[i].set, set);
    for (uint32_t i = 0; i < info->norm_count; i++)
        found |= is_called(scale->norms[i].set, set);
    return found;
}

static void take_all(attune_constants *c, const attune_scale *scale, struct choice choice)
{
    take_frame(c, &scale->info);
    take_spread(c, scale, choice);
    take_change(c, scale, choice);
    take_cutoff(c, scale, choice);
    take_norms(c, scale, choice);
    if (scale->info.status == ATTUNE_FACT_PROVISIONAL ||
        scale->info.status == ATTUNE_FACT_UNCONFIRMED)
        c->provisional |= ATTUNE_CONSTANT_WITHIN_SD | ATTUNE_CONSTANT_SEM | ATTUNE_CONSTANT_CHANGE |
                          ATTUNE_CONSTANT_CUTOFF | ATTUNE_CONSTANT_NORMS;
}

attune_status attune_scale_constants_of(const attune_scale *scale, const char *set, uint32_t accept,
                                        attune_constants *constants)
{
    attune_constants c = unknown;
    if (!scale || !constants)
        return ATTUNE_E_ARGUMENT;
    if (constants->struct_size < sizeof c)
        return ATTUNE_E_STRUCT_SIZE;
    if (scale->open)
        return ATTUNE_E_ACCEPT;
    if (set && !has_set(scale, set))
        return ATTUNE_E_UNKNOWN;
    take_all(&c, scale, (struct choice) { .set = set, .accept = accept | scale->accepted });
    atn_give(constants, &c, sizeof c);
    return ATTUNE_OK;
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
    if (scale)
        take_all(&c, scale, (struct choice) { .set = scale->set, .accept = scale->accepted });
    atn_give(constants, &c, sizeof c);
    return ATTUNE_OK;
}
