/* Three companions of a short course, and a rule that tells what it heard of them. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CORE_LISTENER_H
#define TESTS_CORE_LISTENER_H

#include "lib/core/watch/course.h"
#include "tests/unit/core/given.h"

#define COMPANIONS 3
#define SESSIONS 9

/* A rule that tells what it heard: its statistic holds all companions, its chances the rest. */
typedef struct heard {
    double sum;
    int32_t sessions;
} heard;

static inline void hear(const atn_setup *setup, void *state, const atn_form *form,
                        atn_finding *finding)
{
    heard *own = state;
    double weight = 1;
    finding->statistic = 0;
    for (uint32_t k = 0; k < setup->companions->count; k++, weight *= 10)
        if (!isnan(form->companion[k]))
            finding->statistic += weight * form->companion[k];
    own->sum += finding->statistic;
    finding->p_began = own->sum;
    finding->p_open = ++own->sessions;
    if (!isnan(form->up) && finding->statistic > 100)
        atn_mark_add(finding, ATTUNE_MARK_DROP, ATTUNE_LEVEL_POSSIBLE, form);
}

static inline attune_rule listener(uint32_t roles)
{
    attune_rule rule = atn_rule_drop;
    rule.info.id = "listener";
    rule.info.companions = roles;
    rule.info.needs = 0;
    rule.step = hear;
    rule.state_size = sizeof(heard);
    return rule;
}

/* Therapist, distress and a subscale, of which the second turns. */
static attune_constants about[COMPANIONS];
static attune_companion companions[COMPANIONS];

static inline void reset(void)
{
    const int32_t roles[] = { ATTUNE_ROLE_THERAPIST, ATTUNE_ROLE_DISTRESS, ATTUNE_ROLE_SUBSCALE };
    for (size_t k = 0; k < COMPANIONS; k++) {
        about[k] = given_everything();
        about[k].score_min = 0;
        about[k].score_max = 9;
        companions[k] = (attune_companion) { sizeof companions[k], roles[k], &about[k] };
    }
    about[1].direction = ATTUNE_HIGHER_WORSE;
}

static const double own[SESSIONS] = { 5, 5, 6, 5, NAN, NAN, 2, 5, 5 };
static const double therapist[SESSIONS] = { 1, NAN, 3, 4, 5, NAN, 7, 8, 1 };
static const double distress[SESSIONS] = { 2, 2, NAN, 4, NAN, NAN, 1, 0, NAN };
static const double subscale[SESSIONS] = { 3, 2, NAN, 4, 5, NAN, 2, 0, 1 };
static const double *const columns[COMPANIONS] = { therapist, distress, subscale };

static inline attune_series course(void)
{
    attune_series series = given_series(own, SESSIONS);
    series.companions = columns;
    series.n_companions = COMPANIONS;
    return series;
}

/* The listener and two rules that do not listen. */
#define RULES 3

static inline attune_status make(attune_watch **out, const attune_rule *rule, size_t n,
                                 attune_error *err)
{
    const attune_constants c = given_everything();
    attune_rule_choice choices[RULES] = { given_choice("drop"),
                                          { .rule = rule },
                                          given_choice("own_range") };
    memcpy(choices[1].params, choices[0].params, sizeof choices[1].params);
    return attune_watch_new_joint(out, &c, companions, n, choices, RULES, NULL, err);
}

static inline attune_watch *watch_of(const attune_rule *rule, size_t n)
{
    attune_watch *watch = NULL;
    assert_int_equal(make(&watch, rule, n, NULL), ATTUNE_OK);
    return watch;
}

#endif
