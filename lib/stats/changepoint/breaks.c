/* The best partition for each number of breaks, and how many of them a criterion keeps. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/changepoint/segment.h"

#include <math.h>

#define LN_2PI 1.8378770664093453

typedef struct table {
    size_t n, least, rows; /* rows: numbers of breaks that fit, 0 among them */
    double *squares;       /* of from..to, from row by row */
    double *best;          /* rows of n + 1: the first so many scores, that many breaks */
    size_t *before;        /* rows of n + 1: the place of the last of them */
} table;

size_t atn_breaks_size(size_t n, size_t max_changes)
{
    return n * (n + 1) / 2 * sizeof(double) +
           (max_changes + 1) * (n + 1) * (sizeof(double) + sizeof(size_t));
}

/* Stretches from..to - 1; to is above from. */
static double *squares_of(const table *t, size_t from, size_t to)
{
    return &t->squares[from * (2 * t->n - from + 1) / 2 + (to - from - 1)];
}

static void fill_squares(const table *t, const atn_segments *s)
{
    for (size_t from = 0; from < t->n; from++) {
        atn_stretch stretch = { 0 };
        for (size_t i = from; i < t->n; i++) {
            atn_stretch_add(&stretch, (double)i, s->y[i]);
            *squares_of(t, from, i + 1) = atn_stretch_squares(&stretch, s->o->model);
        }
    }
}

static void fill_row(const table *t, size_t m)
{
    double *best = t->best + m * (t->n + 1);
    const double *fewer = best - (t->n + 1);
    for (size_t to = (m + 1) * t->least; to <= t->n; to++) {
        best[to] = INFINITY;
        for (size_t at = m * t->least; at + t->least <= to; at++) {
            double squares = fewer[at] + *squares_of(t, at, to);
            if (squares < best[to]) {
                best[to] = squares;
                t->before[m * (t->n + 1) + to] = at;
            }
        }
    }
}

/* In score points: the scale is that of the scores, and squares of nothing but rounding are nil. */
static void judge(const atn_segments *s, const table *t, size_t m, attune_changepoint_cost *cost)
{
    double n = (double)t->n, k = s->o->model == ATTUNE_CHANGEPOINT_LINE ? 2.0 : 1.0;
    double breaks = (double)m, p = (breaks + 1.0) * k + breaks;
    double squares = t->best[m * (t->n + 1) + t->n], unit = 2.0 * (double)s->exponent * log(2.0);
    double ln = log(fmax(squares, s->nil)) + unit;
    cost->rss[m] = scalbn(squares, 2 * s->exponent);
    cost->bic[m] = n * (ln + 1.0 - log(n) + LN_2PI) + log(n) * (k + 1.0) * (breaks + 1.0);
    cost->lwz[m] = p < n ? ln - log(n - p) + p / n * 0.299 * pow(log(n), 2.1) : NAN;
}

static size_t fewest(const double *criterion, size_t rows)
{
    size_t best = 0;
    for (size_t m = 1; m < rows; m++)
        if (criterion[m] < criterion[best])
            best = m;
    return best;
}

void atn_search_breaks(atn_segments *s, attune_changepoint_cost *cost)
{
    size_t n = s->n, least = (size_t)s->o->min_size, most = (size_t)s->o->max_changes;
    size_t fit = n / least > 0 ? n / least - 1 : 0;
    table t = { .n = n, .least = n < least ? n : least, .squares = s->rest };
    t.rows = 1 + (fit < most ? fit : most);
    t.best = t.squares + n * (n + 1) / 2;
    t.before = (size_t *)(void *)(t.best + (most + 1) * (n + 1));
    fill_squares(&t, s);
    for (size_t to = t.least; to <= n; to++)
        t.best[to] = *squares_of(&t, 0, to);
    for (size_t m = 0; m < t.rows; m++) {
        if (m > 0)
            fill_row(&t, m);
        judge(s, &t, m, cost);
    }
    cost->count = (int32_t)t.rows;
    s->count = fewest(s->o->criterion == ATTUNE_CHANGEPOINT_LWZ ? cost->lwz : cost->bic, t.rows);
    for (size_t m = s->count, to = n; m > 0; m--) {
        to = t.before[m * (n + 1) + to];
        s->found[m - 1] = to;
    }
}
