/* ISO 8601 dates to days, with a memory of the months met. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_IO_TEXT_DATE_H
#define ATN_IO_TEXT_DATE_H

#include <stddef.h>
#include <stdint.h>

#define ATN_CALENDAR_MONTHS 256 /* a power of two: 21 years of months */

/* Asking the C library is slow, so its answers are kept, a month each. All zero is empty. */
struct atn_calendar {
    struct atn_month {
        int32_t number; /* year * 12 + month; 0: empty */
        int32_t days;   /* in the month */
        int32_t first;  /* days from 1970-01-01 to its first */
    } months[ATN_CALENDAR_MONTHS];
};

/* 1 and *day when all n bytes of text (closed by a NUL) are a date as attune/text.h says. */
int atn_date_read(struct atn_calendar *calendar, const char *text, size_t n, double *day);

#endif
