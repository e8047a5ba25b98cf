/* attune rules --tune: thresholds for an alarm budget, in courses like those of the clinic. */
/* SPDX-License-Identifier: MIT */
#include "examples/tune.h"

#include "examples/jobs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SHEETS 20    /* between which the errors are measured */
#define HALVINGS 14  /* of the range that a threshold lies in */
#define REACH 8      /* times the default: no threshold is looked for further up */
#define DECIMALS 1e3 /* thresholds are rounded up to a thousandth */

/* ---- How often the rules alarm as they stand ---- */

/* One count: the rules with the parameters they have now, over clients from first on. */
struct count {
    const struct tuning *t;
    attune_watch *watch;
    uint64_t first, clients;
    size_t sheet_count;
    attune_alarm_sheet *sheets[SHEETS];
};

static int failed(const attune_error *err)
{
    if (err->code == ATTUNE_E_MEMORY)
        return no_memory();
    fprintf(stderr, "attune: %s: %s\n", err->key, err->text);
    return CODE_INTERNAL;
}

/* Job: one sheet. */
static int fill_sheet(void *of, size_t i)
{
    struct count *c = of;
    const struct tuning *t = c->t;
    uint64_t from = c->clients * i / c->sheet_count;
    uint64_t clients = c->clients * (i + 1) / c->sheet_count - from;
    size_t size = attune_alarm_sheet_size(c->watch, &t->world, clients);
    size_t work_size = attune_alarm_fill_work(c->watch, &t->world);
    void *work = malloc(work_size);
    attune_error err = ATTUNE_ERROR_INIT;
    int code = CODE_OK;
    c->sheets[i] = malloc(size);
    if (!c->sheets[i] || !work)
        code = no_memory();
    else if (attune_alarm_fill(c->watch, &t->world, ATTUNE_SIGNAL_ALLIANCE, t->lengths, t->courses,
                               (uint64_t)t->options->seed, c->first + from, clients, c->sheets[i],
                               size, work, work_size, &err) != ATTUNE_OK)
        code = failed(&err);
    free(work);
    return code;
}

/* Each rule's marks of its j-th level and above, at the rows of the rules that have one. */
static int measure(const struct count *c, size_t j, attune_alarm *rows)
{
    const attune_alarm_sheet *const *sheets = (const attune_alarm_sheet *const *)c->sheets;
    size_t work_size = attune_alarm_measure_work(sheets, c->sheet_count);
    void *work = malloc(work_size);
    attune_error err = ATTUNE_ERROR_INIT;
    int code = work ? CODE_OK : no_memory();
    for (size_t r = 0; r < c->t->rule_count && code == CODE_OK; r++) {
        rows[r].struct_size = sizeof rows[r];
        if (attune_alarm_measure(sheets, c->sheet_count, r, (int32_t)j, NAN, work, work_size,
                                 &rows[r], &err) != ATTUNE_OK)
            code = failed(&err);
    }
    free(work);
    return code;
}

static int count_alarms(const struct tuning *t, uint64_t first, size_t j, attune_alarm *rows)
{
    struct count c = { .t = t, .first = first, .clients = t->clients };
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    attune_error err = ATTUNE_ERROR_INIT;
    int code = CODE_OK;
    c.sheet_count = c.clients < SHEETS ? (size_t)c.clients : SHEETS;
    for (size_t r = 0; r < t->rule_count; r++)
        choices[r] = t->rules[r].choice;
    if (attune_watch_new(&c.watch, &t->constants, choices, t->rule_count, NULL, &err) != ATTUNE_OK)
        return failed(&err);
    code = jobs_run(c.sheet_count, t->options->threads, fill_sheet, &c);
    if (code == CODE_OK)
        code = measure(&c, j, rows);
    for (size_t i = 0; i < SHEETS; i++)
        free(c.sheets[i]);
    attune_watch_free(c.watch);
    return code;
}

