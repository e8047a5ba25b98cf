/* Fuzz target of the alarms: any watch, world and lengths, what is counted, and what is tuned. */
/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/scan/take.h"

#include <attune/tune.h>

#include <stdio.h>
#include <stdlib.h>

#define CLIENTS 6
#define LENGTHS 3
#define SESSIONS 24

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One case: what is simulated, and who looks at it. */
typedef struct sample {
    attune_world world;
    attune_rule_choice choices[ATTUNE_RULESET_MAX + 1];
    size_t rules, lengths;
    int32_t length[LENGTHS], signal;
    uint64_t seed, clients;
} sample;

/* A world that there is, with some of it replaced by anything. */
static void take_world(input *in, attune_world *world)
{
    double *const members[] = { &world->level_mean, &world->level_sd, &world->slope_mean,
                                &world->within_sd,  &world->ar_phi,   &world->hazard,
                                &world->missing,    &world->steps };
    unsigned mask;
    *world = (attune_world) { .struct_size = sizeof *world };
    attune_world_describe(attune_world_name(take(in) % attune_world_count()), world);
    world->sessions_max = 1 + take(in) % SESSIONS;
    world->sessions_min = 1 + take(in) % SESSIONS; /* above sessions_max is refused */
    mask = take(in);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (mask >> i & 1)
            *members[i] = take_real(in);
}

static attune_alarm_sheet *fill(const attune_watch *watch, const sample *s, uint64_t first,
                                uint64_t clients)
{
    size_t size = attune_alarm_sheet_size(watch, &s->world, clients);
    size_t work_size = attune_alarm_fill_work(watch, &s->world);
    attune_alarm_sheet *sheet = size > 0 ? malloc(size) : NULL;
    void *work = work_size > 0 ? malloc(work_size) : NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status =
        attune_alarm_fill(watch, &s->world, s->signal, s->length, s->lengths, s->seed, first,
                          clients, sheet, size, work, work_size, &err);
    HOLD(err.code == status);
    HOLD(status != ATTUNE_OK || sheet);
    free(work);
    if (status == ATTUNE_OK)
        return sheet;
    free(sheet);
    return NULL;
}

static attune_alarm measure(attune_alarm_sheet *const *sheets, size_t n, size_t rule, int32_t level,
                            double rate)
{
    const attune_alarm_sheet *const *list = (const attune_alarm_sheet *const *)sheets;
    attune_alarm row = { .struct_size = sizeof row };
    size_t size = attune_alarm_measure_work(list, n);
    void *work = malloc(size);
    HOLD(work &&
         attune_alarm_measure(list, n, rule, level, rate, work, size, &row, NULL) == ATTUNE_OK);
    free(work);
    return row;
}

static void shares_are_shares(const attune_alarm *row)
{
    const double hundreds[] = { row->alarms_per_100, row->clients_per_100 };
    const double shares[] = { row->found, row->noticed, row->status_right };
    for (size_t i = 0; i < 2; i++)
        HOLD(isnan(hundreds[i]) || (hundreds[i] >= 0 && hundreds[i] <= 100));
    for (size_t i = 0; i < 3; i++)
        HOLD(isnan(shares[i]) || (shares[i] >= 0 && shares[i] <= 1));
    HOLD(isnan(row->delay) || row->delay >= 0);
    HOLD(isnan(row->found) == (row->ruptures == 0));
    HOLD(row->silent < 0 || row->answered == 0);
    HOLD(isnan(row->noticed) || row->noticed >= row->found);
}

static int same(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-12 * fabs(a);
}

/* Whoever counted what: the same figures, but for the errors. */
static void sheets_add_up(const attune_alarm *whole, const attune_alarm *parts)
{
    HOLD(whole->answered == parts->answered && whole->ruptures == parts->ruptures);
    HOLD(same(whole->alarms_per_100, parts->alarms_per_100));
    HOLD(same(whole->clients_per_100, parts->clients_per_100));
    HOLD(same(whole->found, parts->found) && same(whole->noticed, parts->noticed));
    HOLD(same(whole->threshold, parts->threshold));
}

