/* One factor of a correlation matrix by iterated principal axes. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/psychometrics/items.h"

#include <math.h>

#define STEPS 500 /* of the power method in one round; the next goes on where it stood */

static const double still = 1e-11; /* change of a communality below which it holds still */
static const double steady = 1e-14;

/* Signs of the row that correlates most: near the first axis, and across none. */
static void begin(atn_items *items)
{
    const size_t p = items->p;
    size_t most = 0;
    double best = -1;
    for (size_t i = 0; i < p; i++) {
        double sum = 0;
        for (size_t j = 0; j < p; j++)
            sum += fabs(items->cor[i * p + j]);
        if (sum > best) {
            best = sum;
            most = i;
        }
    }
    for (size_t j = 0; j < p; j++) {
        items->h[j] = items->used[j] * .5;
        items->row[j] =
            items->used[j] * (items->cor[most * p + j] < 0 ? -1 : 1) / sqrt((double)items->n_used);
    }
}

/* (R + communalities on the diagonal) times the axis, into next; its length. */
static double multiply(atn_items *items)
{
    const size_t p = items->p;
    double length = 0;
    for (size_t i = 0; i < p; i++) {
        double sum = items->h[i] * items->row[i];
        for (size_t j = 0; j < p; j++)
            sum += items->cor[i * p + j] * items->row[j];
        items->next[i] = sum;
        length += sum * sum;
    }
    return sqrt(length);
}

/*
 * The first axis of R with communalities in place of the 1s, and its eigenvalue, by the power
 * method: with the 1s left in, all eigenvalues are greater by 1, and none is negative whose size
 * could pass the first's.
 */
static double first_axis(atn_items *items)
{
    double length = 1, moved = 1;
    for (int step = 0; step < STEPS && moved > steady; step++) {
        length = multiply(items);
        moved = 0;
        for (size_t i = 0; i < items->p; i++) {
            moved = fmax(moved, fabs(items->next[i] / length - items->row[i]));
            items->row[i] = items->next[i] / length;
        }
    }
    return length - 1;
}

/* Communalities of this axis, held within 0 and 1; the greatest change of one. */
static double take_communalities(atn_items *items, double eigenvalue)
{
    double changed = 0;
    for (size_t i = 0; i < items->p; i++) {
        double h = fmin(1, fmax(0, eigenvalue * items->row[i] * items->row[i]));
        changed = fmax(changed, fabs(h - items->h[i]));
        items->h[i] = h;
    }
    return changed;
}

/* The loadings' signs are the axis's, turned so that their sum is not negative. */
static void give_loadings(atn_items *items)
{
    double sum = 0;
    for (size_t i = 0; i < items->p; i++) {
        items->loading[i] = items->row[i] < 0 ? -sqrt(items->h[i]) : sqrt(items->h[i]);
        sum += items->loading[i];
    }
    for (size_t i = 0; i < items->p; i++)
        items->loading[i] = sum < 0 ? -items->loading[i] : items->loading[i];
}

size_t atn_factor_fit(atn_items *items, size_t rounds)
{
    double changed = 1;
    size_t round = 0;
    begin(items);
    for (; round < rounds && changed > still; round++)
        changed = take_communalities(items, first_axis(items));
    give_loadings(items);
    return changed > still ? rounds + 1 : round;
}
