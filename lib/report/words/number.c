/* Numbers for people, from scaled integers: printf would ask the locale. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/words/number.h"

#include <math.h>
#include <string.h>

#define LARGEST 1e12
#define MINUS "\xe2\x88\x92" /* U+2212 */
#define DASH "\xe2\x80\x93"  /* U+2013 */

static const long long powers[] = { 1, 10, 100, 1000 };

static void append(char *text, const char *more)
{
    size_t n = strlen(text);
    memcpy(text + n, more, strlen(more) + 1);
}

/* The digits of scaled, with a point before the last `decimals` of them. */
static void append_digits(char *text, unsigned long long scaled, int decimals)
{
    char digits[24];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    for (int place = 0; scaled > 0 || place <= decimals; place++) {
        if (place == decimals && decimals > 0)
            digits[--at] = '.';
        digits[--at] = (char)('0' + (int)(scaled % 10));
        scaled /= 10;
    }
    append(text, digits + at);
}

static const char *print(char *text, double value, int decimals, const char *plus)
{
    text[0] = '\0';
    if (decimals < 0 || decimals > 3)
        decimals = 1;
    if (isnan(value)) {
        append(text, DASH);
    } else if (fabs(value) > LARGEST) {
        append(text, "out of range");
    } else {
        long long scaled = llround(value * (double)powers[decimals]);
        append(text, scaled < 0 ? MINUS : scaled > 0 ? plus : "");
        append_digits(text, (unsigned long long)(scaled < 0 ? -scaled : scaled), decimals);
    }
    return text;
}

const char *atn_figure(char text[ATN_NUMBER_MAX], double value, int decimals)
{
    return print(text, value, decimals, "");
}

const char *atn_number_signed(char text[ATN_NUMBER_MAX], double value, int decimals)
{
    return print(text, value, decimals, "+");
}

int atn_decimals(double step)
{
    return isnan(step) || fabs(step - nearbyint(step)) < 1e-9 ? 0 : 1;
}

int atn_decimals_for(double value, int decimals)
{
    int whole = isnan(value) || fabs(value - nearbyint(value)) < 1e-9;
    return whole || decimals > 0 ? decimals : 1;
}
