/* What a statistic finds in simulated courses: pools of sessions, and figures from them. */
/* SPDX-License-Identifier: MIT */
#include "tests/simulate/tally.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void add(pool *p, double value, int32_t group, int32_t is)
{
    if (p->n == p->room) {
        p->room = p->room ? 2 * p->room : 4096;
        p->of = realloc(p->of, p->room * sizeof *p->of);
        if (!p->of) {
            fputs("no memory for the tally\n", stderr);
            exit(EXIT_FAILURE);
        }
    }
    p->of[p->n++] = (scored) { value, group, is };
}

static double or_nothing(double statistic)
{
    return isnan(statistic) ? -HUGE_VAL : statistic;
}

void tally_add(tally *t, const course *c, const verdict *v)
{
    int32_t group = (int32_t)(c->number % TALLY_GROUPS);
    for (int32_t i = 0; i < c->n; i++) {
        double value = or_nothing(v->statistic[i]);
        if (!c->in[i] && !isnan(c->y[i]))
            add(&t->outside, value, group, 0);
        if (c->onset[i])
            add(&t->onset, i + 1 < c->n ? fmax(value, or_nothing(v->statistic[i + 1])) : value,
                group, 0);
        if (!isnan(v->began[i]))
            add(&t->began, v->began[i], group, c->onset[i] || (i > 0 && c->onset[i - 1]));
        if (!isnan(v->open[i]))
            add(&t->open, v->open[i], group, c->in[i]);
    }
}

static int larger_first(const void *a, const void *b)
{
    double x = ((const scored *)a)->value, y = ((const scored *)b)->value;
    return (x < y) - (x > y);
}

static void sort(pool *p)
{
    if (p->n > 1)
        qsort(p->of, p->n, sizeof *p->of, larger_first);
}

void tally_end(tally *t)
{
    sort(&t->outside);
    sort(&t->onset);
    sort(&t->began);
    sort(&t->open);
}

void tally_free(tally *t)
{
    free(t->outside.of);
    free(t->onset.of);
    free(t->began.of);
    free(t->open.of);
    *t = (tally) { 0 };
}

static size_t count(const pool *p, int32_t without)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        n += p->of[i].group != without;
    return n;
}

/* The largest value that so many others pass. */
static double threshold(const pool *p, size_t passed, int32_t without)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->of[i].group != without && passed-- == 0)
            return p->of[i].value;
    return -HUGE_VAL;
}

double tally_sensitivity(const tally *t, double rate, int32_t without)
{
    size_t outside = count(&t->outside, without), found = 0;
    double at = threshold(&t->outside, (size_t)(rate * (double)outside), without);
    for (size_t i = 0; i < t->onset.n && t->onset.of[i].value > at; i++)
        found += t->onset.of[i].group != without;
    return (double)found / (double)count(&t->onset, without);
}

#define BINS 10

double tally_miscalibration(const pool *p, int32_t without)
{
    double by_rank[BINS] = { 0 }, by_value[BINS] = { 0 }, rank = 0, value = 0;
    size_t n = count(p, without), seen = 0;
    for (size_t i = 0; i < p->n; i++) {
        double off = p->of[i].value - p->of[i].is;
        if (p->of[i].group == without)
            continue;
        by_rank[seen++ * BINS / n] += off;
        by_value[(int)fmin(p->of[i].value * BINS, BINS - 1)] += off;
    }
    for (int b = 0; b < BINS; b++) {
        rank += fabs(by_rank[b]);
        value += fabs(by_value[b]);
    }
    return fmax(rank, value) / (double)n;
}

double tally_excess(const pool *p, int32_t without)
{
    double off = 0;
    for (size_t i = 0; i < p->n; i++)
        off += p->of[i].group != without ? p->of[i].value - p->of[i].is : 0;
    return off / (double)count(p, without);
}

estimate tally_estimate(tally_figure *figure, const void *of)
{
    double each[TALLY_GROUPS], mean = 0, squares = 0;
    for (int32_t g = 0; g < TALLY_GROUPS; g++) {
        each[g] = figure(of, g);
        mean += each[g] / TALLY_GROUPS;
    }
    for (int32_t g = 0; g < TALLY_GROUPS; g++)
        squares += (each[g] - mean) * (each[g] - mean);
    return (estimate) { figure(of, -1), sqrt(squares * (TALLY_GROUPS - 1) / TALLY_GROUPS) };
}
