/* The filter of one course's ruptures, and what the rules that work with it share. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_RULE_RUPTURE_H
#define ATN_RULE_RUPTURE_H

#include "lib/core/filter/filter.h"
#include "lib/core/rule/rule.h"

/* The parameters that all of them begin with, in this order. */
enum {
    ATN_P_POSSIBLE,
    ATN_P_PROBABLE,
    ATN_P_SEVERE,
    ATN_HAZARD,
    ATN_DEPTH_SPREADS,
    ATN_SPREAD_CV,
    ATN_FLOOR_STEPS,
    ATN_DELTA_BACK,
    ATN_RUPTURE_OWN /* the first that is a rule's own */
};
#define ATN_COURSES "attune: the middle of the courses that it simulates"
#define ATN_RUPTURE_PARAMS(possible, probable, severe, alarms)                                     \
    [ATN_P_POSSIBLE] =                                                                             \
        ATN_PARAM("p_possible", possible, .001, 1, "chance from which it is possible", alarms),    \
    [ATN_P_PROBABLE] =                                                                             \
        ATN_PARAM("p_probable", probable, .001, 1, "chance from which it is probable", alarms),    \
    [ATN_P_SEVERE] =                                                                               \
        ATN_PARAM("p_severe", severe, .001, 1, "chance from which it is severe", alarms),          \
    [ATN_HAZARD] = ATN_PARAM("hazard", .05, .0001, .5, "chance of an onset at any session",        \
                             "attune: fits the quarter of short treatments with a rupture in "     \
                             "Larsson et al. 2018, doi 10.1080/10503307.2016.1174345"),            \
    [ATN_DEPTH_SPREADS] =                                                                          \
        ATN_PARAM("depth", 2.25, .1, 10, "usual depth of a rupture, in spreads", ATN_COURSES),     \
    [ATN_SPREAD_CV] =                                                                              \
        ATN_PARAM("spread_cv", .35, .01, 2, "how clients' spreads vary about it", ATN_COURSES),    \
    [ATN_FLOOR_STEPS] = ATN_PARAM("floor_steps", 3, 0, 1000,                                       \
                                  "smallest drop, in steps of the scale", "attune, rule CR-1"),    \
    [ATN_DELTA_BACK] = ATN_PARAM("delta_repair", .5, 0, 10,                                        \
                                 "spreads below expected that count as back", "attune, rule CR-1")

/* What such a rule remembers of a course. */
typedef struct atn_rupture {
    atn_lane lane[ATN_BELIEF(ATN_OWN)];
    double first_up, odds;
    double open_reference, open_spread;
    int64_t sessions; /* since the first form, which is 1; 0 before */
    int32_t first_session, last_session;
    int32_t completed, open;
} atn_rupture;

static inline atn_belief atn_rupture_belief(atn_rupture *own)
{
    return (atn_belief) { own->lane, ATN_OWN };
}

/* What is known before the first form, which is `up` where none was taken yet. */
void atn_rupture_population(const atn_setup *setup, const atn_rupture *own, double up,
                            atn_population *p);

/* At the first form; on to a later session; and then the form itself, taken in and judged. */
void atn_rupture_begin(const atn_population *p, atn_rupture *own, const atn_form *form);
void atn_rupture_move(const atn_population *p, atn_rupture *own, int32_t session);
void atn_rupture_observe(const atn_setup *setup, const atn_population *p, atn_rupture *own,
                         const atn_form *form, atn_finding *finding);

#endif
