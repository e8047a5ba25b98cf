/* Two sheets of rules in a world with many ruptures, for the tests of what is counted. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STATS_ALARM_GIVEN_H
#define TESTS_STATS_ALARM_GIVEN_H

#include <attune/alarm.h>
#include <attune/companion.h>

#include "tests/unit/near.h"

#include <stdlib.h>

#define CLIENTS 60
#define SEED 11
#define ROOM 64
#define RULES 3

static attune_watch *watch; /* two rules that answer, and one that lacks its constant */
static attune_world world;
static void *work;
static size_t work_size;
static attune_alarm_sheet *sheets[2];

static inline attune_constants constants_of(const char *scale)
{
    attune_constants constants = { .struct_size = sizeof constants };
    attune_scale_constants(attune_scale_find(scale), &constants);
    return constants;
}

static inline attune_watch *watch_with(const attune_constants *constants, const char *const *ids,
                                       size_t n)
{
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    attune_watch *made = NULL;
    for (size_t i = 0; i < n; i++)
        attune_rule_choose(attune_rule_find(ids[i]), &choices[i]);
    assert_int_equal(attune_watch_new(&made, constants, choices, n, NULL, NULL), ATTUNE_OK);
    return made;
}

static inline attune_alarm_sheet *fill_from(const attune_world *of, int32_t signal, uint64_t first,
                                            uint64_t clients)
{
    size_t size = attune_alarm_sheet_size(watch, of, clients);
    attune_alarm_sheet *sheet = malloc(size);
    assert_int_equal(attune_alarm_fill(watch, of, signal, NULL, 0, SEED, first, clients, sheet,
                                       size, work, work_size, NULL),
                     ATTUNE_OK);
    return sheet;
}

static inline int begin(void **state)
{
    static const char *const ids[RULES] = { "own_range", "mean_so_far", "below_cutoff" };
    const attune_constants constants = constants_of("demo-alliance");
    (void)state;
    world.struct_size = sizeof world;
    attune_world_describe("high-hazard", &world);
    watch = watch_with(&constants, ids, RULES);
    work_size = attune_alarm_fill_work(watch, &world);
    work = malloc(work_size);
    sheets[0] = fill_from(&world, ATTUNE_SIGNAL_ALLIANCE, 0, CLIENTS / 2);
    sheets[1] = fill_from(&world, ATTUNE_SIGNAL_ALLIANCE, CLIENTS / 2, CLIENTS / 2);
    return 0;
}

static inline int end(void **state)
{
    (void)state;
    free(sheets[0]);
    free(sheets[1]);
    free(work);
    attune_watch_free(watch);
    return 0;
}

static inline attune_alarm measured(attune_alarm_sheet *const *of, size_t n, size_t rule,
                                    int32_t level, double rate)
{
    const attune_alarm_sheet *const *list = (const attune_alarm_sheet *const *)of;
    attune_alarm row = { .struct_size = sizeof row, .sessions = -7 };
    size_t size = attune_alarm_measure_work(list, n);
    void *scratch = malloc(size);
    assert_int_equal(attune_alarm_measure(list, n, rule, level, rate, scratch, size, &row, NULL),
                     ATTUNE_OK);
    free(scratch);
    return row;
}

#endif
