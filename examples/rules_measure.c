/* attune rules --measure-alarms: what every rule errs and finds in simulated courses. */
/* SPDX-License-Identifier: MIT */
#include "examples/jobs.h"
#include "examples/rules.h"
#include "examples/table.h"

#include <attune/companion.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is simulated, in the order of the table. */
static const struct cell {
    const char *world;
    int32_t sessions; /* of every course; -1: as the world has it */
} cells[] = {
    { "steady", 6 },   { "steady", 10 },     { "steady", 16 },
    { "steady", 30 },  { "default", -1 },    { "shallow", -1 },
    { "inertia", -1 }, { "low-hazard", -1 }, { "high-hazard", -1 },
};
#define CELLS (sizeof cells / sizeof *cells)

/* What is asked of a rule in a cell: its levels, and where ruptures are, rates of false alarms. */
static const struct ask {
    int32_t level;
    double rate;
} asks[] = {
    { ATTUNE_LEVEL_POSSIBLE, NAN }, { ATTUNE_LEVEL_PROBABLE, NAN }, { ATTUNE_LEVEL_SEVERE, NAN },
    { ATTUNE_ALARM_SWEPT, .02 },    { ATTUNE_ALARM_SWEPT, .05 },    { ATTUNE_ALARM_SWEPT, .10 },
};
#define ASKS (sizeof asks / sizeof *asks)
#define LEVELS 3

#define SHEETS 20 /* between which the errors are measured */

struct measuring {
    const struct options *options;
    size_t rule_count;
    attune_alarm *rows; /* rule by rule, cell by cell, ask by ask */
    /* Of the signal and the cell at hand: */
    attune_watch *watch;
    size_t watched[ATTUNE_RULESET_MAX]; /* numbers of its rules in the catalogue */
    size_t watch_count;
    int32_t signal;
    size_t cell;
    attune_world world;
    uint64_t clients;
    size_t sheet_count;
    attune_alarm_sheet *sheets[SHEETS];
};

static attune_alarm *row_of(const struct measuring *m, size_t rule, size_t cell, size_t ask)
{
    return &m->rows[(rule * CELLS + cell) * ASKS + ask];
}

static int is_wanted_cell(const struct measuring *m, size_t cell)
{
    return !m->options->world || strcmp(m->options->world, cells[cell].world) == 0;
}

static int failed(const attune_error *err)
{
    fprintf(stderr, "attune: %s: %s\n", err->key, err->text);
    return err->code == ATTUNE_E_MEMORY ? no_memory() : CODE_INTERNAL;
}

/* ---- Which rules see which ratings, with which constants ---- */

static int32_t signal_of(const attune_rule *rule)
{
    attune_rule_info info = { .struct_size = sizeof info };
    (void)attune_rule_describe(rule, &info);
    if (info.constructs & 1u << ATTUNE_CONSTRUCT_ALLIANCE)
        return ATTUNE_SIGNAL_ALLIANCE;
    if (info.constructs & 1u << ATTUNE_CONSTRUCT_DISTRESS)
        return ATTUNE_SIGNAL_DISTRESS;
    return info.constructs & 1u << ATTUNE_CONSTRUCT_RUPTURE ? ATTUNE_SIGNAL_REPORT
                                                            : ATTUNE_SIGNAL_ALLIANCE;
}

static attune_constants constants_of(int32_t signal)
{
    static const char *const scales[ATTUNE_SIGNAL_END] = {
        [ATTUNE_SIGNAL_ALLIANCE] = "demo-alliance",
        [ATTUNE_SIGNAL_THERAPIST] = "demo-alliance",
        [ATTUNE_SIGNAL_DISTRESS] = "demo-distress",
    };
    attune_constants constants = { .struct_size = sizeof constants };
    if (scales[signal]) {
        (void)attune_scale_constants(attune_scale_find(scales[signal]), &constants);
        return constants;
    }
    constants.direction = ATTUNE_HIGHER_WORSE; /* one question, yes or no */
    constants.construct = ATTUNE_CONSTRUCT_RUPTURE;
    constants.score_min = 0;
    constants.score_max = constants.score_step = 1;
    constants.within_sd = constants.sem = constants.change_threshold = NAN;
    constants.sd = constants.reliability = constants.cutoff = NAN;
    return constants;
}

static int is_wanted_rule(const struct options *options, const attune_rule *rule)
{
    return !options->operands[0] || attune_rule_find(options->operands[0]) == rule;
}

