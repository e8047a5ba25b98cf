/* The fit of a mixed model: where it starts, how it climbs, and its figures in the data's units. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/response/mixed_parts.h"

#include "lib/core/base/error.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define ITERATIONS 100 /* of Newton's method; ten are usual */
#define TRIES 40       /* of one step, each shorter than the one before */
#define SETTLED 1e-13  /* of -2 log likelihood, expected of the step to come */
#define ROUNDING 1e-13 /* of a likelihood, by which a step may seem to lose */
#define STEP 1e-6      /* of the differences that make the second derivatives */
#define SINGULAR 1e-4  /* of the relative factor's diagonal, as lme4's isSingular */
#define FEW_GROUPS 50  /* up to which the climb is begun from several places */
#define HIGHER 1e-9    /* of a likelihood, by which another maximum must be higher */
#define LN_2 0.69314718055994530942
#define LOG_2PI 1.8378770664093454836

/* Which of the factor's three numbers each structure moves. */
static const struct {
    size_t n, which[3];
} free_of[] = {
    [ATN_MIXED_INTERCEPT] = { 1, { 0 } },
    [ATN_MIXED_SLOPE] = { 3, { 0, 1, 2 } },
    [ATN_MIXED_DIAGONAL] = { 2, { 0, 2 } },
};

/* Second derivatives as differences of the gradient. */
static void second(const atn_mixed_model *model, const double *theta, const atn_mixed_value *at,
                   double h[][ATN_SMALL_MAX])
{
    size_t n = free_of[model->structure].n;
    const size_t *which = free_of[model->structure].which;
    double full[3][3];
    for (size_t i = 0; i < n; i++) {
        double moved[3] = { theta[0], theta[1], theta[2] }, step;
        atn_mixed_value beside;
        moved[which[i]] += STEP * (1 + fabs(theta[which[i]]));
        step = moved[which[i]] - theta[which[i]];
        atn_mixed_at(model, moved, &beside);
        for (size_t j = 0; j < n; j++)
            full[i][j] = (beside.gradient[which[j]] - at->gradient[which[j]]) / step;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            h[i][j] = (full[i][j] + full[j][i]) / 2;
}

/* Newton's step with the diagonal raised by `more`; 0: that is not positive yet. */
static int solve(double h[][ATN_SMALL_MAX], size_t n, double more, double *step)
{
    double l[ATN_SMALL_MAX][ATN_SMALL_MAX];
    for (size_t i = 0; i < n; i++) {
        memcpy(l[i], h[i], sizeof l[i]);
        l[i][i] += more;
    }
    if (!atn_cholesky(l, n, 1e-9))
        return 0;
    atn_cholesky_solve(l, n, step);
    return 1;
}

/* A step may at most treble the factor. */
static void take_step(const size_t *which, size_t n, const double *theta, const double *step,
                      double *moved)
{
    double length = 0, reach = 1;
    for (size_t i = 0; i < 3; i++)
        reach += fabs(theta[i]);
    for (size_t i = 0; i < n; i++)
        length += fabs(step[i]);
    memcpy(moved, theta, 3 * sizeof *moved);
    for (size_t i = 0; i < n; i++)
        moved[which[i]] += step[i] * fmin(1, 2 * reach / fmax(length, DBL_MIN));
}

/* One accepted step: 1 when it was the last that is worth taking, 0 when not, -1: none is found. */
static int climb(const atn_mixed_model *model, double *theta, atn_mixed_value *value)
{
    size_t n = free_of[model->structure].n;
    const size_t *which = free_of[model->structure].which;
    double h[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 0 } }, more = 0, most = 0;
    second(model, theta, value, h);
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(h[i][i]));
    for (int tries = 0; tries < TRIES; tries++, more = fmax(10 * more, 1e-4 * most)) {
        double step[ATN_SMALL_MAX] = { 0 }, moved[3], expected = 0;
        atn_mixed_value there;
        for (size_t i = 0; i < n; i++)
            step[i] = -value->gradient[which[i]];
        if (!solve(h, n, more, step))
            continue;
        for (size_t i = 0; i < n; i++)
            expected -= step[i] * value->gradient[which[i]];
        take_step(which, n, theta, step, moved);
        atn_mixed_at(model, moved, &there);
        if (!(there.f <= value->f + ROUNDING * fabs(value->f)))
            continue;
        memcpy(theta, moved, sizeof moved);
        *value = there;
        return expected <= SETTLED;
    }
    return -1;
}

