/* srs_cutoff: at or below 36 on a four-line alliance scale of 0 to 40. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

enum { CUTOFF };

static const attune_param_info params[] = {
    [CUTOFF] = ATN_PARAM("cutoff", 36, 0, 40, "the score from which down a conversation is due",
                         "at or below 36: https://hiboop.com/fr/assessments/srs/; below 36: "
                         "https://cauceos.com/en/glossary/srs; attune takes 36 itself in"),
};

int atn_is_forty(const atn_setup *setup, atn_finding *finding)
{
    const attune_constants *c = setup->constants;
    int forty = c->direction > 0 && c->score_min >= 0 && c->score_min <= 0 && c->score_max >= 40 &&
                c->score_max <= 40;
    if (!forty)
        finding->state = ATTUNE_STATE_NOT_MEANT;
    return forty;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    double cutoff = setup->params[CUTOFF];
    (void)state;
    if (!atn_is_forty(setup, finding))
        return;
    finding->statistic = cutoff - form->up;
    if (finding->statistic >= 0)
        atn_mark_add(finding, ATTUNE_MARK_LOW, ATTUNE_LEVEL_PROBABLE, form)->limit = cutoff;
}

const attune_rule atn_rule_srs_cutoff = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE,
        .lookback = 1,
        .param_count = sizeof params / sizeof *params,
        .id = "srs_cutoff",
        .title = "at or below 36 of 40",
        .text = "Only for alliance scales of 0 to 40, where higher is stronger: marks every "
                "form at or below 36, as users of the Session Rating Scale are taught to take "
                "up with the client.",
        .statistic = "score points below the cut-off",
        .citation = "conversation rule of the Session Rating Scale; its sources disagree on 36 "
                "itself",
    },
    .params = params,
    .step = step,
    .repair_param = -1,
};
