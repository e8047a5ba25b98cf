/* chart_so_far: outside a chart of the client's own earlier forms that grows with each form. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

static const char source[] =
    "3 spreads are the limits of a chart of individuals (Shewhart 1931), 2 its warning limits";
static const attune_param_info params[] = { ATN_BELOW_PARAMS(2, 3, source) };

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    atn_survey *survey = state;
    atn_judge_so_far(setup, survey, atn_range_sd(&survey->range), form, finding);
}

const attune_rule atn_rule_chart_so_far = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = 3,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "chart_so_far",
        .title = "below a control chart of the earlier forms",
        .text = "Chart of individual scores that grows with each form: mean and mean moving "
                "range / 1.128 of all earlier forms, marked ones included, the spread never "
                "below the standard error of measurement.",
        .statistic = "chart spreads below the mean of the earlier forms",
        .citation = "in the family of the control charts of Eubanks-Carter, Gorman & Muran 2012, "
                "doi 10.1080/10503307.2012.693772",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(atn_survey),
    .repair_param = ATN_DELTA_REPAIR,
};
