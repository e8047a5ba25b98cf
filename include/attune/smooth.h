/* Smooth lines through one client's series, for drawing: LOWESS and a level that wanders (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_SMOOTH_H
#define ATTUNE_SMOOTH_H

#include <attune/export.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * LOWESS  locally weighted lines (Cleveland 1979, J Am Stat Assoc 74:829-836), row by row what R's
 *         lowess(x, y, f, iter, delta) gives: a line by least squares through the nearest
 *         max(2, whole part of span * n) scores, with tricube weights, then `rounds` times again
 *         with bisquare weights of the residuals, 6 median |residual| wide. It has no band.
 * LEVEL   score = level + e, and the level moves by a normal step between rows, with variance
 *         level_var times their distance: the local level model (Durbin & Koopman 2012, ch. 2).
 *         Smoothed by Kalman's filter and the recursion back, started from nothing known (exact
 *         diffuse). The variances are those of maximum likelihood, or the caller's own. The band
 *         is that of the level, not of a score, and takes the variances as known.
 */
#define ATTUNE_SMOOTH_LOWESS 0
#define ATTUNE_SMOOTH_LEVEL 1

typedef struct attune_smooth_options {
    uint32_t struct_size; /* set by the caller; a NULL pointer means the defaults of _INIT */
    int32_t method;       /* ATTUNE_SMOOTH_* */
    int32_t rounds;       /* LOWESS: robust rounds, 0 to 100; R's iter, 3 */
    int32_t reserved;
    double span;         /* LOWESS: share of the scores that a line goes through, above 0 up to 1;
                            R's f; 0 or NaN: 2/3 */
    double delta;        /* LOWESS: rows of x nearer than this to one that has a line are read off
                            between lines; R's delta; below 0 or NaN: .01 of the range of x */
    double coverage;     /* LEVEL: of the band, .001 to .999999; 0 or NaN: .95 */
    double level_var;    /* LEVEL: squared score points per unit of x; below 0 or NaN: estimated */
    double residual_var; /* LEVEL: squared score points; the same. Both are given, or neither */
} attune_smooth_options;

#define ATTUNE_SMOOTH_OPTIONS_INIT                                                                 \
    {                                                                                              \
        (uint32_t)sizeof(attune_smooth_options), ATTUNE_SMOOTH_LOWESS, 3, 0, 0.0, -1.0, 0.0, -1.0, \
            -1.0                                                                                   \
    }

/* What was fitted. */
typedef struct attune_smooth {
    uint32_t struct_size; /* set by the caller */
    int32_t n;            /* scores */
    int32_t iterations;   /* LOWESS: passes; LEVEL: likelihoods that were computed */
    int32_t reserved;
    double level_var, residual_var; /* LEVEL; else NaN */
    double log_likelihood;          /* LEVEL: diffuse, of all scores but the first; else NaN */
} attune_smooth;

/* Scratch memory that attune_smooth_fit wants for n rows, in bytes: about 48 n. 0: n is too many.
 */
ATTUNE_API size_t attune_smooth_work(size_t n);

/*
 * Fills smooth, low and high, n values each, from n rows in row order: x, a session number or a
 * day, y a score, NaN where the form was not completed. low and high may be NULL.
 *
 *     attune_smooth_options level = ATTUNE_SMOOTH_OPTIONS_INIT;
 *     attune_smooth found = { .struct_size = sizeof found };
 *     level.method = ATTUNE_SMOOTH_LEVEL;
 *     attune_smooth_fit(x, y, n, &level, work, size, smooth, low, high, &found, NULL);
 *
 * At a row without a score LOWESS reads off between the lines of its neighbours with one, and is
 * NaN before the first and after the last; LEVEL has an estimate there too, with a wider band. At
 * a row without an x both are NaN.
 *
 * Degenerate cases, under the numbers that the tests use:
 *   1  no score                    ATTUNE_E_TOO_FEW
 *   2  one score, or all at one x  LOWESS: the score; their mean
 *   3  LEVEL of fewer than three   ATTUNE_E_TOO_FEW, unless the variances are given
 *   4  all scores equal            the score everywhere; LEVEL: variances 0, a band of no width,
 *                                  log_likelihood NaN
 *   5  a level that does not move  level_var 0: the mean everywhere; nothing but moves:
 *      is likeliest                residual_var 0: the scores themselves, band of no width there
 *   6  several scores at one x     LEVEL: one level for all of them
 *   7  a figure too large for a    that figure NaN
 *      double
 * ATTUNE_E_ARGUMENT for a NULL pointer, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT when work_size is too
 * small; ATTUNE_E_OPTION with err->key the member; ATTUNE_E_VALUE and _E_ORDER as attune_trend_fit;
 * ATTUNE_E_NUMERIC for given variances that leave no likelihood (both 0, scores that differ). On
 * failure nothing is written but to work. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_smooth_fit(const double *x, const double *y, size_t n,
                                           const attune_smooth_options *options, void *work,
                                           size_t work_size, double *smooth, double *low,
                                           double *high, attune_smooth *found, attune_error *err);

#ifdef __cplusplus
}
#endif

#endif
