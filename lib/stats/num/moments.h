/* The mean and the standard deviation of a series, as well as its doubles allow. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_MOMENTS_H
#define ATN_STATS_MOMENTS_H

#include <stddef.h>

/* The mean of n >= 1 finite values whose sum does not overflow. */
double atn_mean(const double *y, size_t n);

/* The sum of squares about the mean: two passes, what the mean was rounded by taken back. */
double atn_squares(const double *y, size_t n);

/* The standard deviation, n - 1; 0 for one value. */
double atn_sd(const double *y, size_t n);

#endif
