/* Rows to groups' projections: scaled columns, least squares, then each group on (1, z). */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/response/mixed_parts.h"

#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define NOISE (8.0 * DBL_EPSILON) /* of a value, against the largest: a few roundings */
#define COLLINEAR 1e-10           /* of a column's variance, left by the columns before it */
#define EXACT 1e-14               /* of the variance of y, left by lines that fit exactly */

size_t atn_mixed_work(size_t n_groups, size_t n_x)
{
    return atn_product(n_groups, 3 + 2 * (n_x + 1));
}

typedef struct taking {
    const atn_mixed_data *data;
    atn_mixed *fit;
    const double *z;                   /* NULL: no random slope */
    double inverse[ATN_MIXED_COLUMNS]; /* scaled = value * unit[c] - mean[c] times inverse[c] */
    double unit[ATN_MIXED_COLUMNS], mean[ATN_MIXED_COLUMNS];
    double z_unit, z_mean, z_inverse;
    double ols[ATN_MIXED_P_MAX];
    double noise; /* of a scaled y */
} taking;

static int is_used(const atn_mixed_data *data, uint64_t i)
{
    return !isnan(data->y[i]);
}

static int moves_in(const double *z, const double *y, uint64_t from, uint64_t to)
{
    double low = INFINITY, high = -INFINITY;
    for (uint64_t i = from; i < to; i++) {
        low = isnan(y[i]) ? low : fmin(low, z[i]);
        high = isnan(y[i]) ? high : fmax(high, z[i]);
    }
    return low < high;
}

/* Rows and groups that count, and rows beyond what the groups' own lines take. */
static attune_status count(taking *t, attune_error *err)
{
    const atn_mixed_data *d = t->data;
    uint64_t spare = 0;
    t->fit->n_rows = t->fit->n_groups = 0;
    for (size_t g = 0; g < d->n_groups; g++) {
        uint64_t n = 0, wants = 1;
        for (uint64_t i = d->starts[g]; i < d->starts[g + 1]; i++)
            n += is_used(d, i) ? 1u : 0u;
        wants += t->z && moves_in(t->z, d->y, d->starts[g], d->starts[g + 1]) ? 1u : 0u;
        spare += n > wants ? n - wants : 0;
        t->fit->n_rows += n;
        t->fit->n_groups += n > 0 ? 1u : 0u;
    }
    if (t->fit->n_groups < 2)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "groups", "expected rows of two groups or more");
    if (spare == 0 || t->fit->n_rows < t->fit->p + 2)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "rows",
                        "expected a group with more rows than its own line takes");
    return ATTUNE_OK;
}

/* Mean and SD of a column, on a scale where no square can overflow; the largest value too. */
static double scale_column(const taking *t, const double *v, atn_scaled *scaled)
{
    const atn_mixed_data *d = t->data;
    uint64_t end = d->starts[d->n_groups];
    double largest = 0, unit, sum = 0, left = 0, squares = 0, n = (double)t->fit->n_rows;
    int exponent;
    for (uint64_t i = d->starts[0]; i < end; i++)
        largest = is_used(d, i) ? fmax(largest, fabs(v[i])) : largest;
    (void)frexp(largest, &exponent);
    scaled->exponent = exponent > 1000 ? 1000 : exponent < -1000 ? -1000 : exponent;
    unit = ldexp(1.0, -scaled->exponent);
    for (uint64_t i = d->starts[0]; i < end; i++)
        sum += is_used(d, i) ? v[i] * unit : 0;
    scaled->mean = sum / n;
    for (uint64_t i = d->starts[0]; i < end; i++) {
        double off = is_used(d, i) ? v[i] * unit - scaled->mean : 0;
        left += off;
        squares += off * off;
    }
    /* What rounding left of the mean is taken back. */
    scaled->mean += left / n;
    scaled->scale = sqrt(fmax(0, squares - left * left / n) / n);
    return largest * unit;
}

static int scale_to(taking *t, size_t column, const double *v, atn_scaled *scaled)
{
    double largest = scale_column(t, v, scaled);
    t->unit[column] = ldexp(1.0, -scaled->exponent);
    t->mean[column] = scaled->mean;
    if (!(scaled->scale > NOISE * largest))
        return 0;
    t->inverse[column] = 1 / scaled->scale;
    t->noise = NOISE * largest / scaled->scale;
    return 1;
}

