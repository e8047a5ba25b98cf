/* own_range: below the client's own usual range, judged against unmarked sessions only. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

enum { K_POSSIBLE, K_PROBABLE, K_SEVERE, WINDOW, PRIOR_WEIGHT, FLOOR_STEPS, DELTA_REPAIR, RUN };

static const char source[] = "attune, rule CR-1: thresholds from its own simulation benchmark";
#define PARAM(name, value, low, high, text)                                                        \
    {                                                                                              \
        sizeof(attune_param_info), 0, value, low, high, name, text, source                         \
    }
static const attune_param_info params[] = {
    [K_POSSIBLE] = PARAM("k_possible", 2.0, 0.0, 10.0, "spreads below from which it is possible"),
    [K_PROBABLE] = PARAM("k_probable", 2.5, 0.0, 10.0, "spreads below from which it is probable"),
    [K_SEVERE] = PARAM("k_severe", 3.0, 0.0, 10.0, "spreads below from which it is severe"),
    [WINDOW] = PARAM("window", 5, 2, ATN_WINDOW_MAX, "unmarked sessions that are the usual level"),
    [PRIOR_WEIGHT] = PARAM("prior_weight", 5, 0, 1000, "sessions that the population counts for"),
    [FLOOR_STEPS] = PARAM("floor_steps", 3, 0, 1000, "smallest drop, in steps of the scale"),
    [DELTA_REPAIR] = PARAM("delta_repair", 0.5, 0, 10, "spreads below usual that count as back"),
    [RUN] = PARAM("run", 4, 2, ATN_RUN_MAX, "low sessions in a row that become the usual level"),
};

/* What it remembers of a course. */
typedef struct memory {
    atn_ring clean;
    atn_range range;
    double run[ATN_RUN_MAX];
    int32_t run_session[ATN_RUN_MAX];
    int32_t run_count;
    int32_t open; /* a drop has not come back yet */
    double open_reference, open_spread;
} memory;

/* The run of low sessions becomes the clean list: a new usual level, with its own ranges. */
static void adopt_run(memory *own, int32_t window)
{
    own->clean.count = own->clean.next = 0;
    own->range = (atn_range) { 0 };
    for (int32_t i = 0; i < own->run_count; i++) {
        atn_ring_put(&own->clean, own->run[i], own->run_session[i], window);
        atn_range_take(&own->range, own->run[i]);
    }
    own->run_count = 0;
}

static void describe(attune_mark *mark, const atn_ring *clean, double reference, double spread)
{
    mark->reference = reference;
    mark->spread = spread;
    mark->first_session = atn_ring_session(clean, 0);
    mark->last_session = atn_ring_session(clean, clean->count - 1);
}

static void mark_drop(const double *p, memory *own, const atn_form *form, double reference,
                      double spread, double smallest, atn_finding *finding)
{
    int32_t level = finding->statistic > p[K_SEVERE]     ? ATTUNE_LEVEL_SEVERE
                    : finding->statistic > p[K_PROBABLE] ? ATTUNE_LEVEL_PROBABLE
                                                         : ATTUNE_LEVEL_POSSIBLE;
    attune_mark *mark = atn_mark_add(finding, ATTUNE_MARK_DROP, level, form);
    describe(mark, &own->clean, reference, spread);
    mark->limit = reference - fmax(p[K_POSSIBLE + level] * spread, smallest);
    if (own->range.count < 4)
        mark->flags |= ATTUNE_MARK_EARLY;
    if (!own->open) {
        own->open = 1;
        own->open_reference = reference;
        own->open_spread = spread;
    }
    own->run[own->run_count] = form->up;
    own->run_session[own->run_count++] = form->session;
    if (own->run_count < (int32_t)p[RUN])
        return;
    mark = atn_mark_add(finding, ATTUNE_MARK_SHIFT, -1, form);
    describe(mark, &own->clean, reference, spread);
    adopt_run(own, (int32_t)p[WINDOW]);
    own->open = 0;
}

static void mark_return(const double *p, memory *own, const atn_form *form, atn_finding *finding)
{
    double back = own->open_reference - p[DELTA_REPAIR] * own->open_spread;
    attune_mark *mark;
    if (!own->open || form->up < back)
        return;
    mark = atn_mark_add(finding, ATTUNE_MARK_RETURN, -1, form);
    describe(mark, &own->clean, own->open_reference, own->open_spread);
    mark->limit = back;
    own->open = 0;
}

static void keep_clean(const double *p, memory *own, const atn_form *form)
{
    atn_ring_put(&own->clean, form->up, form->session, (int32_t)p[WINDOW]);
    atn_range_take(&own->range, form->up);
    own->run_count = 0;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    const double *p = setup->params;
    const attune_constants *c = setup->constants;
    double reference, spread, smallest;
    int low;
    if (own->range.count < 2) {
        finding->state = ATTUNE_STATE_TOO_FEW;
        keep_clean(p, own, form);
        return;
    }
    reference = atn_ring_mean(&own->clean);
    spread = atn_spread(c, &own->range, p[PRIOR_WEIGHT]);
    smallest = isnan(c->score_step) ? 0 : p[FLOOR_STEPS] * c->score_step;
    finding->statistic = (reference - form->up) / spread;
    low = !isnan(c->within_sd) && finding->statistic > p[K_POSSIBLE] &&
          reference - form->up >= smallest - 1e-9;
    if (low) {
        mark_drop(p, own, form, reference, spread, smallest, finding);
        return;
    }
    mark_return(p, own, form, finding);
    keep_clean(p, own, form);
}

const attune_rule atn_rule_own_range = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_WITHIN_SD,
        .lookback = 3,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << K_POSSIBLE | 1u << K_PROBABLE | 1u << K_SEVERE,
        .id = "own_range",
        .title = "below the client's own usual range",
        .text = "The mean of the last unmarked sessions is the usual level; the spread is the "
                "client's own moving range shrunken to the population's, never below the standard "
                "error of measurement. Low sessions do not enter either.",
        .statistic = "spreads below the usual level",
        .citation = "attune, rule CR-1; in the family of the control charts of Eubanks-Carter, "
                    "Gorman & Muran 2012, doi 10.1080/10503307.2012.693772",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = DELTA_REPAIR,
};
