/* Order statistics by quickselect; a sort takes over where its pivots serve badly. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/select.h"

#include "lib/stats/num.h"

#include <math.h>

#define FEW 8 /* so few are insertion-sorted */

static void swap(double *a, double *b)
{
    double held = *a;
    *a = *b;
    *b = held;
}

static void sort_few(double *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double held = v[i];
        size_t j = i;
        for (; j > 0 && v[j - 1] > held; j--)
            v[j] = v[j - 1];
        v[j] = held;
    }
}

/* Orders the first, middle and last, and returns the middle: the pivot. */
static double middle_of_three(double *v, size_t n)
{
    double *first = v, *middle = v + n / 2, *last = v + n - 1;
    if (*middle < *first)
        swap(middle, first);
    if (*last < *middle)
        swap(last, middle);
    if (*middle < *first)
        swap(middle, first);
    return *middle;
}

/* Hoare's partition: returns a cut, 0 < cut < n, with v[..cut) <= pivot <= v[cut..). */
static size_t part(double *v, size_t n)
{
    double pivot = middle_of_three(v, n);
    size_t low = 0, high = n - 1; /* both stand on the right side already: the scans stop there */
    for (;;) {
        do
            low++;
        while (v[low] < pivot);
        do
            high--;
        while (v[high] > pivot);
        if (low >= high)
            return high + 1;
        swap(v + low, v + high);
    }
}

double atn_select(double *values, size_t n, size_t k)
{
    double *v = values;
    for (int turn = 0; n > FEW; turn++) {
        if (turn == 64) {
            atn_sort(v, n);
            return v[k];
        }
        size_t cut = part(v, n);
        if (k < cut) {
            n = cut;
        } else {
            v += cut;
            n -= cut;
            k -= cut;
        }
    }
    sort_few(v, n);
    return v[k];
}

double atn_median(double *values, size_t n)
{
    size_t middle = n / 2;
    double upper = atn_select(values, n, middle);
    if (n % 2)
        return upper;
    double lower = values[0];
    for (size_t i = 1; i < middle; i++)
        if (values[i] > lower)
            lower = values[i];
    return 0.5 * lower + 0.5 * upper;
}
