/* Least squares of many columns: Householder QR, refined with doubled residuals. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/lsq.h"

#include <float.h>
#include <math.h>

#define ROUNDS_MAX 5 /* each takes off three digits or more where the rank is full */

/* A sum kept in two doubles (Dekker 1971; products exact by fma). */
typedef struct twofold {
    double high, low;
} twofold;

static void add(twofold *sum, double value)
{
    double high = sum->high + value, part = high - sum->high;
    sum->low += (sum->high - (high - part)) + (value - part);
    sum->high = high;
}

static void add_product(twofold *sum, double a, double b)
{
    double product = a * b;
    add(sum, product);
    sum->low += fma(a, b, -product);
}

size_t atn_lsq_size(size_t n, size_t p)
{
    return (n * p + 3 * n + 5 * p) * sizeof(double) + p * sizeof(size_t);
}

static void lay_out(atn_lsq *fit, const atn_lsq_given *given, void *work)
{
    size_t n = given->n, p = given->p;
    double *next = work;
    *fit = (atn_lsq) { .n = n, .p = p, .q = next, .b = next + n * p };
    fit->diagonal = fit->b + p;
    fit->scale = fit->diagonal + p;
    fit->g = fit->scale + p; /* p, and p more for the solution */
    fit->e = fit->g + 2 * p;
    fit->f = fit->e + n;
    fit->v = fit->f + n;
    fit->order = (size_t *)(void *)(fit->v + n);
}

/* Euclid's length, of values that may be as large or small as doubles come. */
static double length(const double *v, size_t n)
{
    double most = 0.0, sum = 0.0;
    int exponent;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(v[i]));
    if (!(most > 0.0))
        return 0.0;
    frexp(most, &exponent);
    for (size_t i = 0; i < n; i++) {
        double part = scalbn(v[i], -exponent);
        sum += part * part;
    }
    return scalbn(sqrt(sum), exponent);
}

/* Columns of x one after the other, each with the largest magnitude within 0.5..1. */
static void take_columns(atn_lsq *fit, const atn_lsq_given *given)
{
    for (size_t j = 0; j < fit->p; j++) {
        double *column = fit->q + j * fit->n;
        int exponent = 0;
        double most = 0.0;
        for (size_t i = 0; i < fit->n; i++)
            most = fmax(most, fabs(given->x[i * fit->p + j]));
        frexp(most, &exponent);
        for (size_t i = 0; i < fit->n; i++)
            column[i] = scalbn(given->x[i * fit->p + j], -exponent);
        fit->scale[j] = (double)exponent;
        fit->order[j] = j;
        fit->g[j] = length(column, fit->n); /* while factoring: lengths as given */
    }
}

/* The column that has most left below row k, in proportion to its length, comes next. */
static size_t choose(const atn_lsq *fit, size_t k, double *left)
{
    size_t best = k;
    *left = 0.0;
    for (size_t j = k; j < fit->p; j++) {
        size_t column = fit->order[j];
        double rest = length(fit->q + column * fit->n + k, fit->n - k);
        double share = fit->g[column] > 0.0 ? rest / fit->g[column] : 0.0;
        if (share > *left) {
            *left = share;
            best = j;
        }
    }
    return best;
}

/* v -= (2 / u'u) u u'v, with u below row k of a column; half is u'u / 2. */
static void reflect(const double *u, double half, double *v, size_t k, size_t n)
{
    double dot = 0.0;
    for (size_t i = k; i < n; i++)
        dot += u[i] * v[i];
    for (size_t i = k; i < n; i++)
        v[i] -= dot / half * u[i];
}

/* Half of u'u: the reflector's column stands where the zeros would. */
static double half_square(const double *u, size_t k, size_t n)
{
    double sum = 0.0;
    for (size_t i = k; i < n; i++)
        sum += u[i] * u[i];
    return 0.5 * sum;
}

static void eliminate(atn_lsq *fit, size_t k)
{
    double *u = fit->q + fit->order[k] * fit->n;
    double norm = length(u + k, fit->n - k);
    fit->diagonal[k] = u[k] > 0.0 ? -norm : norm;
    u[k] -= fit->diagonal[k];
    double half = half_square(u, k, fit->n);
    for (size_t j = k + 1; j < fit->p; j++)
        reflect(u, half, fit->q + fit->order[j] * fit->n, k, fit->n);
}

static size_t factor(atn_lsq *fit)
{
    for (size_t k = 0; k < fit->p; k++) {
        double left;
        size_t best = choose(fit, k, &left), held = fit->order[k];
        if (!(left > ATN_LSQ_RANK))
            return k;
        fit->order[k] = fit->order[best];
        fit->order[best] = held;
        eliminate(fit, k);
    }
    return fit->p;
}

/* Element (i, j) of R above its diagonal, in the order of the columns' taking. */
static double above(const atn_lsq *fit, size_t i, size_t j)
{
    return fit->q[fit->order[j] * fit->n + i];
}

