/* Checks what a change is to be judged by, and fills in what was left open. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/change/plan.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <math.h>

/* Quantiles of the normal distribution: two-sided .05, printed as 1.96, and one-sided for HA. */
static const double z_two_sided = 1.959963984540054;
static const double z_one_sided = 1.6448536269514722;

attune_status atn_change_parts_check(const attune_change_options *o, attune_error *err)
{
    if (o->group && o->group->struct_size < sizeof *o->group)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "group", "struct_size must be set");
    if (o->slopes && o->slopes->struct_size < sizeof *o->slopes)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "slopes", "struct_size must be set");
    return ATTUNE_OK;
}

static int below_zero(double x)
{
    return x < 0 || isinf(x);
}

static attune_status check_codes(const attune_change_options *o, attune_error *err)
{
    static const char expected[] = "expected one of the documented values";
    if (o->method < 0 || o->method > ATTUNE_METHOD_HLM)
        return atn_fail(err, ATTUNE_E_OPTION, "method", expected);
    if (o->cutoff_type < -1 || o->cutoff_type > ATTUNE_CUTOFF_C)
        return atn_fail(err, ATTUNE_E_OPTION, "cutoff_type", expected);
    if (o->basis < ATTUNE_BASIS_NONE || o->basis > ATTUNE_BASIS_FORMULA)
        return atn_fail(err, ATTUNE_E_OPTION, "basis", expected);
    if (o->convention < 0 || o->convention > ATTUNE_CHANGE_PACKAGE)
        return atn_fail(err, ATTUNE_E_OPTION, "convention", expected);
    return ATTUNE_OK;
}

static attune_status check_options(const attune_change_options *o, attune_error *err)
{
    const struct {
        double value;
        const char *key;
    } not_negative[] = {
        { o->z, "z" },
        { o->reliability_post, "reliability_post" },
        { o->percent_improved, "percent_improved" },
        { o->percent_deteriorated, "percent_deteriorated" },
        { o->points_improved, "points_improved" },
        { o->points_deteriorated, "points_deteriorated" },
    };
    attune_status status = check_codes(o, err);
    for (size_t i = 0; status == ATTUNE_OK && i < sizeof not_negative / sizeof *not_negative; i++)
        if (below_zero(not_negative[i].value))
            status = atn_fail(err, ATTUNE_E_OPTION, not_negative[i].key,
                              "expected a finite number, 0 or more");
    if (status == ATTUNE_OK && o->reliability_post > 1)
        status = atn_fail(err, ATTUNE_E_OPTION, "reliability_post", "expected 0 to 1");
    return status;
}

static attune_status check_group(const attune_change_group *g, attune_error *err)
{
    if (g && (below_zero(g->pre_sd) || below_zero(g->post_sd) || isinf(g->pre_mean) ||
              isinf(g->post_mean) || fabs(g->correlation) > 1))
        return atn_fail(err, ATTUNE_E_OPTION, "group",
                        "expected finite figures, and no negative spread");
    return ATTUNE_OK;
}

static attune_status check_constants(const attune_constants *c, int lenient, attune_error *err)
{
    const struct {
        double value;
        const char *key;
    } not_negative[] = {
        { c->change_threshold, "change_threshold" },
        { c->sd, "sd" },
        { c->reliability, "reliability" },
        { c->functional_sd, "functional_sd" },
        { c->clinical_sd, "clinical_sd" },
        { fabs(c->functional_mean), "functional_mean" },
        { fabs(c->clinical_mean), "clinical_mean" },
        { fabs(c->cutoff), "cutoff" },
    };
    if (c->direction != ATTUNE_HIGHER_BETTER && c->direction != ATTUNE_HIGHER_WORSE &&
        !(lenient && c->direction == 0))
        return atn_fail(err, ATTUNE_E_OPTION, "direction", "expected higher better or worse");
    for (size_t i = 0; i < sizeof not_negative / sizeof *not_negative; i++)
        if (below_zero(not_negative[i].value))
            return atn_fail(err, ATTUNE_E_OPTION, not_negative[i].key,
                            "expected a finite number, and no negative spread");
    if (c->reliability > 1)
        return atn_fail(err, ATTUNE_E_OPTION, "reliability", "expected 0 to 1");
    return ATTUNE_OK;
}

