/* sen_whole: below the client's own Theil-Sen line over the whole treatment. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/select.h"
#include "lib/core/rule/rule.h"

#include <math.h>

#define FORMS 64 /* the last ones of a longer course make the line */
#define PAIRS (FORMS * (FORMS - 1) / 2)

/* SD of a normal distribution in units of its median absolute deviation. */
static const double mad_to_sd = 1.4826022185056018;

static const char source[] = "variants from 1 to 2 SD are in use; attune's choice of two of them";
static const attune_param_info params[] = { ATN_BELOW_PARAMS(1.5, 2, source) };

static size_t last_forms(const atn_whole *whole, int64_t count, atn_form *forms)
{
    size_t n = 0;
    atn_form form;
    for (uint64_t at = 0; atn_whole_next(whole, &at, &form); count--)
        if (count <= FORMS)
            forms[n++] = form;
    return n;
}

static double median_slope(const atn_form *forms, size_t n)
{
    double slopes[PAIRS] = { 0 };
    size_t pairs = 0;
    for (size_t i = 1; i < n; i++)
        for (size_t j = 0; j < i; j++)
            slopes[pairs++] =
                (forms[i].up - forms[j].up) / (forms[i].session - (double)forms[j].session);
    return atn_median_few(slopes, pairs);
}

static void fit(const atn_setup *setup, atn_line *line)
{
    atn_form forms[FORMS];
    double off[FORMS] = { 0 };
    size_t n = last_forms(setup->whole, line->survey.moments.count, forms);
    line->slope = median_slope(forms, n);
    for (size_t i = 0; i < n; i++)
        off[i] = forms[i].up - line->slope * forms[i].session;
    line->level = atn_median_few(off, n);
    for (size_t i = 0; i < n; i++)
        off[i] = fabs(forms[i].up - line->level - line->slope * forms[i].session);
    line->spread = mad_to_sd * atn_median_few(off, n);
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    atn_judge_line(setup, state, fit, form, finding);
}

const attune_rule atn_rule_sen_whole = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = ATN_WHOLE_FEWEST,
        .looks_ahead = 1,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "sen_whole",
        .title = "below the client's own Theil-Sen line",
        .text = "Theil-Sen line of score on session number with the median intercept, and "
                "1.4826 times the median absolute residual, over the whole treatment (the "
                "last 64 forms of a longer one), so that a rupture hardly bends them; the "
                "spread never below the standard error of measurement. Looks ahead: for "
                "finished treatments.",
        .statistic = "robust SDs below the line",
        .citation = "Theil 1950; Sen 1968, J Am Stat Assoc 63:1379-1389; regression rules in the "
                "family of Eubanks-Carter, Gorman & Muran 2012, doi "
                "10.1080/10503307.2012.693772",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(atn_line),
    .repair_param = ATN_DELTA_REPAIR,
};
