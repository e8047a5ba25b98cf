/* What the parts of an association share: centred columns, scratch, and where figures go. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_ASSOCIATE_PARTS_H
#define ATN_STATS_ASSOCIATE_PARTS_H

#include <attune/associate.h>

#include "lib/stats/response/mixed.h"

#include <float.h>
#include <math.h>

#define ATN_COLUMNS 5                /* scratch, a double a row each */
#define ATN_PEOPLE 5                 /* scratch, a double a client each */
#define ATN_X_MAX 4                  /* columns of a model besides its constant */
#define ATN_NOISE (16 * DBL_EPSILON) /* of a scaled score: what rounding alone may leave */

extern const char atn_few[], atn_constant[], atn_perfect[], atn_no_model[], atn_no_between[];
extern const char atn_dependent[], atn_no_variance[];

/* A measure's scores: value = mean + 2^exponent score, scores within -1..1; NaN: none. */
typedef struct atn_scores {
    double *score;
    int exponent;
} atn_scores;

typedef struct atn_caseload {
    const uint64_t *starts;
    const int32_t *session;
    size_t n_clients;
    int32_t first_session, early, reml;
    int32_t sign[3];            /* 1: higher is better, -1: worse; of x, y and technique */
    atn_scores x, y, technique; /* alliance, outcome; technique.score NULL: none */
    double *column[ATN_COLUMNS], *person[ATN_PEOPLE];
    double *mixed; /* atn_mixed_work of ATN_X_MAX columns */
} atn_caseload;

/* The caller's rows, filled from the first on. */
typedef struct atn_sink {
    attune_association *rows;
    uint32_t stride;
    size_t count;
    const char *part, *direction;
} atn_sink;

/* An estimate alone, or why there is none; counts missing. */
attune_association atn_figure(double estimate, const char *reason);

/* The same with its counts. */
attune_association atn_counted(attune_association figure, double n, double clients);

void atn_put_figure(atn_sink *sink, const char *statistic, attune_association figure);

/* An estimate with its standard error, both times scale (above 0); df NaN: normal. */
attune_association atn_estimated(double estimate, double se, double df, double scale);

/* Sums of squares and products of two columns about their means, with the pairs they come from. */
typedef struct atn_products {
    double xx, yy, xy, n;
} atn_products;

/* Of pairs of n values; a NaN in either leaves the pair out. */
atn_products atn_products_of(const double *x, const double *y, size_t n);

/* 1 when a sum of n squares is more than rounding leaves. */
int atn_varies(double squares, double n);

/* What is left of a sum of squares; 0 when that is rounding alone. */
static inline double atn_left_of(double squares, double taken)
{
    return squares - taken > 1e-12 * squares ? squares - taken : 0;
}

/* r of such sums, of n_free cases (their number, less what else was taken out) and controls. */
attune_association atn_correlated(const atn_products *s, double n_free, uint64_t controls);

/* A model of y on x[0..n_x) with a random intercept; why there is none, or NULL. */
const char *atn_model_fit(const atn_caseload *c, const double *y, const double *const *x,
                          size_t n_x, int32_t reml, atn_mixed *fit);

/* Why such columns have no model: one does not vary, or one follows from the others. */
const char *atn_model_reason(const atn_caseload *c, const double *y, const double *const *x,
                             size_t n_x);

/* Of a model, unless there is a reason: a slope, two slopes' difference, any other amount. */
attune_association atn_model_slope(const atn_mixed *fit, const char *reason, size_t k,
                                   double scale);
attune_association atn_model_contrast(const atn_mixed *fit, const char *reason, size_t k, size_t j,
                                      double scale);
attune_association atn_model_amount(const atn_mixed *fit, const char *reason, double amount);

/* How much of the variance of y lies between clients. */
attune_association atn_model_icc(const atn_caseload *c, const double *y, atn_mixed *fit,
                                 const char **reason);

void atn_put_levels(const atn_caseload *c, atn_sink *sink);
void atn_put_lagged(const atn_caseload *c, atn_sink *sink);
void atn_put_early(const atn_caseload *c, atn_sink *sink);

static inline double atn_log_session(const atn_caseload *c, uint64_t i)
{
    return log(1.0 + c->session[i] - c->first_session);
}

/* A deviation, and 0 for what is rounding alone. */
static inline double atn_deviation(double score, double mean)
{
    double off = score - mean;
    return fabs(off) <= ATN_NOISE ? 0 : off;
}

#endif
