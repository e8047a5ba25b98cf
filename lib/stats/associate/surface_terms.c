/* What a surface says where raters agree and where they differ, with delta-method errors. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/dyad_parts.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/num.h"

#include <float.h>
#include <math.h>

enum { P = ATTUNE_SURFACE_COEFFICIENTS, LINEAR = ATTUNE_SURFACE_TERMS - 2 };

/* b0..b5 and a1..a5 are sums of coefficients (R package RSA, RSA.R). */
static const double weights[LINEAR][P] = {
    { 1 },
    { 0, 1 },
    { 0, 0, 1 },
    { 0, 0, 0, 1 },
    { 0, 0, 0, 0, 1 },
    { 0, 0, 0, 0, 0, 1 },
    { 0, 1, 1 },           /* a1 */
    { 0, 0, 0, 1, 1, 1 },  /* a2 */
    { 0, 1, -1 },          /* a3 */
    { 0, 0, 0, 1, -1, 1 }, /* a4 */
    { 0, 0, 0, 1, 0, -1 }, /* a5 */
};

/* A figure of the coefficients, and how it moves with each. */
struct figure {
    double value;
    double slope[P];
};

static struct figure linear(const double *b, size_t term)
{
    struct figure f = { .value = 0 };
    for (size_t j = 0; j < P; j++) {
        f.slope[j] = weights[term][j];
        f.value += f.slope[j] * b[j];
    }
    return f;
}

/* 4 b3 b5 - b4^2; NaN where its two parts are one but for rounding. */
static double determinant(const double *b)
{
    double d = 4 * b[3] * b[5] - b[4] * b[4];
    double size = fabs(4 * b[3] * b[5]) + b[4] * b[4];
    return fabs(d) > 8 * DBL_EPSILON * size ? d : NAN;
}

static struct figure x_flat(const double *b)
{
    double d = determinant(b), x = (b[2] * b[4] - 2 * b[1] * b[5]) / d;
    return (struct figure) { x,
                             { 0, -2 * b[5] / d, b[4] / d, -4 * b[5] * x / d,
                               (b[2] + 2 * b[4] * x) / d, (-2 * b[1] - 4 * b[3] * x) / d } };
}

static struct figure y_flat(const double *b)
{
    double d = determinant(b), y = (b[1] * b[4] - 2 * b[2] * b[3]) / d;
    return (struct figure) { y,
                             { 0, b[4] / d, -2 * b[3] / d, (-2 * b[2] - 4 * b[5] * y) / d,
                               (b[1] + 2 * b[4] * y) / d, -4 * b[3] * y / d } };
}

static double error_of(const struct figure *f, const double *cov)
{
    double variance = 0;
    if (!cov)
        return NAN;
    for (size_t i = 0; i < P; i++)
        for (size_t j = 0; j < P; j++)
            variance += f->slope[i] * cov[i * P + j] * f->slope[j];
    return sqrt(variance < 0 ? 0 : variance);
}

static attune_surface_term term_of(const double *b, const double *cov, double df, size_t term)
{
    struct figure f = term < LINEAR ? linear(b, term) : term == LINEAR ? x_flat(b) : y_flat(b);
    attune_surface_term t = { .term = (int32_t)term, .value = f.value, .t = NAN, .p = NAN };
    double nu = fmin(df, 1e6);
    t.se = error_of(&f, cov);
    if (t.se > 0) {
        t.t = t.value / t.se;
        t.p = atn_student_p(t.t, nu);
    }
    atn_limits(t.value, t.se, nu, &t.low, &t.high);
    return t;
}

static attune_status check_figures(const double *figures, size_t n, const char *key,
                                   attune_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!(fabs(figures[i]) <= ATN_RATING_MAX))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, key, "expected finite figures up to 1e60");
    return ATTUNE_OK;
}

attune_status attune_surface_terms(const double *b, const double *b_cov, double df,
                                   attune_surface_term *terms, size_t capacity, attune_error *err)
{
    uint32_t stride;
    attune_status status;
    if (!b || !terms)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "coefficients and room must be given");
    if (capacity < ATTUNE_SURFACE_TERMS)
        return atn_fail(err, ATTUNE_E_COUNT, "capacity", "expected room for 13 terms");
    if (terms->struct_size < sizeof *terms)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (!(df >= 1))
        return atn_fail(err, ATTUNE_E_OPTION, "df", "expected degrees of freedom from 1 on");
    status = check_figures(b, P, "b", err);
    if (status == ATTUNE_OK && b_cov)
        status = check_figures(b_cov, P * P, "b_cov", err);
    if (status != ATTUNE_OK)
        return status;
    stride = terms->struct_size;
    for (size_t i = 0; i < ATTUNE_SURFACE_TERMS; i++) {
        attune_surface_term term = term_of(b, b_cov, df, i);
        atn_give_at(terms, stride, i, &term, sizeof term);
    }
    return ATTUNE_OK;
}
