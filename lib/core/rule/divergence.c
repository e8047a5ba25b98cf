/* divergence: client and therapist differ by more, or less, than is usual between the two. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

enum { K_POSSIBLE, K_PROBABLE, K_SEVERE, WINDOW, PRIOR_WEIGHT, CONGRUENCE, FLOOR_STEPS, RUN };

static const char alarms[] = "attune: 3.2, 1.3 and .5 marks in 100 sessions of its steady courses";
static const char source[] = "attune's own";
static const attune_param_info params[] = {
    [K_POSSIBLE] = ATN_PARAM("k_possible", 2.5, 0, 10, "spreads off: possible from there", alarms),
    [K_PROBABLE] = ATN_PARAM("k_probable", 3, 0, 10, "spreads off: probable from there", alarms),
    [K_SEVERE] = ATN_PARAM("k_severe", 3.5, 0, 10, "spreads off: severe from there", alarms),
    [WINDOW] = ATN_PARAM("window", 10, 2, ATN_WINDOW_MAX,
                         "unmarked sessions that make the usual difference", source),
    [PRIOR_WEIGHT] = ATN_PARAM("prior_weight", 5, 0, 1000,
                               "sessions that the measures' spreads count for", source),
    [CONGRUENCE] = ATN_PARAM("congruence", .3, 0, .99,
                             "correlation within a dyad that the measures' spreads are joined with",
                             "attune: the lower end of what its simulated courses assume"),
    [FLOOR_STEPS] = ATN_PARAM("floor_steps", 3, 0, 1000,
                              "smallest distance from usual, in steps of the scale", source),
    [RUN] = ATN_PARAM("run", 4, 2, ATN_RUN_MAX,
                      "marked sessions in a row, on one side, that become usual", source),
};

typedef struct memory {
    atn_ring clean;
    atn_range range;
    double run[ATN_RUN_MAX];
    int32_t run_session[ATN_RUN_MAX];
    int32_t run_count, side; /* 1: the run lies above the usual difference, -1: below */
} memory;

/* How the therapist's rating comes onto the client's scale. */
typedef struct axis {
    double from, unit, to; /* up becomes (up - from) * unit + to; unit NaN: there is no way */
} axis;

static double lowest(const attune_constants *c)
{
    return c->direction > 0 ? c->score_min : -c->score_max;
}

/* Two forms of one range, or both of unknown range, are compared in points; else by range. */
static axis axis_of(const attune_constants *own, const attune_constants *other)
{
    double width = own->score_max - own->score_min, theirs = other->score_max - other->score_min;
    double shift = lowest(own) - lowest(other);
    int known = isfinite(width) && isfinite(theirs) && theirs > 0;
    if (known && (fabs(width - theirs) > 0 || fabs(shift) > 0))
        return (axis) { lowest(other), width / theirs, lowest(own) };
    return (axis) { 0, known || (isinf(width) && isinf(theirs)) ? 1 : (double)NAN, 0 };
}

/* Spread and error of a difference; what is not known of the therapist is as with the client. */
static attune_constants of_difference(const atn_setup *setup, const attune_constants *other,
                                      double unit)
{
    attune_constants both = *setup->constants;
    double s = both.within_sd, t = isnan(other->within_sd) ? s : other->within_sd * unit;
    double error = isnan(other->sem) ? both.sem : other->sem * unit;
    both.within_sd = sqrt(s * s + t * t - 2 * setup->params[CONGRUENCE] * s * t);
    both.sem = hypot(both.sem, error);
    return both;
}

static void keep(const double *p, memory *own, double difference, int32_t session)
{
    atn_ring_put(&own->clean, difference, session, (int32_t)p[WINDOW]);
    atn_range_take(&own->range, difference);
}

