/* What tuning works on: a clinic's courses, the world that is like them, and rules to be tuned. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_TUNE_H
#define EXAMPLES_TUNE_H

#include "examples/options.h"

#include <attune/alarm.h>

#define TUNE_CLIENTS 2000 /* unless --clients says otherwise */
#define TUNE_LEVELS 3

struct tuned_rule {
    attune_rule_choice choice;
    attune_rule_info info;
    size_t thresholds;
    size_t param[TUNE_LEVELS];        /* which of its parameters they are, the lowest level first */
    double value[TUNE_LEVELS];        /* NaN: none was found */
    attune_alarm alarms[TUNE_LEVELS]; /* with these values, of clients that had no say in them */
};

struct tuning {
    const struct options *options;
    attune_constants constants;
    attune_world world; /* steady, like the clinic's courses */
    const int32_t *lengths;
    size_t courses;
    uint64_t clients;
    double budget; /* alarms per 100 sessions at the lowest level, half of it at each above */
    struct tuned_rule rules[ATTUNE_RULESET_MAX];
    size_t rule_count;
};

/* Finds value, and counts alarms; CODE_*. */
int tune_thresholds(struct tuning *tuning);

#endif
