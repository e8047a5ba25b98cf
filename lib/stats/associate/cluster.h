/* Least squares of a few columns with errors that are robust to clients as clusters. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_CLUSTER_H
#define ATN_STATS_CLUSTER_H

#include "lib/stats/num/small.h"

#include <stddef.h>
#include <stdint.h>

/* y on a constant and x[0..n_x), rows in clusters; a row whose y is NaN is left out. */
typedef struct atn_cluster_data {
    const double *y;
    const double *const *x;
    size_t n_x; /* at most ATN_SMALL_MAX - 1 */
    const uint64_t *starts;
    size_t n_clusters;
} atn_cluster_data;

typedef struct atn_cluster {
    double b[ATN_SMALL_MAX];                  /* the constant first */
    double cov[ATN_SMALL_MAX][ATN_SMALL_MAX]; /* CR0: the sandwich without a correction */
    double sse;                               /* of the residuals */
    uint64_t n, clusters;                     /* that were used */
} atn_cluster;

/* Rows and clusters that have a y; 0: the columns are constant or follow from each other. */
int atn_cluster_fit(const atn_cluster_data *data, atn_cluster *fit);

#endif
