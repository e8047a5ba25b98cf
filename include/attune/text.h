/* Numbers and CSV fields as text, the same in every locale. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_TEXT_H
#define ATTUNE_TEXT_H

#include <attune/export.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATTUNE_NUMBER_TEXT_MAX 32

/*
 * The shortest decimal that reads back to the same double, '.' whatever the locale; "" for NaN.
 * Returns its length, without the closing NUL. text has room for ATTUNE_NUMBER_TEXT_MAX.
 */
ATTUNE_API size_t attune_number_text(double value, char *text);

/*
 * A CSV field after RFC 4180: quoted when it must be. Returns the length it has or would need;
 * writes nothing when capacity is not above it. NULL text is an empty field.
 */
ATTUNE_API size_t attune_csv_text(const char *field, size_t n, char *text, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
