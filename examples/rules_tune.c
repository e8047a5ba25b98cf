/* attune rules --tune: thresholds for an alarm budget, in courses like those of the clinic. */
/* SPDX-License-Identifier: MIT */
#include "examples/tune.h"

#include "examples/jobs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SHEETS 20 /* between which the errors are measured */

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

/* Each rule's marks of this level and above. */
static int measure(const struct count *c, int32_t level, attune_alarm *rows)
{
    const attune_alarm_sheet *const *sheets = (const attune_alarm_sheet *const *)c->sheets;
    size_t work_size = attune_alarm_measure_work(sheets, c->sheet_count);
    void *work = malloc(work_size);
    attune_error err = ATTUNE_ERROR_INIT;
    int code = work ? CODE_OK : no_memory();
    for (size_t r = 0; r < c->t->rule_count && code == CODE_OK; r++) {
        rows[r].struct_size = sizeof rows[r];
        if (attune_alarm_measure(sheets, c->sheet_count, r, level, NAN, work, work_size, &rows[r],
                                 &err) != ATTUNE_OK)
            code = failed(&err);
    }
    free(work);
    return code;
}

static int count_alarms(const struct tuning *t, uint64_t first, int32_t level, attune_alarm *rows)
{
    struct count c = { .t = t, .first = first, .clients = t->clients };
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    attune_error err = ATTUNE_ERROR_INIT;
    int code = CODE_OK;
    c.sheet_count = c.clients < SHEETS ? (size_t)c.clients : SHEETS;
    for (size_t r = 0; r < t->rule_count; r++)
        choices[r] = t->tune.rules[r].choice;
    if (attune_watch_new(&c.watch, &t->constants, choices, t->rule_count, NULL, &err) != ATTUNE_OK)
        return failed(&err);
    code = jobs_run(c.sheet_count, t->options->threads, fill_sheet, &c);
    if (code == CODE_OK)
        code = measure(&c, level, rows);
    for (size_t i = 0; i < SHEETS; i++)
        free(c.sheets[i]);
    attune_watch_free(c.watch);
    return code;
}

int tune_thresholds(struct tuning *t)
{
    attune_alarm rows[ATTUNE_RULESET_MAX] = { { 0 } };
    attune_error err = ATTUNE_ERROR_INIT;
    int code = CODE_OK;
    t->tune.struct_size = sizeof t->tune;
    if (attune_tune_begin(&t->tune, t->choices, t->rule_count, t->budget, &err) != ATTUNE_OK)
        return failed(&err);
    while (t->tune.level >= 0 && code == CODE_OK) {
        code = count_alarms(t, 0, t->tune.level, rows);
        if (code == CODE_OK && attune_tune_take(&t->tune, rows, t->rule_count, &err) != ATTUNE_OK)
            code = failed(&err);
    }
    for (int32_t j = 0; j < ATTUNE_TUNE_LEVELS && code == CODE_OK; j++)
        code = count_alarms(t, t->clients, j, t->alarms[j]); /* of whom none had a say in it */
    return code;
}