/* z is centred where that only turns D about, and keeps its 0 where the 0 means something. */
static void scale_slope(taking *t)
{
    atn_scaled *z = &t->fit->z;
    *z = (atn_scaled) { 0, 1, 0 };
    if (t->z)
        (void)scale_column(t, t->z, z);
    if (t->data->structure == ATN_MIXED_DIAGONAL)
        z->mean = 0;
    z->scale = z->scale > 0 ? z->scale : 1;
    t->z_unit = ldexp(1.0, -z->exponent);
    t->z_mean = z->mean;
    t->z_inverse = 1 / z->scale;
}

/* y last: its noise is the one that is kept. */
static attune_status scale_all(taking *t, attune_error *err)
{
    const atn_mixed_data *d = t->data;
    for (size_t c = 0; c < d->n_x; c++)
        if (!scale_to(t, c + 1, d->x[c], &t->fit->x[c]))
            return atn_fail_at(err, ATTUNE_E_NUMERIC, c, "x", "expected a column that varies");
    scale_slope(t);
    if (!scale_to(t, d->n_x + 1, d->y, &t->fit->y))
        return atn_fail(err, ATTUNE_E_NUMERIC, "residual", "expected scores that vary");
    return ATTUNE_OK;
}

static double scaled_at(const taking *t, size_t column, const double *v, uint64_t i)
{
    return (v[i] * t->unit[column] - t->mean[column]) * t->inverse[column];
}

/* Row i: the x, and y less what `ols` says of it. */
static void row_at(const taking *t, uint64_t i, double *row)
{
    size_t n_x = t->data->n_x;
    double y = scaled_at(t, n_x + 1, t->data->y, i) - t->ols[0];
    for (size_t c = 1; c <= n_x; c++) {
        row[c] = scaled_at(t, c, t->data->x[c - 1], i);
        y -= t->ols[c] * row[c];
    }
    row[n_x + 1] = y;
}

static double slope_at(const taking *t, uint64_t i)
{
    return t->z ? (t->z[i] * t->z_unit - t->z_mean) * t->z_inverse : 0;
}

/* Least squares of the scaled columns; what it leaves in y is made exact by the fit to come. */
static attune_status least_squares(taking *t, attune_error *err)
{
    const atn_mixed_data *d = t->data;
    double a[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 0 } }, b[ATN_SMALL_MAX] = { 0 };
    double row[ATN_MIXED_COLUMNS];
    row[0] = 1;
    for (uint64_t i = d->starts[0]; i < d->starts[d->n_groups]; i++) {
        if (!is_used(d, i))
            continue;
        row_at(t, i, row);
        for (size_t c = 0; c < t->fit->p; c++) {
            b[c] += row[c] * row[d->n_x + 1];
            for (size_t k = 0; k <= c; k++)
                a[c][k] += row[c] * row[k];
        }
    }
    if (!atn_cholesky(a, t->fit->p, COLLINEAR))
        return atn_fail(err, ATTUNE_E_NUMERIC, "x",
                        "expected columns that do not depend on each "
                        "other");
    atn_cholesky_solve(a, t->fit->p, b);
    memcpy(t->ols, b, t->fit->p * sizeof *b);
    return ATTUNE_OK;
}

/* Means of a group's rows: of the x, of y and, first, of z; how many rows. */
static double group_means(const taking *t, uint64_t from, uint64_t to, double *mean)
{
    double n = 0, row[ATN_MIXED_COLUMNS];
    memset(mean, 0, ATN_MIXED_COLUMNS * sizeof *mean);
    for (uint64_t i = from; i < to; i++) {
        if (!is_used(t->data, i))
            continue;
        row_at(t, i, row);
        row[0] = slope_at(t, i);
        for (size_t c = 0; c <= t->fit->p; c++)
            mean[c] += row[c];
        n++;
    }
    for (size_t c = 0; n > 0 && c <= t->fit->p; c++)
        mean[c] /= n;
    return n;
}

