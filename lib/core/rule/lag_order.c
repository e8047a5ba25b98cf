/* lag_order: which came first where alliance fell and distress rose out of their ranges. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { K_POSSIBLE, K_PROBABLE, WITHIN, WINDOW, PRIOR_WEIGHT, FLOOR_STEPS, RUN_TO, FEWEST };

static const char cr1[] = "attune, rule CR-1";
static const attune_param_info params[] = {
    [K_POSSIBLE] = ATN_PARAM("k_possible", 2, .1, 10, "spreads that are out of the range", cr1),
    [K_PROBABLE] = ATN_PARAM("k_probable", 2.5, .1, 10,
                             "spreads from which, for both signals, it is probable", cr1),
    [WITHIN] = ATN_PARAM("within", 3, 0, 20, "sessions that may lie between the two", "attune"),
    [WINDOW] =
        ATN_PARAM("window", 5, 1, ATN_WINDOW_MAX, "forms that the usual score rests on", cr1),
    [PRIOR_WEIGHT] =
        ATN_PARAM("prior_weight", 5, 0, 1000, "forms that the population's spread counts as", cr1),
    [FLOOR_STEPS] =
        ATN_PARAM("floor_steps", 3, 0, 1000, "smallest fall, in steps of the scale", cr1),
    [RUN_TO] = ATN_PARAM("run_to", 4, 2, ATN_RUN_MAX,
                         "forms out of the range in a row that make a new usual level", cr1),
    [FEWEST] =
        ATN_PARAM("fewest", 3, 2, ATN_WINDOW_MAX, "forms before a signal is judged", "attune"),
};

/* Where one signal left its range. */
typedef struct leave {
    double distance, reference, limit, spread; /* distance in spreads, the rest in "up" */
    int32_t session, fresh;                    /* fresh 1: it stands in no finding yet */
} leave;

/* One signal: what was usual, and its run of forms below it. */
typedef struct track {
    atn_ring usual;
    atn_range range;
    leave left;
    double distance;    /* of the last form; NaN: it could not be judged */
    int32_t run, heard; /* heard 1: it had a form */
} track;

typedef struct memory {
    track alliance, distress;
    int32_t pending; /* 1: both left, and the mark waits for the client's form */
} memory;

static int judge(const double *set, const attune_constants *c, const track *t, double up,
                 leave *left)
{
    double floor = isnan(c->score_step) ? 0 : set[FLOOR_STEPS] * c->score_step;
    double spread = atn_spread(c, &t->range, set[PRIOR_WEIGHT]);
    double reference = atn_ring_mean(&t->usual);
    left->distance = (reference - up) / spread;
    left->reference = reference;
    left->spread = spread;
    left->limit = reference - fmax(set[K_POSSIBLE] * spread, floor);
    return left->distance > set[K_POSSIBLE] && reference - up >= floor - 1e-9;
}

static void settle(const double *set, track *t, double up, int32_t session)
{
    atn_ring_put(&t->usual, up, session, (int32_t)set[WINDOW]);
    atn_range_take(&t->range, up);
    t->run = 0;
}

/* Takes one form of a signal; 1 when it leaves its range with it. */
static int take(const double *set, const attune_constants *c, track *t, double up, int32_t session)
{
    leave left = { .distance = NAN, .session = session, .fresh = 1 };
    int out;
    if (isnan(up))
        return 0;
    t->heard = 1;
    out = t->range.count >= (int32_t)set[FEWEST] && judge(set, c, t, up, &left);
    t->distance = left.distance;
    if (!out) {
        settle(set, t, up, session);
        return 0;
    }
    if (++t->run == 1) {
        t->left = left;
        return 1;
    }
    if (t->run >= (int32_t)set[RUN_TO]) {
        memset(&t->usual, 0, sizeof t->usual);
        memset(&t->range, 0, sizeof t->range);
        settle(set, t, up, session);
    }
    return 0;
}

/* Both left within so many sessions, and neither stands in a finding yet. */
static int meet(const double *set, memory *m)
{
    leave *fell = &m->alliance.left, *rose = &m->distress.left;
    int64_t lag = (int64_t)rose->session - fell->session;
    if (!fell->fresh || !rose->fresh || (double)llabs(lag) > set[WITHIN])
        return 0;
    fell->fresh = rose->fresh = 0;
    return 1;
}

static void mark(const double *set, const memory *m, const atn_form *form, atn_finding *finding)
{
    const leave *fell = &m->alliance.left, *rose = &m->distress.left;
    attune_mark *made;
    finding->statistic = fmin(fell->distance, rose->distance);
    made = atn_mark_add(
        finding, ATTUNE_MARK_ORDER,
        finding->statistic > set[K_PROBABLE] ? ATTUNE_LEVEL_PROBABLE : ATTUNE_LEVEL_POSSIBLE, form);
    made->reference = fell->reference;
    made->limit = fell->limit;
    made->spread = fell->spread;
    made->first_session = fell->session;
    made->last_session = rose->session;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *m = state;
    const atn_companions *others = setup->companions;
    const double *set = setup->params;
    int left = take(set, setup->constants, &m->alliance, form->up, form->session);
    for (uint32_t k = 0; k < others->count; k++)
        if (others->role[k] == ATTUNE_ROLE_DISTRESS)
            left |=
                take(set, &others->constants[k], &m->distress, form->companion[k], form->session);
    if (left)
        m->pending |= meet(set, m);
    if (isnan(form->up))
        return;
    if (!m->distress.heard || isnan(m->alliance.distance + m->distress.distance))
        finding->state = ATTUNE_STATE_TOO_FEW;
    else
        finding->statistic = fmin(m->alliance.distance, m->distress.distance);
    if (m->pending)
        mark(set, m, form, finding);
    m->pending = 0;
}

const attune_rule atn_rule_lag_order = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = 4,
        .param_count = sizeof params / sizeof *params,
        .id = "lag_order",
        .title = "whether alliance fell before distress rose",
        .text = "Alliance and distress each against their own usual range, as own_range judges it; "
                "where both leave theirs within a few sessions, it says which did first and by how "
                "many sessions. An order in time, which is not a cause.",
        .statistic = "the smaller of the two distances from usual, in spreads",
        .citation = "attune; that alliance and the distress of the next session go together: "
                    "Falkenstrom et al. 2019, PMC7776120",
        .companions = 1u << ATTUNE_ROLE_DISTRESS,
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = -1,
};