/* Q'v, or Q v. */
static void turn(const atn_lsq *fit, double *v, int back)
{
    for (size_t step = 0; step < fit->p; step++) {
        size_t k = back ? fit->p - 1 - step : step;
        const double *u = fit->q + fit->order[k] * fit->n;
        reflect(u, half_square(u, k, fit->n), v, k, fit->n);
    }
}

/* R z = v and R'z = v, in place. */
static void solve(const atn_lsq *fit, double *v)
{
    for (size_t i = fit->p; i-- > 0;) {
        for (size_t j = i + 1; j < fit->p; j++)
            v[i] -= above(fit, i, j) * v[j];
        v[i] /= fit->diagonal[i];
    }
}

static void solve_transposed(const atn_lsq *fit, double *v)
{
    for (size_t i = 0; i < fit->p; i++) {
        for (size_t j = 0; j < i; j++)
            v[i] -= above(fit, j, i) * v[j];
        v[i] /= fit->diagonal[i];
    }
}

/* One system, e + X b = y and X'e = c, and how far it is solved. */
typedef struct system {
    const double *y; /* NULL: zeros */
    size_t unit;     /* c is -1 in this column, else 0; beyond the last: zeros */
    double *e, *b;
} system;

/* f = y - e - X b, each row in doubled precision. */
static void miss_of_rows(const atn_lsq *fit, const atn_lsq_given *given, const system *s)
{
    for (size_t i = 0; i < fit->n; i++) {
        const double *row = given->x + i * fit->p;
        twofold sum = { s->y ? s->y[i] : 0.0, 0.0 };
        add(&sum, -s->e[i]);
        for (size_t j = 0; j < fit->p; j++) {
            add_product(&sum, -row[j], s->b[j]);
            sum.low -= given->low ? given->low[i * fit->p + j] * s->b[j] : 0.0;
        }
        fit->f[i] = sum.high + sum.low;
    }
}

/* g = c - X'e, of the scaled columns in the order of their taking. */
static void miss_of_columns(const atn_lsq *fit, const atn_lsq_given *given, const system *s)
{
    for (size_t k = 0; k < fit->p; k++) {
        size_t j = fit->order[k];
        twofold sum = { j == s->unit ? -1.0 : 0.0, 0.0 };
        for (size_t i = 0; i < fit->n; i++) {
            add_product(&sum, -given->x[i * fit->p + j], s->e[i]);
            sum.low -= given->low ? given->low[i * fit->p + j] * s->e[i] : 0.0;
        }
        fit->g[k] = scalbn(sum.high + sum.low, -(int)fit->scale[j]);
    }
}

/* Solves for what e and b still miss and adds it; returns the largest change of b, relative. */
static double improve(const atn_lsq *fit, const system *s)
{
    double *step = fit->g + fit->p, most = 0.0;
    solve_transposed(fit, fit->g);
    turn(fit, fit->f, 0);
    for (size_t k = 0; k < fit->p; k++) {
        step[k] = fit->f[k] - fit->g[k];
        fit->f[k] = fit->g[k];
    }
    solve(fit, step);
    turn(fit, fit->f, 1);
    for (size_t i = 0; i < fit->n; i++)
        s->e[i] += fit->f[i];
    for (size_t k = 0; k < fit->p; k++) {
        size_t j = fit->order[k];
        double change = scalbn(step[k], -(int)fit->scale[j]);
        most = fmax(most, fabs(change) / fmax(fabs(s->b[j]), DBL_MIN));
        s->b[j] += change;
    }
    return most;
}

static size_t refine(const atn_lsq *fit, const atn_lsq_given *given, const system *s)
{
    double change = INFINITY;
    size_t rounds = 0;
    for (size_t i = 0; i < fit->n; i++)
        s->e[i] = 0.0;
    for (size_t j = 0; j < fit->p; j++)
        s->b[j] = 0.0;
    for (; change > DBL_EPSILON && rounds < ROUNDS_MAX; rounds++) {
        miss_of_rows(fit, given, s);
        miss_of_columns(fit, given, s);
        change = improve(fit, s);
    }
    return rounds;
}

size_t atn_lsq_fit(atn_lsq *fit, const atn_lsq_given *given, void *work)
{
    lay_out(fit, given, work);
    take_columns(fit, given);
    fit->rank = factor(fit);
    if (fit->rank < fit->p)
        return fit->rank;
    const system whole = { given->y, fit->p, fit->e, fit->b };
    fit->rounds = refine(fit, given, &whole);
    for (size_t i = 0; i < fit->n; i++)
        fit->sse += fit->e[i] * fit->e[i];
    return fit->rank;
}

/* -X'X b is minus a unit vector where y is nothing but zeros: b is a row of the inverse. */
void atn_lsq_covariance(const atn_lsq *fit, const atn_lsq_given *given, double *covariance)
{
    for (size_t k = 0; k < fit->p; k++) {
        const system row = { NULL, k, fit->v, covariance + k * fit->p };
        refine(fit, given, &row);
    }
}
