/* srs_fall: a point lower than last time on a four-line alliance scale of 0 to 40. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

enum { POINTS };

static const attune_param_info params[] = {
    [POINTS] = ATN_PARAM("points", 1, 0.1, 40, "points fallen from which a conversation is due",
                         "unconfirmed: taught with the Session Rating Scale, seen in no source"),
};

/* What it remembers of a course. */
typedef struct memory {
    double before;
    int32_t session, begun;
} memory;

static void mark_fall(const atn_setup *setup, const memory *own, const atn_form *form,
                      atn_finding *finding)
{
    attune_mark *mark = atn_mark_add(finding, ATTUNE_MARK_FALL, ATTUNE_LEVEL_POSSIBLE, form);
    mark->reference = own->before;
    mark->limit = own->before - setup->params[POINTS];
    mark->first_session = mark->last_session = own->session;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    if (!atn_is_forty(setup, finding))
        return;
    if (!own->begun) {
        finding->state = ATTUNE_STATE_TOO_FEW;
    } else {
        finding->statistic = own->before - form->up;
        if (finding->statistic >= setup->params[POINTS])
            mark_fall(setup, own, form, finding);
    }
    own->before = form->up;
    own->session = form->session;
    own->begun = 1;
}

const attune_rule atn_rule_srs_fall = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE,
        .lookback = 2,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << POINTS,
        .id = "srs_fall",
        .title = "a point lower than last time, of 40",
        .text = "Only for alliance scales of 0 to 40, where higher is stronger: marks a fall "
                "of a point or more since the last completed form. A prompt to ask, far below "
                "measurement error.",
        .statistic = "points fallen since the last completed form",
        .citation = "conversation rule of the Session Rating Scale, unconfirmed",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = -1,
};
