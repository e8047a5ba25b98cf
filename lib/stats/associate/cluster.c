/* Least squares by the normal equations of scaled columns, refined once, and its sandwich. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/cluster.h"

#include <math.h>
#include <string.h>

#define COLLINEAR 1e-10 /* of a column's squares, left by the columns before it */

/* Row i with the constant first; 0: its y is missing. */
static int row_at(const atn_cluster_data *d, uint64_t i, double *row)
{
    row[0] = 1;
    for (size_t c = 0; c < d->n_x; c++)
        row[c + 1] = d->x[c][i];
    return !isnan(d->y[i]);
}

static double residual(const atn_cluster_data *d, uint64_t i, const double *row, const double *b)
{
    double e = d->y[i];
    for (size_t c = 0; c <= d->n_x; c++)
        e -= row[c] * b[c];
    return e;
}

static void add_products(const atn_cluster_data *d, double a[][ATN_SMALL_MAX], atn_cluster *fit)
{
    double row[ATN_SMALL_MAX];
    for (size_t g = 0; g < d->n_clusters; g++) {
        uint64_t before = fit->n;
        for (uint64_t i = d->starts[g]; i < d->starts[g + 1]; i++) {
            if (!row_at(d, i, row))
                continue;
            fit->n++;
            for (size_t c = 0; c <= d->n_x; c++)
                for (size_t k = 0; k <= c; k++)
                    a[c][k] += row[c] * row[k];
        }
        fit->clusters += fit->n > before;
    }
}

/* One step towards the solution: what the present residuals still hold of the columns. */
static void improve(const atn_cluster_data *d, double l[][ATN_SMALL_MAX], double *b)
{
    double row[ATN_SMALL_MAX], step[ATN_SMALL_MAX] = { 0 };
    for (uint64_t i = d->starts[0]; i < d->starts[d->n_clusters]; i++) {
        if (!row_at(d, i, row))
            continue;
        double e = residual(d, i, row, b);
        for (size_t c = 0; c <= d->n_x; c++)
            step[c] += row[c] * e;
    }
    atn_cholesky_solve(l, d->n_x + 1, step);
    for (size_t c = 0; c <= d->n_x; c++)
        b[c] += step[c];
}

/* Sum over clusters of s s', s the cluster's sum of its rows times their residuals. */
static void meat_of(const atn_cluster_data *d, atn_cluster *fit, double meat[][ATN_SMALL_MAX])
{
    double row[ATN_SMALL_MAX];
    for (size_t g = 0; g < d->n_clusters; g++) {
        double s[ATN_SMALL_MAX] = { 0 };
        for (uint64_t i = d->starts[g]; i < d->starts[g + 1]; i++) {
            if (!row_at(d, i, row))
                continue;
            double e = residual(d, i, row, fit->b);
            fit->sse += e * e;
            for (size_t c = 0; c <= d->n_x; c++)
                s[c] += row[c] * e;
        }
        for (size_t c = 0; c <= d->n_x; c++)
            for (size_t k = 0; k <= d->n_x; k++)
                meat[c][k] += s[c] * s[k];
    }
}

/* inverse * meat * inverse */
static void sandwich(double inverse[][ATN_SMALL_MAX], double meat[][ATN_SMALL_MAX], size_t p,
                     double cov[][ATN_SMALL_MAX])
{
    for (size_t c = 0; c < p; c++)
        for (size_t k = 0; k < p; k++) {
            cov[c][k] = 0;
            for (size_t i = 0; i < p; i++)
                for (size_t j = 0; j < p; j++)
                    cov[c][k] += inverse[c][i] * meat[i][j] * inverse[j][k];
        }
}

int atn_cluster_fit(const atn_cluster_data *data, atn_cluster *fit)
{
    double a[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 0 } }, meat[ATN_SMALL_MAX][ATN_SMALL_MAX];
    double inverse[ATN_SMALL_MAX][ATN_SMALL_MAX];
    size_t p = data->n_x + 1;
    memset(fit, 0, sizeof *fit);
    memset(meat, 0, sizeof meat);
    add_products(data, a, fit);
    if (!atn_cholesky(a, p, COLLINEAR))
        return 0;
    improve(data, a, fit->b);
    improve(data, a, fit->b);
    meat_of(data, fit, meat);
    atn_cholesky_invert(a, p, inverse);
    sandwich(inverse, meat, p, fit->cov);
    return 1;
}
