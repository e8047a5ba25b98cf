/* Squares of stretches of scores, about their mean or about a line over their places. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/changepoint/segment.h"

#include <math.h>
#include <string.h>

void atn_stretch_add(atn_stretch *s, double x, double y)
{
    double dx = x - s->x, dy = y - s->y;
    s->n += 1.0;
    s->x += dx / s->n;
    s->y += dy / s->n;
    s->xx += dx * (x - s->x);
    s->xy += dx * (y - s->y);
    s->yy += dy * (y - s->y);
}

double atn_stretch_squares(const atn_stretch *s, int32_t model)
{
    if (model == ATTUNE_CHANGEPOINT_MEAN || !(s->xx > 0.0))
        return s->yy;
    return fmax(0.0, s->yy - s->xy * s->xy / s->xx);
}

int atn_exponent_of(const double *y, size_t n)
{
    double most = 0.0;
    int exponent;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(y[i])); /* fmax passes over NaN */
    frexp(most, &exponent);
    return exponent;
}

/* The mean of rows from up to to, NaN of none; how many are completed, into *count. */
static double mean_of_rows(const double *y, size_t from, size_t to, int32_t *count)
{
    int exponent = atn_exponent_of(y + from, to - from);
    double mean = 0.0;
    *count = 0;
    for (size_t i = from; i < to; i++)
        *count += isnan(y[i]) ? 0 : 1;
    for (size_t i = from; i < to; i++)
        mean += isnan(y[i]) ? 0.0 : scalbn(y[i], -exponent) / *count;
    return *count > 0 ? scalbn(mean, exponent) : NAN;
}

void atn_means_about(const double *y, size_t from, size_t row, size_t to, attune_changepoint *c)
{
    c->before = mean_of_rows(y, from, row, &c->n_before);
    c->after = mean_of_rows(y, row, to, &c->n_after);
}

double atn_squares_of(const atn_segments *s, size_t from, size_t to)
{
    double sum = s->sum[to] - s->sum[from];
    return fmax(0.0, s->square[to] - s->square[from] - sum * sum / (double)(to - from));
}

double atn_largest_fall(const double *y, size_t n, int32_t model, size_t first, size_t last,
                        double *before)
{
    atn_stretch left = { 0 }, right = { 0 };
    double least = INFINITY;
    for (size_t i = 0; i < n; i++) {
        atn_stretch_add(&left, (double)i, y[i]);
        before[i] = atn_stretch_squares(&left, model);
    }
    for (size_t at = n - 1; at >= first; at--) {
        atn_stretch_add(&right, (double)at, y[at]);
        if (at <= last)
            least = fmin(least, before[at - 1] + atn_stretch_squares(&right, model));
    }
    return fmax(0.0, 1.0 - least / before[n - 1]);
}

/* What one line over the places leaves of y, into e, and the line's own heights into line. */
static void take_line_out(const double *y, size_t n, double *e, double *line)
{
    atn_stretch all = { 0 };
    for (size_t i = 0; i < n; i++)
        atn_stretch_add(&all, (double)i, y[i]);
    double slope = all.xy / all.xx; /* of four places or more */
    for (size_t i = 0; i < n; i++) {
        line[i] = all.y + slope * ((double)i - all.x);
        e[i] = y[i] - line[i];
    }
}

/* Orders of the scores, or for lines of what the line of both segments leaves (Freedman & Lane). */
double atn_permutation_p(const atn_segments *s, size_t from, size_t to, size_t first, size_t last)
{
    const attune_changepoint_options *o = s->o;
    size_t n = to - from, as_large = 1;
    double *e = s->f, *line = s->g, *trial = s->rest, *before = trial + n;
    atn_random random;
    if (o->permutations == 0)
        return NAN;
    memset(line, 0, n * sizeof *line);
    memcpy(e, s->y + from, n * sizeof *e);
    if (o->model == ATTUNE_CHANGEPOINT_LINE)
        take_line_out(s->y + from, n, e, line);
    double found = atn_largest_fall(s->y + from, n, o->model, first, last, before);
    atn_random_begin(&random, s->state, o->seed);
    for (int32_t i = 0; i < o->permutations; i++) {
        atn_random_shuffle(&random, e, n, sizeof *e);
        for (size_t j = 0; j < n; j++)
            trial[j] = line[j] + e[j];
        as_large += atn_largest_fall(trial, n, o->model, first, last, before) >= found - 1e-12;
    }
    return (double)as_large / (double)(o->permutations + 1);
}
