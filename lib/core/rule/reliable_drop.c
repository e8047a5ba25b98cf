/* reliable_drop: a fall from the previous form beyond the reliable change. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

static const char jt[] = "Jacobson & Truax 1991, J Consult Clin Psychol 59:12-19";
static const attune_param_info params[] = {
    [ATN_Z] = ATN_PARAM("z", 1.959963984540054, 0.1, 10,
                        "normal quantile of the formula; a published threshold goes before it", jt),
};

/* What it remembers of a course. */
typedef struct memory {
    double before;
    int32_t session, begun;
} memory;

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    double threshold = atn_reliable_change(setup);
    if (!own->begun) {
        finding->state = ATTUNE_STATE_TOO_FEW;
    } else if (threshold > 0) {
        double fallen = own->before - form->up;
        finding->statistic = fallen / threshold;
        if (atn_is_reliable(setup->constants, fallen, threshold)) {
            attune_mark *mark =
                atn_mark_add(finding, ATTUNE_MARK_WORSE, ATTUNE_LEVEL_PROBABLE, form);
            mark->reference = own->before;
            mark->limit = own->before - threshold;
            mark->first_session = mark->last_session = own->session;
        }
    }
    own->before = form->up;
    own->session = form->session;
    own->begun = 1;
}

const attune_rule atn_rule_reliable_drop = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_CHANGE,
        .lookback = 2,
        .param_count = sizeof params / sizeof *params,
        .id = "reliable_drop",
        .title = "reliably lower than at the previous form",
        .text = "Falls from the last completed form by the published reliable change, or "
                "beyond it by the formula where none is published.",
        .statistic = "fall since the last completed form, in units of the reliable change",
        .citation = "reliable change: Jacobson & Truax 1991; rules that take a reliable fall of "
                "the alliance as a possible rupture are in use, no published criterion is "
                "claimed",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = -1,
};
