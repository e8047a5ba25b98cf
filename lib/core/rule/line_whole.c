/* line_whole: below the client's own regression line over the whole treatment. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

static const char source[] = "variants from 1 to 2 SD are in use; attune's choice of two of them";
static const attune_param_info params[] = { ATN_BELOW_PARAMS(1.5, 2, source) };

static void fit(const atn_setup *setup, atn_line *line)
{
    double mean = line->survey.moments.mean, xx = 0, xy = 0, squares = 0, n = 0;
    atn_form form;
    for (uint64_t at = 0; atn_whole_next(setup->whole, &at, &form);)
        line->centre += (form.session - line->centre) / ++n;
    for (uint64_t at = 0; atn_whole_next(setup->whole, &at, &form);) {
        double x = form.session - line->centre;
        xx += x * x;
        xy += x * (form.up - mean);
    }
    line->level = mean;
    line->slope = xy / xx;
    for (uint64_t at = 0; atn_whole_next(setup->whole, &at, &form);) {
        double off = form.up - mean - line->slope * (form.session - line->centre);
        squares += off * off;
    }
    line->spread = sqrt(squares / (n - 2));
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    atn_judge_line(setup, state, fit, form, finding);
}

const attune_rule atn_rule_line_whole = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = ATN_WHOLE_FEWEST,
        .looks_ahead = 1,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "line_whole",
        .title = "below the client's own straight line",
        .text = "Least squares line of score on session number over the whole treatment, "
                "ruptures included; marks a residual of k residual SDs or more below it, the "
                "SD never below the standard error of measurement. Looks ahead: for finished "
                "treatments.",
        .statistic = "residual SDs below the line",
        .citation = "regression rules in the family of Eubanks-Carter, Gorman & Muran 2012, doi "
                "10.1080/10503307.2012.693772",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(atn_line),
    .repair_param = ATN_DELTA_REPAIR,
};
