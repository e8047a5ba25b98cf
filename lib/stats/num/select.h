/* Order statistics by selection, without sorting the whole. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_SELECT_H
#define ATN_STATS_SELECT_H

#include <stddef.h>

/* The k-th smallest of n, k from 0; reorders values. */
double atn_select(double *values, size_t n, size_t k);

/* The median; the mean of the middle two when n is even; n >= 1; reorders values. */
double atn_median(double *values, size_t n);

#endif