static void levels_hold(attune_alarm_sheet *whole, attune_alarm_sheet *const *parts, size_t rule)
{
    double before = INFINITY;
    for (int32_t level = ATTUNE_LEVEL_POSSIBLE; level <= ATTUNE_LEVEL_SEVERE; level++) {
        attune_alarm one = measure(&whole, 1, rule, level, NAN);
        attune_alarm two = measure(parts, 2, rule, level, NAN);
        shares_are_shares(&one);
        sheets_add_up(&one, &two);
        HOLD(isnan(one.alarms_per_100) || one.alarms_per_100 <= before); /* of it and above */
        before = isnan(one.alarms_per_100) ? before : one.alarms_per_100;
    }
    for (int i = 1; i <= 4; i++) {
        attune_alarm one = measure(&whole, 1, rule, ATTUNE_ALARM_SWEPT, i / 10.);
        attune_alarm two = measure(parts, 2, rule, ATTUNE_ALARM_SWEPT, i / 10.);
        shares_are_shares(&one);
        sheets_add_up(&one, &two);
        HOLD(isnan(one.alarms_per_100) || one.alarms_per_100 <= 10. * i + 1e-9);
    }
}

/* Whatever is said of alarms, the search ends, and with thresholds in their ranges. */
static void search_ends(const sample *s, input *in)
{
    static attune_alarm rows[ATTUNE_RULESET_MAX];
    attune_tune tune = { .struct_size = sizeof tune };
    size_t counts = 0;
    if (attune_tune_begin(&tune, s->choices, s->rules, take_real(in), NULL) != ATTUNE_OK)
        return;
    for (; tune.level >= 0; counts++) {
        HOLD(counts < 15 * ATTUNE_TUNE_LEVELS);
        for (size_t r = 0; r < s->rules; r++)
            rows[r] = (attune_alarm) { .struct_size = sizeof *rows,
                                       .silent = take(in) == 1 ? ATTUNE_STATE_TOO_FEW : -1,
                                       .alarms_per_100 = take_real(in) };
        HOLD(attune_tune_take(&tune, rows, s->rules, NULL) == ATTUNE_OK);
    }
    for (size_t r = 0; r < s->rules; r++)
        for (int32_t j = 0; j < tune.rules[r].thresholds; j++) {
            attune_param_info info = { .struct_size = sizeof info };
            attune_rule_param(s->choices[r].rule, (size_t)tune.rules[r].param[j], &info);
            HOLD(isnan(tune.rules[r].value[j]) ||
                 (tune.rules[r].value[j] >= info.low && tune.rules[r].value[j] <= info.high));
        }
}

static void check(const attune_watch *watch, const sample *s)
{
    attune_alarm_sheet *whole = fill(watch, s, 0, s->clients), *parts[2] = { NULL, NULL };
    if (whole && s->clients % 2 == 0) {
        parts[0] = fill(watch, s, 0, s->clients / 2);
        parts[1] = fill(watch, s, s->clients / 2, s->clients / 2);
        HOLD(parts[0] && parts[1]);
        for (size_t r = 0; r < s->rules; r++)
            levels_hold(whole, parts, r);
    }
    free(whole);
    free(parts[0]);
    free(parts[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = { data, size };
    attune_constants constants = take_constants(&in);
    attune_watch *watch = NULL;
    sample s = { .seed = 1 };
    s.rules = take_choices(&in, s.choices);
    take_world(&in, &s.world);
    s.signal = take(&in) % (ATTUNE_SIGNAL_END + 1); /* the last is none */
    s.lengths = take(&in) % (LENGTHS + 1);
    for (size_t i = 0; i < s.lengths; i++)
        s.length[i] = take(&in) % (SESSIONS + 1); /* 0 is refused */
    s.clients = take(&in) % (CLIENTS + 1);
    search_ends(&s, &in);
    if (attune_watch_new(&watch, &constants, s.choices, s.rules, NULL, NULL) == ATTUNE_OK)
        check(watch, &s);
    attune_watch_free(watch);
    return 0;
}
