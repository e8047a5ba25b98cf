/* What files of correlations share: checks, Fisher's z, and p of a difference. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_CORRELATION_H
#define ATN_STATS_CORRELATION_H

#include <attune/correlation.h>

#include <math.h>

/* One correlation that was given, with its name in messages. */
typedef struct atn_given_r {
    const char *key;
    double r;
} atn_given_r;

/* Each within -1..1 first, then n - controls above 3, then each short of 1. */
attune_status atn_check_r(const atn_given_r *given, size_t count, uint64_t n, uint64_t controls,
                          attune_error *err);

/* A room for the result that is there and large enough. */
attune_status atn_check_room(const void *result, size_t size, attune_error *err);

/* Where Fisher's interval of r ends, half being 1.96 standard errors of z. */
static inline double atn_fisher(double r, double half)
{
    return tanh(atanh(r) + half);
}

/* value / sqrt(variance); NaN where an approximation leaves no variance. */
static inline double atn_over_sd(double value, double variance)
{
    return variance > 0 ? value / sqrt(variance) : (double)NAN;
}

/* P(|T| >= |t|), with the degrees of freedom capped at 1e6. */
double atn_t_p(double t, double df);

#endif
