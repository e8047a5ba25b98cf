/* rupture_filter: the chance that a rupture began, by a recursive Bayesian filter. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rupture.h"

#include <math.h>

static const char alarms[] = "attune: marks at 6.4, 2.7 and 1.3 of 100 sessions of steady courses";
static const attune_param_info params[] = { ATN_RUPTURE_PARAMS(.15, .3, .45, alarms) };

/* A long gap says no more than a dozen sessions do. */
#define GAP_MAX 12

void atn_rupture_move(const atn_population *p, atn_rupture *own, int32_t session)
{
    const atn_belief belief = atn_rupture_belief(own);
    int64_t gap = (int64_t)session - own->last_session;
    for (int64_t i = 1; i <= gap && i <= GAP_MAX; i++)
        atn_filter_move(p, &belief, own->sessions + i);
    own->sessions += gap;
    if (gap > 1)
        own->odds = p->hazard; /* what a session gives of which nothing is seen */
}

void atn_rupture_begin(const atn_population *p, atn_rupture *own, const atn_form *form)
{
    const atn_belief belief = atn_rupture_belief(own);
    atn_filter_begin(p, &belief);
    own->first_up = form->up;
    own->first_session = form->session;
    own->sessions = 1;
}

static double chance_of(double odds)
{
    return odds / (1 + odds);
}

