/* Decimals written and read against libc's own digits. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/text/number.h"
#include "tests/unit/near.h"

#include <attune/text.h>

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 50000 };

static uint64_t bits = 88172645463325252u;

/* xorshift64, Marsaglia 2003, J Stat Softw 8(14): below `limit`. */
static uint64_t below(uint64_t limit)
{
    bits ^= bits << 13;
    bits ^= bits >> 7;
    bits ^= bits << 17;
    return bits % limit;
}

/* Fewest digits of 15, 16 and 17 that libc reads back to the same double. */
static void check_written(double value)
{
    char want[64], got[ATTUNE_NUMBER_TEXT_MAX];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(want, sizeof want, "%.*g", digits, value);
        if (fabs(strtod(want, NULL) - value) <= 0)
            break;
    }
    attune_number_text(value, got);
    assert_string_equal(got, want);
}

static void check_neighbours(double value)
{
    check_written(value);
    check_written(-value);
    check_written(nextafter(value, 0));
    check_written(nextafter(value, 1e300));
}

static void what_scores_look_like_is_written_as_libc_writes_it(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS / 10; i++) {
        check_neighbours((double)below(100000) / (double)(1 + below(999)) + .0001);
        check_neighbours((double)(1 + below(1000000)) / 1000);
        check_neighbours((double)(1 + below(UINT64_C(1) << 53)) / (double)(UINT64_C(1) << 40));
    }
}

static void powers_and_their_neighbours_are_written_as_libc_writes_them(void **state)
{
    static const double edges[] = { 1e-5, 1e-4, 1e-3, .1, 1, 10, 1e8, 999999999.5, 1e9, 1e10 };
    (void)state;
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        double value = edges[i] + edges[i] / 3;
        check_neighbours(value);
        check_written(nextafter(edges[i], 0));
    }
    for (int exponent = -20; exponent < 35; exponent++)
        check_neighbours(ldexp(1.5, exponent));
}

/* Halfway cases of the last digit: where a wrong rounding would show. */
static void ties_are_written_as_libc_writes_them(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++)
        check_written(ldexp((double)(2 * below(UINT64_C(1) << 52) + 1), -(int)below(52)));
}

static void decimals_are_read_as_libc_reads_them(void **state)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    char text[64];
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        int places = 1 + (int)below(12);
        double unit = pow(10, places);
        int n = snprintf(text, sizeof text, "%llu.%0*llu", (unsigned long long)below(1000), places,
                         (unsigned long long)below((uint64_t)unit));
        double got = -1;
        assert_true(atn_number_read(plain, text, (size_t)n, &got));
        assert_same(got, strtod(text, NULL));
    }
    freelocale(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_scores_look_like_is_written_as_libc_writes_it),
        cmocka_unit_test(powers_and_their_neighbours_are_written_as_libc_writes_them),
        cmocka_unit_test(ties_are_written_as_libc_writes_them),
        cmocka_unit_test(decimals_are_read_as_libc_reads_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
