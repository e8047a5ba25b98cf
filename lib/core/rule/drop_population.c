/* drop_population: a fall from the previous form, against the population's spread alone. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

static const char source[] = "the two thresholds in Gumz et al. 2012, BMC Med Res Methodol 12:10";
static const attune_param_info params[] = { ATN_BELOW_PARAMS(1, 2, source) };

/* What it remembers of a course. */
typedef struct memory {
    atn_usual before; /* the last completed form */
} memory;

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    own->before.spread = setup->constants->within_sd;
    if (own->before.forms == 0)
        finding->state = ATTUNE_STATE_TOO_FEW;
    else
        atn_judge(setup, &own->before, form, finding);
    own->before.forms++;
    own->before.reference = form->up;
    own->before.first_session = own->before.last_session = form->session;
}

const attune_rule atn_rule_drop_population = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_WITHIN_SD,
        .lookback = 2,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "drop_population",
        .title = "a fall from the previous form, population spread",
        .text = "Falls by k spreads or more from the last completed form, where the spread is "
                "the population's within-person SD alone.",
        .statistic = "population spreads fallen since the last completed form",
        .citation = "in the family of Gumz, Braehler, Geyer & Erices 2012, BMC Med Res Methodol "
                "12:10, with the interindividual spread",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = ATN_DELTA_REPAIR,
};