/* Session after session off on one side: that is what is usual between them from here on. */
static void take_run(const double *p, memory *own, double difference, int32_t session, int32_t side)
{
    own->run_count = side == own->side ? own->run_count : 0;
    own->side = side;
    own->run[own->run_count] = difference;
    own->run_session[own->run_count++] = session;
    if (own->run_count < (int32_t)p[RUN])
        return;
    own->clean.count = own->clean.next = 0;
    own->range = (atn_range) { 0 };
    for (int32_t i = 0; i < own->run_count; i++)
        keep(p, own, own->run[i], own->run_session[i]);
    own->run_count = 0;
}

static void mark(const double *p, const memory *own, const atn_form *form, double expected,
                 double spread, double smallest, atn_finding *finding)
{
    int32_t level = finding->statistic > p[K_SEVERE]     ? ATTUNE_LEVEL_SEVERE
                    : finding->statistic > p[K_PROBABLE] ? ATTUNE_LEVEL_PROBABLE
                                                         : ATTUNE_LEVEL_POSSIBLE;
    double off = fmax(p[K_POSSIBLE + level] * spread, smallest);
    attune_mark *made = atn_mark_add(finding, ATTUNE_MARK_DIVERGENCE, level, form);
    made->reference = expected;
    made->limit = expected + copysign(off, form->up - expected);
    made->spread = spread;
    made->first_session = atn_ring_session(&own->clean, 0);
    made->last_session = atn_ring_session(&own->clean, own->clean.count - 1);
    if (own->range.count < 4)
        made->flags |= ATTUNE_MARK_EARLY;
}

/* Against the mean of the last unmarked differences, which is itself uncertain. */
static void judge(const atn_setup *setup, memory *own, const atn_form *form, double therapist,
                  const attune_constants *both, atn_finding *finding)
{
    const double *p = setup->params;
    double difference = form->up - therapist, usual = atn_ring_mean(&own->clean);
    double spread =
        atn_spread(both, &own->range, p[PRIOR_WEIGHT]) * sqrt(1 + 1.0 / own->clean.count);
    double smallest = isnan(both->score_step) ? 0 : p[FLOOR_STEPS] * both->score_step;
    double off = difference - usual;
    finding->statistic = fabs(off) / spread;
    if (!(finding->statistic > p[K_POSSIBLE]) || fabs(off) < smallest - 1e-9) {
        keep(p, own, difference, form->session);
        own->run_count = 0;
        return;
    }
    mark(p, own, form, therapist + usual, spread, smallest, finding);
    take_run(p, own, difference, form->session, off > 0 ? 1 : -1);
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    uint32_t k = 0;
    double therapist;
    attune_constants both;
    axis on;
    while (setup->companions->role[k] != ATTUNE_ROLE_THERAPIST)
        k++; /* the rule is not asked without one */
    on = axis_of(setup->constants, &setup->companions->constants[k]);
    therapist = (form->companion[k] - on.from) * on.unit + on.to;
    if (isnan(form->up + therapist)) {
        finding->state =
            isnan(form->up + form->companion[k]) ? ATTUNE_STATE_NO_FORM : ATTUNE_STATE_NO_SIGNAL;
        return;
    }
    both = of_difference(setup, &setup->companions->constants[k], on.unit);
    if (own->range.count >= 2) {
        judge(setup, own, form, therapist, &both, finding);
        return;
    }
    finding->state = ATTUNE_STATE_TOO_FEW;
    keep(setup->params, own, form->up - therapist, form->session);
}

const attune_rule atn_rule_divergence = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_WITHIN_SD,
        .lookback = 3,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << K_POSSIBLE | 1u << K_PROBABLE | 1u << K_SEVERE,
        .id = "divergence",
        .title = "client and therapist differ unusually",
        .text = "The client's rating less the therapist's of the same session, against the mean "
                "of that difference over the dyad's last unmarked sessions, on either side; the "
                "spread is the dyad's own moving range shrunken to what both measures' spreads "
                "give, never below their standard errors of measurement. Ratings of two ranges are "
                "compared by their ranges.",
        .statistic = "spreads of the difference from what is usual between the two, on either side",
        .citation = "attune's own; no published criterion for one session is known",
        .companions = 1u << ATTUNE_ROLE_THERAPIST,
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = -1,
};
