/* A clinic's courses of one measure by one rater, read whole. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_CLINIC_H
#define EXAMPLES_CLINIC_H

#include "examples/measure.h"

/* One course after the other, in one piece of memory. All zero before it is read. */
struct clinic {
    const struct options *options;
    struct measures *measures;
    struct measure *measure;
    size_t *starts;   /* courses + 1 places */
    int32_t *lengths; /* sessions of each, from the first to the last, by their numbers */
    int32_t *session;
    double *score; /* NaN: not completed */
    size_t courses, course_room, forms, form_room;
};

/*
 * Reads the forms of --rater, which have to be of one measure whose direction is known; CODE_*.
 * `what` is the option that asked, for messages. Free it in either case.
 */
int clinic_read(struct clinic *clinic, const struct options *options, const char *what);
void clinic_free(struct clinic *clinic);

#endif