/* A watch for a signal; alliance comes with what goes on beside it. */
static attune_status new_watch(struct measuring *m, const attune_rule_choice *choices,
                               attune_error *err)
{
    const attune_constants own = constants_of(m->signal);
    const attune_constants therapist = constants_of(ATTUNE_SIGNAL_THERAPIST);
    const attune_constants distress = constants_of(ATTUNE_SIGNAL_DISTRESS);
    const attune_companion companions[] = {
        { sizeof *companions, ATTUNE_ROLE_THERAPIST, &therapist },
        { sizeof *companions, ATTUNE_ROLE_DISTRESS, &distress },
    };
    size_t n = m->signal == ATTUNE_SIGNAL_ALLIANCE ? 2 : 0;
    return attune_watch_new_joint(&m->watch, &own, companions, n, choices, m->watch_count, NULL,
                                  err);
}

/* The watch of all wanted rules of a signal; NULL when there are none. */
static int open_watch(struct measuring *m)
{
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    attune_error err = ATTUNE_ERROR_INIT;
    m->watch = NULL;
    m->watch_count = 0;
    for (size_t i = 0; i < m->rule_count; i++) {
        const attune_rule *rule = attune_rule_at(i);
        if (signal_of(rule) != m->signal || !is_wanted_rule(m->options, rule))
            continue;
        (void)attune_rule_choose(rule, &choices[m->watch_count]);
        m->watched[m->watch_count++] = i;
    }
    if (m->watch_count == 0)
        return CODE_OK;
    return new_watch(m, choices, &err) == ATTUNE_OK ? CODE_OK : failed(&err);
}

/* ---- One cell ---- */

/* Job: one sheet. */
static int fill_sheet(void *of, size_t i)
{
    struct measuring *m = of;
    uint64_t first = m->clients * i / m->sheet_count;
    uint64_t clients = m->clients * (i + 1) / m->sheet_count - first;
    size_t size = attune_alarm_sheet_size(m->watch, &m->world, clients);
    size_t work_size = attune_alarm_fill_work(m->watch, &m->world);
    void *work = malloc(work_size);
    attune_error err = ATTUNE_ERROR_INIT;
    int code = CODE_OK;
    m->sheets[i] = malloc(size);
    if (!m->sheets[i] || !work)
        code = no_memory();
    else if (attune_alarm_fill(m->watch, &m->world, m->signal, NULL, 0, (uint64_t)m->options->seed,
                               first, clients, m->sheets[i], size, work, work_size,
                               &err) != ATTUNE_OK)
        code = failed(&err);
    free(work);
    return code;
}

/* To five decimals: the errors are larger, and the last bits of exp() and log() are not in it. */
static void round_figures(attune_alarm *row)
{
    size_t count;
    const attune_field *fields = attune_alarm_fields(&count);
    for (size_t i = 0; i < count; i++) {
        double *at = (double *)(void *)((char *)row + fields[i].offset);
        if (fields[i].type == ATTUNE_FIELD_REAL)
            *at = round(*at * 1e5) / 1e5;
    }
}

/* Job: every row of one rule in the cell. */
static int measure_rule(void *of, size_t i)
{
    const struct measuring *m = of;
    const attune_alarm_sheet *const *sheets = (const attune_alarm_sheet *const *)m->sheets;
    size_t work_size = attune_alarm_measure_work(sheets, m->sheet_count);
    void *work = malloc(work_size);
    attune_error err = ATTUNE_ERROR_INIT;
    int code = work ? CODE_OK : no_memory();
    for (size_t a = 0; a < ASKS && code == CODE_OK; a++) {
        attune_alarm *row = row_of(m, m->watched[i], m->cell, a);
        row->struct_size = sizeof *row;
        row->sessions = cells[m->cell].sessions;
        row->world = cells[m->cell].world;
        if (attune_alarm_measure(sheets, m->sheet_count, i, asks[a].level, asks[a].rate, work,
                                 work_size, row, &err) != ATTUNE_OK)
            code = failed(&err);
        round_figures(row);
    }
    free(work);
    return code;
}

