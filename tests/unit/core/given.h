/* Constants, watches and courses that many tests of core start from. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CORE_GIVEN_H
#define TESTS_CORE_GIVEN_H

#include "tests/unit/near.h"

#include <attune/attune.h>

#define GIVEN_MAX 64 /* sessions of one course */

/* The course of the worked example of rule CR-1. */
#define GIVEN_EXAMPLE                                                                              \
    {                                                                                              \
        5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.2, 4.5, 5.9, 6.0, 6.1, 5.9, 6.0, 6.2, 6.1             \
    }

/* What a scan found. */
typedef struct given_found {
    attune_mark marks[GIVEN_MAX * 2 * ATTUNE_RULESET_MAX];
    attune_trace traces[GIVEN_MAX * ATTUNE_RULESET_MAX];
    size_t n;
} given_found;

/* A measure of which only the kind, the direction and these two spreads are known. */
static inline attune_constants given_constants(int32_t construct, double within_sd, double sem)
{
    attune_constants c = { .struct_size = sizeof c };
    assert_int_equal(attune_scale_constants(NULL, &c), ATTUNE_OK);
    c.construct = construct;
    c.within_sd = within_sd;
    c.sem = sem;
    return c;
}

/* Everything that a rule could want, so that none is without a constant. */
static inline attune_constants given_everything(void)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_OTHER, .44, .2878);
    c.change_threshold = 1.5;
    c.cutoff = 4.5;
    c.score_step = .1;
    return c;
}

static inline attune_rule_choice given_choice(const char *id)
{
    attune_rule_choice choice = { 0 };
    assert_int_equal(attune_rule_choose(attune_rule_find(id), &choice), ATTUNE_OK);
    return choice;
}

static inline attune_watch *given_watch_of(const attune_constants *c,
                                           const attune_rule_choice *choices, size_t n)
{
    attune_watch *watch = NULL;
    assert_int_equal(attune_watch_new(&watch, c, choices, n, NULL, NULL), ATTUNE_OK);
    return watch;
}

/* One rule with its defaults. */
static inline attune_watch *given_watch(const attune_constants *c, const char *id)
{
    attune_rule_choice choice = given_choice(id);
    return given_watch_of(c, &choice, 1);
}

/* Five rules, one of each kind of memory, for what concerns no rule in particular. */
#define GIVEN_FIVE 5
static const char *const given_five[GIVEN_FIVE] = { "below_cutoff", "drop", "erosion", "own_range",
                                                    "reliable_worse" };

static inline attune_watch *given_watch_five(const attune_constants *c)
{
    attune_rule_choice choices[GIVEN_FIVE];
    for (size_t i = 0; i < GIVEN_FIVE; i++)
        choices[i] = given_choice(given_five[i]);
    return given_watch_of(c, choices, GIVEN_FIVE);
}

static inline attune_series given_series(const double *scores, size_t n)
{
    return (attune_series) { .struct_size = sizeof(attune_series), .count = n, .score = scores };
}

/* Scans a course that must be sound; rules is how many the watch has. */
static inline void given_scan(const attune_watch *watch, const attune_series *series, size_t rules,
                              given_found *found)
{
    attune_error err = ATTUNE_ERROR_INIT;
    memset(found, 0, sizeof *found);
    found->marks[0].struct_size = sizeof found->marks[0];
    found->traces[0].struct_size = sizeof found->traces[0];
    if (attune_scan(watch, series, found->marks, sizeof found->marks / sizeof *found->marks,
                    &found->n, found->traces, (size_t)series->count * rules, &err) != ATTUNE_OK)
        fail_msg("%s: %s", err.key, err.text);
}

/* One rule over a course, in one go. */
static inline void given_run(const attune_constants *c, const char *id, const double *scores,
                             size_t n, given_found *found)
{
    attune_watch *watch = given_watch(c, id);
    attune_series series = given_series(scores, n);
    given_scan(watch, &series, 1, found);
    attune_watch_free(watch);
}

#define LENGTH(array) (sizeof(array) / sizeof *(array))

#endif