/* What decides by a share of the first score or by points; 0 where either side is not given. */
static int has_shares(const attune_change_options *o)
{
    if (o->method == ATTUNE_METHOD_PERCENTAGE)
        return o->percent_improved > 0 && o->percent_deteriorated > 0;
    return o->points_improved > 0 && o->points_deteriorated > 0;
}

static int32_t only_basis(const atn_change_plan *p)
{
    if (p->o.method == ATTUNE_METHOD_PERCENTAGE || p->o.method == ATTUNE_METHOD_ANCHOR)
        return has_shares(&p->o) ? ATTUNE_BASIS_SHARE : ATTUNE_BASIS_NONE;
    if (p->o.method == ATTUNE_METHOD_HLM)
        return p->o.slopes ? ATTUNE_BASIS_FORMULA : ATTUNE_BASIS_NONE;
    return p->denominator > 0 ? ATTUNE_BASIS_FORMULA : ATTUNE_BASIS_NONE;
}

static attune_status lacks_formula(const atn_change_plan *p, attune_error *err)
{
    if (p->o.method == ATTUNE_METHOD_HLM)
        return atn_fail(err, ATTUNE_E_CONSTANT, "slopes", "the method needs the clients' slopes");
    return atn_fail(err, ATTUNE_E_CONSTANT, p->s1 > 0 ? "reliability" : "sd",
                    "the formula needs an SD above 0 and a reliability below 1");
}

static attune_status choose_basis(atn_change_plan *p, attune_error *err)
{
    int published = p->o.method == ATTUNE_METHOD_JT && !isnan(p->c.change_threshold);
    int32_t other = only_basis(p);
    if (p->o.basis == ATTUNE_BASIS_PUBLISHED && !published)
        return atn_fail(err, ATTUNE_E_CONSTANT, "change_threshold",
                        "no published reliable change is known");
    if (p->o.basis == ATTUNE_BASIS_FORMULA && other != ATTUNE_BASIS_FORMULA)
        return lacks_formula(p, err);
    if (p->o.basis == ATTUNE_BASIS_NONE)
        p->o.basis = published ? ATTUNE_BASIS_PUBLISHED : other;
    return ATTUNE_OK;
}

static attune_status choose_cutoff(atn_change_plan *p, attune_error *err)
{
    int asked = p->o.cutoff_type >= 0;
    if (!asked)
        p->o.cutoff_type = isnan(p->c.cutoff) ? ATTUNE_CUTOFF_C : ATTUNE_CUTOFF_PUBLISHED;
    p->cutoff = atn_change_cutoff(p, p->o.cutoff_type);
    if (!isnan(p->cutoff))
        return ATTUNE_OK;
    if (asked)
        return atn_fail(err, ATTUNE_E_CONSTANT, "cutoff_type",
                        "the norms or the cut-off that this type needs are not known");
    p->o.cutoff_type = -1;
    return ATTUNE_OK;
}

attune_status atn_change_plan_make(atn_change_plan *p, const attune_constants *constants,
                                   const attune_change_options *options, int lenient,
                                   attune_error *err)
{
    attune_status status;
    p->o = (attune_change_options)ATTUNE_CHANGE_OPTIONS_INIT;
    p->c = *constants;
    if (options)
        atn_give(&p->o, options, sizeof p->o);
    status = check_options(&p->o, err);
    if (status == ATTUNE_OK)
        status = check_group(p->o.group, err);
    if (status == ATTUNE_OK)
        status = check_constants(constants, lenient, err);
    if (status != ATTUNE_OK)
        return status;
    if (!(p->o.z > 0))
        p->o.z = p->o.method == ATTUNE_METHOD_HA ? z_one_sided : z_two_sided;
    atn_change_method(p, p->o.group);
    status = choose_basis(p, err);
    return status == ATTUNE_OK ? choose_cutoff(p, err) : status;
}
