/* One change of a mean or a line: Chow's test where its place is known, sup-F where it is not. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/changepoint/segment.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/num.h"

#include <float.h>
#include <math.h>
#include <stdalign.h>
#include <string.h>

#define NOISE (8.0 * DBL_EPSILON)
#define PERMUTATIONS_MAX 1000000

static int coefficients(int32_t model)
{
    return model == ATTUNE_CHANGEPOINT_LINE ? 2 : 1;
}

/* P(F > f) with k and df degrees of freedom: Student's t for one, in closed form for two. */
static double f_tail(double f, int k, double df)
{
    return k == 1 ? atn_student_p(sqrt(f), df) : exp(-0.5 * df * log1p(2.0 * f / df));
}

static attune_status check_scores(int32_t model, const double *y, size_t n, attune_error *err)
{
    if (model != ATTUNE_CHANGEPOINT_MEAN && model != ATTUNE_CHANGEPOINT_LINE)
        return atn_fail(err, ATTUNE_E_OPTION, "model", "expected one of the documented values");
    for (size_t i = 0; i < n; i++)
        if (isinf(y[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "y", "expected a finite score or NaN");
    return ATTUNE_OK;
}

attune_status attune_chow_fit(int32_t model, const double *y, size_t n, size_t row,
                              attune_chow *chow, attune_error *err)
{
    if ((!y && n > 0) || !chow)
        return atn_fail(err, ATTUNE_E_ARGUMENT, chow ? "y" : "chow", "expected an array");
    if (chow->struct_size < sizeof *chow)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "chow", "struct_size must be set");
    if (n > INT32_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected fewer scores");
    attune_status status = check_scores(model, y, n, err);
    if (status != ATTUNE_OK)
        return status;
    atn_stretch all = { 0 }, part[2];
    memset(part, 0, sizeof part);
    int exponent = atn_exponent_of(y, n), k = coefficients(model);
    for (size_t i = 0; i < n; i++)
        if (!isnan(y[i])) {
            double score = scalbn(y[i], -exponent), place = all.n;
            atn_stretch_add(&part[i >= row], place, score);
            atn_stretch_add(&all, place, score);
        }
    if (part[0].n <= k || part[1].n <= k)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "row", "expected more scores on both sides of it");
    double left = atn_stretch_squares(&part[0], model) + atn_stretch_squares(&part[1], model);
    double df = all.n - 2.0 * k, fall = atn_stretch_squares(&all, model) - left;
    attune_chow found = { .struct_size = (uint32_t)sizeof found, .f = NAN, .p = NAN };
    found.n_before = (int32_t)part[0].n;
    found.n_after = (int32_t)part[1].n;
    found.df = (int32_t)df;
    if (left > all.n * NOISE * NOISE) {
        found.f = fmax(0.0, fall) / k / (left / df);
        found.p = f_tail(found.f, k, df);
    }
    atn_give(chow, &found, sizeof found);
    return ATTUNE_OK;
}

static size_t state_size(void)
{
    size_t unit = alignof(max_align_t);
    return (atn_random_size() + unit - 1) / unit * unit;
}

size_t attune_supf_work(size_t n)
{
    if (n > ATTUNE_CHANGEPOINT_ROWS_MAX)
        return 0;
    return state_size() + 6 * (n + 1) * sizeof(double);
}

typedef struct walk {
    attune_changepoint_options o; /* for the permutations */
    atn_segments s;
    size_t first, last; /* scores before the change */
    double *before;
} walk;

static attune_status check_supf(int32_t model, double trim, int32_t permutations, const double *y,
                                size_t n, const void *work, size_t size, const attune_supf *supf,
                                attune_error *err)
{
    if ((!y && n > 0) || !work || !supf)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "y", "expected scores, scratch and room");
    if (supf->struct_size < sizeof *supf)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "supf", "struct_size must be set");
    if (n > ATTUNE_CHANGEPOINT_ROWS_MAX || size < attune_supf_work(n))
        return atn_fail(err, ATTUNE_E_COUNT, "size", "expected attune_supf_work bytes");
    if (!(trim > 0.0 && trim < 0.5))
        return atn_fail(err, ATTUNE_E_OPTION, "trim", "expected a number above 0 and below .5");
    if (permutations < 0 || permutations > PERMUTATIONS_MAX)
        return atn_fail(err, ATTUNE_E_OPTION, "permutations", "expected 0 to 1000000");
    return check_scores(model, y, n, err);
}