/* ---- Halving the range that a threshold lies in, all rules at once ---- */

struct bracket {
    double low, high;
    int out; /* 1: this rule has no such threshold, or even the highest alarms too often */
};

static double *threshold(struct tuned_rule *rule, size_t j)
{
    return &rule->choice.params[rule->param[j]];
}

/* Levels above the one that is tuned are put out of the way. */
static void open_bracket(struct tuned_rule *rule, size_t j, struct bracket *b)
{
    attune_param_info info = { .struct_size = sizeof info };
    for (size_t i = j + 1; i < rule->thresholds; i++) {
        (void)attune_rule_param(rule->choice.rule, rule->param[i], &info);
        *threshold(rule, i) = info.high;
    }
    *b = (struct bracket) { .out = j >= rule->thresholds || (j > 0 && isnan(rule->value[j - 1])) };
    if (b->out)
        return;
    (void)attune_rule_param(rule->choice.rule, rule->param[j], &info);
    b->low = j > 0 ? rule->value[j - 1] : info.low;
    b->high = fmax(b->low, fmin(info.high, REACH * info.value));
    *threshold(rule, j) = b->high;
}

static int is_within(const struct tuning *t, size_t j, const attune_alarm *row)
{
    return !(row->alarms_per_100 > t->budget / (double)(1 << j));
}

/* Rounded up, where the parameter's range has room for that. */
static double rounded(const struct tuned_rule *rule, size_t j, double value)
{
    attune_param_info info = { .struct_size = sizeof info };
    (void)attune_rule_param(rule->choice.rule, rule->param[j], &info);
    return fmin(info.high, ceil(value * DECIMALS) / DECIMALS);
}

static int narrow(struct tuning *t, size_t j, struct bracket *b, attune_alarm *rows)
{
    int code = count_alarms(t, 0, j, rows);
    for (size_t r = 0; r < t->rule_count; r++)
        b[r].out |= rows[r].silent >= 0 || !is_within(t, j, &rows[r]);
    for (int i = 0; i < HALVINGS && code == CODE_OK; i++) {
        for (size_t r = 0; r < t->rule_count; r++)
            if (!b[r].out)
                *threshold(&t->rules[r], j) = (b[r].low + b[r].high) / 2;
        code = count_alarms(t, 0, j, rows);
        for (size_t r = 0; r < t->rule_count; r++) {
            double middle = (b[r].low + b[r].high) / 2;
            *(is_within(t, j, &rows[r]) ? &b[r].high : &b[r].low) = middle;
        }
    }
    return code;
}

/* The lowest j-th threshold of each rule within the budget: halved from level to level. */
static int tune_level(struct tuning *t, size_t j, attune_alarm *rows)
{
    struct bracket b[ATTUNE_RULESET_MAX];
    int code;
    for (size_t r = 0; r < t->rule_count; r++)
        open_bracket(&t->rules[r], j, &b[r]);
    code = narrow(t, j, b, rows);
    for (size_t r = 0; r < t->rule_count; r++) {
        t->rules[r].value[j] = b[r].out ? NAN : rounded(&t->rules[r], j, b[r].high);
        if (!b[r].out)
            *threshold(&t->rules[r], j) = t->rules[r].value[j];
    }
    return code;
}

int tune_thresholds(struct tuning *t)
{
    attune_alarm rows[ATTUNE_RULESET_MAX] = { { 0 } };
    int code = CODE_OK;
    for (size_t j = 0; j < TUNE_LEVELS && code == CODE_OK; j++)
        code = tune_level(t, j, rows);
    for (size_t j = 0; j < TUNE_LEVELS && code == CODE_OK; j++) {
        code = count_alarms(t, t->clients, j, rows); /* clients that had no say in it */
        for (size_t r = 0; r < t->rule_count && code == CODE_OK; r++)
            t->rules[r].alarms[j] = rows[r];
    }
    return code;
}
