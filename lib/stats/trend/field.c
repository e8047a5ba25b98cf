/* The columns of a trend, in the order of the command's CSV output. */
/* SPDX-License-Identifier: MIT */
#include <attune/trend.h>

#define FIELD(type, member, text)                                                                  \
    {                                                                                              \
#member, text, NULL, 0, (uint32_t)offsetof(attune_trend, member), type                     \
    }
#define COUNT(member, text) FIELD(ATTUNE_FIELD_COUNT, member, text)
#define REAL(member, text) FIELD(ATTUNE_FIELD_REAL, member, text)

static const attune_field fields[] = {
    COUNT(n, "Observed scores."),
    REAL(first, "The first observed score."),
    REAL(last, "The last observed score."),
    REAL(ols_intercept, "Least squares: the line's height at time 0."),
    REAL(ols_slope, "Least squares: score points per unit of time."),
    REAL(ols_slope_se, "Least squares: standard error of the slope."),
    REAL(ols_t, "Least squares: slope over its standard error."),
    REAL(ols_p, "Least squares: two-sided p of the slope, n - 2 degrees of freedom."),
    REAL(ols_low, "Least squares: lower end of the slope's 95 % interval."),
    REAL(ols_high, "Least squares: upper end of the slope's 95 % interval."),
    REAL(residual_sd, "Least squares: standard deviation of the residuals."),
    REAL(sen_slope, "Theil-Sen: the median of the slopes of all pairs."),
    REAL(sen_low, "Theil-Sen: lower end of Sen's 95 % interval."),
    REAL(sen_high, "Theil-Sen: upper end of Sen's 95 % interval."),
    REAL(sen_intercept, "Theil-Sen: median score less slope times median time."),
    REAL(siegel_slope, "Siegel's repeated median slope."),
    REAL(mk_s, "Mann-Kendall: rises less falls over all pairs, in row order."),
    REAL(mk_var, "Mann-Kendall: variance of S, corrected for ties."),
    REAL(mk_z, "Mann-Kendall: S over its standard deviation, with continuity correction."),
    REAL(mk_p, "Mann-Kendall: two-sided normal p."),
    REAL(mk_p_exact, "Mann-Kendall: two-sided permutation p, for 3 to 10 scores."),
    REAL(kendall_tau_b, "Kendall's tau-b of time and score."),
    REAL(spearman_rho, "Spearman's correlation of time and score, mid-ranks."),
    REAL(lag1, "First autocorrelation of the scores, in row order."),
    REAL(durbin_watson, "Durbin-Watson statistic of the least-squares residuals."),
    REAL(mk_hr_z, "Mann-Kendall z with the variance of Hamed and Rao 1998."),
    REAL(mk_hr_p, "Its two-sided normal p."),
    REAL(mk_yw_z,
         "Mann-Kendall z with the variance of Yue and Wang 2004, lag 1, factor at least 1."),
    REAL(mk_yw_p, "Its two-sided normal p."),
    REAL(pw_slope, "Prais-Winsten, iterated: score points per unit of time."),
    REAL(pw_slope_se, "Prais-Winsten: standard error of the slope."),
    REAL(log_intercept, "Least squares on the logarithm of time: height at time 1."),
    REAL(log_slope, "Least squares on the logarithm of time: points per unit of ln time."),
    REAL(log_slope_se, "Least squares on the logarithm of time: standard error of the slope."),
    REAL(huber_slope, "M-estimate of the slope, Huber, k = 1.345."),
    REAL(bisquare_slope, "M-estimate of the slope, bisquare, c = 4.685."),
};

const attune_field *attune_trend_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}
