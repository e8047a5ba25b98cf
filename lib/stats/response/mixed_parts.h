/* The steps of a mixed model: rows to groups' projections, their likelihood, its maximum. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_MIXED_PARTS_H
#define ATN_STATS_MIXED_PARTS_H

#include "lib/stats/num/small.h"
#include "lib/stats/response/mixed.h"

#define ATN_MIXED_COLUMNS (ATN_MIXED_P_MAX + 1) /* fixed effects and y */

/*
 * What the likelihood reads. Columns are the constant, the x and, last, the residual of y from
 * least squares, all scaled. Of each group its n rows are turned so that (1, z) lie in the first
 * two of them: there (1, z) is R = [r11 r12; 0 r22] and a column is (q1, q2). The products of what
 * is left are the same for every D and are summed once, in rest.
 */
typedef struct atn_mixed_model {
    const double *stats; /* a group: r11, r12, r22, then q1, q2 of each x and of y */
    size_t n_groups, stride, p;
    double n, df; /* rows, and rows less p under REML */
    int32_t reml, structure;
    double rest[ATN_MIXED_COLUMNS][ATN_MIXED_COLUMNS];
    double least_ssr; /* residual sum of squares below which no D can bring it */
} atn_mixed_model;

/* -2 log likelihood but for a constant, at one factor, and what goes with it. */
typedef struct atn_mixed_value {
    double f, gradient[3];
    double beta[ATN_SMALL_MAX], ssr, log_det_x;
    double inverse[ATN_SMALL_MAX][ATN_SMALL_MAX]; /* of X'V^-1 X */
} atn_mixed_value;

/* Scales the columns and projects the groups into work; fills fit's scales and counts. */
attune_status atn_mixed_take(const atn_mixed_data *data, double *work, atn_mixed *fit,
                             atn_mixed_model *model, double *ols, attune_error *err);

void atn_mixed_at(const atn_mixed_model *model, const double *theta, atn_mixed_value *value);

/* From the theta given to the maximum; returns the iterations taken, 0 when it did not settle (ssr
 * NaN). */
int32_t atn_mixed_maximise(const atn_mixed_model *model, double *theta, atn_mixed_value *value);

/* The highest maximum that climbs from theta and, in few groups, from elsewhere find; as above. */
int32_t atn_mixed_highest(const atn_mixed_model *model, uint64_t n_groups, double *theta,
                          atn_mixed_value *value);

/* B = R times the factor, and the determinant of I + B B', in sums of squares only. */
typedef struct atn_mixed_factor {
    double b11, b12, b21, b22, grown; /* determinant less 1 */
} atn_mixed_factor;

static inline atn_mixed_factor atn_mixed_factor_of(const double *r, const double *theta)
{
    atn_mixed_factor k = {
        .b11 = r[0] * theta[0] + r[1] * theta[1],
        .b12 = r[1] * theta[2],
        .b21 = r[2] * theta[1],
        .b22 = r[2] * theta[2],
    };
    double det = r[0] * r[2] * theta[0] * theta[2];
    k.grown = k.b11 * k.b11 + k.b12 * k.b12 + k.b21 * k.b21 + k.b22 * k.b22 + det * det;
    return k;
}

/* The four numbers whose products over 1 + grown are those of q under the inverse of I + B B'. */
static inline void atn_mixed_spread(const atn_mixed_factor *k, const double *q, double *to)
{
    to[0] = q[0];
    to[1] = q[1];
    to[2] = k->b21 * q[0] - k->b11 * q[1];
    to[3] = k->b22 * q[0] - k->b12 * q[1];
}

/* R' (I + B B')^-1 q, of a q that was spread. */
static inline void atn_mixed_pull(const double *r, const atn_mixed_factor *k, const double *spread,
                                  double *to)
{
    double v1 = (spread[0] + k->b21 * spread[2] + k->b22 * spread[3]) / (1 + k->grown);
    double v2 = (spread[1] - k->b11 * spread[2] - k->b12 * spread[3]) / (1 + k->grown);
    to[0] = r[0] * v1;
    to[1] = r[1] * v1 + r[2] * v2;
}

#endif
