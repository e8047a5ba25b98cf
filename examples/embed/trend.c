/* Fits a trend from outside the tree. libattune-stats brings in GSL, a GPL work. */
/* SPDX-License-Identifier: MIT */
#include <attune/trend.h>

#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    const double x[5] = { 1, 2, 3, 4, 5 }, y[5] = { 1, 3, 2, 5, 4 };
    attune_trend trend = { .struct_size = sizeof trend };
    size_t size = attune_trend_work(5);
    void *work = malloc(size);
    attune_status status = attune_trend_fit(x, y, 5, work, size, &trend, NULL);
    free(work);
    if (status != ATTUNE_OK)
        return 1;
    printf("%d scores, slope %.3f by least squares, %.3f by Theil and Sen\n", (int)trend.n,
           trend.ols_slope, trend.sen_slope);
    return 0;
}
