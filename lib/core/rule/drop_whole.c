/* drop_whole: a fall from the previous form, against the client's SD over the whole treatment. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

static const char source[] = "the two thresholds in Gumz et al. 2012, BMC Med Res Methodol 12:10";
static const attune_param_info params[] = { ATN_BELOW_PARAMS(1, 2, source) };

/* What it remembers of a course. */
typedef struct memory {
    atn_survey survey;
    double before;
    int32_t session, begun;
} memory;

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    if (atn_whole_survey(setup, &own->survey, finding) && own->begun) {
        atn_usual usual = atn_survey_usual(setup, &own->survey, own->before,
                                           atn_moments_sd(&own->survey.moments));
        usual.first_session = usual.last_session = own->session;
        atn_judge(setup, &usual, form, finding);
    }
    own->before = form->up;
    own->session = form->session;
    own->begun = 1;
}

const attune_rule atn_rule_drop_whole = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = ATN_WHOLE_FEWEST,
        .looks_ahead = 1,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_K_POSSIBLE | 1u << ATN_K_PROBABLE,
        .id = "drop_whole",
        .title = "a fall from the previous form, own spread of the whole treatment",
        .text = "Falls by k spreads or more from the last completed form, where the spread is "
                "the client's own SD over the whole treatment, ruptures included, never below "
                "the standard error of measurement. Looks ahead: for finished treatments.",
        .statistic = "own spreads fallen since the last completed form",
        .citation = "in the family of Gumz, Braehler, Geyer & Erices 2012, BMC Med Res Methodol "
                "12:10, with the intraindividual spread",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = ATN_DELTA_REPAIR,
};
