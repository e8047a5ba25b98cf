/* Fits what standard input gives: "lsq n p low" with rows, or "one n" with values. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/lsq.h"
#include "lib/stats/num/moments.h"
#include "lib/stats/num/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int read_all(double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (scanf("%lf", &values[i]) != 1)
            return 0;
    return 1;
}

/* Rank, rounds, residual sd, then each coefficient and its standard error. */
static void print_fit(const atn_lsq_given *given, double *covariance, void *work)
{
    atn_lsq fit;
    size_t rank = atn_lsq_fit(&fit, given, work);
    printf("%zu", rank);
    if (rank == given->p) {
        double sd = sqrt(fit.sse / (double)(given->n - given->p));
        atn_lsq_covariance(&fit, given, covariance);
        printf(" %.17g", sd);
        for (size_t j = 0; j < given->p; j++)
            printf(" %.17g %.17g", fit.b[j], sd * sqrt(covariance[j * given->p + j]));
    }
    printf("\n");
}

static int fit_rows(size_t n, size_t p, int low)
{
    double *x = calloc(2 * n * p + n + p * p, sizeof *x);
    void *work = malloc(atn_lsq_size(n, p));
    int read = x && work;
    if (read) {
        double *rest = x + n * p, *y = rest + n * p;
        read = read_all(x, n * p) && (!low || read_all(rest, n * p)) && read_all(y, n);
        const atn_lsq_given given = { x, low ? rest : NULL, y, n, p };
        if (read)
            print_fit(&given, y + n, work);
    }
    free(x);
    free(work);
    return read;
}

static int fit_one(size_t n)
{
    double *y = calloc(n, sizeof *y);
    int read = y && read_all(y, n);
    if (read)
        printf("%.17g %.17g %.17g\n", atn_mean(y, n), atn_sd(y, n), atn_lag1(y, n));
    free(y);
    return read;
}

int main(void)
{
    char word[8];
    size_t n, p;
    int low;
    while (scanf("%7s", word) == 1) {
        int read = strcmp(word, "lsq") == 0
                       ? scanf("%zu %zu %d", &n, &p, &low) == 3 && fit_rows(n, p, low)
                       : scanf("%zu", &n) == 1 && fit_one(n);
        if (!read)
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
