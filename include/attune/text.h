/* Numbers, dates and CSV fields as text, the same in every locale. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_TEXT_H
#define ATTUNE_TEXT_H

#include <attune/export.h>
#include <attune/status.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All calls here are thread-safe and allocate nothing. */

#define ATTUNE_NUMBER_TEXT_MAX 32
#define ATTUNE_DATE_TEXT_MAX 16

/*
 * The shortest decimal that reads back to the same double, '.' whatever the locale: "27", "4.33",
 * "1e-05". Whole numbers below 1e15 have no exponent. NaN is "", minus zero "0", infinities "inf"
 * and "-inf". Returns the length without the closing NUL; text has room for
 * ATTUNE_NUMBER_TEXT_MAX.
 */
ATTUNE_API size_t attune_number_text(double value, char *text);

/*
 * A CSV field after RFC 4180: quoted when it must be, that is when it holds a comma, a quote, a
 * line end, or a space at either end. Returns the length it has or would need, without the
 * closing NUL; writes nothing when capacity is not above it. NULL field is an empty one.
 */
ATTUNE_API size_t attune_csv_text(const char *field, size_t n, char *text, size_t capacity);

/*
 * Days from 1970-01-01 to an ISO 8601 date, year 1583 to 9999: "2026-03-01", also with a time
 * "T09:30", "T09:30:00", "T09:30:00.5" and a zone "Z" or "+01:00", which are checked and otherwise
 * not used: the day is the one written. ATTUNE_E_ARGUMENT for a NULL pointer, ATTUNE_E_FORMAT for
 * anything else, 2026-02-30 included; *day is then untouched.
 */
ATTUNE_API attune_status attune_date_parse(const char *text, double *day);

/*
 * The date of such a day, "2026-03-01"; "" when day is NaN or outside of those years. Returns the
 * length without the closing NUL; text has room for ATTUNE_DATE_TEXT_MAX.
 */
ATTUNE_API size_t attune_date_text(double day, char *text);

#ifdef __cplusplus
}
#endif

#endif
