/* chart_whole: outside the client's own XmR chart of the whole treatment. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

static const char source[] =
    "3 spreads are the limits of a chart of individuals (Shewhart 1931), 2 its warning limits";
static const attune_param_info params[] = { ATN_BELOW_PARAMS(2, 3, source) };

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    atn_survey *survey = state;
    if (atn_whole_survey(setup, survey, finding))
        atn_judge_mean(setup, survey, atn_range_sd(&survey->range), form, finding);
}

const attune_rule atn_rule_chart_whole = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = ATN_WHOLE_FEWEST,
        .looks_ahead = 1,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "chart_whole",
        .title = "below the client's own control chart of the whole treatment",
        .text = "Chart of individual scores: mean and mean moving range / 1.128 over the whole "
                "treatment, ruptures included, the spread never below the standard error of "
                "measurement; marks below the mean less 2 and 3 spreads (2.66 mean ranges). "
                "Looks ahead: for finished treatments.",
        .statistic = "chart spreads below the mean of the whole treatment",
        .citation = "in the family of the control charts of Eubanks-Carter, Gorman & Muran 2012, "
                "doi 10.1080/10503307.2012.693772",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(atn_survey),
    .repair_param = ATN_DELTA_REPAIR,
};
