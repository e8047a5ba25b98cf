/* Order statistics by quickselect. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_BASE_SELECT_H
#define ATN_BASE_SELECT_H

#include <math.h>
#include <stddef.h>

#define ATN_FEW 8 /* so few are insertion-sorted */

static inline void atn_swap(double *a, double *b)
{
    double held = *a;
    *a = *b;
    *b = held;
}

static inline void atn_sort_few(double *v, size_t n)
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
static inline double atn_middle_of_three(double *v, size_t n)
{
    double *first = v, *middle = v + n / 2, *last = v + n - 1;
    if (*middle < *first)
        atn_swap(middle, first);
    if (*last < *middle)
        atn_swap(last, middle);
    if (*middle < *first)
        atn_swap(middle, first);
    return *middle;
}

/* Hoare's partition: returns a cut, 0 < cut < n, with v[..cut) <= pivot <= v[cut..). */
static inline size_t atn_part(double *v, size_t n)
{
    double pivot = atn_middle_of_three(v, n);
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
        atn_swap(v + low, v + high);
    }
}

/* Narrows *v to the side of a cut that holds its k-th; n is how many are left. */
static inline size_t atn_narrow(double **v, size_t n, size_t *k)
{
    size_t cut = atn_part(*v, n);
    if (*k < cut)
        return cut;
    *v += cut;
    *k -= cut;
    return n - cut;
}

/* Given the upper middle in its place: the median, without overflow; halves of denormals round. */
static inline double atn_median_from(const double *values, size_t n, double upper)
{
    double lower = values[0];
    if (n % 2)
        return upper;
    for (size_t i = 1; i < n / 2; i++)
        if (values[i] > lower)
            lower = values[i];
    return fmin(fmax(0.5 * lower + 0.5 * upper, lower), upper);
}

/* The median of few enough values that the worst case does not matter; they are reordered. */
static inline double atn_median_few(double *values, size_t n)
{
    double *v = values;
    size_t left = n, k = n / 2;
    while (left > ATN_FEW)
        left = atn_narrow(&v, left, &k);
    atn_sort_few(v, left);
    return atn_median_from(values, n, v[k]);
}

#endif
