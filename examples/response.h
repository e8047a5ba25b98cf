/* What the actions of attune response share, and reading a norm file for any command. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_RESPONSE_H
#define EXAMPLES_RESPONSE_H

#include "examples/course.h"
#include "examples/measure.h"

#include <attune/norm.h>
#include <attune/report.h>

/* The actions; options->operands[0] is the forms file. */
int response_fit(const struct options *options);
int response_predict(const struct options *options);

/*
 * The completed forms of a course at sessions from 1 on, and where they stand: at their session, or
 * by date at the days since the first of them. Memory is used again for each course.
 */
struct response_rows {
    int32_t *place, *session;
    double *score;
    size_t count, room;
    size_t early; /* left out so far: before session 1 */
};

/* By date, forms without a date are left out, which is said once of the measure. CODE_*. */
int response_rows(struct response_rows *rows, const struct course *course, int32_t by_date,
                  struct measure *measure);
void response_rows_free(struct response_rows *rows);

/* Is the norm of the course's measure and rater? */
int response_is_of(const attune_norm *norm, const struct course *course);

/* Courses that a norm is of, and those among them that it can be held against: that have a date,
   where it goes by date. */
struct response_dates {
    size_t courses, dated;
};

/* Counts such a course; says once of the measure that forms without a date are left out. */
void response_count(struct response_dates *dates, const attune_norm *norm,
                    const struct course *course, struct measure *measure);

/* CODE_DATA, said on stderr, when there are such courses and not one can be held against it. */
int response_check(const struct response_dates *dates);

/* Reads --response FILE into norm; says on stderr what is wrong with it, or with --by beside it. */
int response_read(const struct options *options, attune_norm *norm);

/* Whose the norm is: what is kept with results. For programs the file's hash is written in full,
   for people its first digits. */
void response_note(const struct options *options, const attune_norm *norm,
                   char text[ATTUNE_NORM_SENTENCE_MAX]);

#endif
