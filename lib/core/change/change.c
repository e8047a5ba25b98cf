/* The change of one series, and of many in one call. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/core/change/plan.h"

#include <math.h>

/* First and last observed score; how many were observed, or the index of a refused one. */
static attune_status find_ends(const double *scores, size_t n, attune_change *out,
                               attune_error *err)
{
    size_t observed = 0;
    for (size_t i = 0; i < n; i++) {
        if (isinf(scores[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "scores", "expected a finite score or NaN");
        if (isnan(scores[i]))
            continue;
        out->first = observed++ == 0 ? scores[i] : out->first;
        out->last = scores[i];
    }
    if (observed < 2)
        return atn_fail_at(err, ATTUNE_E_TOO_FEW, observed, "scores",
                           "change needs two completed forms");
    return ATTUNE_OK;
}

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

static int by_formula(const atn_change_plan *p, double first, double last)
{
    double index = p->c.direction * atn_change_index(p, first, last);
    return fabs(index) > p->o.z ? sign(index) : 0;
}

static int by_threshold(const atn_change_plan *p, double first, double last)
{
    double size = fabs(last - first), least = p->c.change_threshold;
    int beyond = p->c.change_bound == ATTUNE_BOUND_STRICT ? size > least : size >= least;
    return beyond ? sign(p->c.direction * (last - first)) : 0;
}

static int by_share(const atn_change_plan *p, double first, double last)
{
    double better = p->o.points_improved, worse = p->o.points_deteriorated, size = last - first;
    if (p->o.method == ATTUNE_METHOD_PERCENTAGE) {
        better = p->o.percent_improved;
        worse = p->o.percent_deteriorated;
        size /= fabs(first);
    }
    size *= p->c.direction;
    if (size > 0)
        return size >= better;
    return -(size <= -worse);
}

/* +1 reliably better, -1 reliably worse, 0 neither. */
static int way(const atn_change_plan *p, double first, double last)
{
    if (p->o.basis == ATTUNE_BASIS_PUBLISHED)
        return by_threshold(p, first, last);
    return p->o.basis == ATTUNE_BASIS_FORMULA ? by_formula(p, first, last)
                                              : by_share(p, first, last);
}

/* +1 functional side, -1 clinical side, 0 neither: exactly on a computed cut-off. */
static int side(const atn_change_plan *p, double score)
{
    double above = p->c.direction * (score - p->cutoff);
    if (p->o.cutoff_type < 0)
        return 0;
    if (sign(above) != 0 || p->o.cutoff_type != ATTUNE_CUTOFF_PUBLISHED)
        return sign(above);
    return p->c.cutoff_bound == ATTUNE_BOUND_INCLUSIVE ? -1 : 1;
}

/*
 * The same of the last score: HA wants it beyond the cut-off by more than error of measurement. The
 * package calls nobody functional after who was not clinical before.
 */
static int side_after(const atn_change_plan *p, const attune_change *out)
{
    if (p->o.method != ATTUNE_METHOD_HA)
        return side(p, out->last);
    if (p->o.convention == ATTUNE_CHANGE_PACKAGE && side(p, out->first) > 0)
        return -1;
    return p->c.direction * out->post_index > p->o.z ? 1 : -1;
}

static void classify(const atn_change_plan *p, attune_change *out)
{
    int to = way(p, out->first, out->last), from = side(p, out->first);
    out->reliable = ATTUNE_RELIABLE_UNCHANGED;
    out->class_ = ATTUNE_CLASS_UNCHANGED;
    if (to > 0) {
        out->reliable = ATTUNE_RELIABLE_IMPROVED;
        out->class_ =
            from < 0 && side_after(p, out) > 0 ? ATTUNE_CLASS_RECOVERED : ATTUNE_CLASS_IMPROVED;
    } else if (to < 0) {
        out->reliable = ATTUNE_RELIABLE_DETERIORATED;
        out->class_ =
            from > 0 && side_after(p, out) < 0 ? ATTUNE_CLASS_HARMED : ATTUNE_CLASS_DETERIORATED;
    }
}

/* The first reliable change that the next observed score bears out. */
static int64_t confirmed(const atn_change_plan *p, double first, const double *scores, size_t n)
{
    int before = 0;
    size_t row = 0;
    for (size_t i = 0; i < n; i++) {
        int now;
        if (isnan(scores[i]))
            continue;
        now = way(p, first, scores[i]);
        if (now != 0 && now == before)
            return (int64_t)row;
        before = now;
        row = i;
    }
    return -1;
}

/* Finite scores and constants may still lie too far apart for a double. */
static int is_finite(const attune_change *out)
{
    return !isinf(out->change) && !isinf(out->rci) && !isinf(out->threshold) && !isinf(out->cutoff);
}

static double threshold(const atn_change_plan *p)
{
    if (p->o.basis == ATTUNE_BASIS_PUBLISHED)
        return p->c.change_threshold;
    if (p->o.method == ATTUNE_METHOD_JT || p->o.method == ATTUNE_METHOD_MAASSEN ||
        p->o.method == ATTUNE_METHOD_MCNEMAR)
        return p->o.z * p->denominator;
    return NAN;
}

/* Can anything be said: is there a basis, a direction, a slope of HLM's, and a first score that is
   not 0 of a share? */
static int is_decided(const atn_change_plan *p, double first)
{
    if (p->o.basis == ATTUNE_BASIS_NONE || p->c.direction == 0)
        return 0;
    if (p->o.basis == ATTUNE_BASIS_FORMULA && !(p->denominator > 0))
        return 0;
    return p->o.method != ATTUNE_METHOD_PERCENTAGE || fabs(first) > 0;
}

static attune_change missing(int32_t method)
{
    return (attune_change) {
        .method = method,
        .first = NAN,
        .last = NAN,
        .change = NAN,
        .rci = NAN,
        .threshold = NAN,
        .cutoff = NAN,
        .cutoff_type = -1,
        .reliable = -1,
        .class_ = -1,
        .basis = ATTUNE_BASIS_NONE,
        .rci_p = NAN,
        .post_index = NAN,
        .confirmed_row = -1,
    };
}

attune_status atn_change_of(const atn_change_plan *p, const double *scores, size_t n,
                            attune_change *out, attune_error *err)
{
    attune_status status;
    *out = missing(p->o.method);
    status = find_ends(scores, n, out, err);
    if (status != ATTUNE_OK)
        return status;
    out->change = out->last - out->first;
    out->rci = atn_change_index(p, out->first, out->last);
    out->rci_p = erfc(fabs(out->rci) / sqrt(2.0));
    out->threshold = threshold(p);
    out->basis = p->o.basis;
    if (p->c.direction != 0) {
        out->cutoff = p->cutoff;
        out->cutoff_type = p->o.cutoff_type;
        out->post_index = atn_change_post_index(p, out->last);
    }
    if (is_decided(p, out->first)) {
        classify(p, out);
        if (p->o.method != ATTUNE_METHOD_HLM)
            out->confirmed_row = confirmed(p, out->first, scores, n);
    }
    if (!is_finite(out))
        return atn_fail(err, ATTUNE_E_NUMERIC, "", "the figures are too large for a double");
    return ATTUNE_OK;
}

static attune_status check_sizes(const attune_constants *constants,
                                 const attune_change_options *options, const attune_change *change,
                                 attune_error *err)
{
    if (constants->struct_size < sizeof *constants || change->struct_size < sizeof *change ||
        (options && options->struct_size < sizeof *options))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    return options ? atn_change_parts_check(options, err) : ATTUNE_OK;
}

attune_status attune_change_fit(const attune_constants *constants,
                                const attune_change_options *options, const double *scores,
                                size_t n, attune_change *change, attune_error *err)
{
    atn_change_plan plan;
    attune_change out;
    attune_status status;
    if (!constants || (n > 0 && !scores) || !change)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "constants, scores and change must be given");
    status = check_sizes(constants, options, change, err);
    if (status == ATTUNE_OK)
        status = atn_change_plan_make(&plan, constants, options, 0, err);
    if (status == ATTUNE_OK)
        atn_change_series(&plan, 0);
    if (status == ATTUNE_OK)
        status = atn_change_of(&plan, scores, n, &out, err);
    if (status == ATTUNE_OK)
        atn_give(change, &out, sizeof out);
    return status;
}
