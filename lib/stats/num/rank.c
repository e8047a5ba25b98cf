/* Mid-ranks, tie sums and rank correlation. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/rank.h"

#include "lib/stats/num/num.h"

#include <math.h>

void atn_rank(double *rank, size_t *order, const double *values, size_t n, double noise)
{
    atn_sort_order(order, values, n);
    atn_rank_in_order(rank, order, values, n, noise);
}

void atn_rank_in_order(double *rank, const size_t *order, const double *values, size_t n,
                       double noise)
{
    for (size_t from = 0; from < n;) {
        size_t to = from + 1;
        while (to < n && values[order[to]] - values[order[to - 1]] <= noise)
            to++;
        double middle = 0.5 * (double)(from + 1 + to);
        for (; from < to; from++)
            rank[order[from]] = middle;
    }
}

/* The first place after from whose rank is another; ranks are exact halves. */
static size_t tie_end(const double *rank, const size_t *order, size_t n, size_t from)
{
    size_t to = from + 1;
    while (to < n && rank[order[to]] <= rank[order[from]])
        to++;
    return to;
}

double atn_tie_sum(const double *rank, const size_t *order, size_t n)
{
    double sum = 0.0;
    for (size_t from = 0, to; from < n; from = to) {
        to = tie_end(rank, order, n, from);
        sum += atn_mk_sum(to - from);
    }
    return sum;
}

double atn_rank_correlation(const double *a, const double *b, size_t n)
{
    double middle = 0.5 * (double)(n + 1); /* the mean of mid-ranks, exactly */
    double aa = 0.0, ab = 0.0, bb = 0.0;
    for (size_t i = 0; i < n; i++) {
        double da = a[i] - middle, db = b[i] - middle;
        aa += da * da;
        ab += da * db;
        bb += db * db;
    }
    if (!(aa > 0.0) || !(bb > 0.0))
        return NAN;
    return fmax(-1.0, fmin(1.0, ab / sqrt(aa * bb)));
}

double atn_mk_sum(size_t n)
{
    double t = (double)n;
    return t * (t - 1.0) * (2.0 * t + 5.0);
}

double atn_mk_z(double s, double variance)
{
    if (!(fabs(s) > 0.0))
        return 0.0;
    if (!(variance > 0.0))
        return NAN;
    return (s - copysign(1.0, s)) / sqrt(variance);
}

/* poly := poly * (1 - q^by) / (1 - q^over): whole numbers all the way when it comes out even. */
static void times_over(int64_t *poly, size_t top, size_t by, size_t over)
{
    for (size_t i = top + 1; i-- > by;)
        poly[i] -= poly[i - by];
    for (size_t i = over; i <= top; i++)
        poly[i] += poly[i - over];
}

/*
 * The inversions of the arrangements of tied values are counted by the Gaussian multinomial
 * coefficient (MacMahon 1915, Combinatory Analysis): one Gaussian binomial for each tied group.
 */
static size_t count_inversions(int64_t *poly, size_t top, const double *rank, const size_t *order,
                               size_t n)
{
    size_t pairs = n * (n - 1) / 2;
    for (size_t i = 1; i <= top; i++)
        poly[i] = 0;
    poly[0] = 1;
    for (size_t from = 0, to; from < n; from = to) {
        to = tie_end(rank, order, n, from);
        for (size_t i = from; i < to; i++)
            times_over(poly, top, i + 1, i - from + 1);
        pairs -= (to - from) * (to - from - 1) / 2;
    }
    return pairs; /* that are not tied: the most inversions there can be */
}

double atn_mk_exact(double s, const double *rank, const size_t *order, size_t n)
{
    int64_t poly[ATN_EXACT_MAX * (ATN_EXACT_MAX - 1) / 2 + 1];
    size_t pairs = count_inversions(poly, sizeof poly / sizeof *poly - 1, rank, order, n);
    int64_t all = 0, extreme = 0;
    for (size_t i = 0; i <= pairs; i++) {
        all += poly[i];
        if (fabs((double)pairs - 2.0 * (double)i) >= fabs(s))
            extreme += poly[i];
    }
    return (double)extreme / (double)all;
}
