/* The mean change of a group, its interval, and what it amounts to. */
/* SPDX-License-Identifier: MIT */
#include <attune/changeeffect.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/num.h"
#include "lib/stats/num/student.h"

#include <math.h>

#define DF_MAX 1e6 /* of what the distribution takes; t is normal there to the last digits */

static int is_positive(double value)
{
    return value > 0.0 && !isinf(value);
}

static attune_status check_options(const attune_change_effect_options *o, attune_error *err)
{
    const struct {
        int fine;
        const char *key, *text;
    } wants[] = {
        { o->direction == ATTUNE_HIGHER_BETTER || o->direction == ATTUNE_HIGHER_WORSE, "direction",
          "expected higher better or worse" },
        { is_positive(o->improvement), "improvement", "expected a finite number above 0" },
        { !(fabs(o->deterioration) > 0.0) || is_positive(o->deterioration), "deterioration",
          "expected a finite number above 0" },
        { !(fabs(o->coverage) > 0.0) || (o->coverage >= 0.001 && o->coverage <= 0.999999),
          "coverage", "expected .001 to .999999" },
        { o->convention == ATTUNE_CHANGE_CORRECTED || o->convention == ATTUNE_CHANGE_PACKAGE,
          "convention", "expected one of the documented values" },
    };
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
        if (!wants[i].fine)
            return atn_fail(err, ATTUNE_E_OPTION, wants[i].key, wants[i].text);
    return ATTUNE_OK;
}

static attune_status check_call(const attune_change_effect_options *o, const double *a, size_t n_a,
                                const double *b, size_t n_b, const attune_change_effect *effect,
                                attune_error *err)
{
    if (!o || (n_a > 0 && !a) || (n_b > 0 && !b) || !effect)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "options, scores and effect must be given");
    if (o->struct_size < sizeof *o || effect->struct_size < sizeof *effect)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (n_a > INT32_MAX || n_b > INT32_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected fewer clients");
    return check_options(o, err);
}

