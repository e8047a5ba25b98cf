/* What forms of several items tell together: covariances, correlations, one factor. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_ITEMS_H
#define ATN_STATS_ITEMS_H

#include <stddef.h>

/* Arrays of p, and matrices of p rows of p, in the caller's scratch of atn_items_size doubles. */
typedef struct atn_items {
    size_t p;
    const double *answers; /* form after form; NaN: not answered */
    size_t n_forms;
    double *n, *mean;       /* answers of an item, and their mean */
    double *used;           /* 1: it varies, over enough forms; else 0 */
    double *r_total;        /* with the mean of all answered items in use */
    double *cov;            /* pairwise-complete, n - 1; 0 without two forms */
    double *shared;         /* forms that answer both */
    double *cor;            /* of the forms that answer both; 0 for items not in use */
    double *sum, *squares;  /* of item i's distances over the forms that answer j too */
    double *row, *next, *h; /* scratch */
    double *loading;        /* on one factor, once that was fitted */
    size_t n_used;
    double n_pair; /* fewest forms that two items in use share; -1: none */
    int undefined; /* 1: of two items in use one does not vary over the forms they share */
} atn_items;

size_t atn_items_size(size_t p);

#define ATN_ITEMS_NOISE 1e-13 /* a variance that is less of those it is made of is rounding */

/* Takes scratch and answers, and fills everything but the loadings. */
void atn_items_take(atn_items *items, const double *answers, size_t n_forms, size_t p,
                    double *scratch);

#define ATN_FACTOR_ROUNDS 10000

/*
 * The loadings of one factor on the correlations of the items in use, 0 for the others, their
 * sum not negative: iterated principal axes, at most so many rounds. Returns how many it took; one
 * more than rounds when it did not settle, and then loadings mean nothing.
 */
size_t atn_factor_fit(atn_items *items, size_t rounds);

#endif
