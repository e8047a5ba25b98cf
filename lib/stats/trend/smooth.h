/* What the two smoothers are given: rows on a scale on which no sum can overflow. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_SMOOTH_H
#define ATN_STATS_SMOOTH_H

#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

/* n rows, x from 0 up to at most 1, y within -1..1; scratch and results of n each. */
typedef struct atn_smoothing {
    size_t n;
    const double *x, *y;
    double *smooth;
    double *a, *b;      /* scratch; LEVEL leaves the variance of smooth in a */
    int32_t iterations; /* passes, or likelihoods */
} atn_smoothing;

/* LOWESS of rows that all have a score; near >= 1 scores go into a line. */
void atn_lowess(atn_smoothing *s, size_t near, int32_t rounds, double delta);

/* The local level's variances: of a step of 1 in x, and of a score about the level. */
typedef struct atn_level {
    double move, noise;
    double log_likelihood; /* NaN where all scores are equal */
    double scores;         /* that it is of: all but the first */
} atn_level;

/* Maximum likelihood; rows may lack their score (NaN), three at least have it. */
void atn_level_fit(atn_smoothing *s, atn_level *level);

/* Smooths with the variances of `level`, one score or more; 0: they explain nothing. */
int atn_level_smooth(atn_smoothing *s, atn_level *level);

#endif
