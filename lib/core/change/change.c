/* Jacobson-Truax reliable change and the three clinical cut-offs. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <attune/change.h>

#include <math.h>

/* Two-sided .05 of the normal distribution; Jacobson & Truax 1991 print it as 1.96. */
static const double z_default = 1.959963984540054;

static int below_zero(double x)
{
    return x < 0 || isinf(x);
}

static attune_status check_options(const attune_change_options *o, attune_error *err)
{
    static const char expected[] = "expected one of the documented values";
    if (o->method != ATTUNE_METHOD_JT)
        return atn_fail(err, ATTUNE_E_OPTION, "method", expected);
    if (o->cutoff_type < -1 || o->cutoff_type > ATTUNE_CUTOFF_C)
        return atn_fail(err, ATTUNE_E_OPTION, "cutoff_type", expected);
    if (o->basis < ATTUNE_BASIS_NONE || o->basis > ATTUNE_BASIS_FORMULA)
        return atn_fail(err, ATTUNE_E_OPTION, "basis", expected);
    if (below_zero(o->z))
        return atn_fail(err, ATTUNE_E_OPTION, "z", "expected a finite number, 0 or more");
    return ATTUNE_OK;
}

static attune_status check_constants(const attune_constants *c, attune_error *err)
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
    if (c->direction != ATTUNE_HIGHER_BETTER && c->direction != ATTUNE_HIGHER_WORSE)
        return atn_fail(err, ATTUNE_E_OPTION, "direction", "expected higher better or worse");
    for (size_t i = 0; i < sizeof not_negative / sizeof *not_negative; i++)
        if (below_zero(not_negative[i].value))
            return atn_fail(err, ATTUNE_E_OPTION, not_negative[i].key,
                            "expected a finite number, and no negative spread");
    if (c->reliability > 1)
        return atn_fail(err, ATTUNE_E_OPTION, "reliability", "expected 0 to 1");
    return ATTUNE_OK;
}

/* Standard error of the difference; 0 or NaN when the formula has nothing to stand on. */
static double sd_of_difference(const attune_constants *c)
{
    return sqrt(2.0) * c->sd * sqrt(1.0 - c->reliability);
}

static attune_status choose_basis(const attune_constants *c, attune_change_options *o,
                                  attune_error *err)
{
    int formula = sd_of_difference(c) > 0;
    int published = !isnan(c->change_threshold);
    if (o->basis == ATTUNE_BASIS_PUBLISHED && !published)
        return atn_fail(err, ATTUNE_E_CONSTANT, "change_threshold",
                        "no published reliable change is known");
    if (o->basis == ATTUNE_BASIS_FORMULA && !formula)
        return atn_fail(err, ATTUNE_E_CONSTANT, c->sd > 0 ? "reliability" : "sd",
                        "the formula needs an SD above 0 and a reliability below 1");
    if (o->basis == ATTUNE_BASIS_NONE)
        o->basis = published ? ATTUNE_BASIS_PUBLISHED
                             : (formula ? ATTUNE_BASIS_FORMULA : ATTUNE_BASIS_NONE);
    return ATTUNE_OK;
}

static double cutoff_value(const attune_constants *c, int32_t type)
{
    switch (type) {
    case ATTUNE_CUTOFF_PUBLISHED:
        return c->cutoff;
    case ATTUNE_CUTOFF_A:
        return c->clinical_mean + c->direction * 2.0 * c->clinical_sd;
    case ATTUNE_CUTOFF_B:
        return c->functional_mean - c->direction * 2.0 * c->functional_sd;
    case ATTUNE_CUTOFF_C:
        return (c->clinical_sd * c->functional_mean + c->functional_sd * c->clinical_mean) /
               (c->clinical_sd + c->functional_sd);
    default:
        return NAN;
    }
}

static attune_status choose_cutoff(const attune_constants *c, attune_change_options *o,
                                   attune_error *err)
{
    int asked = o->cutoff_type >= 0;
    if (!asked)
        o->cutoff_type = isnan(c->cutoff) ? ATTUNE_CUTOFF_C : ATTUNE_CUTOFF_PUBLISHED;
    if (!isnan(cutoff_value(c, o->cutoff_type)))
        return ATTUNE_OK;
    if (asked)
        return atn_fail(err, ATTUNE_E_CONSTANT, "cutoff_type",
                        "the norms or the cut-off that this type needs are not known");
    o->cutoff_type = -1;
    return ATTUNE_OK;
}

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

