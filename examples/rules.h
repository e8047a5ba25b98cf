/* The parts of attune rules. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_RULES_H
#define EXAMPLES_RULES_H

#include "examples/options.h"

#include <attune/alarm.h>

#define RULES_MEASURE_CLIENTS 20000 /* a world, unless --clients says otherwise */

/* --measure-alarms: the false-alarm table, measured anew. All return CODE_*. */
int rules_measure(const struct options *options);

/* --template: a rule set's file with every parameter, of --rules, else of the default set. */
int rules_file(const struct options *options);

#endif
