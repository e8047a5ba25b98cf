/* not_on_track: worse than a norm of expected response foresees at this session. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/expect.h"
#include "lib/core/rule/rule.h"

#include <math.h>

enum { POSSIBLE = ATN_Z + 1, PROBABLE, FROM, DYNAMIC };

static const char finch[] = "Finch, Lambert & Schaalje 2001, Clin Psychol Psychother 8:231-242";
static const attune_param_info params[] = {
    [ATN_Z] = ATN_PARAM("z", 1.959963984540054, 0.1, 10,
                        "normal quantile of reliable worsening where none is published, for "
                        "clients who start below the clinical cut-off",
                        "Jacobson & Truax 1991, J Consult Clin Psychol 59:12-19"),
    [POSSIBLE] = ATN_PARAM("z_possible", 1.2815515655446004, 0.1, 10,
                           "SDs of a score beyond what is expected from which it is possible: "
                           "1.28 leaves one in ten of such clients beyond",
                           "upper end of an 80 % band, as failure boundaries are drawn"),
    [PROBABLE] =
        ATN_PARAM("z_probable", 1.6448536269514722, 0.1, 10,
                  "the same for probable: 1.64 leaves one in twenty", "upper end of a 90 % band"),
    [FROM] = ATN_PARAM("from_session", 3, 2, 100, "first session that can be marked", finch),
    [DYNAMIC] =
        ATN_PARAM("dynamic", 0, 0, 1,
                  "1: expected from all earlier forms; below 1: from the first form alone", finch),
};

/* What it remembers of a course. */
typedef struct memory {
    atn_seen seen;
    double intake, first_day;
    int64_t forms;
    int32_t first_session, last_session, beyond;
} memory;

/* Where a form stands on the norm's axis: its session, or the days since the first form. */
static double place(const attune_response *response, const memory *own, const atn_form *form)
{
    if (!attune_time_by_date(response->time))
        return form->session;
    return form->day - (own->forms > 0 ? own->first_day : form->day);
}

/* Not where a day is not known either. */
static int covers(const attune_response *r, const memory *own, const atn_form *form)
{
    double at = place(r, own, form);
    return form->session >= 1 && at >= r->first_session && at <= r->last_session;
}

static void take(const atn_setup *setup, memory *own, const atn_form *form)
{
    double score = setup->constants->direction * form->up;
    if (own->forms++ == 0) {
        own->intake = form->up;
        own->first_day = form->day;
        own->first_session = form->session;
        own->beyond = score < setup->response->intake_low || score > setup->response->intake_high;
    } else if (setup->params[DYNAMIC] < 1) {
        return;
    }
    own->last_session = form->session;
    atn_seen_add(setup->response, &own->seen, place(setup->response, own, form), score);
}

/* Started on the better side of the cut-off: no improvement is expected of such a client. */
static int started_well(const attune_constants *c, double intake)
{
    double above = intake - c->direction * c->cutoff;
    return above > 0 || (above >= 0 && c->cutoff_bound == ATTUNE_BOUND_STRICT);
}

static void add(const atn_setup *setup, const memory *own, const atn_form *form, double reference,
                double spread, atn_finding *finding)
{
    double z = finding->statistic >= setup->params[PROBABLE] ? setup->params[PROBABLE]
                                                             : setup->params[POSSIBLE];
    attune_mark *mark =
        atn_mark_add(finding, ATTUNE_MARK_OFF_TRACK,
                     finding->statistic >= setup->params[PROBABLE] ? ATTUNE_LEVEL_PROBABLE
                                                                   : ATTUNE_LEVEL_POSSIBLE,
                     form);
    mark->reference = reference;
    mark->spread = spread;
    mark->limit = reference - z * spread;
    mark->first_session = own->first_session;
    mark->last_session = own->last_session;
}

/* Reliable worsening, on a scale whose limit is that of z_possible. */
static void judge_worse(const atn_setup *setup, const memory *own, const atn_form *form,
                        atn_finding *finding)
{
    double threshold = atn_reliable_change(setup), worse = own->intake - form->up;
    double spread = threshold / setup->params[POSSIBLE];
    if (!(threshold > 0))
        return;
    finding->statistic = worse / spread;
    if (atn_is_reliable(setup->constants, worse, threshold))
        add(setup, own, form, own->intake, spread, finding);
}

static void judge_response(const atn_setup *setup, const memory *own, const atn_form *form,
                           atn_finding *finding)
{
    const attune_expected e =
        atn_expect(setup->response, &own->seen, place(setup->response, own, form));
    double expected = setup->constants->direction * e.mean;
    finding->statistic = (expected - form->up) / e.score_se;
    if (finding->statistic > setup->params[POSSIBLE])
        add(setup, own, form, expected, e.score_se, finding);
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *own = state;
    const attune_response *r = setup->response;
    if (!r)
        return;
    if (own->beyond || !covers(r, own, form)) {
        finding->state = ATTUNE_STATE_BEYOND;
        return;
    }
    if (own->forms == 0 || form->session < setup->params[FROM])
        finding->state = ATTUNE_STATE_TOO_FEW;
    else if (started_well(setup->constants, own->intake))
        judge_worse(setup, own, form, finding);
    else
        judge_response(setup, own, form, finding);
    take(setup, own, form);
}

const attune_rule atn_rule_not_on_track = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_DISTRESS | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_RESPONSE,
        .lookback = 2,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << POSSIBLE | 1u << PROBABLE,
        .id = "not_on_track",
        .title = "worse than a norm expects at this session",
        .text = "Compares each form with what a norm of expected response (attune response fit) "
                "foresees from the first form, or with dynamic from all earlier forms, and marks "
                "scores beyond its one-sided limit. A norm by date counts days since the first "
                "form; forms without a date are then left out. Silent before from_session, "
                "outside the sessions and the intake range of the norm, and without a norm. Of "
                "clients who "
                "start on the better side of the clinical cut-off no improvement is expected: "
                "there only reliable worsening since the first form is marked.",
        .statistic = "SDs of a score on the worse side of what is expected",
        .citation = "Finch, Lambert & Schaalje 2001, Clin Psychol Psychother 8:231-242; the norm's "
                    "own file says whose it is",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = -1,
};
