/* The profiled likelihood of a mixed model at one factor, with its gradient: linear in groups. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/response/mixed_parts.h"

#include <math.h>
#include <string.h>

#define BLOCK 256 /* groups that are summed before they are added to the rest: keeps digits */

typedef double square[ATN_MIXED_COLUMNS][ATN_MIXED_COLUMNS];

/* Sums over groups: products under V^-1, of the pulled columns in each pair of effects, R'K^-1R. */
typedef struct sums {
    square a, h11, h12, h22;
    double s11, s12, s22, log_det;
} sums;

static void add_square(square to, square from, size_t columns)
{
    for (size_t c = 0; c < columns; c++)
        for (size_t k = 0; k <= c; k++)
            to[c][k] += from[c][k];
}

static void add_sums(sums *to, sums *from, size_t columns)
{
    add_square(to->a, from->a, columns);
    add_square(to->h11, from->h11, columns);
    add_square(to->h12, from->h12, columns);
    add_square(to->h22, from->h22, columns);
    to->s11 += from->s11;
    to->s12 += from->s12;
    to->s22 += from->s22;
    to->log_det += from->log_det;
}

/* The group's random columns are R's own: (r11, 0) and (r12, r22). */
static void add_random(sums *s, const double *r, const atn_mixed_factor *k)
{
    double first[2] = { r[0], 0 }, second[2] = { r[1], r[2] }, spread[4], pulled[2];
    atn_mixed_spread(k, first, spread);
    atn_mixed_pull(r, k, spread, pulled);
    s->s11 += pulled[0];
    s->s12 += pulled[1];
    atn_mixed_spread(k, second, spread);
    atn_mixed_pull(r, k, spread, pulled);
    s->s22 += pulled[1];
    s->log_det += log1p(k->grown);
}

static void add_group(sums *s, const double *stats, const double *theta, size_t columns)
{
    const atn_mixed_factor k = atn_mixed_factor_of(stats, theta);
    const double constant[2] = { stats[0], 0 };
    double spread[ATN_MIXED_COLUMNS][4], pulled[ATN_MIXED_COLUMNS][2], weight = 1 / (1 + k.grown);
    for (size_t c = 0; c < columns; c++) {
        atn_mixed_spread(&k, c > 0 ? stats + 1 + 2 * c : constant, spread[c]);
        atn_mixed_pull(stats, &k, spread[c], pulled[c]);
        for (size_t j = 0; j <= c; j++) {
            s->a[c][j] += weight * (spread[c][0] * spread[j][0] + spread[c][1] * spread[j][1] +
                                    spread[c][2] * spread[j][2] + spread[c][3] * spread[j][3]);
            s->h11[c][j] += pulled[c][0] * pulled[j][0];
            s->h22[c][j] += pulled[c][1] * pulled[j][1];
            s->h12[c][j] += (pulled[c][0] * pulled[j][1] + pulled[c][1] * pulled[j][0]) / 2;
        }
    }
    add_random(s, stats, &k);
}

static void sum_groups(const atn_mixed_model *model, const double *theta, sums *total)
{
    size_t columns = model->p + 1;
    memset(total, 0, sizeof *total);
    memcpy(total->a, model->rest, sizeof total->a);
    for (size_t from = 0; from < model->n_groups; from += BLOCK) {
        size_t to = model->n_groups - from < BLOCK ? model->n_groups : from + BLOCK;
        sums block;
        memset(&block, 0, sizeof block);
        for (size_t g = from; g < to; g++)
            add_group(&block, model->stats + g * model->stride, theta, columns);
        add_sums(total, &block, columns);
    }
}

/* c'Hc of the residual's contrast c = (-beta, 1). */
static double of_residual(square h, const double *beta, size_t p)
{
    double sum = h[p][p];
    for (size_t c = 0; c < p; c++) {
        sum -= 2 * beta[c] * h[p][c];
        for (size_t k = 0; k <= c; k++)
            sum += (k < c ? 2 : 1) * beta[c] * beta[k] * h[c][k];
    }
    return sum;
}

/* tr(A^-1 H) over the fixed effects. */
static double trace(double inverse[][ATN_SMALL_MAX], square h, size_t p)
{
    double sum = 0;
    for (size_t c = 0; c < p; c++)
        for (size_t k = 0; k <= c; k++)
            sum += (k < c ? 2 : 1) * inverse[c][k] * h[c][k];
    return sum;
}

/* The derivative by an element of D. */
static double slope_of(const atn_mixed_model *model, const atn_mixed_value *v, square h, double s)
{
    double inverse[ATN_SMALL_MAX][ATN_SMALL_MAX];
    memcpy(inverse, v->inverse, sizeof inverse);
    return s - model->df / v->ssr * of_residual(h, v->beta, model->p) -
           (model->reml ? trace(inverse, h, model->p) : 0);
}

static void profile(const atn_mixed_model *model, sums *s, atn_mixed_value *v)
{
    double l[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 0 } };
    size_t p = model->p;
    memset(v, 0, sizeof *v);
    for (size_t c = 0; c < p; c++) {
        v->beta[c] = s->a[p][c];
        memcpy(l[c], s->a[c], (c + 1) * sizeof *l[c]);
    }
    /* Independent columns: V^-1 is positive, and a loss of all digits shows as NaN in f. */
    (void)atn_cholesky(l, p, -INFINITY);
    atn_cholesky_solve(l, p, v->beta);
    atn_cholesky_invert(l, p, v->inverse);
    v->log_det_x = atn_cholesky_log_det(l, p);
    v->ssr = s->a[p][p];
    for (size_t c = 0; c < p; c++)
        v->ssr -= v->beta[c] * s->a[p][c];
    v->ssr = fmax(v->ssr, model->least_ssr);
    v->f = model->df * log(v->ssr) + s->log_det + (model->reml ? v->log_det_x : 0);
}

void atn_mixed_at(const atn_mixed_model *model, const double *theta, atn_mixed_value *value)
{
    sums s;
    double g11, g12, g22;
    sum_groups(model, theta, &s);
    profile(model, &s, value);
    g11 = slope_of(model, value, s.h11, s.s11);
    g12 = slope_of(model, value, s.h12, s.s12);
    g22 = slope_of(model, value, s.h22, s.s22);
    value->gradient[0] = 2 * (g11 * theta[0] + g12 * theta[1]);
    value->gradient[1] = 2 * (g12 * theta[0] + g22 * theta[1]);
    value->gradient[2] = 2 * g22 * theta[2];
}
