/* Trend over one client's series: least squares, rank statistics and their intervals (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_TREND_H
#define ATTUNE_TREND_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What one series of scores says about its trend. x is a session number or a day, y a score, NaN
 * where the form was not completed: such rows are left out, and the others keep their x.
 *
 *     attune_trend trend = { .struct_size = sizeof trend };
 *     double x[] = { 1, 2, 3, 4, 5 }, y[] = { 24, 23, NAN, 19, 20 };
 *     size_t size = attune_trend_work(5);
 *     void *work = malloc(size);
 *     if (attune_trend_fit(x, y, 5, work, size, &trend, NULL) == ATTUNE_OK)
 *         printf("%g points a session, p %g\n", trend.sen_slope, trend.mk_p_exact);
 *
 * Slopes are score points per unit of x; intercepts are heights at x = 0 as given, so that days
 * are best passed from the first session on. Two-sided p, 95 % intervals.
 *
 *   ols_*        least squares of y on x; t with n - 2 degrees of freedom; residual_sd is
 *                sqrt(SSE / (n - 2))
 *   sen_*        Theil 1950, Sen 1968: median slope of the pairs at different x; interval between
 *                the slopes of ranks round((N - C) / 2) and round((N + C) / 2) + 1 of N, halves to
 *                even, C = 1.959963984540054 * sqrt(var) with ties in x and y (scipy's
 *                theilslopes). Ranks that leave 1..N, as with 3 and 4 scores, are brought back:
 *                the interval is then that of all slopes, and covers less than 95 % (as tests of
 *                S: 67 % with 3 scores, 92 % with 4). Intercept: median(y) - slope * median(x)
 *                (Conover; scipy's "separate")
 *   siegel_slope Siegel 1982: median over rows of the median slope to the other rows
 *   mk_*         Mann 1945, Kendall: S counts rises less falls in row order; variance
 *                (n(n-1)(2n+5) - sum t(t-1)(2t+5)) / 18 over tied groups of y; z = (S -+ 1) / sd,
 *                0 for S = 0; p normal. mk_p_exact, for 3 to 10 scores: the share of the orders
 *                of these very scores, ties included, with |S| at least as large
 *   kendall_tau_b, spearman_rho   of x and y, ties in both allowed for
 *   lag1         sum of products of neighbours about the mean over the sum of squares (R's acf)
 *   durbin_watson  of the least-squares residuals
 *   mk_hr_*      variance times n/n* of Hamed & Rao 1998: the scores less Sen's trend in row
 *                order are ranked, and autocorrelations beyond 1.96 / sqrt(n) counted in. Scores
 *                that differ by rounding alone are tied, where R's mmkh leaves it to rounding
 *   mk_yw_*      variance times n/n* after Yue & Wang 2004 from the first autocorrelation r of
 *                the same: 1 + 2 (1 - 1/n) sum of r^k, k = 1..n-1, as R's mmky1lag (modifiedmk
 *                1.6), but never below 1, where short series would turn significant by themselves
 *   pw_*         Prais & Winsten 1954, iterated till rho moves by 1e-12; se from SSE / (n - 2). A
 *                gap counts as round(gap / usual gap), at least 1, the usual one being the lower
 *                median: across it rho is raised to that power, and only rows without a gap
 *                tell rho
 *   log_*        least squares of y on ln x, x as given: "dose-effect"
 *   huber_slope, bisquare_slope   M-estimates as R's MASS::rlm: k 1.345, c 4.685, from least
 *                squares, scale median |residual| / 0.6745 anew in each round
 *
 * Statistics "in row order" know nothing of x: a gap does not count, nor do equal x.
 *
 * NaN means that a figure does not exist. The cases, under the numbers the tests use:
 *   1  no observed score          ATTUNE_E_TOO_FEW
 *   2  one                        n, first, last; all else NaN
 *   3  two                        slopes (of one pair), intercepts, tau-b and rho; no error, no
 *                                 interval, no p, nothing serial, no mk_*, no pw_*: NaN
 *   4  three or more, all equal   slopes 0, errors 0, intervals 0..0, residual_sd 0; S 0, var 0,
 *                                 every z 0, every p of Mann-Kendall 1; NaN: ols_t, ols_p,
 *                                 tau-b, rho, lag1, durbin_watson
 *   5  an exact line              errors and residual_sd 0 and the interval the slope itself;
 *                                 NaN: ols_t, ols_p (nothing to test against), durbin_watson;
 *                                 mk_hr_* and mk_yw_* equal mk_*. Residuals count as 0 when their
 *                                 root mean square is within 8 * 2^-52 of the largest |y|
 *   6  all x equal                what needs x is NaN: ols_*, residual_sd, durbin_watson, sen_*,
 *                                 siegel, pw_*, log_*, huber, bisquare, tau-b, rho
 *   7  an x of 0 or below, or x
 *      too close for logarithms   log_* NaN
 *   8  more than ten scores       mk_p_exact NaN
 *   9  n/n* of Hamed and Rao
 *      not above 0, S not 0       mk_hr_* NaN
 *  10  rho reaches -1 or 1, or
 *      moves after 200 rounds     pw_* NaN
 *  11  weights settle on one x, or
 *      residuals move after 5000
 *      rounds                     huber_slope or bisquare_slope NaN
 *  12  a figure too large for a
 *      double                     that figure NaN (none before: sums cannot overflow)
 */
