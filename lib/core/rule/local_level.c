/* local_level: below what a local-level Kalman filter expects of the next form. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

enum { Q = ATN_DELTA_REPAIR + 1, R };

static const char source[] = "attune's own simulation benchmark: levels of the standardised "
                             "innovation with 5 and 2 % false alarms";
static const char filter[] = "attune's own simulation benchmark";
static const attune_param_info params[] = {
    ATN_BELOW_PARAMS(1.93, 2.6, source),
    [Q] = ATN_PARAM("q", 0.1, 0.0001, 10,
                    "variance of the level's step, in within-person variances", filter),
    [R] = ATN_PARAM("r", 0.6, 0.0001, 10, "variance of a form, in within-person variances", filter),
};

/* What it remembers of a course. */
typedef struct memory {
    double level, variance;
    int64_t forms;
    int32_t first_session, last_session;
} memory;

/* The filter's update; the first form is where the level starts. */
static void take(memory *own, const atn_form *form, double expected, double noise)
{
    double gain = own->forms > 0 ? expected / (expected + noise) : 1;
    if (own->forms++ == 0)
        own->first_session = form->session;
    own->level += gain * (form->up - own->level);
    own->variance = gain * noise;
    own->last_session = form->session;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    double unit = setup->constants->within_sd * setup->constants->within_sd;
    double noise = setup->params[R] * unit;
    double expected = own->variance + setup->params[Q] * unit * (form->session - own->last_session);
    const atn_usual usual = { own->level, sqrt(expected + noise), own->forms, own->first_session,
                              own->last_session };
    if (own->forms == 0)
        finding->state = ATTUNE_STATE_TOO_FEW;
    else
        atn_judge(setup, &usual, form, finding);
    take(own, form, expected, noise);
}

const attune_rule atn_rule_local_level = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_WITHIN_SD,
        .lookback = 2,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "local_level",
        .title = "below what a running level expects",
        .text = "Kalman filter of a level that drifts: each form is compared with the level "
                "that all earlier forms leave, in SDs of the innovation. Variances are "
                "multiples of the population's within-person variance; missed sessions widen "
                "what is expected.",
        .statistic = "standard deviations below the expected form (innovation)",
        .citation = "local level model, Durbin & Koopman 2001, Time Series Analysis by State "
                "Space Methods, ch. 2",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = ATN_DELTA_REPAIR,
};
