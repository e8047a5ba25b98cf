/* Numbers to text and back, the same in every locale. */
/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* strtod_l */
#include "lib/io/text/number.h"

#include <attune/text.h>

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whole numbers up to here are read digit by digit: each is a double exactly. */
#define DIGITS_EXACT 15

static const double small_whole = 1e9;

static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 }; /* all exact */

locale_t atn_plain_locale(void)
{
    return newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static int read_digits(const char *text, size_t n, double *value)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';
        if (digit > 9)
            return 0;
        sum = sum * 10 + (int64_t)digit;
    }
    *value = (double)sum;
    return n > 0;
}

int atn_whole_read(const char *text, size_t n, double *value)
{
    return n <= DIGITS_EXACT && read_digits(text, n, value);
}

/* "5.25" as 525 / 10^2: one rounding of two exact numbers, which is what strtod would find. */
static int read_fixed(const char *text, size_t n, double *value)
{
    const char *point = memchr(text, '.', n);
    char digits[DIGITS_EXACT + 1];
    size_t before = point ? (size_t)(point - text) : n;
    size_t after = point ? n - before - 1 : 0;
    if (before == 0 || after == 0 || before + after > DIGITS_EXACT)
        return 0;
    memcpy(digits, text, before);
    memcpy(digits + before, point + 1, after);
    if (!read_digits(digits, before + after, value))
        return 0;
    *value /= powers[after];
    return 1;
}

int atn_number_read(locale_t plain, const char *text, size_t n, double *value)
{
    char *end = NULL;
    double read;
    if (atn_whole_read(text, n, value) || read_fixed(text, n, value))
        return 1;
    /* The alphabet leaves no room for nan, infinity and hexadecimal. */
    if (n == 0 || strspn(text, "0123456789+-.eE") != n)
        return 0;
    read = strtod_l(text, &end, plain);
    if (end != text + n || !isfinite(read))
        return 0;
    *value = read;
    return 1;
}

static size_t write_whole(long value, char *text)
{
    char digits[ATTUNE_NUMBER_TEXT_MAX];
    size_t n = 0;
    size_t at = 0;
    long rest = value < 0 ? -value : value;
    do {
        digits[n++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        text[at++] = '-';
    while (n > 0)
        text[at++] = digits[--n];
    text[at] = '\0';
    return at;
}

static int reads_back(const char *text, double value)
{
    double back = strtod(text, NULL);
    return memcmp(&back, &value, sizeof back) == 0;
}

static int try_digits(char *text, int digits, double value)
{
    char wide[2 * ATTUNE_NUMBER_TEXT_MAX] = { 0 }; /* a compiler cannot know: 17 digits at most */
    snprintf(wide, sizeof wide, "%.*g", digits, value);
    memcpy(text, wide, ATTUNE_NUMBER_TEXT_MAX);
    return reads_back(text, value);
}

/* One more in the last digit of a decimal, before its exponent; 0 when it has nines only. */
static int raise_last_digit(char *text)
{
    size_t at = strcspn(text, "e");
    while (at > 0) {
        char *digit = &text[--at];
        if (*digit >= '0' && *digit < '9') {
            ++*digit;
            return 1;
        }
        if (*digit == '9')
            *digit = '0';
    }
    return 0;
}

/*
 * At a power of two the doubles nearer to zero lie half as close as the others: the nearest
 * 16-digit decimal may then be too far on that side, and the next one out still read back.
 */
static int try_power_of_two(char *text, double value)
{
    int exponent;
    if (fabs(fabs(frexp(value, &exponent)) - .5) > 0)
        return 0;
    snprintf(text, ATTUNE_NUMBER_TEXT_MAX, "%#.16g", value);
    return raise_last_digit(text) && reads_back(text, value);
}

static void write_shortest(double value, char *text)
{
    int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG;
    for (; digits < DBL_DECIMAL_DIG; digits++)
        if (try_digits(text, digits, value))
            return;
    if (!try_power_of_two(text, value))
        try_digits(text, DBL_DECIMAL_DIG, value);
}

size_t attune_number_text(double value, char *text)
{
    locale_t plain;
    locale_t before;
    text[0] = '\0';
    if (isnan(value))
        return 0;
    if (fabs(value) < small_whole && fabs(value - nearbyint(value)) <= 0)
        return write_whole((long)value, text);
    plain = atn_plain_locale();
    before = plain ? uselocale(plain) : (locale_t)0;
    write_shortest(value, text);
    if (plain) {
        uselocale(before);
        freelocale(plain);
    }
    return strlen(text);
}
