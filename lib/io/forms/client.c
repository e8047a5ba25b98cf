/* One client's forms: sessions numbered from dates, put in order, and none given twice. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"

#include "lib/core/base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NOT_NUMBERED (-1) /* the row gave a date alone */

typedef int compare_forms(const void *a, const void *b);

static int by_line(const attune_form *a, const attune_form *b)
{
    return (a->line > b->line) - (a->line < b->line);
}

static int by_day(const void *one, const void *other)
{
    const attune_form *a = one;
    const attune_form *b = other;
    return (a->day > b->day) - (a->day < b->day);
}

static int by_course(const void *one, const void *other)
{
    const attune_form *a = one;
    const attune_form *b = other;
    int order = a->measure == b->measure ? 0 : strcmp(a->measure, b->measure);
    if (order == 0)
        order = (a->rater > b->rater) - (a->rater < b->rater);
    if (order == 0)
        order = (a->session > b->session) - (a->session < b->session);
    return order ? order : by_line(a, b);
}

/* Files mostly stand in order already: a look is cheaper than a sort. */
static void sort(attune_form *of, size_t count, compare_forms *compare)
{
    size_t i = 1;
    while (i < count && compare(&of[i - 1], &of[i]) <= 0)
        i++;
    if (i < count)
        qsort(of, count, sizeof *of, compare);
}

static attune_status refuse(attune_forms *forms, const attune_form *form, attune_status status,
                            const char *text, attune_error *fault)
{
    const uint32_t *place = forms->columns.place;
    enum atn_role role = place[ATN_SESSION] ? ATN_SESSION : ATN_DATE;
    struct atn_column column = { (int32_t)role, 0 };
    attune_error found = ATTUNE_ERROR_INIT;
    char name[24];
    atn_fail(&found, status, atn_column_name(&column, name), text);
    found.line = form->line;
    found.column = place[role];
    if (forms->options.skip_bad) {
        forms->rows--;
        return atn_bad_add(forms, &found) ? ATTUNE_OK : ATTUNE_E_MEMORY;
    }
    if (fault->code == ATTUNE_OK || found.line < fault->line)
        *fault = found;
    return ATTUNE_OK;
}

/* 1 when the i-th form cannot stand with those before it, of which kept are left. */
typedef int clash_test(const attune_form *of, size_t kept, size_t i);

static int is_told_otherwise(const attune_form *of, size_t kept, size_t i)
{
    (void)kept;
    return (of[i].session == NOT_NUMBERED) != (of[0].session == NOT_NUMBERED);
}

static int is_twice(const attune_form *of, size_t kept, size_t i)
{
    const attune_form *before = &of[kept - 1];
    return before->measure == of[i].measure && before->rater == of[i].rater &&
           before->session == of[i].session;
}

static attune_status leave_out(attune_forms *forms, attune_form *of, size_t *count,
                               clash_test *clash, attune_status code, const char *text,
                               attune_error *fault)
{
    size_t kept = 1;
    for (size_t i = 1; i < *count; i++) {
        if (clash(of, kept, i)) {
            attune_status status = refuse(forms, &of[i], code, text, fault);
            if (status != ATTUNE_OK)
                return status;
        } else {
            if (kept < i)
                of[kept] = of[i];
            kept++;
        }
    }
    *count = kept;
    return ATTUNE_OK;
}

/* A client's distinct dates are sessions 1, 2, 3... */
static void number_sessions(attune_form *of, size_t count)
{
    int32_t session = 0;
    double day = NAN;
    sort(of, count, by_day);
    for (size_t i = 0; i < count; i++) {
        if (!(of[i].day <= day))
            session++;
        day = of[i].day;
        of[i].session = session;
    }
}

attune_status atn_client_order(attune_forms *forms, attune_form *of, size_t *count,
                               attune_error *fault)
{
    attune_status status;
    if (*count == 0)
        return ATTUNE_OK;
    status = leave_out(forms, of, count, is_told_otherwise, ATTUNE_E_FORMAT,
                       "expected a session where the client's first row has one, and else a date "
                       "alone",
                       fault);
    if (status != ATTUNE_OK)
        return status;
    if (of[0].session == NOT_NUMBERED)
        number_sessions(of, *count);
    sort(of, *count, by_course);
    return leave_out(forms, of, count, is_twice, ATTUNE_E_DUPLICATE,
                     "expected one form a client, session, measure and rater", fault);
}