int32_t atn_mixed_maximise(const atn_mixed_model *model, double *theta, atn_mixed_value *value)
{
    atn_mixed_at(model, theta, value);
    for (int32_t i = 1; i <= ITERATIONS; i++) {
        int settled = climb(model, theta, value);
        if (settled > 0)
            return i;
        if (settled < 0)
            break;
    }
    value->ssr = NAN;
    return 0;
}

/*
 * Moments: E q1^2 = s2 (1 + r11^2 D00 + 2 r11 r12 D01 + r12^2 D11), E q1 q2 = s2 (r11 r22 D01 +
 * r12 r22 D11), E q2^2 = s2 (1 + r22^2 D11). Kept off the border, where no gradient leads away.
 */
static void start_at(const atn_mixed_model *model, double *theta)
{
    double q11 = 0, q12 = 0, q22 = 0, r11 = 0, r12 = 0, r22 = 0, cross = 0, tilt = 0, level = 0;
    double groups = 0, s2, d00, d01, d11;
    for (size_t g = 0; g < model->n_groups; g++) {
        const double *r = model->stats + g * model->stride, *q = r + 1 + 2 * model->p;
        q11 += q[0] * q[0];
        q12 += q[0] * q[1];
        q22 += q[1] * q[1];
        r11 += r[0] * r[0];
        r12 += r[0] * r[1];
        r22 += r[2] * r[2];
        tilt += r[1] * r[2];
        cross += r[0] * r[2];
        level += r[1] * r[1];
        groups++;
    }
    s2 = model->rest[model->p][model->p] / model->n;
    d11 = r22 > 0 ? fmax(0.01, (q22 / s2 - groups) / r22) : 0.01;
    d01 = r22 > 0 ? (q12 / s2 - d11 * tilt) / cross : 0;
    d00 = fmax(0.01, (q11 / s2 - groups - 2 * d01 * r12 - d11 * level) / r11);
    theta[0] = sqrt(d00);
    theta[1] = fmax(-0.9, fmin(0.9, d01 / sqrt(d00 * d11))) * sqrt(d11);
    theta[2] = sqrt(d11 - theta[1] * theta[1]);
    if (model->structure != ATN_MIXED_SLOPE)
        theta[1] = 0;
    if (model->structure == ATN_MIXED_INTERCEPT)
        theta[2] = 0;
}

/*
 * The likelihood of few groups can have more than one maximum, on the border and off it: climbs
 * from these too, and the highest counts. Many groups are asked again only where no end was found,
 * as in the bent valley that leads to a correlation of 1: the last two go along that border.
 */
static const double other_starts[][3] = {
    { 0.01, 0, 0.01 }, { 1, 0, 0.01 },   { 0.01, 0, 1 },  { 1, 0, 1 },      { 5, 0, 5 },
    { 1, 0.9, 0.1 },   { 1, -0.9, 0.1 }, { 0.1, 0.5, 0 }, { 0.1, -0.5, 0 },
};

static void start_from(const atn_mixed_model *model, const double *start, double *theta)
{
    memset(theta, 0, 3 * sizeof *theta);
    for (size_t k = 0; k < free_of[model->structure].n; k++)
        theta[free_of[model->structure].which[k]] = start[free_of[model->structure].which[k]];
}

/* 1 when a -2 log likelihood is lower than another by more than climbs to one maximum differ. */
static int is_lower(double f, double other)
{
    return f < other - HIGHER * fabs(other);
}