/* +1 reliably better, -1 reliably worse, 0 neither. */
static int reliable_direction(const attune_constants *c, const attune_change_options *o,
                              const attune_change *out)
{
    double gain = c->direction * out->change;
    double size = fabs(gain);
    int beyond;
    if (o->basis == ATTUNE_BASIS_FORMULA)
        beyond = fabs(out->rci) > o->z;
    else
        beyond =
            c->change_bound == ATTUNE_BOUND_STRICT ? size > out->threshold : size >= out->threshold;
    return !beyond ? 0 : (gain > 0 ? 1 : (gain < 0 ? -1 : 0));
}

/* +1 functional side, -1 clinical side, 0 neither: exactly on a computed cut-off. */
static int side(const attune_constants *c, const attune_change *out, double score)
{
    double above = c->direction * (score - out->cutoff);
    if (above > 0)
        return 1;
    if (above < 0)
        return -1;
    if (out->cutoff_type != ATTUNE_CUTOFF_PUBLISHED)
        return 0;
    return c->cutoff_bound == ATTUNE_BOUND_INCLUSIVE ? -1 : 1;
}

static void classify(const attune_constants *c, const attune_change_options *o, attune_change *out)
{
    int way, from, to;
    if (o->basis == ATTUNE_BASIS_NONE)
        return;
    way = reliable_direction(c, o, out);
    from = out->cutoff_type < 0 ? 0 : side(c, out, out->first);
    to = out->cutoff_type < 0 ? 0 : side(c, out, out->last);
    if (way > 0) {
        out->reliable = ATTUNE_RELIABLE_IMPROVED;
        out->class_ = from < 0 && to > 0 ? ATTUNE_CLASS_RECOVERED : ATTUNE_CLASS_IMPROVED;
    } else if (way < 0) {
        out->reliable = ATTUNE_RELIABLE_DETERIORATED;
        out->class_ = from > 0 && to < 0 ? ATTUNE_CLASS_HARMED : ATTUNE_CLASS_DETERIORATED;
    } else {
        out->reliable = ATTUNE_RELIABLE_UNCHANGED;
        out->class_ = ATTUNE_CLASS_UNCHANGED;
    }
}

/* Finite scores and constants may still lie too far apart for a double. */
static int is_finite(const attune_change *out)
{
    return !isinf(out->change) && !isinf(out->rci) && !isinf(out->threshold) && !isinf(out->cutoff);
}

static void fill(const attune_constants *c, const attune_change_options *o, attune_change *out)
{
    double difference = sd_of_difference(c);
    out->method = o->method;
    out->change = out->last - out->first;
    out->rci = difference > 0 ? out->change / difference : NAN;
    out->threshold = o->basis == ATTUNE_BASIS_FORMULA ? o->z * difference : c->change_threshold;
    out->cutoff = cutoff_value(c, o->cutoff_type);
    out->cutoff_type = o->cutoff_type;
    out->reliable = -1;
    out->class_ = -1;
    out->basis = o->basis;
    classify(c, o, out);
}

attune_status attune_change_fit(const attune_constants *constants,
                                const attune_change_options *options, const double *scores,
                                size_t n, attune_change *change, attune_error *err)
{
    attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
    attune_change out = { 0 };
    attune_status status;
    if (!constants || (n > 0 && !scores) || !change)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "constants, scores and change must be given");
    if (constants->struct_size < sizeof *constants || change->struct_size < sizeof out ||
        (options && options->struct_size < sizeof o))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (options)
        atn_give(&o, options, sizeof o);
    status = check_options(&o, err);
    if (status == ATTUNE_OK)
        status = check_constants(constants, err);
    if (status == ATTUNE_OK)
        status = choose_basis(constants, &o, err);
    if (status == ATTUNE_OK)
        status = choose_cutoff(constants, &o, err);
    if (status == ATTUNE_OK)
        status = find_ends(scores, n, &out, err);
    if (status != ATTUNE_OK)
        return status;
    if (!(o.z > 0))
        o.z = z_default;
    fill(constants, &o, &out);
    if (!is_finite(&out))
        return atn_fail(err, ATTUNE_E_NUMERIC, "", "the figures are too large for a double");
    atn_give(change, &out, sizeof out);
    return ATTUNE_OK;
}
