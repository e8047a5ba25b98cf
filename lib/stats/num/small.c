/* Small symmetric positive definite systems by Cholesky's method. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/small.h"

#include <math.h>
#include <string.h>

int atn_cholesky(double a[][ATN_SMALL_MAX], size_t n, double least)
{
    for (size_t j = 0; j < n; j++) {
        double pivot = a[j][j];
        for (size_t k = 0; k < j; k++)
            pivot -= a[j][k] * a[j][k];
        if (!(pivot > least * a[j][j]))
            return 0;
        a[j][j] = sqrt(pivot);
        for (size_t i = j + 1; i < n; i++) {
            double sum = a[i][j];
            for (size_t k = 0; k < j; k++)
                sum -= a[i][k] * a[j][k];
            a[i][j] = sum / a[j][j];
        }
    }
    return 1;
}

void atn_cholesky_solve(double l[][ATN_SMALL_MAX], size_t n, double *b)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            b[i] -= l[i][k] * b[k];
        b[i] /= l[i][i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            b[i] -= l[k][i] * b[k];
        b[i] /= l[i][i];
    }
}

void atn_cholesky_invert(double l[][ATN_SMALL_MAX], size_t n, double inverse[][ATN_SMALL_MAX])
{
    for (size_t j = 0; j < n; j++) {
        double column[ATN_SMALL_MAX] = { 0 };
        column[j] = 1;
        atn_cholesky_solve(l, n, column);
        memcpy(inverse[j], column, sizeof column);
    }
}

double atn_cholesky_log_det(double l[][ATN_SMALL_MAX], size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += log(l[i][i]);
    return 2 * sum;
}
