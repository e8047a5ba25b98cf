/* Selection against sorting, with ties and with orders made to defeat the pivots. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/select.h"

#include "tests/unit/near.h"

#include <stdlib.h>

#define MANY 4000

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void same_as_sorted(const double *values, size_t n, size_t k)
{
    static double sorted[MANY], copy[MANY];
    memcpy(sorted, values, n * sizeof *sorted);
    memcpy(copy, values, n * sizeof *copy);
    qsort(sorted, n, sizeof *sorted, by_size);
    assert_same(atn_select(copy, n, k), sorted[k]);
    for (size_t i = 0; i < n; i++)
        assert_true(i < k ? copy[i] <= copy[k] : copy[i] >= copy[k]);
}

static void every_rank_is_found_with_few_and_with_many_ties(void **state)
{
    (void)state;
    double values[150];
    unsigned random = 1;
    for (size_t n = 1; n <= 150; n += n < 30 ? 1 : 17)
        for (unsigned kinds = 1; kinds < 2000; kinds *= 5) {
            for (size_t i = 0; i < n; i++) {
                random = random * 1664525u + 1013904223u;
                values[i] = (double)((random >> 16) % kinds);
            }
            for (size_t k = 0; k < n; k++)
                same_as_sorted(values, n, k);
        }
}

static void ordered_runs_are_no_trouble(void **state)
{
    (void)state;
    static double up[MANY], down[MANY], organ[MANY];
    for (size_t i = 0; i < MANY; i++) {
        up[i] = (double)i;
        down[i] = -(double)i;
        organ[i] = (double)(i < MANY / 2 ? i : MANY - i);
    }
    for (size_t k = 0; k < MANY; k += 399) {
        same_as_sorted(up, MANY, k);
        same_as_sorted(down, MANY, k);
        same_as_sorted(organ, MANY, k);
    }
}

/* The order against which a median of first, middle and last cuts off two at a time (Musser 1997).
 */
static void an_order_that_defeats_the_pivots_is_sorted_instead(void **state)
{
    (void)state;
    static double killer[MANY];
    size_t half = MANY / 2;
    for (size_t i = 0; i < half; i++) {
        killer[i] = (double)(i % 2 ? half + i + (half % 2) : i + 1);
        killer[half + i] = (double)(2 * (i + 1));
    }
    for (size_t k = 0; k < MANY; k += 133)
        same_as_sorted(killer, MANY, k);
    same_as_sorted(killer, MANY, MANY - 1);
}

static void the_median_is_the_middle_or_the_mean_of_two(void **state)
{
    (void)state;
    assert_near(atn_median((double[]) { 7 }, 1), 7, 0);
    assert_near(atn_median((double[]) { 9, 1 }, 2), 5, 0);
    assert_near(atn_median((double[]) { 9, 1, 4 }, 3), 4, 0);
    assert_near(atn_median((double[]) { 4, 9, 1, 2 }, 4), 3, 0);
    assert_near(atn_median((double[]) { 1e308, 1.5e308 }, 2), 1.25e308, 1e-15);
    /* Half of an odd number of the smallest doubles is rounded up: twice that is beyond both. */
    assert_near(atn_median((double[]) { 15e-324, 15e-324 }, 2) / 5e-324, 3, 0);
    assert_near(atn_median((double[]) { -15e-324, -15e-324 }, 2) / 5e-324, -3, 0);
    double twenty[20];
    for (size_t i = 0; i < 20; i++)
        twenty[i] = (double)(i * 7 % 20);
    assert_near(atn_median(twenty, 20), 9.5, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rank_is_found_with_few_and_with_many_ties),
        cmocka_unit_test(ordered_runs_are_no_trouble),
        cmocka_unit_test(an_order_that_defeats_the_pivots_is_sorted_instead),
        cmocka_unit_test(the_median_is_the_middle_or_the_mean_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
