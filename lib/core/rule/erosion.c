/* erosion: a slide too slow for the other rules, found by a one-sided tabular CUSUM. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

enum { ALLOWANCE, DECISION, BASELINE, PRIOR_WEIGHT, DELTA_REPAIR };

static const char source[] = "tabular CUSUM of Page 1954, Biometrika 41:100-115, with k .5 and h 4";
static const char cr1[] = "attune, rule CR-1";
#define PARAM(name, value, low, high, text, source)                                                \
    {                                                                                              \
        sizeof(attune_param_info), 0, value, low, high, name, text, source                         \
    }
static const attune_param_info params[] = {
    [ALLOWANCE] = PARAM("k", 0.5, 0, 10, "spreads below the start that do not count", source),
    [DECISION] = PARAM("h", 4, 0, 100, "spreads added up from which it marks", source),
    [BASELINE] = PARAM("baseline", 3, 1, 100, "first forms whose mean is the start", cr1),
    [PRIOR_WEIGHT] = PARAM("prior_weight", 5, 0, 1000, "sessions the population counts for", cr1),
    [DELTA_REPAIR] =
        PARAM("delta_repair", 0.5, 0, 10, "spreads below the start that count as back", cr1),
};

/* What it remembers of a course. */
typedef struct memory {
    atn_range range;
    double baseline, cusum;
    int32_t first_session, last_session, raised;
} memory;

static int32_t wants(const double *p)
{
    return (int32_t)p[BASELINE] + 1;
}

static void take_baseline(memory *own, const atn_form *form)
{
    int32_t n = own->range.count; /* forms before this one */
    if (n == 0)
        own->first_session = form->session;
    own->last_session = form->session;
    own->baseline += (form->up - own->baseline) / (n + 1);
}

static void mark_slide(const double *p, memory *own, const atn_form *form, double before,
                       double spread, atn_finding *finding)
{
    attune_mark *mark;
    if (own->raised)
        return;
    mark = atn_mark_add(finding, ATTUNE_MARK_EROSION, ATTUNE_LEVEL_PROBABLE, form);
    mark->reference = own->baseline;
    mark->spread = spread;
    mark->limit = own->baseline - (p[DECISION] + p[ALLOWANCE] - before) * spread;
    mark->first_session = own->first_session;
    mark->last_session = own->last_session;
    if (own->range.count < 4)
        mark->flags |= ATTUNE_MARK_EARLY;
}

static void add_up(const atn_setup *setup, memory *own, const atn_form *form, atn_finding *finding)
{
    const double *p = setup->params;
    double spread = atn_spread(setup->constants, &own->range, p[PRIOR_WEIGHT]);
    double before = own->cusum;
    double below = (own->baseline - form->up) / spread - p[ALLOWANCE];
    if (isnan(spread))
        return;
    own->cusum = fmax(0, before + below);
    finding->statistic = own->cusum;
    if (isnan(setup->constants->within_sd))
        return;
    if (own->cusum > p[DECISION])
        mark_slide(p, own, form, before, spread, finding);
    own->raised = own->cusum > p[DECISION];
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    if (own->range.count < (int32_t)setup->params[BASELINE]) {
        finding->state = ATTUNE_STATE_TOO_FEW;
        take_baseline(own, form);
    } else {
        add_up(setup, own, form, finding);
    }
    atn_range_take(&own->range, form->up);
}

const attune_rule atn_rule_erosion = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_WITHIN_SD,
        .lookback = 4,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << DECISION,
        .id = "erosion",
        .title = "a slow slide from the start",
        .text = "Adds up how far each form lies below the mean of the first forms, in spreads as "
                "own_range takes them but over all forms, less an allowance; marks when the sum "
                "first exceeds the decision limit.",
        .statistic = "spreads added up below the start (lower CUSUM)",
        .citation = "tabular CUSUM, Page 1954, Biometrika 41:100-115",
    },
    .params = params,
    .wants = wants,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = DELTA_REPAIR,
};
