/* The parts of attune rules. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_RULES_H
#define EXAMPLES_RULES_H

#include "examples/options.h"
#include "examples/output.h"

#include <attune/alarm.h>

#define RULES_MEASURE_CLIENTS 20000 /* a world, unless --clients says otherwise */

/* What is known of a rule. */
attune_rule_info rules_about(const attune_rule *rule);

/* --measure-alarms: the false-alarm table, measured anew. All return CODE_*. */
int rules_measure(const struct options *options);

/* --template: a rule set's file with every parameter, of --rules, else of the default set. */
int rules_file(const struct options *options);

/* A rule set's file of the plan's rules, under this id and with this text. */
struct plan;
int rules_file_write(const struct plan *plan, const struct options *options, const char *id,
                     const char *why);

/* --tune: thresholds from a clinic's own forms. */
int rules_tune(const struct options *options);

/* --learn: what is usual at a clinic, from its own forms. */
int rules_learn(const struct options *options);

/* --alarms: the table as it was measured for this version. */
int rules_alarms(const struct options *options);

/* Of one rule: lines for people, and , "alarms": [...] */
void rules_alarms_text(struct output *output, const attune_rule_info *rule);
void rules_alarms_json(struct output *output, const attune_rule_info *rule);

/* The columns of either table, row by row. */
struct table;
int rules_alarms_begin(struct table **table, const struct options *options);
void rules_alarms_put(struct table *table, const attune_alarm *row);

#endif
