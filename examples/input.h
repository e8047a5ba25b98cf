/* Reading a forms file for a command: opening, walking, and saying what is wrong with it. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_INPUT_H
#define EXAMPLES_INPUT_H

#include "examples/options.h"

#include <attune/forms.h>
#include <attune/scale.h>
#include <attune/scalefile.h>

struct input {
    const char *path; /* as it was given */
    attune_forms *forms;
    attune_scale_set *scales;
};

/*
 * Open operands[0] with --scales, --higher and --skip-bad. All three return CODE_*; what is wrong
 * was said on stderr. At the end input_next gives count 0. keep_items 1: with the answers.
 */
int input_open(struct input *input, const struct options *options, int32_t keep_items);
int input_next(struct input *input, attune_client_forms *client);
int input_close(struct input *input); /* lists the rows that --skip-bad left out */

/* Load --scales into *set; *set stays NULL when the option was not given. */
int input_scales(attune_scale_set **set, const struct options *options);

/* One client's forms on one measure by one rater, in session order. */
struct course {
    const char *client, *measure;
    const attune_scale *scale; /* NULL: no scale describes the measure */
    const attune_form *forms;
    const int32_t *session;
    const double *day;
    const double *score; /* NaN: not completed */
    size_t count;
    int32_t rater;
};

/*
 * Walk every course of the file, ordered by client, measure and rater as bytes. Opens and closes
 * the input. Stops at the first visit that does not return CODE_OK and hands its code on.
 */
typedef int course_visit(void *context, const struct course *course);
int input_courses(const struct options *options, course_visit *visit, void *context);

/* "attune: forms.csv:12:5 (rater): expected ..." on stderr; the code that follows from it. */
int input_fail(const char *path, const attune_error *err);

#endif
