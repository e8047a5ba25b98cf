/* Numbers for people: fixed decimals, U+2212 for minus, '.' in every locale. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_REPORT_NUMBER_H
#define ATN_REPORT_NUMBER_H

#include <stddef.h>

#define ATN_NUMBER_MAX 32 /* bytes that any number here needs, closing NUL included */

/* value with 0 to 3 decimals, half away from zero; "–" for NaN, "out of range" beyond 1e12. */
const char *atn_figure(char text[ATN_NUMBER_MAX], double value, int decimals);

/* The same with "+" before what prints above zero. */
const char *atn_number_signed(char text[ATN_NUMBER_MAX], double value, int decimals);

/* Decimals that a measure's scores are printed with: 0 on a grid of whole steps, else 1. */
int atn_decimals(double step);

/* decimals, or 1 when value is no whole number: a prorated 12.5 never prints as 13. */
int atn_decimals_for(double value, int decimals);

#endif