static void take(walk *w, int32_t model, double trim, const double *y, size_t n)
{
    atn_segments *s = &w->s;
    int exponent = atn_exponent_of(y, n);
    size_t k = (size_t)coefficients(model);
    for (size_t i = 0; i < n; i++)
        if (!isnan(y[i])) {
            s->rows[s->n] = (double)i;
            s->y[s->n++] = scalbn(y[i], -exponent);
        }
    size_t cut = (size_t)(trim * (double)s->n);
    w->first = cut > k ? cut : k + 1;
    w->last = s->n > w->first ? s->n - w->first : 0;
    s->nil = (double)s->n * NOISE * NOISE;
}

/* k F at each place; the largest, the mean and the exponential mean, of sizes that may be large. */
static void try_places(walk *w, int32_t model, attune_supf *found)
{
    const atn_segments *s = &w->s;
    atn_stretch right = { 0 }, all = { 0 };
    double *f = s->f, df = (double)s->n - 2.0 * coefficients(model), sum = 0.0;
    for (size_t i = 0; i < s->n; i++) {
        atn_stretch_add(&all, (double)i, s->y[i]);
        w->before[i] = atn_stretch_squares(&all, model);
    }
    double whole = atn_stretch_squares(&all, model);
    size_t perfect = 0;
    if (!(whole > s->nil))
        return;
    for (size_t i = s->n; i-- > w->first;) {
        atn_stretch_add(&right, (double)i, s->y[i]);
        double rest = w->before[i - 1] + atn_stretch_squares(&right, model);
        if (i > w->last)
            continue;
        if (!(rest > s->nil)) {
            perfect = i;
            continue;
        }
        f[found->places++] = fmax(0.0, whole - rest) / (rest / df);
        if (!(f[found->places - 1] < found->sup)) {
            found->sup = f[found->places - 1];
            found->row = (int32_t)s->rows[i];
        }
    }
    for (int32_t i = 0; i < found->places; i++) {
        found->ave = (i > 0 ? found->ave : 0.0) + f[i] / found->places;
        sum += exp(0.5 * (f[i] - found->sup)) / found->places;
    }
    found->exp = 0.5 * found->sup + log(sum);
    if (perfect > 0) {
        found->row = (int32_t)s->rows[perfect];
        found->sup = found->ave = found->exp = NAN;
    }
}

attune_status attune_supf_fit(int32_t model, double trim, int32_t permutations, uint64_t seed,
                              const double *y, size_t n, void *work, size_t size, attune_supf *supf,
                              attune_error *err)
{
    attune_status status = check_supf(model, trim, permutations, y, n, work, size, supf, err);
    if (status != ATTUNE_OK)
        return status;
    double *next = (double *)(void *)((char *)work + state_size());
    walk w = { .s = { .state = work, .y = next, .rows = next + n + 1, .f = next + 2 * (n + 1) } };
    attune_supf found = { (uint32_t)sizeof found, -1, 0, 0, NAN, NAN, NAN, NAN };
    w.s.g = w.s.f + n + 1;
    w.s.rest = w.s.g + n + 1;
    w.before = w.s.g;
    take(&w, model, trim, y, n);
    if (w.last < w.first)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "y", "expected more completed scores");
    try_places(&w, model, &found);
    w.o = (attune_changepoint_options)ATTUNE_CHANGEPOINT_OPTIONS_INIT;
    w.o.model = model;
    w.o.permutations = permutations;
    w.o.seed = seed;
    w.s.o = &w.o;
    if (found.row >= 0)
        found.p = atn_permutation_p(&w.s, 0, w.s.n, w.first, w.last);
    atn_give(supf, &found, sizeof found);
    return ATTUNE_OK;
}
