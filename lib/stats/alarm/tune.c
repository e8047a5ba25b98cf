/* The search for thresholds within a budget of false alarms: by halving, all rules at once. */
/* SPDX-License-Identifier: MIT */
#include <attune/tune.h>

#include "lib/core/base/error.h"

#include <math.h>

#define HALVINGS 14  /* of the range that a threshold lies in */
#define REACH 8      /* times the default: no threshold is looked for further up */
#define DECIMALS 1e3 /* thresholds are rounded up to a thousandth */

static attune_param_info param_of(const attune_tuned *rule, int32_t j)
{
    attune_param_info info = { .struct_size = sizeof info };
    (void)attune_rule_param(rule->choice.rule, (size_t)rule->param[j], &info);
    return info;
}

static double *threshold(attune_tuned *rule, int32_t j)
{
    return &rule->choice.params[rule->param[j]];
}

/* Levels above the one that is tuned are put out of the way. */
static void open_bracket(attune_tuned *rule, int32_t j)
{
    attune_param_info info;
    for (int32_t i = j + 1; i < rule->thresholds; i++)
        *threshold(rule, i) = param_of(rule, i).high;
    rule->out = j >= rule->thresholds || (j > 0 && isnan(rule->value[j - 1]));
    if (rule->out)
        return;
    info = param_of(rule, j);
    rule->low = j > 0 ? rule->value[j - 1] : info.low;
    rule->high = fmax(rule->low, fmin(info.high, REACH * info.value));
    *threshold(rule, j) = rule->high;
}

/* Rounded up, where the parameter's range has room for that. */
static double rounded(const attune_tuned *rule, int32_t j)
{
    return fmin(param_of(rule, j).high, ceil(rule->high * DECIMALS) / DECIMALS);
}

static void close_bracket(attune_tuned *rule, int32_t j)
{
    if (rule->out)
        return;
    rule->value[j] = rounded(rule, j);
    *threshold(rule, j) = rule->value[j];
}

static void begin_level(attune_tune *tune, int32_t j)
{
    tune->level = j;
    tune->halved = -1;
    for (uint32_t r = 0; r < tune->n_rules; r++)
        open_bracket(&tune->rules[r], j);
}

static void know_rule(attune_tuned *rule, const attune_rule_choice *choice)
{
    attune_rule_info info = { .struct_size = sizeof info };
    (void)attune_rule_describe(choice->rule, &info);
    *rule = (attune_tuned) { .choice = *choice };
    for (int32_t j = 0; j < ATTUNE_TUNE_LEVELS; j++)
        rule->value[j] = NAN;
    for (int32_t p = 0; p < ATTUNE_RULE_PARAMS && rule->thresholds < ATTUNE_TUNE_LEVELS; p++)
        if (info.thresholds >> p & 1u)
            rule->param[rule->thresholds++] = p;
}

attune_status attune_tune_begin(attune_tune *tune, const attune_rule_choice *choices,
                                size_t n_choices, double budget, attune_error *err)
{
    if (!tune || !choices)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "tune and choices must be given");
    if (tune->struct_size < sizeof *tune)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (n_choices == 0 || n_choices > ATTUNE_RULESET_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n_choices", "expected 1 to 32 rules");
    for (size_t i = 0; i < n_choices; i++)
        if (!choices[i].rule)
            return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "rule", "a rule must be given");
    if (!(budget > 0 && budget <= 100))
        return atn_fail(err, ATTUNE_E_OPTION, "budget", "expected above 0 and at most 100");
    tune->n_rules = (uint32_t)n_choices;
    tune->budget = budget;
    for (size_t i = 0; i < n_choices; i++)
        know_rule(&tune->rules[i], &choices[i]);
    begin_level(tune, 0);
    return ATTUNE_OK;
}

static int is_within(const attune_tune *tune, const attune_alarm *row)
{
    return !(row->alarms_per_100 > tune->budget / (double)(1 << tune->level));
}

/* What the last threshold gave narrows the range; the first one only says whether there is one. */
static void narrow(const attune_tune *tune, attune_tuned *rule, const attune_alarm *row)
{
    if (rule->out)
        return;
    if (tune->halved < 0)
        rule->out = row->silent >= 0 || !is_within(tune, row);
    else
        *(is_within(tune, row) ? &rule->high : &rule->low) = *threshold(rule, tune->level);
}

/* Whether a rule is still looked at, at this level. */
static int any_left(const attune_tune *tune)
{
    for (uint32_t r = 0; r < tune->n_rules; r++)
        if (!tune->rules[r].out)
            return 1;
    return 0;
}

static void move_on(attune_tune *tune)
{
    int32_t j = tune->level;
    if (++tune->halved < HALVINGS && any_left(tune)) {
        for (uint32_t r = 0; r < tune->n_rules; r++)
            if (!tune->rules[r].out)
                *threshold(&tune->rules[r], j) = (tune->rules[r].low + tune->rules[r].high) / 2;
        return;
    }
    for (uint32_t r = 0; r < tune->n_rules; r++)
        close_bracket(&tune->rules[r], j);
    if (j + 1 < ATTUNE_TUNE_LEVELS)
        begin_level(tune, j + 1);
    else
        tune->level = -1;
}

attune_status attune_tune_take(attune_tune *tune, const attune_alarm *rows, size_t n_rows,
                               attune_error *err)
{
    const char *at = (const char *)rows;
    if (!tune || !rows)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "tune and rows must be given");
    if (tune->struct_size < sizeof *tune || rows->struct_size < sizeof *rows)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (tune->level < 0 || n_rows != tune->n_rules)
        return atn_fail(err, ATTUNE_E_COUNT, "n_rows", "expected one row a rule, until it is done");
    for (uint32_t r = 0; r < tune->n_rules; r++, at += rows->struct_size)
        narrow(tune, &tune->rules[r], (const attune_alarm *)(const void *)at);
    move_on(tune);
    return ATTUNE_OK;
}

const char *attune_tune_silence(const attune_tuned *rule, const attune_alarm *row)
{
    static const char *const states[] = {
        [ATTUNE_STATE_TOO_FEW] = "too few forms",
        [ATTUNE_STATE_NO_CONSTANT] = "no constant",
        [ATTUNE_STATE_NOT_MEANT] = "not meant for it",
        [ATTUNE_STATE_NO_SIGNAL] = "no other signal",
    };
    if (!rule || !row)
        return NULL;
    if (row->silent >= 0 && row->silent < (int32_t)(sizeof states / sizeof *states) &&
        states[row->silent])
        return states[row->silent];
    if (row->silent >= 0)
        return "no answer";
    return rule->thresholds == 0 ? "no threshold" : isnan(rule->value[0]) ? "never so few" : NULL;
}