static int measure_cell(struct measuring *m)
{
    int32_t sessions = cells[m->cell].sessions;
    int code;
    m->world.struct_size = sizeof m->world;
    (void)attune_world_describe(cells[m->cell].world, &m->world);
    if (sessions > 0)
        m->world.sessions_min = m->world.sessions_max = sessions;
    code = jobs_run(m->sheet_count, m->options->threads, fill_sheet, m);
    if (code == CODE_OK)
        code = jobs_run(m->watch_count, m->options->threads, measure_rule, m);
    for (size_t i = 0; i < SHEETS; i++) {
        free(m->sheets[i]);
        m->sheets[i] = NULL;
    }
    return code;
}

static int measure_signal(struct measuring *m)
{
    int code = open_watch(m);
    for (m->cell = 0; m->cell < CELLS && m->watch && code == CODE_OK; m->cell++)
        if (is_wanted_cell(m, m->cell))
            code = measure_cell(m);
    attune_watch_free(m->watch);
    return code;
}

/* ---- Which rows are shown ---- */

/* Whether two rows count the same alarms: then no mark lies between their levels. */
static int are_alike(const attune_alarm *a, const attune_alarm *b)
{
    return !(fabs(a->alarms_per_100 - b->alarms_per_100) > 0 || fabs(a->found - b->found) > 0 ||
             fabs(a->noticed - b->noticed) > 0);
}

static int has_marks(const attune_alarm *row)
{
    return row->alarms_per_100 > 0 || row->noticed > 0;
}

/* Whether the rule makes marks of just this level anywhere. */
static int has_level(const struct measuring *m, size_t rule, size_t level)
{
    for (size_t cell = 0; cell < CELLS; cell++) {
        const attune_alarm *row = row_of(m, rule, cell, level);
        if (level + 1 < LEVELS ? !are_alike(row, row + 1) : has_marks(row))
            return 1;
    }
    return 0;
}

/* Levels that the rule has; the first when it makes no mark at all; rates where ruptures are. */
static int is_shown(const struct measuring *m, size_t rule, size_t cell, size_t ask)
{
    const attune_alarm *row = row_of(m, rule, cell, ask);
    if (row->struct_size == 0)
        return 0;
    if (row->silent >= 0)
        return ask == 0;
    if (asks[ask].level < 0)
        return row->ruptures > 0;
    return has_level(m, rule, ask) ||
           (ask == 0 && !has_level(m, rule, 1) && !has_level(m, rule, 2));
}

/* A rule that answers nowhere has one row, which says why. */
static int is_mute(const struct measuring *m, size_t rule)
{
    for (size_t cell = 0; cell < CELLS; cell++) {
        const attune_alarm *row = row_of(m, rule, cell, 0);
        if (row->struct_size > 0 && row->silent < 0)
            return 0;
    }
    return 1;
}

static void put_rule(const struct measuring *m, size_t rule, struct table *table)
{
    int mute = is_mute(m, rule);
    for (size_t cell = 0; cell < CELLS; cell++)
        for (size_t ask = 0; ask < ASKS; ask++) {
            if (!is_shown(m, rule, cell, ask))
                continue;
            rules_alarms_put(table, row_of(m, rule, cell, ask));
            if (mute)
                return;
        }
}

static int write_rows(const struct measuring *m)
{
    struct table *table = NULL;
    int code = rules_alarms_begin(&table, m->options);
    if (code != CODE_OK)
        return code;
    for (size_t rule = 0; rule < m->rule_count; rule++)
        put_rule(m, rule, table);
    code = table_commit(table);
    table_free(table);
    return code;
}

static int is_world(const char *name)
{
    for (size_t i = 0; i < CELLS; i++)
        if (strcmp(cells[i].world, name) == 0)
            return 1;
    fprintf(stderr, "attune rules: --world: expected steady or a world of the table\n");
    return 0;
}

int rules_measure(const struct options *options)
{
    struct measuring m = { .options = options, .rule_count = attune_rule_count() };
    int code = CODE_OK;
    if (options->world && !is_world(options->world))
        return CODE_USAGE;
    m.clients = (uint64_t)(options->clients > 0 ? options->clients : RULES_MEASURE_CLIENTS);
    m.sheet_count = m.clients < SHEETS ? (size_t)m.clients : SHEETS;
    m.rows = calloc(m.rule_count * CELLS * ASKS, sizeof *m.rows);
    if (!m.rows)
        return no_memory();
    for (m.signal = 0; m.signal < ATTUNE_SIGNAL_END && code == CODE_OK; m.signal++)
        code = measure_signal(&m);
    if (code == CODE_OK)
        code = write_rows(&m);
    free(m.rows);
    return code;
}
