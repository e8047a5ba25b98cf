/* The mean and the standard deviation of a series, as well as its doubles allow. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/moments.h"

#include <math.h>

/* Distances from the first value are small and lose nothing; their mean is then refined once. */
double atn_mean(const double *y, size_t n)
{
    double sum = 0.0, rest = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += y[i] - y[0];
    double mean = y[0] + sum / (double)n;
    for (size_t i = 0; i < n; i++)
        rest += y[i] - mean;
    return mean + rest / (double)n;
}

double atn_squares(const double *y, size_t n)
{
    double mean = atn_mean(y, n), squares = 0.0, rest = 0.0;
    for (size_t i = 0; i < n; i++) {
        squares += (y[i] - mean) * (y[i] - mean);
        rest += y[i] - mean;
    }
    return fmax(0.0, squares - rest * rest / (double)n);
}

double atn_sd(const double *y, size_t n)
{
    return n < 2 ? 0.0 : sqrt(atn_squares(y, n) / (double)(n - 1));
}
