/* drop: a fall from the previous form, against the larger of own and population spread. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

enum { K_POSSIBLE, K_PROBABLE, DELTA_REPAIR };

#define PARAM(name, value, low, text, source)                                                      \
    {                                                                                              \
        sizeof(attune_param_info), 0, value, low, 10.0, name, text, source                         \
    }
static const attune_param_info params[] = {
    [K_POSSIBLE] = PARAM("k_possible", 1.0, 0.1, "spreads fallen from which it is possible",
                         "the less strict of the two thresholds in Gumz et al. 2012"),
    [K_PROBABLE] = PARAM("k_probable", 2.0, 0.1, "spreads fallen from which it is probable",
                         "the strict one of the two thresholds in Gumz et al. 2012"),
    [DELTA_REPAIR] =
        PARAM("delta_repair", 0.5, 0, "spreads below the earlier score that count as back",
              "attune, rule CR-1"),
};

/* What it remembers of a course. */
typedef struct memory {
    double last, mean, squares; /* Welford: mean and sum of squared deviations */
    int64_t count;
    int32_t last_session;
} memory;

static int32_t wants(const double *p)
{
    (void)p;
    return 2;
}

/* Own SD over all earlier forms, the population's, and the measurement error: the largest. */
static double spread_of(const attune_constants *c, const memory *own)
{
    double sd = own->count > 1 ? sqrt(own->squares / (double)(own->count - 1)) : NAN;
    double spread = fmax(fmax(sd, c->within_sd), c->sem); /* fmax passes over NaN */
    return spread > 0 ? spread : NAN;
}

static void take(memory *own, const atn_form *form)
{
    double off = form->up - own->mean;
    own->count++;
    own->mean += off / (double)own->count;
    own->squares += off * (form->up - own->mean);
    own->last = form->up;
    own->last_session = form->session;
}

static void mark_drop(const double *p, const memory *own, const atn_form *form, double spread,
                      atn_finding *finding)
{
    int32_t level =
        finding->statistic >= p[K_PROBABLE] ? ATTUNE_LEVEL_PROBABLE : ATTUNE_LEVEL_POSSIBLE;
    attune_mark *mark = atn_mark_add(finding, ATTUNE_MARK_DROP, level, form);
    mark->reference = own->last;
    mark->spread = spread;
    mark->limit = own->last - p[K_POSSIBLE + level] * spread;
    mark->first_session = mark->last_session = own->last_session;
    if (own->count < 4)
        mark->flags |= ATTUNE_MARK_EARLY;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    double spread = spread_of(setup->constants, own);
    if (own->count == 0) {
        finding->state = ATTUNE_STATE_TOO_FEW;
    } else {
        finding->statistic = (own->last - form->up) / spread;
        if (!isnan(setup->constants->within_sd) && finding->statistic >= setup->params[K_POSSIBLE])
            mark_drop(setup->params, own, form, spread, finding);
    }
    take(own, form);
}

const attune_rule atn_rule_drop = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_WITHIN_SD,
        .lookback = 2,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .id = "drop",
        .title = "a fall from the previous form",
        .text = "Falls by k spreads or more from the last completed form, where the spread is the "
                "larger of the client's own SD so far and the population's within-person SD.",
        .statistic = "spreads fallen since the last completed form",
        .citation = "in the family of Gumz, Braehler, Geyer & Erices 2012, BMC Med Res Methodol "
                    "12:10, who recommend both thresholds and the stricter of the two spreads",
    },
    .params = params,
    .wants = wants,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = DELTA_REPAIR,
};
