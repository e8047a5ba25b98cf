/* What is known of each measure that a file holds, with what the command line put in its place. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_MEASURE_H
#define EXAMPLES_MEASURE_H

#include "examples/options.h"

#include <attune/rule.h>
#include <attune/scale.h>
#include <attune/watch.h>

/* The rules that --rules names, in order of their ids. */
struct plan {
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    size_t count;
    char id[256]; /* "default/1", or the rules with their versions: printed with results */
};

/* unless is the set that holds when --rules was not given. Says what is wrong on stderr. */
int plan_read(struct plan *plan, const struct options *options, const char *unless);

struct measure {
    const char *id;
    const attune_scale *scale; /* NULL: no scale describes it */
    attune_scale_info info;    /* of the scale; id NULL without one */
    attune_constants constants;
    attune_watch *watch;     /* NULL: its direction is not known, or no plan was asked for */
    int32_t direction_known; /* 0: neither a scale nor --higher says which way is good */
    uint32_t said;           /* what was already said on stderr about it: MEASURE_SAID_* */
};

#define MEASURE_SAID_DIRECTION 1u
#define MEASURE_SAID_CHANGE 2u
#define MEASURE_SAID_CUTOFF 4u
#define MEASURE_SAID_DATE 8u

/* Measures met so far. */
struct measures;

/* plan NULL: no watches are made. NULL when there is no memory. */
struct measures *measures_new(const struct options *options, const struct plan *plan);
void measures_free(struct measures *measures);

/* The measure of this id; makes it and says which constants its rules lack when it is new. */
int measures_find(struct measures *measures, const char *id, const attune_scale *scale,
                  struct measure **found);

/* One line on stderr about a measure, once for each bit: "attune: measure phq-9: text". */
void measure_say(struct measure *measure, uint32_t bit, const char *text);

#endif
