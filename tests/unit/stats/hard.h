/* Hard courses, and a table of fits that are held against each of them. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_HARD_H
#define TESTS_HARD_H

#include <attune/field.h>

#include "tests/unit/near.h"

#include <float.h>

enum { ROWS = 12 };

static char room[1 << 16];

/* x as a trend reads it, and session where whole numbers are wanted. */
static const struct course {
    const char *name;
    size_t n;
    double x[ROWS], y[ROWS];
} courses[] = {
    { "nothing", 0, { 0 }, { 0 } },
    { "one session", 1, { 1 }, { 7 } },
    { "two sessions", 2, { 1, 2 }, { 7, 5 } },
    { "all missing", 4, { 1, 2, 3, 4 }, { NAN, NAN, NAN, NAN } },
    { "constant", 6, { 1, 2, 3, 4, 5, 6 }, { 7, 7, 7, 7, 7, 7 } },
    { "exact line", 6, { 1, 2, 3, 4, 5, 6 }, { 9, 8, 7, 6, 5, 4 } },
    { "perfect step", 8, { 1, 2, 3, 4, 5, 6, 7, 8 }, { 9, 9, 9, 9, 3, 3, 3, 3 } },
    { "one outlier", 7, { 1, 2, 3, 4, 5, 6, 7 }, { 5, 5, 5, 27, 5, 5, 5 } },
    { "repeated times", 6, { 1, 1, 2, 2, 2, 3 }, { 9, 7, 8, 4, 6, 5 } },
    { "one time", 5, { 4, 4, 4, 4, 4 }, { 9, 7, 8, 4, 6 } },
    { "reversed times", 4, { 4, 3, 2, 1 }, { 9, 7, 8, 4 } },
    { "huge", 6, { 1, 2, 3, 4, 5, 6 }, { 1e300, -1e300, 1e299, 7e299, -3e299, 1e300 } },
    { "beyond huge", 5, { 1, 2, 3, 4, 5 }, { DBL_MAX, -DBL_MAX, DBL_MAX, -DBL_MAX, 1e308 } },
    { "denormal", 6, { 1, 2, 3, 4, 5, 6 }, { 5e-324, 0, 1e-322, 5e-323, 0, 3e-320 } },
    { "far off", 6, { 1, 2, 3, 4, 5, 6 }, { 1e15 + 1, 1e15, 1e15 + 2, 1e15, 1e15 + 3, 1e15 } },
    { "infinite", 4, { 1, 2, 3, 4 }, { 9, INFINITY, 8, 4 } },
};
enum { COURSES = sizeof courses / sizeof *courses };

/* Figures that a result holds; infinity is nowhere an answer. */
static inline void sound(const void *first, const void *after)
{
    double value;
    for (const char *at = first; at < (const char *)after; at += sizeof value) {
        memcpy(&value, at, sizeof value);
        assert_true(!isinf(value));
    }
}

static inline void sound_fields(const attune_field *fields, size_t count, const void *result)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i].type == ATTUNE_FIELD_REAL)
            sound((const char *)result + fields[i].offset,
                  (const char *)result + fields[i].offset + sizeof(double));
}

static inline void sessions_of(const struct course *c, int32_t *session)
{
    for (size_t i = 0; i < c->n; i++)
        session[i] = (int32_t)c->x[i];
}

/* Three clients, each with this course. */
enum { CLIENTS = 3 };

struct caseload {
    uint64_t starts[CLIENTS + 1];
    int32_t session[CLIENTS * ROWS];
    double score[CLIENTS * ROWS];
    size_t n;
};

static inline struct caseload thrice(const struct course *c)
{
    struct caseload all = { .n = CLIENTS * c->n };
    for (size_t g = 0; g < CLIENTS; g++) {
        all.starts[g + 1] = (g + 1) * c->n;
        sessions_of(c, all.session + g * c->n);
        memcpy(all.score + g * c->n, c->y, c->n * sizeof *c->y);
    }
    return all;
}

/* By course, in the order above: . OK, f too few, v value, r order, n numeric. */
typedef struct hard_fit {
    const char *name;
    attune_status (*run)(const struct course *c);
    const char *expected;
} hard_fit;

static inline char letter_of(attune_status status)
{
    switch (status) {
    case ATTUNE_OK:
        return '.';
    case ATTUNE_E_TOO_FEW:
        return 'f';
    case ATTUNE_E_VALUE:
        return 'v';
    case ATTUNE_E_ORDER:
        return 'r';
    case ATTUNE_E_NUMERIC:
        return 'n';
    default:
        return '?';
    }
}

static inline void answers_as_it_says(const hard_fit *fits, size_t count)
{
    int wrong = 0;
    for (size_t f = 0; f < count; f++)
        for (size_t c = 0; c < COURSES; c++) {
            char got = letter_of(fits[f].run(&courses[c]));
            if (got == fits[f].expected[c])
                continue;
            print_error("%s of \"%s\": %c, not %c\n", fits[f].name, courses[c].name, got,
                        fits[f].expected[c]);
            wrong++;
        }
    assert_int_equal(wrong, 0);
}

#endif
