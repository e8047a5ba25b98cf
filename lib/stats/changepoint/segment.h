/* What the searches for change points share: scaled scores, squares of stretches of them. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_SEGMENT_H
#define ATN_STATS_SEGMENT_H

#include "lib/stats/num/random.h"

#include <attune/changepoint.h>

/* Moments of a stretch of scores over their places: squares about their mean, or their line. */
typedef struct atn_stretch {
    double n, x, y, xx, xy, yy; /* means, and sums of products about them */
} atn_stretch;

void atn_stretch_add(atn_stretch *stretch, double x, double y);
double atn_stretch_squares(const atn_stretch *stretch, int32_t model);

typedef struct atn_segments {
    const attune_changepoint_options *o;
    size_t n;       /* completed scores */
    int exponent;   /* y * 2^exponent + mean is the score */
    double penalty; /* in squares of y */
    double nil;     /* squares up to it are rounding */
    double *y;      /* about their mean, within -2..2 */
    double *rows;   /* the row of each */
    double *sum;    /* n + 1: of the first so many */
    double *square; /* n + 1: of their squares */
    size_t *found;  /* n: first places after a change, rising */
    size_t count;
    double *f, *g; /* scratch of n + 1 each */
    void *rest;    /* scratch of the search */
    void *state;   /* of the random source */
} atn_segments;

/* Bytes of scratch that a search needs besides. */
size_t atn_partition_size(size_t n);
size_t atn_breaks_size(size_t n, size_t max_changes);

void atn_search_partition(atn_segments *s, attune_changepoint_cost *cost);
void atn_search_binary(atn_segments *s, attune_changepoint_cost *cost);
void atn_search_breaks(atn_segments *s, attune_changepoint_cost *cost);

/*
 * The exponent of the largest of n scores, NaN passed over: scores brought below 1 by it have
 * squares that cannot overflow.
 */
int atn_exponent_of(const double *y, size_t n);

/*
 * How many scores rows from up to, not including, row hold, and from there up to to, and their
 * means, into *c; NaN where there are none.
 */
void atn_means_about(const double *y, size_t from, size_t row, size_t to, attune_changepoint *c);

/* Squares of y[from] up to, not including, y[to] about their mean, from the running sums. */
double atn_squares_of(const atn_segments *s, size_t from, size_t to);

/*
 * Largest fall of squares in proportion, 1 - left / whole, where first to last of the n scores of
 * y come before the change; 0 where there is none. first is 1 or more. before: scratch of n.
 */
double atn_largest_fall(const double *y, size_t n, int32_t model, size_t first, size_t last,
                        double *before);

/*
 * How often such a fall between the places from and to comes about in random orders, this one
 * counted in; NaN when no permutations are asked for. Uses f, g and 2 n doubles of rest.
 */
double atn_permutation_p(const atn_segments *s, size_t from, size_t to, size_t first, size_t last);

#endif
