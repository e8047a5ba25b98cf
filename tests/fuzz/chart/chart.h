/* What an input of the fuzz target of charts and change points holds. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FUZZ_CHART_H
#define TESTS_FUZZ_CHART_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

enum { ROWS = 48 };

/* Options of every call, read anew by each; then rows of nine bytes. */
struct input {
    uint8_t words[8];
    uint16_t rules;
    uint8_t row, rounds;
    uint8_t spare[4];
    double reals[8];
};

static inline void must(int holds)
{
    if (!holds)
        abort();
}

void check_partitions(const struct input *given, const double *y, size_t n);
void check_tests(const struct input *given, const double *y, size_t n);

#endif
