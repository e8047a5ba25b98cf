/* level_shift: the one point of a course after which scores lie lower. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

enum { K_POSSIBLE, K_PROBABLE, PRIOR_WEIGHT, FEWEST };

static const char source[] = "attune's choice, as for the other charts: warning and action limit";
static const attune_param_info params[] = {
    [K_POSSIBLE] = ATN_PARAM("k_possible", 2.5, 0.1, 20, "SDs from which it is possible", source),
    [K_PROBABLE] = ATN_PARAM("k_probable", 3.5, 0.1, 20, "SDs from which it is probable", source),
    [PRIOR_WEIGHT] = ATN_PARAM("prior_weight", 5, 0, 1000, "sessions the population counts for",
                               "attune, rule CR-1"),
    [FEWEST] = ATN_PARAM("fewest", 2, 1, 100, "forms on either side of the split",
                         "attune's choice: one low form is a drop, not a level"),
};

/* What it remembers of a course: its best split, and the sum of the forms so far. */
typedef struct memory {
    atn_survey survey;
    double spread, best, sum;
    int64_t best_at, at; /* forms before the best split; forms before this one */
} memory;

static int32_t wants(const double *p)
{
    return (int32_t)fmax(ATN_WHOLE_FEWEST, 2 * p[FEWEST]);
}

/* SDs that the mean of the k forms which sum to this lies above the mean of those after. */
static double fall_at(const memory *own, double sum, double k)
{
    double n = (double)own->survey.moments.count;
    double before = sum / k, after = (n * own->survey.moments.mean - sum) / (n - k);
    return (before - after) * sqrt(k * (n - k) / n) / own->spread;
}

static int is_open(const atn_setup *setup, const memory *own, int64_t k)
{
    double fewest = setup->params[FEWEST];
    return (double)k >= fewest && (double)(own->survey.moments.count - k) >= fewest;
}

static void find_best(const atn_setup *setup, memory *own)
{
    double sum = 0;
    int64_t k = 0;
    atn_form form;
    own->spread = atn_spread(setup->constants, &own->survey.range, setup->params[PRIOR_WEIGHT]);
    own->best_at = -1;
    for (uint64_t at = 0; atn_whole_next(setup->whole, &at, &form); k++, sum += form.up)
        if (is_open(setup, own, k) && !(fall_at(own, sum, (double)k) <= own->best)) {
            own->best = fall_at(own, sum, (double)k);
            own->best_at = k;
        }
}

static void mark_shift(const atn_setup *setup, const memory *own, const atn_form *form,
                       atn_finding *finding)
{
    double n = (double)own->survey.moments.count, k = (double)own->at;
    int32_t level =
        own->best >= setup->params[K_PROBABLE] ? ATTUNE_LEVEL_PROBABLE : ATTUNE_LEVEL_POSSIBLE;
    attune_mark *mark = atn_mark_add(finding, ATTUNE_MARK_STEP, level, form);
    mark->reference = own->sum / k;
    mark->limit = (n * own->survey.moments.mean - own->sum) / (n - k);
    mark->spread = own->spread;
    mark->first_session = own->survey.first_session;
    mark->last_session = own->survey.last_session;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    if (!atn_whole_survey(setup, &own->survey, finding))
        return;
    if (own->at == 0)
        find_best(setup, own);
    if (is_open(setup, own, own->at))
        finding->statistic = fall_at(own, own->sum, (double)own->at);
    if (own->at == own->best_at && own->best >= setup->params[K_POSSIBLE])
        mark_shift(setup, own, form, finding);
    own->sum += form->up;
    own->at++;
}

const attune_rule atn_rule_level_shift = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = 4,
        .looks_ahead = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << K_POSSIBLE | 1u << K_PROBABLE,
        .id = "level_shift",
        .title = "scores that lie lower from here on",
        .text = "Splits the whole treatment in two where the mean of the forms after lies "
                "furthest below the mean of those before, in SDs of that difference; marks "
                "the first form after the split when it is far enough. The spread as "
                "own_range takes it, over the whole treatment. Looks ahead: for finished "
                "treatments.",
        .statistic = "SDs by which the forms from here on lie below those before",
        .citation = "partitioning, in the family of Eubanks-Carter, Gorman & Muran 2012, doi "
                "10.1080/10503307.2012.693772; binary segmentation of a mean, one split",
    },
    .params = params,
    .wants = wants,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = -1,
};
