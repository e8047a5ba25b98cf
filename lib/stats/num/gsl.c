/* The one file that includes GSL: checked arguments in, no call that can reach gsl_error(). */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/num.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>

#include <math.h>

static double residuals(const double *x, const double *y, size_t n, const atn_line *line, double *e)
{
    double sse = 0.0;
    for (size_t i = 0; i < n; i++) {
        e[i] = y[i] - (line->intercept + line->slope * x[i]);
        sse += e[i] * e[i];
    }
    return sse;
}

/* The line through what a line left: takes back the rounding of GSL's running means. */
static void refine(const double *x, const double *e, size_t n, atn_line *line)
{
    double intercept, slope, cov00, cov01, cov11, sse;
    gsl_fit_linear(x, 1, e, 1, n, &intercept, &slope, &cov00, &cov01, &cov11, &sse);
    line->intercept += intercept;
    line->slope += slope;
}

/* 1 / Sxx. GSL's own variance is that times a residual variance that two rows do not have. */
static double slope_variance(const double *x, size_t n)
{
    double mean = gsl_stats_mean(x, 1, n), sxx = 0.0;
    for (size_t i = 0; i < n; i++)
        sxx += (x[i] - mean) * (x[i] - mean);
    return 1.0 / sxx;
}

atn_line atn_fit_line(const double *x, const double *y, size_t n, double *e)
{
    atn_line line;
    double cov00, cov01, cov11;
    gsl_fit_linear(x, 1, y, 1, n, &line.intercept, &line.slope, &cov00, &cov01, &cov11, &line.sse);
    residuals(x, y, n, &line, e);
    refine(x, e, n, &line);
    line.sse = residuals(x, y, n, &line, e);
    line.slope_var = slope_variance(x, n);
    return line;
}

atn_line atn_fit_weighted_line(const double *x, const double *w, const double *y, size_t n)
{
    atn_line line;
    double cov00, cov01;
    gsl_fit_wlinear(x, 1, w, 1, y, 1, n, &line.intercept, &line.slope, &cov00, &cov01,
                    &line.slope_var, &line.sse);
    return line;
}

double atn_lag1(const double *y, size_t n)
{
    return gsl_stats_lag1_autocorrelation(y, 1, n);
}

double atn_normal_p(double z)
{
    if (isnan(z))
        return NAN;
    return fmin(1.0, 2.0 * gsl_cdf_ugaussian_Q(fabs(z)));
}

double atn_normal_quantile(double p)
{
    return gsl_cdf_ugaussian_Pinv(p);
}

/* The incomplete beta function behind it squares t and runs on log-gammas of nu / 2. */
static double student_upper(double t, double nu)
{
    return gsl_cdf_tdist_Q(fmin(t, 1e150), nu);
}

static int student_takes(double nu)
{
    return nu >= 1.0 && nu <= 1e6;
}

double atn_student_p(double t, double nu)
{
    if (isnan(t) || !student_takes(nu))
        return NAN;
    return fmin(1.0, 2.0 * student_upper(fabs(t), nu));
}

/* Zero where t is the quantile; against the logarithm of t it is near to a straight line. */
static double student_miss(double log_t, double nu)
{
    return log(student_upper(exp(log_t), nu) / 0.025);
}

/* Cornish-Fisher in 1 / nu (Abramowitz & Stegun 26.7.5): within 2e-4 of the quantile from 5 on. */
static double student_guess(double nu)
{
    return ATN_Z_975 + (2.3722712 + (2.8224986 + (2.5558497 + 1.5895340 / nu) / nu) / nu) / nu;
}

/*
 * gsl_cdf_tdist_Pinv can reach gsl_error(), so the root is bracketed, by the normal quantile and
 * that of one degree of freedom or closely by a guess, and closed in on by a fixed number of
 * Illinois steps. The miss is concave: only the upper end can be left standing, and is pulled in.
 */
double atn_student_975(double nu)
{
    if (!student_takes(nu))
        return NAN;
    double guess = log(student_guess(nu));
    double low = nu < 5.0 ? log(1.95) : guess - 2e-4, high = nu < 5.0 ? log(12.71) : guess + 2e-4;
    double f_low = student_miss(low, nu), f_high = student_miss(high, nu), at = low;
    int steps = nu < 5.0 ? 9 : 4, stands = 0;
    while (steps-- > 0) {
        at = (low * f_high - high * f_low) / (f_high - f_low);
        double f = student_miss(at, nu);
        if (f > 0.0) {
            low = at;
            f_low = f;
            f_high *= stands ? 0.5 : 1.0;
        } else {
            high = at;
            f_high = f;
        }
        stands = f > 0.0;
    }
    return exp(at);
}

void atn_sort(double *values, size_t n)
{
    gsl_sort(values, 1, n);
}

void atn_sort_order(size_t *order, const double *values, size_t n)
{
    gsl_sort_index(order, values, 1, n);
}

/* A generator as gsl_rng_alloc() would make it, which can reach gsl_error(): put together here. */
static gsl_rng generator(void *state)
{
    return (gsl_rng) { .type = gsl_rng_mt19937, .state = state };
}

size_t atn_rng_size(void)
{
    return gsl_rng_mt19937->size;
}

void atn_rng_seed(void *state, uint32_t seed)
{
    gsl_rng rng = generator(state);
    gsl_rng_set(&rng, seed);
}

uint32_t atn_rng_word(void *state)
{
    gsl_rng rng = generator(state);
    return (uint32_t)gsl_rng_get(&rng);
}

double atn_rng_uniform(void *state)
{
    gsl_rng rng = generator(state);
    return gsl_rng_uniform(&rng);
}

double atn_rng_normal(void *state)
{
    gsl_rng rng = generator(state);
    return gsl_ran_gaussian_ratio_method(&rng, 1.0);
}

void atn_rng_shuffle(void *state, void *things, size_t n, size_t size)
{
    gsl_rng rng = generator(state);
    if (n > 1) /* it counts down from n - 1 */
        gsl_ran_shuffle(&rng, things, n, size);
}
