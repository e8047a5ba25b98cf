/* What is known of each measure that a file holds, with what the command line put in its place. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_MEASURE_H
#define EXAMPLES_MEASURE_H

#include "examples/options.h"
#include "examples/plan.h"

#include <attune/scale.h>
#include <attune/watch.h>

struct measure {
    const char *id;
    const attune_scale *scale; /* NULL: no scale describes it */
    attune_scale_info info;    /* of the scale; id NULL without one */
    attune_constants constants;
    attune_watch *watch;       /* NULL: its direction is not known, or no plan was asked for */
    attune_constants unnormed; /* the same without the norm: it says nothing of other raters */
    int32_t direction_known;   /* 0: neither a scale nor --higher says which way is good */
    int32_t forms_needed; /* completed forms before the first rule answers; -1: none ever does */
    int32_t kind[3];      /* of each rater, a command's own number; 0: none yet */
    uint32_t said;        /* MEASURE_SAID_* */
};

/* What was said on stderr about a measure, so that it is said once. */
#define MEASURE_SAID_DIRECTION 1u
#define MEASURE_SAID_RULES 2u
#define MEASURE_SAID_CHANGE 4u
#define MEASURE_SAID_DATE 8u

/* Measures met so far. */
struct measures;

/* plan NULL: no watches are made. NULL when there is no memory, said on stderr. */
struct measures *measures_new(const struct options *options, const struct plan *plan);
/* Expect of the norm's measure what it says, without watches; norm outlives them. NULL: nothing. */
void measures_expect(struct measures *measures, const attune_norm *norm);
/* The norm, when it is of this rater: else nothing is expected. */
const attune_response *measures_expected(const struct measures *measures,
                                         const struct measure *measure, int32_t rater);
/* The constants for courses of this rater. */
const attune_constants *measures_constants(const struct measures *measures,
                                           const struct measure *measure, int32_t rater);
void measures_free(struct measures *measures);

/* The measure of this id, made when it is new. With a plan, also says which constants it lacks. */
int measures_find(struct measures *measures, const char *id, const attune_scale *scale,
                  struct measure **found);

/* The i-th measure met, in the order in which they were; NULL at the end. */
struct measure *measures_at(struct measures *measures, size_t i);

/* One line on stderr about a measure, once for each bit: "attune: measure phq-9: text". */
void measure_say(struct measure *measure, uint32_t bit, const char *text);

/* The same, when nothing tells which way of the measure is good. */
void measure_say_direction(struct measure *measure);

/* "demo-alliance: demonstration, not for clinical use", and so on, one at a time; NULL at the end.
   Text lives as long as the measures. */
const char *measures_note(const struct measures *measures, size_t i);

#endif
