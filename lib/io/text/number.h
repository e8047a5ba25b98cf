/* Reading numbers the same in every locale. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_IO_TEXT_NUMBER_H
#define ATN_IO_TEXT_NUMBER_H

#include <locale.h>
#include <stddef.h>

/* The "C" locale; 0 when there is no memory. glibc hands out a static one. */
locale_t atn_plain_locale(void);

/* 1 and *value when all n bytes of text are digits, at most 15 of them. */
int atn_whole_read(const char *text, size_t n, double *value);

/* 1 and *value when all n bytes of text (closed by a NUL) are one finite decimal number. */
int atn_number_read(locale_t plain, const char *text, size_t n, double *value);

#endif
