/* Linear mixed models of rows in groups: a random intercept, or intercept and slope. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_MIXED_H
#define ATN_STATS_MIXED_H

#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

/*
 * y = b0 + b1 x1 + ... + u0 + u1 z + e within each group; (u0, u1) normal with covariance D, e
 * normal with variance s2, groups independent. By maximum likelihood or REML.
 *
 * Each group is reduced once to its projection on (1, z): two numbers a column. What is then
 * maximised is the profiled likelihood over the relative Cholesky factor of D (Bates et al. 2015,
 * J Stat Softw 67(1), section 3), in closed form for a 2 x 2 factor, by Newton's method from
 * moment estimates: one iteration costs time linear in groups, whatever the rows. On the border
 * (a variance of 0) the factor's derivative vanishes, so that no bound has to be watched.
 */

#define ATN_MIXED_X_MAX 6                     /* columns besides the constant */
#define ATN_MIXED_P_MAX (ATN_MIXED_X_MAX + 1) /* fixed effects */

#define ATN_MIXED_INTERCEPT 0 /* random intercept only */
#define ATN_MIXED_SLOPE 1     /* random intercept and slope, correlated */
#define ATN_MIXED_DIAGONAL 2  /* the same, uncorrelated where z is 0 */

/* Rows sorted by group; a row whose y is NaN is left out, the others must be finite. */
typedef struct atn_mixed_data {
    const double *y;
    const double *x[ATN_MIXED_X_MAX];
    size_t n_x;
    const double *z;        /* not read by ATN_MIXED_INTERCEPT; often one of x */
    const uint64_t *starts; /* n_groups + 1: group g is rows starts[g] up to starts[g + 1] */
    size_t n_groups;
    int32_t structure; /* ATN_MIXED_* */
    int32_t reml;      /* 1: restricted likelihood */
} atn_mixed_data;

/* How a column was brought to a scale: value = mean + scale * scaled; a power of two and an SD. */
typedef struct atn_scaled {
    double mean, scale; /* of the values times 2^-exponent */
    int exponent;
} atn_scaled;

typedef struct atn_mixed {
    double b[ATN_MIXED_P_MAX];                      /* constant first */
    double b_cov[ATN_MIXED_P_MAX][ATN_MIXED_P_MAX]; /* their covariance */
    double d00, d01, d11;                           /* D; NaN: no slope */
    double theta[3];                                /* relative factor: L00, L10, L11 */
    double s2;                                      /* residual variance */
    double log_likelihood, aic, bic;                /* bic with the rows, as lme4 */
    size_t p, n_theta;                              /* fixed effects, parameters of D */
    uint64_t n_rows, n_groups;                      /* that were used */
    int32_t iterations;                             /* of Newton's method */
    int32_t singular;                               /* 1: a variance of 0 or a correlation of 1 */
    /* What effects of groups are computed from: valid as long as work is left alone. */
    const double *stats;
    double factor[3];             /* theta on the scaled columns */
    double beta[ATN_MIXED_P_MAX]; /* fixed effects of the scaled residual */
    atn_scaled y, z, x[ATN_MIXED_X_MAX];
} atn_mixed;

/* One group's deviations and their uncertainty given the parameters (lme4's condVar). */
typedef struct atn_mixed_effect {
    double u0, u1; /* u1 and what belongs to it is NaN without a slope */
    double var_u0, var_u1, cov_u0_u1;
} atn_mixed_effect;

/* Doubles of scratch; 0 when that is too many to count. */
size_t atn_mixed_work(size_t n_groups, size_t n_x);

/*
 * work: atn_mixed_work doubles, to be kept for atn_mixed_effect_at. The caller has checked the
 * data. err->key says what is short or wrong:
 *   ATTUNE_E_TOO_FEW   "groups": fewer than two have a row; "rows": no group has more different
 *                      rows than random effects, or fewer rows in all than fixed effects and two
 *   ATTUNE_E_NUMERIC   "x": columns are constant or depend on each other; "residual": the lines
 *                      fit exactly, so that no likelihood has a maximum; "fit": no maximum was
 *                      found, or a variance is beyond what a double holds
 */
attune_status atn_mixed_fit(const atn_mixed_data *data, double *work, atn_mixed *fit,
                            attune_error *err);

/* Group g's deviation from the fixed effects; one without rows has 0 and D. */
void atn_mixed_effect_at(const atn_mixed *fit, size_t g, atn_mixed_effect *effect);

#endif
