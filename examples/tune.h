/* What tuning works on: a clinic's courses, the world that is like them, and rules to be tuned. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_TUNE_H
#define EXAMPLES_TUNE_H

#include "examples/options.h"

#include <attune/tune.h>

#define TUNE_CLIENTS 2000 /* unless --clients says otherwise */

struct tuning {
    const struct options *options;
    attune_constants constants;
    attune_world world; /* steady, like the clinic's courses */
    const int32_t *lengths;
    size_t courses;
    uint64_t clients;
    double budget; /* alarms per 100 sessions at the lowest level, half of it at each above */
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    size_t rule_count;
    attune_tune tune;
    /* With the thresholds found, of clients that had no say in them. */
    attune_alarm alarms[ATTUNE_TUNE_LEVELS][ATTUNE_RULESET_MAX];
};

/* Finds thresholds, and counts alarms; CODE_*. */
int tune_thresholds(struct tuning *tuning);

#endif
