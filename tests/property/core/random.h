/* Seeded random measures, rules and courses: the same ones in every run. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_PROPERTY_CORE_RANDOM_H
#define TESTS_PROPERTY_CORE_RANDOM_H

#include "tests/unit/core/given.h"

/* splitmix64 of Steele, Lea & Flood 2014, doi 10.1145/2660193.2660195. */
typedef struct dice {
    uint64_t state;
} dice;

static inline uint64_t dice_next(dice *d)
{
    uint64_t z = d->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* From 0 to below 1. */
static inline double dice_share(dice *d)
{
    return (double)(dice_next(d) >> 11) * 0x1p-53;
}

static inline double dice_real(dice *d, double low, double high)
{
    return low + dice_share(d) * (high - low);
}

/* From 0 to below n. */
static inline size_t dice_below(dice *d, size_t n)
{
    return (size_t)(dice_next(d) % n);
}

static inline int dice_hit(dice *d, double chance)
{
    return dice_share(d) < chance;
}

/* A value that is not known now and then. */
static inline double dice_known(dice *d, double low, double high)
{
    double value = dice_real(d, low, high);
    return dice_hit(d, .15) ? NAN : value;
}

/* A measure from 0 to 10 of any kind, lacking whatever it may lack. */
static inline attune_constants random_constants(dice *d)
{
    attune_constants c =
        given_constants((int32_t)dice_below(d, 3), dice_known(d, .1, 2), dice_known(d, .1, 1));
    c.direction = dice_hit(d, .5) ? ATTUNE_HIGHER_BETTER : ATTUNE_HIGHER_WORSE;
    c.change_bound = (int32_t)dice_below(d, 2);
    c.cutoff_bound = (int32_t)dice_below(d, 2);
    c.provisional = (uint32_t)dice_below(d, 32);
    c.score_min = 0;
    c.score_max = 10;
    c.score_step = dice_known(d, .05, .4);
    c.change_threshold = dice_known(d, .5, 5);
    c.sd = dice_known(d, .5, 3);
    c.reliability = dice_known(d, 0, .99);
    c.cutoff = dice_known(d, 2, 8);
    return c;
}

#define RANDOM_RULES 5 /* the most that random_choices chooses */

/* Most parameters as they are, some anywhere in their range. */
static inline void random_params(dice *d, attune_rule_choice *choice)
{
    attune_param_info param = { .struct_size = sizeof param };
    for (size_t p = 0; attune_rule_param(choice->rule, p, &param) == ATTUNE_OK; p++)
        if (dice_hit(d, .2))
            choice->params[p] = dice_hit(d, .3) ? (dice_hit(d, .5) ? param.low : param.high)
                                                : dice_real(d, param.low, param.high);
}

/* One to five rules of a set, in any order. */
static inline size_t random_choices_of(dice *d, const char *set, attune_rule_choice *choices)
{
    const attune_ruleset *from = attune_ruleset_find(set);
    attune_rule_choice all[ATTUNE_RULESET_MAX];
    size_t count = 0, n = 1 + dice_below(d, RANDOM_RULES);
    while (attune_ruleset_choice(from, count, &all[count]) == ATTUNE_OK)
        count++;
    for (size_t i = 0; i < n; i++) {
        size_t other = i + dice_below(d, count - i);
        choices[i] = all[other];
        all[other] = all[i];
        random_params(d, &choices[i]);
    }
    return n;
}

/* Of those that look back only. */
static inline size_t random_choices(dice *d, attune_rule_choice *choices)
{
    return random_choices_of(d, "live", choices);
}

/* A course: a level that wanders, falls and comes back, with gaps in forms and in numbers. */
typedef struct course {
    double score[GIVEN_MAX], day[GIVEN_MAX];
    int32_t session[GIVEN_MAX];
    attune_series series;
} course;

static inline void random_course(dice *d, course *c, size_t n, double grid)
{
    double level = dice_real(d, 3, 9), fallen = 0;
    int32_t session = (int32_t)dice_below(d, 4) - 1;
    memset(c, 0, sizeof *c);
    for (size_t i = 0; i < n; i++) {
        double y;
        level += dice_real(d, -.4, .4);
        fallen = dice_hit(d, .1) ? dice_real(d, 0, 5) : (dice_hit(d, .3) ? 0 : fallen);
        y = fmin(10, fmax(0, level - fallen + dice_real(d, -.3, .3)));
        c->score[i] = dice_hit(d, .1) ? NAN : (grid > 0 ? nearbyint(y / grid) * grid : y);
        c->day[i] = dice_hit(d, .1) ? NAN : 7. * (double)i + dice_real(d, -3, 3);
        c->session[i] = session += dice_hit(d, .1) ? 3 : 1;
    }
    c->series = given_series(c->score, n);
    c->series.day = dice_hit(d, .8) ? c->day : NULL;
    c->series.session = dice_hit(d, .8) ? c->session : NULL;
}

#endif
