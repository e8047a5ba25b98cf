/* What the two faces of attune trend share: the rows of a course, and the smooth lines. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_TREND_H
#define EXAMPLES_TREND_H

#include "examples/course.h"
#include "examples/measure.h"

/*
 * Time and score of a course's forms: sessions by their number, or days from the course's first
 * dated form; how many there are. row[i] is the form that they are of; NULL: not wanted.
 */
size_t trend_rows(const struct options *options, const struct course *course,
                  struct measure *measure, double *x, double *y, size_t *row);

/* What cannot be: forms beyond a limit. Returns the code to exit with. */
int trend_too_long(const struct course *course);

/* attune trend --smooth. */
int trend_smooth(const struct options *options);

#endif