/* A climb that did not settle but came lower than those that did shows that they missed it. */
int32_t atn_mixed_highest(const atn_mixed_model *model, uint64_t n_groups, double *theta,
                          atn_mixed_value *value)
{
    int32_t iterations = atn_mixed_maximise(model, theta, value);
    double lowest = value->f;
    for (size_t i = 0; i < sizeof other_starts / sizeof *other_starts; i++) {
        double from[3];
        atn_mixed_value there;
        int32_t taken;
        if (n_groups > FEW_GROUPS && iterations > 0)
            break;
        start_from(model, other_starts[i], from);
        taken = atn_mixed_maximise(model, from, &there);
        lowest = fmin(lowest, there.f);
        if (taken == 0 || (iterations > 0 && !is_lower(there.f, value->f)))
            continue;
        iterations = taken;
        memcpy(theta, from, sizeof from);
        *value = there;
    }
    if (is_lower(lowest, value->f))
        value->ssr = NAN;
    return iterations;
}

/* The fixed effects back on the columns as given: value = mean + scale * scaled, times 2^e. */
static void give_fixed(atn_mixed *fit, const double *ols, const atn_mixed_value *v)
{
    double turn[ATN_MIXED_P_MAX][ATN_MIXED_P_MAX] = { { 0 } }, s2 = fit->s2;
    const atn_scaled *y = &fit->y;
    turn[0][0] = 1;
    for (size_t c = 1; c < fit->p; c++) {
        const atn_scaled *x = &fit->x[c - 1];
        turn[c][c] = ldexp(1 / x->scale, -x->exponent);
        turn[0][c] = -x->mean / x->scale;
    }
    for (size_t c = 0; c < fit->p; c++) {
        double b = c == 0 ? y->mean / y->scale : 0;
        for (size_t k = c; k < fit->p; k++)
            b += turn[c][k] * (ols[k] + v->beta[k]);
        fit->b[c] = ldexp(b * y->scale, y->exponent);
        for (size_t k = 0; k < fit->p; k++) {
            double sum = 0;
            for (size_t i = c; i < fit->p; i++)
                for (size_t j = k; j < fit->p; j++)
                    sum += turn[c][i] * v->inverse[i][j] * turn[k][j];
            fit->b_cov[c][k] = sum * s2;
        }
    }
}

/* D and its relative factor, back on z as given. */
static void give_random(atn_mixed *fit, const double *theta, int32_t structure)
{
    double a = theta[0], b = theta[1], c = theta[2];
    double scale = ldexp(fit->z.scale, fit->z.exponent), shift = fit->z.mean / fit->z.scale;
    double first = a - shift * b, second_ = shift * c; /* row 0 of the turned factor */
    double d00 = first * first + second_ * second_;
    double d01 = (first * b - second_ * c) / scale, d11 = (b * b + c * c) / scale / scale;
    fit->theta[0] = sqrt(d00);
    fit->theta[1] = d01 / fmax(fit->theta[0], DBL_MIN);
    fit->theta[2] = sqrt(fmax(0, d11 - fit->theta[1] * fit->theta[1]));
    fit->d00 = fit->s2 * d00;
    fit->d01 = structure == ATN_MIXED_INTERCEPT ? NAN : fit->s2 * d01;
    fit->d11 = structure == ATN_MIXED_INTERCEPT ? NAN : fit->s2 * d11;
    fit->singular = fabs(a) < SINGULAR || (structure != ATN_MIXED_INTERCEPT && fabs(c) < SINGULAR);
}

static void give_likelihood(atn_mixed *fit, const atn_mixed_model *model, const atn_mixed_value *v)
{
    double parameters = (double)(fit->p + fit->n_theta + 1), f = v->f;
    f += 2 * model->df * (log(fit->y.scale) + fit->y.exponent * LN_2);
    f += model->df * (1 + LOG_2PI - log(model->df));
    for (size_t c = 1; model->reml && c < fit->p; c++)
        f += 2 * (log(fit->x[c - 1].scale) + fit->x[c - 1].exponent * LN_2);
    fit->log_likelihood = -f / 2;
    fit->aic = f + 2 * parameters;
    fit->bic = f + parameters * log(model->n);
}

/* Variances are squares: of scores beyond 1e154 or below 1e-154 a double cannot hold them.
   A climb that did not settle left NaN. */
static int holds(const atn_mixed *fit)
{
    double sum = fit->s2 + fit->d00;
    for (size_t c = 0; c < fit->p; c++)
        sum += fit->b_cov[c][c];
    return fit->s2 >= DBL_MIN && isfinite(sum) &&
           (isnan(fit->d11) || isfinite(fit->d11 + fabs(fit->d01)));
}

