/* Who is silent and why: what each rule had to say of a whole course. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/core/watch/series.h"

/* What a course gives every rule to go by. */
typedef struct ground {
    int32_t forms, top, bottom; /* completed; of these at either end of the scale */
    int32_t first, last;        /* sessions; first -1: none */
} ground;

static void take_ground(const attune_constants *c, const atn_session *session, ground *g)
{
    double up = c->direction * session->score;
    double best = c->direction > 0 ? c->score_max : -c->score_min;
    double worst = c->direction > 0 ? c->score_min : -c->score_max;
    g->first = g->first < 0 ? session->session : g->first;
    g->last = session->session;
    g->forms += !isnan(up);
    g->top += best - up < c->score_step; /* NaN and an unknown step: no */
    g->bottom += up - worst < c->score_step;
}

static int64_t sessions_of(const ground *g)
{
    return g->first < 0 ? 0 : (int64_t)g->last - g->first + 1;
}

/* What a rule that could look and made no mark had to cope with. */
static int32_t quiet_reason(const ground *g)
{
    int64_t sessions = sessions_of(g);
    if (2 * (int64_t)g->top >= g->forms)
        return ATTUNE_SILENCE_CEILING;
    if (2 * (int64_t)g->bottom >= g->forms)
        return ATTUNE_SILENCE_FLOOR;
    return 3 * (sessions - g->forms) >= sessions ? ATTUNE_SILENCE_GAPS : ATTUNE_SILENCE_QUIET;
}

/* Tallies one session of one rule; reason holds what its states amount to so far. */
static void take_finding(const atn_finding *finding, attune_silence *silence)
{
    silence->answered += !isnan(finding->statistic);
    if (finding->n_marks > 0)
        silence->reason = ATTUNE_SILENCE_MARKED;
    if (finding->state == ATTUNE_STATE_NOT_MEANT)
        silence->reason = ATTUNE_SILENCE_NOT_MEANT;
}

static void finish(const attune_watch *watch, uint32_t i, const ground *g, attune_silence *silence)
{
    const attune_rule *rule = watch->choices[i].rule;
    int32_t wants = atn_rule_wants(rule, watch->choices[i].params);
    int64_t sessions = sessions_of(g);
    silence->forms = g->forms;
    silence->sessions = (int32_t)(sessions < INT32_MAX ? sessions : INT32_MAX);
    silence->rule = rule->info.id;
    if (silence->reason != ATTUNE_SILENCE_TOO_FEW)
        return;
    if (!(rule->info.constructs >> watch->constants.construct & 1u)) {
        silence->reason = ATTUNE_SILENCE_NOT_MEANT;
    } else if (atn_lacks_signal(watch, rule)) {
        silence->reason = ATTUNE_SILENCE_NO_SIGNAL;
    } else if (watch->missing[i]) {
        silence->reason = ATTUNE_SILENCE_NO_CONSTANT;
        silence->missing = watch->missing[i];
    } else if (silence->answered > 0) {
        silence->reason = quiet_reason(g);
    } else {
        silence->wanted = wants > g->forms ? wants - g->forms : 0;
    }
}

static void fold(const attune_watch *watch, const attune_series *series, attune_silence *silences)
{
    const atn_whole whole = { series, watch->constants.direction };
    ground g = { .first = -1 };
    atn_course course;
    atn_outcome outcome;
    atn_course_begin(watch, &course);
    for (uint64_t s = 0; s < series->count; s++) {
        const atn_session session = atn_series_at(series, s);
        take_ground(&watch->constants, &session, &g);
        atn_course_step(watch, &course, &whole, &session, &outcome);
        for (uint32_t i = 0; i < watch->count; i++)
            take_finding(&outcome.findings[i], &silences[i]);
    }
    for (uint32_t i = 0; i < watch->count; i++)
        finish(watch, i, &g, &silences[i]);
}

attune_status attune_silence_scan(const attune_watch *watch, const attune_series *series,
                                  attune_silence *silences, size_t capacity, size_t *n_silences,
                                  attune_error *err)
{
    attune_silence found[ATTUNE_RULESET_MAX] = { { 0 } };
    attune_status status;
    if (!watch || !series || !silences || !n_silences)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "watch, series and room must be given");
    if (series->struct_size < sizeof *series || silences->struct_size < sizeof *silences)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (!atn_series_is_given(series))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "score", "scores must be given");
    if (capacity < watch->count)
        return atn_fail_at(err, ATTUNE_E_COUNT, watch->count, "capacity",
                           "expected room for one entry a rule");
    status = atn_series_check(watch, series, err);
    if (status != ATTUNE_OK)
        return status;
    for (uint32_t i = 0; i < watch->count; i++)
        found[i].reason = ATTUNE_SILENCE_TOO_FEW;
    fold(watch, series, found);
    for (uint32_t i = 0; i < watch->count; i++)
        atn_give_at(silences, silences->struct_size, i, &found[i], sizeof found[i]);
    *n_silences = watch->count;
    return ATTUNE_OK;
}
