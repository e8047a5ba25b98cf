/* Courses: one client's forms on one measure by one rater, walked in the order of the output. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_COURSE_H
#define EXAMPLES_COURSE_H

#include "examples/options.h"

#include <attune/forms.h>

/* In session order. Everything lives until the visit returns. */
struct course {
    const char *client, *measure;
    const attune_scale *scale; /* NULL: no scale describes the measure */
    const attune_form *forms;
    const int32_t *session;
    const double *day;   /* days since 1970-01-01; NaN: not given */
    const double *score; /* NaN: not completed */
    size_t count;
    int32_t rater;
    const struct course *siblings; /* all courses of the client, itself among them */
    size_t sibling_count;
};

/*
 * Walk every course of operands[0], ordered by client, measure and rater as bytes. Opens and
 * closes the input. Stops at the first visit that does not return CODE_OK and hands its code on.
 */
typedef int course_visit(void *context, const struct course *course);
int courses_walk(const struct options *options, course_visit *visit, void *context);

/* The same with all courses of a client at a time, whatever --measure says. */
typedef int client_visit(void *context, const struct course *courses, size_t count);
int clients_walk(const struct options *options, client_visit *visit, void *context);

/* What cannot be where time goes by date: dates that go back. Returns the code to exit with. */
int course_backwards(const struct course *course);

#endif
