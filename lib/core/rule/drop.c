/* drop: a fall from the previous form, against the larger of own and population spread. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

static const attune_param_info params[] = {
    [ATN_K_POSSIBLE] =
        ATN_PARAM("k_possible", 1.0, 0.1, 10, "spreads fallen from which it is possible",
                  "the less strict of the two thresholds in Gumz et al. 2012"),
    [ATN_K_PROBABLE] =
        ATN_PARAM("k_probable", 2.0, 0.1, 10, "spreads fallen from which it is probable",
                  "the strict one of the two thresholds in Gumz et al. 2012"),
    [ATN_DELTA_REPAIR] =
        ATN_PARAM("delta_repair", 0.5, 0, 10, "spreads below the earlier score that count as back",
                  "attune, rule CR-1"),
};

/* What it remembers of a course. */
typedef struct memory {
    atn_moments moments;
    double before;
    int32_t session;
} memory;

/* Own SD over all earlier forms, the population's, and the measurement error: the largest. */
static double spread_of(const attune_constants *c, const memory *own)
{
    return atn_floored(fmax(atn_moments_sd(&own->moments), c->within_sd), c->sem);
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    const atn_usual usual = { own->before, spread_of(setup->constants, own), own->moments.count,
                              own->session, own->session };
    if (usual.forms == 0)
        finding->state = ATTUNE_STATE_TOO_FEW;
    else
        atn_judge(setup, &usual, form, finding);
    atn_moments_take(&own->moments, form->up);
    own->before = form->up;
    own->session = form->session;
}

const attune_rule atn_rule_drop = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_WITHIN_SD,
        .lookback = 2,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "drop",
        .title = "a fall from the previous form",
        .text = "Falls by k spreads or more from the last completed form, where the spread is the "
                "larger of the client's own SD so far and the population's within-person SD.",
        .statistic = "spreads fallen since the last completed form",
        .citation = "in the family of Gumz, Braehler, Geyer & Erices 2012, BMC Med Res Methodol "
                    "12:10, who recommend both thresholds and the stricter of the two spreads",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = ATN_DELTA_REPAIR,
};