static attune_status give(atn_mixed *fit, const atn_mixed_model *model, const double *ols,
                          const double *theta, const atn_mixed_value *v, attune_error *err)
{
    fit->stats = model->stats;
    memcpy(fit->factor, theta, sizeof fit->factor);
    memcpy(fit->beta, v->beta, sizeof fit->beta);
    fit->n_theta = free_of[model->structure].n;
    fit->s2 = ldexp(v->ssr / model->df * fit->y.scale * fit->y.scale, 2 * fit->y.exponent);
    give_fixed(fit, ols, v);
    give_random(fit, theta, model->structure);
    give_likelihood(fit, model, v);
    if (!holds(fit))
        return atn_fail(err, ATTUNE_E_NUMERIC, "fit",
                        "expected a likelihood with a maximum, and squares that a double holds");
    return ATTUNE_OK;
}

attune_status atn_mixed_fit(const atn_mixed_data *data, double *work, atn_mixed *fit,
                            attune_error *err)
{
    atn_mixed found = { .p = 0 };
    atn_mixed_model model;
    atn_mixed_value value;
    double ols[ATN_MIXED_P_MAX], theta[3];
    attune_status status = atn_mixed_take(data, work, &found, &model, ols, err);
    if (status != ATTUNE_OK)
        return status;
    start_at(&model, theta);
    found.iterations = atn_mixed_highest(&model, found.n_groups, theta, &value);
    status = give(&found, &model, ols, theta, &value, err);
    if (status == ATTUNE_OK)
        *fit = found;
    return status;
}

/* From the scaled columns to those given: u0 - shift u1 and u1 over the scale of z. */
static void turn_effect(const atn_mixed *fit, double *u, double *var)
{
    double scale = ldexp(fit->z.scale, fit->z.exponent), shift = fit->z.mean / fit->z.scale;
    u[0] -= shift * u[1];
    u[1] /= scale;
    var[0] += shift * (shift * var[2] - 2 * var[1]);
    var[1] = (var[1] - shift * var[2]) / scale;
    var[2] = var[2] / scale / scale;
}

/* u = D R' K^-1 (q_y - Q_x beta); variance s2 L (I + B'B)^-1 L', L the relative factor. */
void atn_mixed_effect_at(const atn_mixed *fit, size_t g, atn_mixed_effect *effect)
{
    const double *r = fit->stats + g * (3 + 2 * fit->p), *theta = fit->factor;
    const atn_mixed_factor k = atn_mixed_factor_of(r, theta);
    double q[2] = { r[1 + 2 * fit->p] - r[0] * fit->beta[0], r[2 + 2 * fit->p] }, spread[4], h[2];
    double y = ldexp(fit->y.scale, fit->y.exponent), s2 = fit->s2 / (1 + k.grown);
    double m11 = 1 + k.b12 * k.b12 + k.b22 * k.b22, m12 = -(k.b11 * k.b12 + k.b21 * k.b22);
    double m22 = 1 + k.b11 * k.b11 + k.b21 * k.b21; /* (I + B'B)^-1, but for the determinant */
    double u[2], var[3], pulled, v = theta[1] * m11 + theta[2] * m12;
    for (size_t c = 1; c < fit->p; c++) {
        q[0] -= r[1 + 2 * c] * fit->beta[c];
        q[1] -= r[2 + 2 * c] * fit->beta[c];
    }
    atn_mixed_spread(&k, q, spread);
    atn_mixed_pull(r, &k, spread, h);
    pulled = theta[0] * h[0] + theta[1] * h[1];
    u[0] = y * theta[0] * pulled;
    u[1] = y * (theta[1] * pulled + theta[2] * theta[2] * h[1]);
    var[0] = s2 * theta[0] * theta[0] * m11;
    var[1] = s2 * theta[0] * v;
    var[2] = s2 * (theta[1] * v + theta[2] * (theta[1] * m12 + theta[2] * m22));
    turn_effect(fit, u, var);
    *effect = (atn_mixed_effect) { u[0], u[1], var[0], var[2], var[1] };
    if (fit->n_theta == 1)
        effect->u1 = effect->var_u1 = effect->cov_u0_u1 = NAN;
}
