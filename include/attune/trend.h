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

/* The trend of one series: the columns of `attune trend`, from n on. NaN: cannot be had. */
typedef struct attune_trend {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t n;            /* observed scores */
    double first, last;
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

#define ATTUNE_TREND_ROWS_MAX 4096 /* rows that one trend takes */

/* Scratch memory that attune_trend_fit wants for n rows, in bytes; 0: n is too large. */
ATTUNE_API size_t attune_trend_work(size_t n);

ATTUNE_API attune_status attune_trend_fit(const double *x, const double *y, size_t n, void *work,
                                          size_t work_size, attune_trend *trend,
                                          attune_error *err);

ATTUNE_API attune_status attune_trend_scan(const uint64_t *starts, size_t n_groups,
                                           const double *x, const double *y, size_t n_rows,
                                           void *work, size_t work_size, attune_trend *trends,
                                           attune_status *statuses, attune_error *err);

ATTUNE_API const attune_field *attune_trend_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
