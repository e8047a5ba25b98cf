/* Estimating equations: rows made uncorrelated, r from moments, errors that few do not bend. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/gee.h"

#include "lib/stats/associate/parts.h"

#include <string.h>

#define COLLINEAR 1e-10 /* of a column's squares, left by the columns before it */
#define EXACT 1e-20     /* of the squares of y, left by a perfect fit */
#define ITERATIONS 200  /* between coefficients and r; ten are usual */
#define SETTLED 1e-12   /* of r, from one to the next */
#define COLUMNS (ATN_SMALL_MAX + 1)

typedef double products[COLUMNS][COLUMNS]; /* of the constant, the x, and what is left of y */

/* Sums over what is left of y: squares, products of two rows of a cluster, and their counts. */
typedef struct moments {
    double n, squares, pairs, cross, longest;
} moments;

/* Row i, with what b leaves of y last; 0: its y is missing. */
static int row_at(const atn_gee_data *d, const double *b, uint64_t i, double *row)
{
    size_t p = d->n_x + 1;
    row[0] = 1;
    row[p] = d->y[i] - b[0];
    for (size_t c = 1; c < p; c++) {
        row[c] = d->x[c - 1][i];
        row[p] -= row[c] * b[c];
    }
    return !isnan(d->y[i]);
}

static double means_of(const atn_gee_data *d, const double *b, size_t g, double *mean)
{
    double row[COLUMNS], n = 0;
    for (uint64_t i = d->starts[g]; i < d->starts[g + 1]; i++) {
        if (!row_at(d, b, i, row))
            continue;
        for (size_t c = 0; c <= d->n_x + 1; c++)
            mean[c] += row[c];
        n++;
    }
    for (size_t c = 0; c <= d->n_x + 1; c++)
        mean[c] /= fmax(n, 1);
    return n;
}

static void add_row(const double *row, const double *lead, double part, size_t columns, products to)
{
    double white[COLUMNS], spread = sqrt((1 - part) * (1 + part));
    for (size_t c = 0; c < columns; c++)
        white[c] = (row[c] - part * lead[c]) / spread;
    for (size_t c = 0; c < columns; c++)
        for (size_t k = 0; k < columns; k++)
            to[c][k] += white[c] * white[k];
}

/* Rows less what the row before says of them: r to the power of the sessions between them. */
static void add_in_order(const atn_gee_data *d, const double *b, double r, size_t g, products to)
{
    double row[COLUMNS], lead[COLUMNS] = { 0 };
    int32_t before = 0, known = 0;
    for (uint64_t i = d->starts[g]; i < d->starts[g + 1]; i++) {
        if (!row_at(d, b, i, row))
            continue;
        add_row(row, lead, known ? pow(r, d->session[i] - before) : 0, d->n_x + 2, to);
        memcpy(lead, row, sizeof lead);
        before = d->session[i];
        known = 1;
    }
}

/* Products of rows about the part of their mean that is shared, over 1 - r. */
static void add_alike(const atn_gee_data *d, const double *b, double r, size_t g, products to)
{
    double row[COLUMNS], mean[COLUMNS] = { 0 }, n = means_of(d, b, g, mean);
    double part = 1 - sqrt((1 - r) / (1 + (n - 1) * r));
    for (uint64_t i = d->starts[g]; i < d->starts[g + 1]; i++) {
        if (!row_at(d, b, i, row))
            continue;
        for (size_t c = 0; c < d->n_x + 2; c++)
            row[c] = (row[c] - part * mean[c]) / sqrt(1 - r);
        add_row(row, mean, 0, d->n_x + 2, to);
    }
}

static void add_cluster(const atn_gee_data *d, const double *b, double r, size_t g, products to)
{
    if (d->working == ATN_GEE_AR1)
        add_in_order(d, b, r, g, to);
    else
        add_alike(d, b, r, g, to);
}

/* Of one cluster: all pairs of rows, or those of two sessions in a row. */
static void add_moments(const atn_gee_data *d, const double *b, size_t g, moments *m)
{
    double row[COLUMNS], sum = 0, squares = 0, n = 0, last = 0;
    int32_t before = INT32_MIN;
    for (uint64_t i = d->starts[g]; i < d->starts[g + 1]; i++) {
        double e;
        if (!row_at(d, b, i, row))
            continue;
        e = row[d->n_x + 1];
        if (d->working == ATN_GEE_AR1 && d->session[i] - 1 == before) {
            m->cross += e * last;
            m->pairs++;
        }
        before = d->session[i];
        last = e;
        sum += e;
        squares += e * e;
        n++;
    }
    if (d->working == ATN_GEE_EXCHANGEABLE) {
        m->cross += (sum * sum - squares) / 2;
        m->pairs += n * (n - 1) / 2;
    }
    m->n += n;
    m->squares += squares;
    m->longest = fmax(m->longest, n);
}

