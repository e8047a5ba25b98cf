/* mean_whole: below the client's own mean over the whole treatment. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

static const char source[] = "variants from 1 to 2 SD are in use; attune's choice of two of them";
static const attune_param_info params[] = { ATN_BELOW_PARAMS(1.5, 2, source) };

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    atn_survey *survey = state;
    if (atn_whole_survey(setup, survey, finding))
        atn_judge_mean(setup, survey, atn_moments_sd(&survey->moments), form, finding);
}

const attune_rule atn_rule_mean_whole = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = ATN_WHOLE_FEWEST,
        .looks_ahead = 1,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "mean_whole",
        .title = "below the client's own mean of the whole treatment",
        .text = "Lies k of the client's own SDs or more below the mean, both over the whole "
                "treatment, ruptures included; the SD never below the standard error of "
                "measurement. Looks ahead: for finished treatments.",
        .statistic = "own spreads below the mean of the whole treatment",
        .citation = "in the family of the control charts of Eubanks-Carter, Gorman & Muran 2012, "
                "doi 10.1080/10503307.2012.693772",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(atn_survey),
    .repair_param = ATN_DELTA_REPAIR,
};
