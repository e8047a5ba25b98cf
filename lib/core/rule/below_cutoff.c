/* below_cutoff: on the worse side of a published cut-off. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    const attune_constants *c = setup->constants;
    double cutoff = c->direction * c->cutoff;
    double below = cutoff - form->up;
    (void)state;
    finding->statistic = below;
    if (!(below > 0 || (below >= 0 && c->cutoff_bound == ATTUNE_BOUND_INCLUSIVE)))
        return;
    atn_mark_add(finding, ATTUNE_MARK_LOW, ATTUNE_LEVEL_PROBABLE, form)->limit = cutoff;
}

const attune_rule atn_rule_below_cutoff = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_CUTOFF,
        .lookback = 1,
        .id = "below_cutoff",
        .title = "on the worse side of the published cut-off",
        .text = "Marks every form on the worse side of the scale's published cut-off, as the "
                "scale says whether the cut-off itself counts.",
        .statistic = "score points beyond the cut-off",
        .citation = "the scale's own cut-off and its source",
    },
    .step = step,
    .repair_param = -1,
};