/* The score at which the chance reaches the level: it does at low and no more at high. */
static double limit_of(const atn_population *p, const atn_rupture *own, const atn_belief *belief,
                       double chance, double low, double high)
{
    atn_reading reading;
    atn_weighing weighing;
    atn_answer answer;
    for (int i = 0; i < 7; i++) { /* to a hundredth of the distance */
        double middle = (low + high) / 2;
        atn_filter_read(p, middle, &reading);
        atn_filter_weigh(belief, &reading, &weighing);
        atn_filter_answer(weighing.weight, own->odds, &answer);
        if (chance_of(answer.odds) >= chance)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void describe(const atn_population *p, const atn_rupture *own, const atn_belief *belief,
                     const atn_reading *reading, const atn_expectation *expected, attune_mark *mark)
{
    static const double z90 = 1.6448536269514722; /* 90 of 100 lie within so many SD */
    mark->reference = p->origin + p->unit * expected->mean;
    mark->spread = p->unit * expected->spread;
    mark->expected_low = p->origin + p->unit * fmax(expected->mean - z90 * expected->sd, p->bottom);
    mark->expected_high = p->origin + p->unit * fmin(expected->mean + z90 * expected->sd, p->top);
    mark->tail = atn_filter_tail(belief, reading);
    mark->first_session = own->first_session;
    mark->last_session = own->last_session;
}

static int32_t level_of(const double *p, double chance)
{
    return chance >= p[ATN_P_SEVERE]     ? ATTUNE_LEVEL_SEVERE
           : chance >= p[ATN_P_PROBABLE] ? ATTUNE_LEVEL_PROBABLE
                                         : ATTUNE_LEVEL_POSSIBLE;
}

/* The highest score that is as many steps below as a drop has to be; it is at most the scale's. */
static double highest_drop(const double *set, const atn_population *p,
                           const atn_expectation *expected)
{
    return fmin(expected->mean, p->top) - set[ATN_FLOOR_STEPS] * 2 * p->half_step;
}

/* 1 when it marks: a score far enough below what was expected, with evidence enough. */
static int mark_drop(const atn_setup *setup, const atn_population *p, atn_rupture *own,
                     const atn_belief *belief, const atn_reading *reading, const atn_form *form,
                     atn_finding *finding)
{
    int32_t level = level_of(setup->params, finding->statistic);
    atn_expectation expected;
    double highest, limit;
    attune_mark *mark;
    if (!(finding->statistic >= setup->params[ATN_P_POSSIBLE]))
        return 0;
    atn_filter_expect(belief, p, reading, &expected);
    highest = highest_drop(setup->params, p, &expected);
    if (reading->value > highest + 1e-9)
        return 0;
    mark = atn_mark_add(finding, ATTUNE_MARK_DROP, level, form);
    describe(p, own, belief, reading, &expected, mark);
    limit = limit_of(p, own, belief, setup->params[ATN_P_POSSIBLE + level], reading->value,
                     expected.mean);
    mark->limit = p->origin + p->unit * fmin(limit, highest);
    if (own->completed < 4)
        mark->flags |= ATTUNE_MARK_EARLY;
    if (!own->open) {
        own->open_reference = mark->reference;
        own->open_spread = mark->spread;
    }
    own->open = 1;
    return 1;
}

static void mark_return(const double *p, atn_rupture *own, const atn_form *form,
                        atn_finding *finding)
{
    double back = own->open_reference - p[ATN_DELTA_BACK] * own->open_spread;
    attune_mark *mark;
    if (!own->open || form->up < back)
        return;
    mark = atn_mark_add(finding, ATTUNE_MARK_RETURN, -1, form);
    mark->reference = own->open_reference;
    mark->spread = own->open_spread;
    mark->limit = back;
    mark->first_session = own->first_session;
    mark->last_session = own->last_session;
    own->open = 0;
}

void atn_rupture_observe(const atn_setup *setup, const atn_population *p, atn_rupture *own,
                         const atn_form *form, atn_finding *finding)
{
    const atn_belief belief = atn_rupture_belief(own);
    atn_reading reading;
    atn_weighing weighing;
    atn_answer answer;
    atn_filter_read(p, atn_filter_score(p, form->up), &reading);
    atn_filter_weigh(&belief, &reading, &weighing);
    atn_filter_answer(weighing.weight, own->odds, &answer);
    if (own->completed < 2) {
        finding->state = ATTUNE_STATE_TOO_FEW;
    } else {
        finding->statistic = chance_of(answer.odds);
        finding->p_began = answer.began;
        finding->p_open = answer.open;
        if (!mark_drop(setup, p, own, &belief, &reading, form, finding))
            mark_return(setup->params, own, form, finding);
    }
    finding->log_density = weighing.log_density - (reading.end == 0 ? log(p->unit) : 0);
    atn_filter_learn(&belief, &weighing);
    own->odds = answer.odds;
    own->last_session = form->session;
    own->completed += own->completed < INT32_MAX;
}

void atn_rupture_population(const atn_setup *setup, const atn_rupture *own, double up,
                            atn_population *p)
{
    const double *set = setup->params;
    const atn_prior prior = { set[ATN_HAZARD], set[ATN_DEPTH_SPREADS], set[ATN_SPREAD_CV],
                              set[ATN_USUAL_SLOPE] };
    atn_population_of(p, setup->constants, &prior, own->sessions ? own->first_up : up);
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    atn_rupture *own = state;
    atn_population p;
    if (isnan(setup->constants->within_sd))
        return;
    atn_rupture_population(setup, own, form->up, &p);
    if (own->sessions == 0)
        atn_rupture_begin(&p, own, form);
    else
        atn_rupture_move(&p, own, form->session);
    atn_rupture_observe(setup, &p, own, form, finding);
}

const attune_rule atn_rule_rupture_filter = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 2,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_WITHIN_SD,
        .lookback = 3,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_P_POSSIBLE | 1u << ATN_P_PROBABLE | 1u << ATN_P_SEVERE,
        .learns = 1u << ATN_HAZARD | 1u << ATN_DEPTH_SPREADS | 1u << ATN_SPREAD_CV |
                  1u << ATN_USUAL_SLOPE,
        .id = "rupture_filter",
        .title = "the chance that a rupture began",
        .text = "A recursive Bayesian filter over the client's level, trend, inertia and spread "
                "and over ruptures that begin, last and end; scores are rounded and end at the "
                "ends of the scale. Its priors follow from the scale's constants.",
        .statistic = "P(a rupture began now) against P(none is open), as a share of their sum; an "
                     "onset at the last session counts where it has become twice as plain",
        .citation = "attune; interacting multiple models, Blom & Bar-Shalom 1988, IEEE Trans "
                    "Automat Contr 33:780-783, doi 10.1109/9.1299",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(atn_rupture),
    .repair_param = ATN_DELTA_BACK,
};
