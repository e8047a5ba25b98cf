/* ewma: a weighted mean of the forms since the start, against limits that widen with time. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

enum { LAMBDA = ATN_DELTA_REPAIR + 1, BASELINE, PRIOR_WEIGHT };

static const char cr1[] = "attune, rule CR-1";
static const char source[] = "EWMA chart with lambda .3 and limits of 3 SD: NIST/SEMATECH "
                             "e-Handbook of Statistical Methods, 6.3.2.4; 2 is its warning limit";
static const attune_param_info params[] = {
    ATN_BELOW_PARAMS(2, 3, source),
    [LAMBDA] = ATN_PARAM("lambda", 0.3, 0.01, 1, "weight of the newest form", source),
    [BASELINE] = ATN_PARAM("baseline", 3, 1, 100, "first forms whose mean is the start", cr1),
    [PRIOR_WEIGHT] =
        ATN_PARAM("prior_weight", 5, 0, 1000, "sessions the population counts for", cr1),
};

/* What it remembers of a course; start ends with the baseline, the range goes on. */
typedef struct memory {
    atn_survey start;
    atn_range range;
    double below; /* weighted mean of how far the forms since lie below the start, score points */
    double kept;  /* (1 - lambda)^(2 * forms since) */
} memory;

static int32_t wants(const double *p)
{
    return (int32_t)p[BASELINE] + 1;
}

/* The weighted mean is judged; the mark's limit is the form that would have made it. */
static void judge(const atn_setup *setup, memory *own, const atn_form *form, atn_finding *finding)
{
    double lambda = setup->params[LAMBDA], reference = own->start.moments.mean;
    double spread = atn_spread(setup->constants, &own->range, setup->params[PRIOR_WEIGHT]);
    double before = (1 - lambda) * own->below;
    atn_usual usual = atn_survey_usual(setup, &own->start, reference, spread);
    atn_form mean = *form;
    own->kept *= (1 - lambda) * (1 - lambda);
    own->below = lambda * (reference - form->up) + before;
    usual.spread = spread * sqrt(lambda / (2 - lambda) * (1 - own->kept));
    usual.forms = own->range.count;
    mean.up = reference - own->below;
    atn_judge(setup, &usual, &mean, finding);
    if (finding->n_marks == 0)
        return;
    finding->marks[0].kind = ATTUNE_MARK_EROSION;
    finding->marks[0].limit = reference - (reference - finding->marks[0].limit - before) / lambda;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    if (own->start.moments.count < (int64_t)setup->params[BASELINE]) {
        finding->state = ATTUNE_STATE_TOO_FEW;
        own->kept = 1;
        atn_survey_take(&own->start, form);
    } else {
        judge(setup, own, form, finding);
    }
    atn_range_take(&own->range, form->up);
}

const attune_rule atn_rule_ewma = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_WITHIN_SD,
        .lookback = 4,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "ewma",
        .title = "a weighted mean below the start",
        .text = "Exponentially weighted mean of how far the forms lie below the mean of the first "
                "ones, against limits that widen with the number of forms (exact variance). The "
                "spread is taken as own_range takes it, over all forms.",
        .statistic = "SDs of the weighted mean below the start",
        .citation = "EWMA chart, Roberts 1959, Technometrics 1:239-250; in the family of the "
                "control charts of Eubanks-Carter, Gorman & Muran 2012, doi "
                "10.1080/10503307.2012.693772",
    },
    .params = params,
    .wants = wants,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = ATN_DELTA_REPAIR,
};
