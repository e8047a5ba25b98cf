/* Order statistics of any number of values: a sort takes over where pivots serve badly. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/select.h"

#include "lib/core/base/select.h"
#include "lib/stats/num/num.h"

double atn_select(double *values, size_t n, size_t k)
{
    double *v = values;
    for (int turn = 0; n > ATN_FEW; turn++) {
        if (turn == 64) {
            atn_sort(v, n);
            return v[k];
        }
        n = atn_narrow(&v, n, &k);
    }
    atn_sort_few(v, n);
    return v[k];
}

double atn_median(double *values, size_t n)
{
    return atn_median_from(values, n, atn_select(values, n, n / 2));
}
