/* reliable_worse: distress reliably higher than at the start. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

static const attune_param_info params[] = {
    [ATN_Z] = { sizeof(attune_param_info), 0, 1.959963984540054, 0.1, 10, "z",
                "normal quantile of the formula; a published threshold goes before it",
                "Jacobson & Truax 1991, J Consult Clin Psychol 59:12-19" },
};

/* What it remembers of a course. */
typedef struct memory {
    double first;
    int32_t started, first_session, beyond;
} memory;

double atn_reliable_change(const atn_setup *setup)
{
    const attune_constants *c = setup->constants;
    if (!isnan(c->change_threshold))
        return c->change_threshold;
    return setup->params[ATN_Z] * sqrt(2.0) * c->sd * sqrt(1.0 - c->reliability);
}

int atn_is_reliable(const attune_constants *c, double worse, double threshold)
{
    if (isnan(c->change_threshold) || c->change_bound == ATTUNE_BOUND_STRICT)
        return worse > threshold;
    return worse >= threshold;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    double threshold = atn_reliable_change(setup);
    double worse = own->first - form->up;
    int beyond;
    attune_mark *mark;
    if (!own->started) {
        own->started = 1;
        own->first = form->up;
        own->first_session = form->session;
        finding->state = ATTUNE_STATE_TOO_FEW;
        return;
    }
    finding->statistic = threshold > 0 ? worse / threshold : NAN;
    beyond = threshold > 0 && atn_is_reliable(setup->constants, worse, threshold);
    if (beyond) {
        mark = atn_mark_add(finding, ATTUNE_MARK_WORSE,
                            own->beyond ? ATTUNE_LEVEL_PROBABLE : ATTUNE_LEVEL_POSSIBLE, form);
        mark->reference = own->first;
        mark->limit = own->first - threshold;
        mark->first_session = mark->last_session = own->first_session;
    }
    own->beyond = beyond;
}

const attune_rule atn_rule_reliable_worse = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_DISTRESS | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_CHANGE,
        .lookback = 2,
        .param_count = sizeof params / sizeof *params,
        .id = "reliable_worse",
        .title = "reliably worse than at the start",
        .text = "Marks a form that is worse than the first one by the published reliable change, "
                "or beyond it by the formula where none is published; possible at first, probable "
                "when the completed form before was beyond it too.",
        .statistic = "worsening since the first form, in units of the reliable change",
        .citation = "Jacobson & Truax 1991, J Consult Clin Psychol 59:12-19",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = -1,
};
