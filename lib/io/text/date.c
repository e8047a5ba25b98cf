/* ISO 8601 dates to days and back; the C library knows the calendar. */
/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* strptime, timegm */
#include "lib/io/text/date.h"

#include <attune/text.h>

#include <math.h>
#include <string.h>
#include <time.h>

#define DATE_LENGTH 10
#define YEAR_MIN 1583 /* ISO 8601: earlier years by agreement only */
#define YEAR_MAX 9999

static const double day_seconds = 86400;

/* 1 when text begins with the pattern, where d stands for a digit. */
static int matches(const char *text, const char *pattern)
{
    for (; *pattern; pattern++, text++) {
        if (*pattern == 'd' ? (unsigned char)*text - (unsigned)'0' > 9 : *text != *pattern)
            return 0;
    }
    return 1;
}

/* Two digits as a number; -1 when they are none. */
static int pair(const char *text)
{
    unsigned tens = (unsigned char)text[0] - (unsigned)'0';
    unsigned ones = (unsigned char)text[1] - (unsigned)'0';
    return tens > 9 || ones > 9 ? -1 : (int)(tens * 10 + ones);
}

/* Days from 1970-01-01 to the first of a month counted from year 0; -1.. when it cannot be had. */
static int first_of(int32_t number, int32_t *day)
{
    struct tm date = { .tm_mday = 1 };
    date.tm_year = (number - 1) / 12 - 1900;
    date.tm_mon = (number - 1) % 12;
    time_t seconds = timegm(&date);
    *day = (int32_t)((double)seconds / day_seconds);
    return date.tm_mday == 1;
}

static const struct atn_month *find_month(struct atn_calendar *calendar, int32_t number)
{
    struct atn_month *month = &calendar->months[(uint32_t)number % ATN_CALENDAR_MONTHS];
    int32_t next;
    if (month->number == number)
        return month;
    if (!first_of(number, &month->first) || !first_of(number + 1, &next))
        return NULL;
    month->days = next - month->first;
    month->number = number;
    return month;
}

/* "+01:00": at most 14 hours from Greenwich are in use anywhere, but a day is what is checked. */
static size_t zone_length(const char *text)
{
    if (text[0] == 'Z')
        return 1;
    if (matches(text, "+dd:dd") || matches(text, "-dd:dd"))
        return pair(text + 1) <= 23 && pair(text + 4) <= 59 ? 6 : 0;
    return 0;
}

static size_t clock_length(const char *text)
{
    size_t length = 6;
    if (!matches(text, "Tdd:dd") || pair(text + 1) > 23 || pair(text + 4) > 59)
        return 0;
    if (!matches(text + length, ":dd"))
        return length;
    if (pair(text + 7) > 60)
        return 0;
    length = 9;
    if (matches(text + length, ".d"))
        length += 1 + strspn(text + length + 1, "0123456789");
    return length;
}

/* The rest of a date: nothing, or a time with perhaps a zone. */
static int is_time(const char *text, size_t n)
{
    size_t length;
    if (n == 0)
        return 1;
    length = clock_length(text);
    return length > 0 && length + zone_length(text + length) == n;
}

/* The month, counted from year 0, of text as YYYY-MM-; 0 when it is none. */
static int32_t month_number(const char *text)
{
    int century = pair(text);
    int year = pair(text + 2);
    int month = pair(text + 5);
    if (century < 0 || year < 0 || text[4] != '-' || text[7] != '-')
        return 0;
    year += century * 100;
    return year >= YEAR_MIN && month >= 1 && month <= 12 ? year * 12 + month : 0;
}

int atn_date_read(struct atn_calendar *calendar, const char *text, size_t n, double *day)
{
    const struct atn_month *month;
    int32_t number;
    int of_month;
    if (n < DATE_LENGTH)
        return 0;
    number = month_number(text);
    month = number ? find_month(calendar, number) : NULL;
    of_month = pair(text + 8);
    if (!month || of_month < 1 || of_month > month->days)
        return 0;
    if (!is_time(text + DATE_LENGTH, n - DATE_LENGTH))
        return 0;
    *day = (double)month->first + of_month - 1;
    return 1;
}

attune_status attune_date_parse(const char *text, double *day)
{
    struct atn_calendar calendar;
    if (!text || !day)
        return ATTUNE_E_ARGUMENT;
    memset(&calendar, 0, sizeof calendar);
    return atn_date_read(&calendar, text, strlen(text), day) ? ATTUNE_OK : ATTUNE_E_FORMAT;
}

size_t attune_date_text(double day, char *text)
{
    struct tm date;
    time_t seconds;
    text[0] = '\0';
    if (!(fabs(day) < 1e7))
        return 0;
    seconds = (time_t)(floor(day) * day_seconds);
    if (!gmtime_r(&seconds, &date))
        return 0;
    if (date.tm_year < YEAR_MIN - 1900 || date.tm_year > YEAR_MAX - 1900)
        return 0;
    return strftime(text, ATTUNE_DATE_TEXT_MAX, "%Y-%m-%d", &date);
}