static moments moments_of(const atn_gee_data *d, const double *b)
{
    moments m = { 0 };
    for (size_t g = 0; g < d->n_clusters; g++)
        add_moments(d, b, g, &m);
    return m;
}

static double correlation_of(const atn_gee_data *d, const moments *m)
{
    double p = (double)d->n_x + 1;
    if (d->working == ATN_GEE_INDEPENDENT)
        return 0;
    return m->cross / (m->pairs - p) / (m->squares / (m->n - p));
}

/* 1 when such correlations are those of some rows. */
static int can_be(const atn_gee_data *d, double r, double longest)
{
    double least = d->working == ATN_GEE_EXCHANGEABLE ? -1 / fmax(longest - 1, 1) : -1;
    return r > least + SETTLED && r < 1 - SETTLED;
}

static void sum_clusters(const atn_gee_data *d, const double *b, double r, products sum)
{
    memset(sum, 0, sizeof(products));
    for (size_t g = 0; g < d->n_clusters; g++)
        add_cluster(d, b, r, g, sum);
}

/* The coefficients at r; how far the residuals' squares came down of them. NaN: columns depend. */
static double improve(const atn_gee_data *d, double r, double *b)
{
    products sum;
    double l[ATN_SMALL_MAX][ATN_SMALL_MAX], step[ATN_SMALL_MAX], gain = 0;
    size_t p = d->n_x + 1;
    sum_clusters(d, b, r, sum);
    for (size_t c = 0; c < p; c++) {
        memcpy(l[c], sum[c], sizeof l[c]);
        step[c] = sum[p][c];
    }
    if (!atn_cholesky(l, p, COLLINEAR))
        return NAN;
    atn_cholesky_solve(l, p, step);
    for (size_t c = 0; c < p; c++) {
        gain += step[c] * sum[p][c];
        b[c] += step[c];
    }
    return gain;
}

/* Sum of u u', u = (A - A_g)^-1 s_g: what the coefficients would move by without cluster g. */
static int put_errors(const atn_gee_data *d, atn_gee *fit)
{
    products sum;
    size_t p = d->n_x + 1;
    sum_clusters(d, fit->b, fit->r, sum);
    for (size_t g = 0; g < d->n_clusters; g++) {
        products own = { { 0 } };
        double l[ATN_SMALL_MAX][ATN_SMALL_MAX], u[ATN_SMALL_MAX];
        add_cluster(d, fit->b, fit->r, g, own);
        for (size_t c = 0; c < p; c++) {
            u[c] = own[p][c];
            for (size_t k = 0; k <= c; k++)
                l[c][k] = sum[c][k] - own[c][k];
        }
        if (!atn_cholesky(l, p, COLLINEAR))
            return 0;
        atn_cholesky_solve(l, p, u);
        for (size_t c = 0; c < p; c++)
            for (size_t k = 0; k < p; k++)
                fit->cov[c][k] += u[c] * u[k];
    }
    return 1;
}

static void count(const atn_gee_data *d, atn_gee *fit)
{
    for (size_t g = 0; g < d->n_clusters; g++) {
        uint64_t before = fit->n;
        for (uint64_t i = d->starts[g]; i < d->starts[g + 1]; i++)
            fit->n += isnan(d->y[i]) ? 0 : 1;
        fit->clusters += fit->n > before;
    }
}

/* To and fro between the coefficients and r; 1 when neither moves any more. */
static int settle(const atn_gee_data *d, atn_gee *fit)
{
    for (int i = 0; i < ITERATIONS; i++) {
        double gain = improve(d, fit->r, fit->b), before = fit->r;
        const moments m = moments_of(d, fit->b);
        fit->r = correlation_of(d, &m);
        if (!can_be(d, fit->r, m.longest))
            return 0;
        if (fabs(fit->r - before) <= SETTLED && gain <= SETTLED * SETTLED * m.squares)
            return 1;
    }
    return 0;
}

const char *atn_gee_fit(const atn_gee_data *data, atn_gee *fit)
{
    const double none[ATN_SMALL_MAX] = { 0 };
    double p = (double)data->n_x + 1;
    moments at_first = moments_of(data, none), left;
    memset(fit, 0, sizeof *fit);
    count(data, fit);
    if (at_first.n <= p || fit->clusters <= data->n_x + 1 ||
        (data->working != ATN_GEE_INDEPENDENT && at_first.pairs <= p))
        return atn_few;
    if (isnan(improve(data, 0, fit->b)))
        return atn_no_model;
    left = moments_of(data, fit->b);
    if (!(left.squares > EXACT * at_first.squares))
        return atn_perfect;
    return settle(data, fit) && put_errors(data, fit) ? NULL : atn_no_model;
}
