/* Plain ASCII in place of the few signs that the reports use. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_REPORT_ASCII_H
#define ATN_REPORT_ASCII_H

#include <stddef.h>

/*
 * The ASCII for the character at text (UTF-8, n > 0 bytes left); *used is how many bytes it took.
 * Never longer than the character. A character without one becomes "?", a control character too.
 */
const char *atn_ascii(const char *text, size_t n, size_t *used, char one[2]);

#endif
