/* Generalised estimating equations of a few columns: rows of one client go together in some way. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_GEE_H
#define ATN_STATS_GEE_H

#include "lib/stats/num/small.h"

#include <stddef.h>
#include <stdint.h>

#define ATN_GEE_INDEPENDENT 0
#define ATN_GEE_EXCHANGEABLE 1 /* any two rows of a cluster correlate r */
#define ATN_GEE_AR1 2          /* rows that are k sessions apart correlate r^k */

/* y on a constant and x[0..n_x), rows in clusters; a row whose y is NaN is left out. */
typedef struct atn_gee_data {
    const double *y;
    const double *const *x;
    size_t n_x; /* at most ATN_SMALL_MAX - 1 */
    const int32_t *session;
    const uint64_t *starts;
    size_t n_clusters;
    int32_t working; /* ATN_GEE_* */
} atn_gee_data;

typedef struct atn_gee {
    double b[ATN_SMALL_MAX];                  /* the constant first */
    double cov[ATN_SMALL_MAX][ATN_SMALL_MAX]; /* robust, bias-reduced (Mancl & DeRouen 2001) */
    double r;                                 /* working correlation */
    uint64_t n, clusters;                     /* that were used */
} atn_gee;

/*
 * Identity link, normal variance; scale and r from moments with as many degrees of freedom less as
 * there are coefficients (Liang & Zeger 1986). Why there is none (atn_few, atn_perfect,
 * atn_no_model), or NULL. Counts are given in any case.
 */
const char *atn_gee_fit(const atn_gee_data *data, atn_gee *fit);

#endif
