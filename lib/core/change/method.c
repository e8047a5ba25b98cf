/* The index of each method, and what stands under its fraction line. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/out.h"
#include "lib/core/change/plan.h"

#include <math.h>
#include <string.h>

/* What a method divides by, and what it divides. */
typedef struct method {
    double (*denominator)(const atn_change_plan *p);
    double (*numerator)(const atn_change_plan *p, double first, double last);
} method;

static double square(double x)
{
    return x * x;
}

static double of_difference(const atn_change_plan *p)
{
    return sqrt(2.0) * p->s1 * sqrt(1.0 - p->r);
}

static double of_prediction(const atn_change_plan *p)
{
    return p->s1 * sqrt(1.0 - p->r * p->r);
}

static double of_measurement(const atn_change_plan *p)
{
    return p->sem;
}

static double of_two_reliabilities(const atn_change_plan *p)
{
    return sqrt(square(p->r * p->s1) * (1.0 - p->r) + square(p->s1) * (1.0 - p->r2));
}

static double of_true_difference(const atn_change_plan *p)
{
    return sqrt(p->rdd) * sqrt(2.0) * p->sem;
}

static double of_both_spreads(const atn_change_plan *p)
{
    return sqrt((square(p->s1) + square(p->s2)) * (1.0 - p->r));
}

static double of_both_errors(const atn_change_plan *p)
{
    return sqrt(square(p->s1) * (1.0 - p->r) + square(p->s2) * (1.0 - p->r2));
}

static double of_nothing(const atn_change_plan *p)
{
    (void)p;
    return NAN;
}

static double difference(const atn_change_plan *p, double first, double last)
{
    (void)p;
    return last - first;
}

static double beside_own_group(const atn_change_plan *p, double first, double last)
{
    return (last - p->m1) - p->r * (first - p->m1);
}

static double beside_later_group(const atn_change_plan *p, double first, double last)
{
    return (last - p->m2) - p->r * (first - p->m1);
}

static double beside_true_score(const atn_change_plan *p, double first, double last)
{
    return last - (p->r * (first - p->m1) + p->m1);
}

static double true_difference(const atn_change_plan *p, double first, double last)
{
    return (last - first) * p->rdd + (p->m2 - p->m1) * (1.0 - p->rdd);
}

static double own_slope(const atn_change_plan *p, double first, double last)
{
    (void)first;
    (void)last;
    return p->slope;
}

static const method methods[] = {
    [ATTUNE_METHOD_JT] = { of_difference, difference },
    [ATTUNE_METHOD_GLN] = { of_prediction, beside_own_group },
    [ATTUNE_METHOD_HLL] = { of_prediction, beside_later_group },
    [ATTUNE_METHOD_EN] = { of_measurement, beside_true_score },
    [ATTUNE_METHOD_NK] = { of_two_reliabilities, beside_true_score },
    [ATTUNE_METHOD_HA] = { of_true_difference, true_difference },
    [ATTUNE_METHOD_PERCENTAGE] = { of_nothing, difference },
    [ATTUNE_METHOD_ANCHOR] = { of_nothing, difference },
    [ATTUNE_METHOD_MAASSEN] = { of_both_spreads, difference },
    [ATTUNE_METHOD_MCNEMAR] = { of_both_errors, difference },
    [ATTUNE_METHOD_HLM] = { of_nothing, own_slope }, /* until a series is at hand */
};

/* How much of a population's variance is no error. */
static double true_share(double sd, double sem)
{
    return sd > 0.0 ? 1.0 - square(sem / sd) : NAN;
}

static void hageman_arrindell(atn_change_plan *p, double r12)
{
    double r1 = true_share(p->s1, p->sem), both = 2.0 * p->s1 * p->s2 * r12;
    double all = square(p->s1) + square(p->s2) - both;
    p->r2 = true_share(p->s2, p->sem);
    if (p->r2 > 0.0 && all > 0.0)
        p->rdd = (square(p->s1) * r1 + square(p->s2) * p->r2 - both) / all;
}

void atn_change_method(atn_change_plan *p, const attune_change_group *group)
{
    p->m1 = group ? group->pre_mean : NAN;
    p->s1 = group ? group->pre_sd : NAN;
    p->m2 = group ? group->post_mean : NAN;
    p->s2 = group ? group->post_sd : NAN;
    if (p->o.method == ATTUNE_METHOD_JT && !isnan(p->c.sd))
        p->s1 = p->c.sd;
    p->r = p->c.reliability;
    p->r2 = p->o.reliability_post > 0.0 ? p->o.reliability_post : p->r;
    p->sem = p->s1 * sqrt(1.0 - p->r);
    p->rdd = p->slope = NAN;
    if (p->o.method == ATTUNE_METHOD_HA)
        hageman_arrindell(p, group ? group->correlation : NAN);
    p->denominator = methods[p->o.method].denominator(p);
}

double atn_change_index(const atn_change_plan *p, double first, double last)
{
    if (!(p->denominator > 0.0))
        return NAN;
    return methods[p->o.method].numerator(p, first, last) / p->denominator;
}

void atn_change_series(atn_change_plan *p, size_t g)
{
    if (p->o.method != ATTUNE_METHOD_HLM || !p->o.slopes)
        return;
    attune_change_slope own;
    const char *all = (const char *)p->o.slopes;
    memcpy(&own, all + g * atn_struct_size(all), sizeof own);
    p->slope = p->o.convention == ATTUNE_CHANGE_PACKAGE ? own.deviation : own.slope;
    p->denominator = own.slope_se;
}

double atn_change_post_index(const atn_change_plan *p, double last)
{
    if (p->o.method != ATTUNE_METHOD_HA || !(p->denominator > 0.0))
        return NAN;
    return (p->m2 + (last - p->m2) * p->r2 - p->cutoff) / (sqrt(p->r2) * p->sem);
}

/* HA compares true scores: the spread of a population without the error in it. */
static double spread(const atn_change_plan *p, double sd)
{
    return p->o.method == ATTUNE_METHOD_HA ? sd * sqrt(true_share(sd, p->sem)) : sd;
}

double atn_change_cutoff(const atn_change_plan *p, int32_t type)
{
    const attune_constants *c = &p->c;
    int package = p->o.convention == ATTUNE_CHANGE_PACKAGE;
    double clinical = isnan(c->clinical_mean) ? p->m1 : c->clinical_mean;
    double clinical_sd = spread(p, isnan(c->clinical_sd) ? p->s1 : c->clinical_sd);
    double functional_sd = spread(p, c->functional_sd);
    switch (type) {
    case ATTUNE_CUTOFF_PUBLISHED:
        return c->cutoff;
    case ATTUNE_CUTOFF_A:
        return clinical + c->direction * 2.0 * clinical_sd;
    case ATTUNE_CUTOFF_B:
        return c->functional_mean - c->direction * 2.0 * (package ? clinical_sd : functional_sd);
    default: /* ATTUNE_CUTOFF_C */
        if (!(clinical_sd + functional_sd > 0.0))
            return NAN;
        return (clinical_sd * c->functional_mean + functional_sd * clinical) /
               (clinical_sd + functional_sd);
    }
}
