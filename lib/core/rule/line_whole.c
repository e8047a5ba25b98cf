/* line_whole: below the client's own regression line over the whole treatment. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

static const char source[] = "variants from 1 to 2 SD are in use; attune's choice of two of them";
static const attune_param_info params[] = { ATN_BELOW_PARAMS(1.5, 2, source) };

/* What it remembers of a course: the line through the mean, and the spread about it. */
typedef struct memory {
    atn_survey survey;
    double session, slope, spread;
    int32_t fitted;
} memory;

static int32_t wants(const double *p)
{
    (void)p;
    return ATN_WHOLE_FEWEST;
}

static void fit(const atn_setup *setup, memory *own)
{
    double mean = own->survey.moments.mean, xx = 0, xy = 0, squares = 0, n = 0;
    atn_form form;
    for (uint64_t at = 0; atn_whole_next(setup->whole, &at, &form);)
        own->session += (form.session - own->session) / ++n;
    for (uint64_t at = 0; atn_whole_next(setup->whole, &at, &form);) {
        double x = form.session - own->session;
        xx += x * x;
        xy += x * (form.up - mean);
    }
    own->slope = xy / xx;
    for (uint64_t at = 0; atn_whole_next(setup->whole, &at, &form);) {
        double off = form.up - mean - own->slope * (form.session - own->session);
        squares += off * off;
    }
    own->spread = sqrt(squares / (n - 2));
    own->fitted = 1;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    atn_usual usual;
    if (!atn_whole_survey(setup, &own->survey, finding))
        return;
    if (!own->fitted)
        fit(setup, own);
    usual = atn_survey_usual(setup, &own->survey,
                             own->survey.moments.mean + own->slope * (form->session - own->session),
                             own->spread);
    atn_judge(setup, &usual, form, finding);
}

const attune_rule atn_rule_line_whole = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = 4,
        .looks_ahead = 1,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
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
    .wants = wants,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = ATN_DELTA_REPAIR,
};
