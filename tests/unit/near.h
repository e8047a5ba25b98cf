/* cmocka compares floats only: doubles are compared here, printing both and the distance. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_NEAR_H
#define TESTS_NEAR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <math.h>
#include <string.h>

/* cmocka wants the four headers above it to come first. */
#include <cmocka.h>

/* |got - want| <= tolerance * max(1, |want|); NaN equals NaN only. */
#define assert_near(got, want, tolerance) near_check(got, want, tolerance, __FILE__, __LINE__)

/* The same double, bit for bit; any NaN equals any NaN. */
#define assert_same(got, want) same_check(got, want, __FILE__, __LINE__)

static inline void near_check(double got, double want, double tolerance, const char *file, int line)
{
    double scale = fabs(want) > 1.0 ? fabs(want) : 1.0;
    if (isnan(got) && isnan(want))
        return;
    if (got == want || fabs(got - want) <= tolerance * scale)
        return;
    print_error("%.17g is not within %g of %.17g: off by %g\n", got, tolerance, want, got - want);
    _fail(file, line);
}

static inline void same_check(double got, double want, const char *file, int line)
{
    if ((isnan(got) && isnan(want)) || memcmp(&got, &want, sizeof got) == 0)
        return;
    print_error("%.17g is not the same double as %.17g: off by %g\n", got, want, got - want);
    _fail(file, line);
}

#endif
