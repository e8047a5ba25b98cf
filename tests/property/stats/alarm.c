/* Counting alarms: whoever counts what, in whichever watch, and thresholds that only take away. */
/* SPDX-License-Identifier: MIT */
#include <attune/alarm.h>
#include <attune/companion.h>

#include "tests/unit/near.h"

#include <stdlib.h>

#define CLIENTS 60

static attune_world world;
static attune_constants own, distress;

static attune_watch *watch_of(const attune_rule_choice *choices, size_t n, size_t others)
{
    const attune_companion companions[] = {
        { sizeof *companions, ATTUNE_ROLE_THERAPIST, &own },
        { sizeof *companions, ATTUNE_ROLE_DISTRESS, &distress },
    };
    attune_watch *watch = NULL;
    assert_int_equal(
        attune_watch_new_joint(&watch, &own, companions, others, choices, n, NULL, NULL),
        ATTUNE_OK);
    return watch;
}

static attune_alarm_sheet *fill(const attune_watch *watch, uint64_t first, uint64_t clients)
{
    size_t size = attune_alarm_sheet_size(watch, &world, clients);
    size_t work_size = attune_alarm_fill_work(watch, &world);
    attune_alarm_sheet *sheet = malloc(size);
    void *work = malloc(work_size);
    assert_int_equal(attune_alarm_fill(watch, &world, ATTUNE_SIGNAL_ALLIANCE, NULL, 0, 7, first,
                                       clients, sheet, size, work, work_size, NULL),
                     ATTUNE_OK);
    free(work);
    return sheet;
}

static attune_alarm measure(attune_alarm_sheet *const *sheets, size_t n, size_t rule, int32_t level,
                            double rate)
{
    const attune_alarm_sheet *const *list = (const attune_alarm_sheet *const *)sheets;
    attune_alarm row = { .struct_size = sizeof row };
    size_t size = attune_alarm_measure_work(list, n);
    void *work = malloc(size);
    assert_int_equal(attune_alarm_measure(list, n, rule, level, rate, work, size, &row, NULL),
                     ATTUNE_OK);
    free(work);
    return row;
}

static attune_alarm measure_all(const attune_watch *watch, size_t rule, int32_t level)
{
    attune_alarm_sheet *sheet = fill(watch, 0, CLIENTS);
    attune_alarm row = measure(&sheet, 1, rule, level, NAN);
    free(sheet);
    return row;
}

static int begin(void **state)
{
    (void)state;
    world.struct_size = sizeof world;
    own.struct_size = distress.struct_size = sizeof own;
    return attune_world_describe("high-hazard", &world) != ATTUNE_OK ||
           attune_scale_constants(attune_scale_find("demo-alliance"), &own) != ATTUNE_OK ||
           attune_scale_constants(attune_scale_find("demo-distress"), &distress) != ATTUNE_OK;
}

static void same_counts(const attune_alarm *a, const attune_alarm *b)
{
    assert_int_equal(a->answered, b->answered);
    assert_int_equal(a->ruptures, b->ruptures);
    assert_near(a->alarms_per_100, b->alarms_per_100, 1e-12);
    assert_near(a->clients_per_100, b->clients_per_100, 1e-12);
    assert_near(a->found, b->found, 1e-12);
    assert_near(a->noticed, b->noticed, 1e-12);
    assert_near(a->delay, b->delay, 1e-12);
    assert_same(a->threshold, b->threshold);
}

static void any_split_of_the_clients_counts_the_same(void **state)
{
    const size_t parts[] = { 2, 3, 5, 12, 60 };
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    size_t n = 0;
    (void)state;
    while (attune_ruleset_choice(attune_ruleset_find("all"), n, &choices[n]) == ATTUNE_OK)
        n++;
    attune_watch *watch = watch_of(choices, n, 2);
    attune_alarm_sheet *whole = fill(watch, 0, CLIENTS), *sheets[CLIENTS];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (size_t k = 0; k < parts[i]; k++)
            sheets[k] = fill(watch, k * CLIENTS / parts[i], CLIENTS / parts[i]);
        for (size_t r = 0; r < n; r++) {
            attune_alarm one = measure(&whole, 1, r, 0, NAN);
            attune_alarm many = measure(sheets, parts[i], r, 0, NAN);
            same_counts(&one, &many);
            one = measure(&whole, 1, r, ATTUNE_ALARM_SWEPT, .05);
            many = measure(sheets, parts[i], r, ATTUNE_ALARM_SWEPT, .05);
            same_counts(&one, &many);
            assert_true(isnan(one.alarms_per_100) || one.alarms_per_100 <= 5);
        }
        for (size_t k = 0; k < parts[i]; k++)
            free(sheets[k]);
    }
    free(whole);
    attune_watch_free(watch);
}

/* Each rule alone says what it says among the others; and companions are heard by listeners. */
static void a_rule_says_the_same_among_others(void **state)
{
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    size_t n = 0, listeners = 0;
    (void)state;
    while (attune_ruleset_choice(attune_ruleset_find("live"), n, &choices[n]) == ATTUNE_OK)
        n++;
    attune_watch *all = watch_of(choices, n, 2);
    for (size_t r = 0; r < n; r++) {
        attune_rule_info info = { .struct_size = sizeof info };
        attune_rule_describe(choices[r].rule, &info);
        attune_watch *alone = watch_of(&choices[r], 1, info.companions ? 2 : 0);
        attune_alarm among = measure_all(all, r, 0), one = measure_all(alone, 0, 0);
        same_counts(&among, &one);
        attune_watch_free(alone);
        if (!info.companions)
            continue;
        listeners++;
        alone = watch_of(&choices[r], 1, 0);
        one = measure_all(alone, 0, 0);
        assert_int_equal(one.silent, ATTUNE_STATE_NO_SIGNAL);
        assert_int_equal(one.answered, 0);
        attune_watch_free(alone);
    }
    assert_true(listeners >= 3);
    attune_watch_free(all);
}

/* Every rule with thresholds, at two to eight times the distance of its lowest from 0. */
static void a_higher_threshold_never_adds_alarms(void **state)
{
    size_t fewer = 0;
    (void)state;
    for (size_t i = 0; i < attune_rule_count(); i++) {
        attune_rule_info info = { .struct_size = sizeof info };
        attune_param_info param = { .struct_size = sizeof param };
        attune_rule_choice choice;
        size_t p = 0;
        attune_rule_describe(attune_rule_at(i), &info);
        if (info.thresholds == 0 || !(info.constructs >> ATTUNE_CONSTRUCT_ALLIANCE & 1))
            continue;
        attune_rule_choose(attune_rule_at(i), &choice);
        while (!(info.thresholds >> p & 1))
            p++;
        attune_rule_param(attune_rule_at(i), p, &param);
        attune_watch *low = watch_of(&choice, 1, 2);
        choice.params[p] = fmin(param.high, param.value + .4 * fabs(param.value));
        attune_watch *high = watch_of(&choice, 1, 2);
        attune_alarm many = measure_all(low, 0, 0), few = measure_all(high, 0, 0);
        if (many.alarms_per_100 < few.alarms_per_100)
            fail_msg("%s: %g, with a higher threshold %g", info.id, many.alarms_per_100,
                     few.alarms_per_100);
        fewer += many.alarms_per_100 > few.alarms_per_100;
        attune_watch_free(low);
        attune_watch_free(high);
    }
    assert_true(fewer > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_split_of_the_clients_counts_the_same),
        cmocka_unit_test(a_rule_says_the_same_among_others),
        cmocka_unit_test(a_higher_threshold_never_adds_alarms),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
