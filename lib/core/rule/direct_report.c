/* direct_report: strain in the alliance that was reported on a form that asks for it. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

enum { ANSWERS };

static const attune_param_info params[] = {
    [ANSWERS] = ATN_PARAM("answers", 1, 0.5, 100, "points above the least score that count",
                          "attune's choice, any report counts: no published cut-off was found"),
};

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    const attune_constants *c = setup->constants;
    double least = c->direction > 0 ? c->score_max : -c->score_min; /* in "up": nothing reported */
    attune_mark *mark;
    (void)state;
    if (isinf(least)) {
        finding->state = ATTUNE_STATE_NOT_MEANT;
        return;
    }
    finding->statistic = least - form->up;
    if (finding->statistic < setup->params[ANSWERS])
        return;
    mark = atn_mark_add(finding, ATTUNE_MARK_REPORTED, ATTUNE_LEVEL_PROBABLE, form);
    mark->limit = least - setup->params[ANSWERS];
}

const attune_rule atn_rule_direct_report = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_RUPTURE,
        .lookback = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ANSWERS,
        .id = "direct_report",
        .title = "strain that was reported",
        .text = "For measures that ask directly whether there was tension or a rift in the "
                "session: marks every form on which any was reported.",
        .statistic = "points reported",
        .citation = "direct report after the session, in the family of the Post-Session "
                "Questionnaire (Muran et al. 2009, Psychotherapy 46:233-248) and the Rift In- "
                "Session Questionnaire (Stefana et al. 2023, J Clin Med 12:5156)",
    },
    .params = params,
    .step = step,
    .repair_param = -1,
};
