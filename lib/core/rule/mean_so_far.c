/* mean_so_far: below the mean of the client's own earlier forms. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

static const char source[] = "variants from 1 to 2 SD are in use; attune's choice of two of them";
static const attune_param_info params[] = { ATN_BELOW_PARAMS(1.5, 2, source) };

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    atn_survey *survey = state;
    atn_judge_so_far(setup, survey, atn_moments_sd(&survey->moments), form, finding);
}

const attune_rule atn_rule_mean_so_far = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = 3,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "mean_so_far",
        .title = "below the mean of the earlier forms",
        .text = "Lies k of the client's own SDs or more below the mean of all earlier forms, "
                "both over all earlier forms; the SD never below the standard error of "
                "measurement.",
        .statistic = "own spreads below the mean of the earlier forms",
        .citation = "within-person deviation from the mean so far; no published criterion is "
                "claimed",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(atn_survey),
    .repair_param = ATN_DELTA_REPAIR,
};