typedef struct attune_trend {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t n;            /* observed scores */
    double first, last;   /* observed scores */
    double ols_intercept, ols_slope, ols_slope_se, ols_t, ols_p, ols_low, ols_high, residual_sd;
    double sen_slope, sen_low, sen_high, sen_intercept;
    double siegel_slope;
    double mk_s, mk_var, mk_z, mk_p, mk_p_exact;
    double kendall_tau_b, spearman_rho;
    double lag1, durbin_watson;
    double mk_hr_z, mk_hr_p, mk_yw_z, mk_yw_p;
    double pw_slope, pw_slope_se;
    double log_intercept, log_slope, log_slope_se;
    double huber_slope, bisquare_slope;
} attune_trend;

#define ATTUNE_TREND_ROWS_MAX 4096 /* rows that one trend takes: pairs are kept in memory */

/*
 * Scratch memory that attune_trend_fit wants for n rows, in bytes: about 4 n (n + 19). 0: n is
 * above ATTUNE_TREND_ROWS_MAX. What does for n rows does for fewer. Thread-safe.
 */
ATTUNE_API size_t attune_trend_work(size_t n);

/*
 * Fits every statistic of attune_trend to n rows in row order.
 *   x, y       n values each; must not be NULL, even when n is 0
 *   work       scratch of work_size bytes, any alignment; must not be NULL; its content after the
 *              call means nothing. One call at a time may use it
 *   trend      struct_size set by the caller; a larger one than this version's is filled as far
 *              as this version knows
 * ATTUNE_E_ARGUMENT for a NULL pointer, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT when n is above
 * ATTUNE_TREND_ROWS_MAX or work_size too small; ATTUNE_E_VALUE, with err->index the row, for an
 * infinite x or y and for an x of NaN where y is observed; ATTUNE_E_ORDER, with err->index the
 * row, when x goes down (equal x are fine); ATTUNE_E_TOO_FEW when no score is observed. On
 * failure trend is untouched. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_trend_fit(const double *x, const double *y, size_t n, void *work,
                                          size_t work_size, attune_trend *trend, attune_error *err);

/*
 * Fits many series in one call, each as attune_trend_fit would, to the bit: series g is rows
 * starts[g] up to, not including, starts[g + 1].
 *   starts     n_groups + 1 row numbers that never go down, the last at most n_rows
 *   work       scratch for the largest series: attune_trend_work of its rows
 *   trends     n_groups results; struct_size set in the first, for all (the distance between
 *              them), and written into every one
 *   statuses   n_groups statuses: ATTUNE_OK, _E_VALUE, _E_ORDER or _E_TOO_FEW. A series that
 *              fails leaves n 0 and NaN in all figures; attune_trend_fit says which row it was
 * ATTUNE_OK when every series was tried, whatever its own status; n_groups 0 is fine.
 * ATTUNE_E_ARGUMENT for a NULL pointer, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT, with err->index the
 * place in starts or the series, for starts that do not fit, a series above
 * ATTUNE_TREND_ROWS_MAX, or work_size too small: then all outputs are untouched. Allocates
 * nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_trend_scan(const uint64_t *starts, size_t n_groups, const double *x,
                                           const double *y, size_t n_rows, void *work,
                                           size_t work_size, attune_trend *trends,
                                           attune_status *statuses, attune_error *err);

/*
 * The words of attune_trend as columns, from n on, in the order of the command's CSV output.
 * Constant; never NULL; count may be NULL. Thread-safe.
 */
ATTUNE_API const attune_field *attune_trend_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
