/* Thresholds for a budget of false alarms: which to try next, from what the last ones gave. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_TUNE_H
#define ATTUNE_TUNE_H

#include <attune/alarm.h>
#include <attune/export.h>
#include <attune/rule.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATTUNE_TUNE_LEVELS 3 /* thresholds that one rule may have tuned */

/* One rule: the caller reads thresholds, param, value and choice. */
typedef struct attune_tuned {
    attune_rule_choice choice;         /* what to count alarms with */
    double value[ATTUNE_TUNE_LEVELS];  /* thresholds found; NaN: none */
    int32_t param[ATTUNE_TUNE_LEVELS]; /* which of its parameters each is, the lowest level first */
    int32_t thresholds;                /* it has; 0: nothing to tune */
    int32_t out;                       /* of the level being tuned: 1: it has no such threshold */
    int32_t reserved;
    double low, high; /* that the threshold lies between */
} attune_tuned;

/*
 * The search, in the caller's memory: it counts nothing itself. Each threshold found is the lowest
 * one, in thousandths, that alarms at no more than `budget` of 100 sessions, halved from level to
 * level. It is looked for up to eight times the default, by halving, all rules at once.
 *
 *     attune_tune_begin(&tune, choices, n, 2, NULL);
 *     while (tune.level >= 0) {
 *         ... count with tune.rules[i].choice at level tune.level, one attune_alarm a rule ...
 *         attune_tune_take(&tune, rows, n, NULL);
 *     }
 */
typedef struct attune_tune {
    uint32_t struct_size; /* set by the caller */
    int32_t level;        /* whose alarms are to be counted next, as ATTUNE_LEVEL_*; -1: done */
    int32_t halved;       /* how often, at this level; -1: the highest threshold is asked about */
    uint32_t n_rules;
    double budget; /* alarms per 100 sessions at the lowest level */
    attune_tuned rules[ATTUNE_RULESET_MAX];
} attune_tune;

/*
 * Begins with these rules and their other parameters. ATTUNE_E_ARGUMENT, also for a choice without
 * a rule; ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for no rule or more than ATTUNE_RULESET_MAX;
 * ATTUNE_E_OPTION for a budget that is not above 0 and at most 100. On failure nothing is written.
 */
ATTUNE_API attune_status attune_tune_begin(attune_tune *tune, const attune_rule_choice *choices,
                                           size_t n_choices, double budget, attune_error *err);

/*
 * Takes one row a rule, in their order, and moves on. A row whose rule never answers (silent), or
 * that alarms too often at the highest threshold, leaves the rule without one. ATTUNE_E_ARGUMENT;
 * ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for another number of rows than rules, or when there is
 * nothing left to ask. On failure nothing is written. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_tune_take(attune_tune *tune, const attune_alarm *rows,
                                          size_t n_rows, attune_error *err);

/* Why a rule has no threshold, in a few words, from a row that was counted with it; NULL: it has
 * one. NULL arguments: NULL. */
ATTUNE_API const char *attune_tune_silence(const attune_tuned *rule, const attune_alarm *row);

#ifdef __cplusplus
}
#endif

#endif