/* Products of a group's columns with z, both about their means; of z with itself first. */
static void group_slopes(const taking *t, uint64_t from, uint64_t to, const double *mean,
                         double *product)
{
    double row[ATN_MIXED_COLUMNS];
    memset(product, 0, ATN_MIXED_COLUMNS * sizeof *product);
    for (uint64_t i = from; i < to; i++) {
        if (!is_used(t->data, i))
            continue;
        double z = slope_at(t, i) - mean[0];
        row_at(t, i, row);
        product[0] += z * z;
        for (size_t c = 1; c <= t->fit->p; c++)
            product[c] += z * (row[c] - mean[c]);
    }
}

static void add_rest(const taking *t, uint64_t from, uint64_t to, const double *mean,
                     const double *slope, atn_mixed_model *model)
{
    double row[ATN_MIXED_COLUMNS];
    for (uint64_t i = from; i < to; i++) {
        if (!is_used(t->data, i))
            continue;
        double z = slope_at(t, i) - mean[0];
        row_at(t, i, row);
        for (size_t c = 1; c <= t->fit->p; c++) {
            row[c] -= mean[c] + slope[c] * z;
            for (size_t k = 1; k <= c; k++)
                model->rest[c][k] += row[c] * row[k];
        }
    }
}

static void project(const taking *t, size_t g, double *stats, atn_mixed_model *model)
{
    uint64_t from = t->data->starts[g], to = t->data->starts[g + 1];
    double mean[ATN_MIXED_COLUMNS], product[ATN_MIXED_COLUMNS];
    double n = group_means(t, from, to, mean);
    int moves;
    group_slopes(t, from, to, mean, product);
    moves = t->z && moves_in(t->z, t->data->y, from, to) && product[0] > 0;
    stats[0] = sqrt(n);
    stats[1] = stats[0] * mean[0];
    stats[2] = moves ? sqrt(product[0]) : 0;
    for (size_t c = 1; c <= t->fit->p; c++) {
        stats[1 + 2 * c] = stats[0] * mean[c];
        stats[2 + 2 * c] = moves ? product[c] / stats[2] : 0;
        product[c] = moves ? product[c] / product[0] : 0;
    }
    add_rest(t, from, to, mean, product, model);
}

/* What of the rest of y no x explains: no D and no fixed effect makes the residual smaller. */
static double least_ssr(const atn_mixed_model *model)
{
    double a[ATN_MIXED_COLUMNS][ATN_MIXED_COLUMNS];
    size_t p = model->p;
    memcpy(a, model->rest, sizeof a);
    for (size_t j = 1; j < p; j++)
        for (size_t i = j + 1; i <= p && a[j][j] > COLLINEAR * model->n; i++)
            for (size_t k = i; k <= p; k++)
                a[k][i] -= a[i][j] * a[k][j] / a[j][j];
    return a[p][p];
}

attune_status atn_mixed_take(const atn_mixed_data *data, double *work, atn_mixed *fit,
                             atn_mixed_model *model, double *ols, attune_error *err)
{
    taking t = { .data = data, .fit = fit };
    attune_status status;
    t.z = data->structure == ATN_MIXED_INTERCEPT ? NULL : data->z;
    fit->p = data->n_x + 1;
    status = count(&t, err);
    if (status == ATTUNE_OK)
        status = scale_all(&t, err);
    if (status == ATTUNE_OK)
        status = least_squares(&t, err);
    if (status != ATTUNE_OK)
        return status;
    *model = (atn_mixed_model) {
        .stats = work,
        .n_groups = data->n_groups,
        .stride = 3 + 2 * fit->p,
        .p = fit->p,
        .n = (double)fit->n_rows,
        .df = (double)fit->n_rows - (data->reml ? (double)fit->p : 0),
        .reml = data->reml,
        .structure = data->structure,
    };
    for (size_t g = 0; g < data->n_groups; g++)
        project(&t, g, work + g * model->stride, model);
    model->least_ssr = least_ssr(model);
    if (!(model->least_ssr > model->n * fmax(EXACT, t.noise * t.noise)))
        return atn_fail(err, ATTUNE_E_NUMERIC, "residual", "expected scores off their own lines");
    memcpy(ols, t.ols, sizeof t.ols);
    return ATTUNE_OK;
}
