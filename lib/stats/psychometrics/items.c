/* Covariances and correlations of items, pairwise complete, in one pass about their means. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/psychometrics/items.h"

#include <attune/psychometrics.h>

#include <math.h>
#include <string.h>

size_t atn_items_size(size_t p)
{
    return 5 * p * p + 8 * p;
}

static void lay_out(atn_items *items, double *scratch)
{
    size_t p = items->p;
    double **arrays[] = { &items->n,   &items->mean, &items->used, &items->r_total,
                          &items->row, &items->next, &items->h,    &items->loading };
    double **matrices[] = { &items->cov, &items->shared, &items->cor, &items->sum,
                            &items->squares };
    memset(scratch, 0, atn_items_size(p) * sizeof *scratch);
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++, scratch += p)
        *arrays[i] = scratch;
    for (size_t i = 0; i < sizeof matrices / sizeof *matrices; i++, scratch += p * p)
        *matrices[i] = scratch;
}

/* Distances from the first answer lose nothing; their mean is then refined once. */
static void take_mean(atn_items *items, size_t i)
{
    const size_t p = items->p;
    for (int pass = 0; pass < 2; pass++) {
        double sum = 0, n = 0;
        for (size_t f = 0; f < items->n_forms; f++) {
            double answer = items->answers[f * p + i];
            if (isnan(answer))
                continue;
            if (n < 1 && pass == 0)
                items->mean[i] = answer;
            sum += answer - items->mean[i];
            n++;
        }
        items->n[i] = n;
        items->mean[i] += n > 0 ? sum / n : 0;
    }
}

static void add_form(atn_items *items, size_t f)
{
    const size_t p = items->p;
    for (size_t i = 0; i < p; i++)
        items->row[i] = items->answers[f * p + i] - items->mean[i];
    for (size_t i = 0; i < p; i++) {
        if (isnan(items->row[i]))
            continue;
        for (size_t j = 0; j < p; j++) {
            if (isnan(items->row[j]))
                continue;
            items->cov[i * p + j] += items->row[i] * items->row[j];
            items->sum[i * p + j] += items->row[i];
            items->squares[i * p + j] += items->row[i] * items->row[i];
            items->shared[i * p + j]++;
        }
    }
}

static void finish_covariances(atn_items *items)
{
    const size_t p = items->p;
    for (size_t i = 0; i < p; i++)
        for (size_t j = i; j < p; j++) {
            double n = items->shared[i * p + j];
            double both = items->sum[i * p + j] * items->sum[j * p + i];
            double cov = n > 1 ? (items->cov[i * p + j] - both / n) / (n - 1) : 0;
            items->cov[i * p + j] = items->cov[j * p + i] = cov;
        }
}

static void choose_used(atn_items *items)
{
    const size_t p = items->p;
    items->n_used = 0;
    items->n_pair = -1;
    for (size_t i = 0; i < p; i++) {
        items->used[i] =
            items->n[i] >= ATTUNE_PSYCHOMETRICS_LEAST && items->cov[i * p + i] > 0 ? 1 : 0;
        items->n_used += items->used[i] > 0;
        for (size_t j = 0; items->used[i] > 0 && j < i; j++)
            if (items->used[j] > 0 &&
                (items->n_pair < 0 || items->shared[i * p + j] < items->n_pair))
                items->n_pair = items->shared[i * p + j];
    }
}

/* n - 1 times the variance of item i over the forms that answer j too; NaN: it does not vary. */
static double squares_beside(const atn_items *items, size_t i, size_t j)
{
    double sum = items->sum[i * items->p + j], n = items->shared[i * items->p + j];
    double all = items->squares[i * items->p + j], left = all - sum * sum / n;
    return left > ATN_ITEMS_NOISE * all ? left : NAN;
}

static double correlation(const atn_items *items, size_t i, size_t j)
{
    double a = squares_beside(items, i, j), b = squares_beside(items, j, i);
    double cov = items->cov[i * items->p + j] * (items->shared[i * items->p + j] - 1);
    return cov / (sqrt(a) * sqrt(b));
}

/* With the variances of the forms that answer both, as cor(use = "pairwise") of R. */
static void finish_correlations(atn_items *items)
{
    const size_t p = items->p;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            if (!(items->used[i] > 0 && items->used[j] > 0))
                continue;
            items->cor[i * p + j] = correlation(items, i, j);
            items->undefined |= isnan(items->cor[i * p + j]) != 0;
        }
}

/* The mean of a form's answers to items in use, less about what it is on average; NaN: none. */
static double form_mean(const atn_items *items, const double *answers, double about)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < items->p; i++) {
        if (isnan(answers[i]) || !(items->used[i] > 0))
            continue;
        sum += answers[i] - about;
        n++;
    }
    return n > 0 ? sum / n : NAN;
}

/* What correlating each item with the form's mean takes: sums of t, of t squared, of x t. */
static void add_total(atn_items *items, const double *answers, double about)
{
    double t = form_mean(items, answers, about);
    for (size_t i = 0; i < items->p; i++) {
        if (isnan(answers[i]) || !(items->used[i] > 0))
            continue;
        items->row[i] += t;
        items->next[i] += t * t;
        items->h[i] += (answers[i] - items->mean[i]) * t;
    }
}

static void take_totals(atn_items *items)
{
    const size_t p = items->p;
    double about = 0;
    for (size_t i = 0; i < p; i++) {
        about += items->used[i] > 0 ? items->mean[i] / (double)items->n_used : 0;
        items->row[i] = 0;
    }
    for (size_t f = 0; f < items->n_forms; f++)
        add_total(items, items->answers + f * p, about);
    for (size_t i = 0; i < p; i++) {
        double squares = (items->n[i] - 1) * items->cov[i * p + i], total = 0;
        if (items->used[i] > 0)
            total = items->next[i] - items->row[i] * items->row[i] / items->n[i];
        items->r_total[i] =
            total > ATN_ITEMS_NOISE * squares ? items->h[i] / (sqrt(squares) * sqrt(total)) : NAN;
    }
}

void atn_items_take(atn_items *items, const double *answers, size_t n_forms, size_t p,
                    double *scratch)
{
    *items = (atn_items) { .p = p, .answers = answers, .n_forms = n_forms };
    lay_out(items, scratch);
    for (size_t i = 0; i < p; i++)
        take_mean(items, i);
    for (size_t f = 0; f < n_forms; f++)
        add_form(items, f);
    finish_covariances(items);
    choose_used(items);
    if (items->n_pair >= ATTUNE_PSYCHOMETRICS_LEAST)
        finish_correlations(items);
    take_totals(items);
}