static attune_status check_scores(const double *scores, size_t n, const char *key,
                                  attune_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (isinf(scores[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, key, "expected a finite score or NaN");
    return ATTUNE_OK;
}

/* Mean and squares about it of scores, or of scores less others; NaN are left out. */
typedef struct sample {
    double n, mean, squares;
} sample;

static double value_at(const double *less, const double *scores, size_t i)
{
    return less ? scores[i] - less[i] : scores[i];
}

static sample sample_of(const double *less, const double *scores, size_t n)
{
    sample s = { 0.0, 0.0, 0.0 };
    for (size_t i = 0; i < n; i++) {
        double value = value_at(less, scores, i);
        s.n += isnan(value) ? 0.0 : 1.0;
        s.mean += isnan(value) ? 0.0 : value;
    }
    s.mean = s.n > 0.0 ? s.mean / s.n : 0.0; /* fewer than two are refused next */
    for (size_t i = 0; i < n; i++) {
        double off = value_at(less, scores, i) - s.mean;
        s.squares += isnan(off) ? 0.0 : off * off;
    }
    return s;
}

/* The interval turned so that better is above 0, and what it is judged by. */
typedef struct turned {
    double difference, low, high, least;
} turned;

static int32_t class_of(const turned *t)
{
    if (t->high < t->least)
        return ATTUNE_EFFECT_NOT_RELEVANT;
    if (t->difference < t->least)
        return ATTUNE_EFFECT_NOT_BELOW;
    return t->low <= t->least ? ATTUNE_EFFECT_PROBABLE : ATTUNE_EFFECT_LARGE;
}

/* The package's own cases in its own order; what falls between them has no class. */
static int32_t class_of_package(const turned *t, int knows_none)
{
    int same_side = t->low > 0.0 || t->high < 0.0;
    int astride = t->low < t->least && t->high > t->least;
    if (knows_none && !same_side)
        return ATTUNE_EFFECT_NOT_SIGNIFICANT;
    if (same_side && t->high < t->least)
        return ATTUNE_EFFECT_NOT_RELEVANT;
    if (astride && t->difference < t->least)
        return ATTUNE_EFFECT_NOT_BELOW;
    if (astride && t->difference > t->least)
        return ATTUNE_EFFECT_PROBABLE;
    return t->low > t->least ? ATTUNE_EFFECT_LARGE : -1;
}

static void classify(const attune_change_effect_options *o, attune_change_effect *e)
{
    int up = o->direction == ATTUNE_HIGHER_BETTER;
    turned t = { o->direction * e->difference, up ? e->low : -e->high, up ? e->high : -e->low,
                 o->improvement };
    e->way = t.low > 0.0 ? 1 : -(t.high < 0.0);
    if (o->convention == ATTUNE_CHANGE_PACKAGE) {
        e->class_ = class_of_package(&t, !up || e->n_reference > 0);
        return;
    }
    if (e->way < 0) {
        double worse = o->deterioration > 0.0 ? o->deterioration : o->improvement;
        t = (turned) { -t.difference, -t.high, -t.low, worse };
    }
    e->class_ = e->way == 0 ? ATTUNE_EFFECT_NOT_SIGNIFICANT : class_of(&t);
}

static attune_status give(const attune_change_effect_options *o, attune_change_effect *made,
                          attune_change_effect *effect, attune_error *err)
{
    double coverage = o->coverage > 0.0 ? o->coverage : 0.95;
    double half = 0.0;
    made->df = fmax(1.0, fmin(DF_MAX, made->df)); /* rounding may leave it just below 1 */
    if (made->se > 0.0)
        half = made->se * atn_student_quantile(coverage, made->df);
    made->low = made->difference - half;
    made->high = made->difference + half;
    if (!isfinite(made->high - made->low)) /* of infinite ends too, which leave no number */
        return atn_fail(err, ATTUNE_E_NUMERIC, "", "the figures are too large for a double");
    classify(o, made);
    atn_give(effect, made, sizeof *made);
    return ATTUNE_OK;
}

attune_status attune_change_effect_within(const attune_change_effect_options *options,
                                          const double *pre, const double *post, size_t n,
                                          attune_change_effect *effect, attune_error *err)
{
    attune_status status = check_call(options, pre, n, post, n, effect, err);
    if (status == ATTUNE_OK)
        status = check_scores(pre, n, "pre", err);
    if (status == ATTUNE_OK)
        status = check_scores(post, n, "post", err);
    if (status != ATTUNE_OK)
        return status;
    sample s = sample_of(pre, post, n);
    if (s.n < 2.0)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "n", "expected two clients with both scores");
    attune_change_effect made = { .n = (int32_t)s.n,
                                  .difference = s.mean,
                                  .se = sqrt(s.squares / (s.n - 1.0) / s.n),
                                  .df = s.n - 1.0 };
    return give(options, &made, effect, err);
}

attune_status attune_change_effect_between(const attune_change_effect_options *options,
                                           const double *reference, size_t n_reference,
                                           const double *scores, size_t n,
                                           attune_change_effect *effect, attune_error *err)
{
    attune_status status = check_call(options, reference, n_reference, scores, n, effect, err);
    if (status == ATTUNE_OK)
        status = check_scores(reference, n_reference, "reference", err);
    if (status == ATTUNE_OK)
        status = check_scores(scores, n, "scores", err);
    if (status != ATTUNE_OK)
        return status;
    sample a = sample_of(NULL, reference, n_reference), b = sample_of(NULL, scores, n);
    if (a.n < 2.0 || b.n < 2.0)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "n", "expected two clients in each group");
    double of_a = a.squares / (a.n - 1.0) / a.n, of_b = b.squares / (b.n - 1.0) / b.n;
    double both = of_a + of_b, share = both > 0.0 ? of_a / both : 0.5;
    attune_change_effect made = { .n = (int32_t)b.n,
                                  .n_reference = (int32_t)a.n,
                                  .difference = b.mean - a.mean,
                                  .se = sqrt(both) };
    made.df = 1.0 / (share * share / (a.n - 1.0) + (1.0 - share) * (1.0 - share) / (b.n - 1.0));
    return give(options, &made, effect, err);
}

static const char *const classes[] = {
    [ATTUNE_EFFECT_NOT_SIGNIFICANT] = "not_significant",
    [ATTUNE_EFFECT_NOT_RELEVANT] = "not_relevant",
    [ATTUNE_EFFECT_NOT_BELOW] = "not_below",
    [ATTUNE_EFFECT_PROBABLE] = "probable",
    [ATTUNE_EFFECT_LARGE] = "large",
};

#define AT(member) ((uint32_t)offsetof(attune_change_effect, member))

static const attune_field fields[] = {
    { "n", "clients with both scores", NULL, 0, AT(n), ATTUNE_FIELD_COUNT },
    { "difference", "mean change", NULL, 0, AT(difference), ATTUNE_FIELD_REAL },
    { "low", "its interval", NULL, 0, AT(low), ATTUNE_FIELD_REAL },
    { "high", "its interval", NULL, 0, AT(high), ATTUNE_FIELD_REAL },
    { "class", "beside what matters", classes, (uint32_t)(sizeof classes / sizeof *classes),
      AT(class_), ATTUNE_FIELD_CODE },
};

const attune_field *attune_change_effect_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}
