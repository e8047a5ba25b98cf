/* The step: one session through every rule of the watch. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/watch/course.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/core/scale/range.h"

#include <math.h>

attune_status atn_companions_check(const attune_watch *watch, uint64_t given, attune_error *err)
{
    if (given != 0 && given != watch->companions.count)
        return atn_fail(err, ATTUNE_E_COUNT, "companions",
                        "expected as many companions as the watch has, or none");
    return ATTUNE_OK;
}

static attune_status check_companions(const attune_watch *watch, const atn_session *session,
                                      uint64_t index, attune_error *err)
{
    for (uint32_t k = 0; k < session->n_companions; k++) {
        const attune_constants *c = &watch->companions.constants[k];
        if (!atn_total_in_range(session->companion[k], c->score_min, c->score_max, c->score_step))
            return atn_fail_at(err, ATTUNE_E_VALUE, index, "companion",
                               "expected a score within the companion's range, or NaN");
    }
    return ATTUNE_OK;
}

attune_status atn_session_check(const attune_watch *watch, const atn_session *session,
                                uint64_t index, attune_error *err)
{
    const attune_constants *c = &watch->constants;
    if (!atn_total_in_range(session->score, c->score_min, c->score_max, c->score_step))
        return atn_fail_at(err, ATTUNE_E_VALUE, index, "score",
                           "expected a score within the measure's range, or NaN");
    if (isinf(session->day))
        return atn_fail_at(err, ATTUNE_E_VALUE, index, "day", "expected a finite day, or NaN");
    if (session->session < 0)
        return atn_fail_at(err, ATTUNE_E_VALUE, index, "session",
                           "expected a session number from 0 on");
    return check_companions(watch, session, index, err);
}

attune_status atn_session_order(int32_t before, int32_t session, uint64_t index, attune_error *err)
{
    if (session <= before)
        return atn_fail_at(err, ATTUNE_E_ORDER, index, "session",
                           "expected session numbers that rise strictly");
    return ATTUNE_OK;
}

/* The earlier scores stand less than one step below the top of the scale. */
static int at_ceiling(const attune_constants *c, double reference)
{
    double top = c->direction > 0 ? c->score_max : -c->score_min;
    return !isnan(c->score_step) && top - reference < c->score_step;
}

static uint32_t mark_flags(const attune_watch *watch, const attune_rule *rule, const atn_form *form,
                           const attune_mark *mark)
{
    return (form->after_gap ? ATTUNE_MARK_AFTER_GAP : 0u) |
           (watch->constants.provisional & rule->info.needs ? ATTUNE_MARK_PROVISIONAL : 0u) |
           (at_ceiling(&watch->constants, mark->reference) ? ATTUNE_MARK_CEILING : 0u);
}

/* Marks come from the rules with "up" as better: back to the measure's own direction. */
static void finish_mark(const attune_watch *watch, const attune_rule *rule, const atn_form *form,
                        const atn_session *session, attune_mark *mark)
{
    mark->flags |= mark_flags(watch, rule, form, mark);
    mark->group = session->group;
    mark->row = session->row;
    mark->session = session->session;
    mark->day = session->day;
    mark->observed = session->score;
    mark->limit *= watch->constants.direction;
    mark->reference *= watch->constants.direction;
    mark->expected_low *= watch->constants.direction;
    mark->expected_high *= watch->constants.direction;
    for (uint32_t k = 0; k < ATTUNE_SIGNALS; k++)
        if (!(mark->signals >> k & 1u))
            mark->share[k] = NAN;
    mark->rule = rule->info.id;
}

static void take_form(const attune_watch *watch, atn_course *course, const atn_whole *whole,
                      const atn_session *session, const atn_form *form, uint32_t i,
                      atn_finding *finding)
{
    const attune_rule *rule = watch->choices[i].rule;
    const atn_setup setup = { &watch->constants, watch->choices[i].params,
                              watch->has_response ? &watch->response : NULL, whole,
                              &watch->companions };
    if (!(rule->info.constructs >> watch->constants.construct & 1u)) {
        finding->state = ATTUNE_STATE_NOT_MEANT;
        return;
    }
    if (atn_lacks_signal(watch, rule)) {
        finding->state = ATTUNE_STATE_NO_SIGNAL;
        return;
    }
    rule->step(&setup, course->states + watch->state_at[i], form, finding);
    if (watch->missing[i]) {
        finding->n_marks = 0;
        finding->state = ATTUNE_STATE_NO_CONSTANT;
    }
    for (int32_t m = 0; m < finding->n_marks; m++)
        finish_mark(watch, rule, form, session, &finding->marks[m]);
}

/* Turns what the companions said; returns whether any of them spoke. */
static int hear(const attune_watch *watch, const atn_session *session, atn_form *form)
{
    int spoke = 0;
    for (uint32_t k = 0; k < watch->companions.count; k++) {
        int given = k < session->n_companions && !isnan(session->companion[k]);
        form->companion[k] =
            given ? watch->companions.constants[k].direction * session->companion[k] : (double)NAN;
        spoke |= given;
    }
    return spoke;
}

void atn_course_step(const attune_watch *watch, atn_course *course, const atn_whole *whole,
                     const atn_session *session, atn_outcome *outcome)
{
    atn_form form = {
        .up = watch->constants.direction * session->score,
        .day = session->day,
        .session = session->session,
        .after_gap = course->completed > 0 && session->session - course->form_session > 1,
    };
    int spoke = hear(watch, session, &form);
    for (uint32_t i = 0; i < watch->count; i++) {
        atn_finding *finding = &outcome->findings[i];
        finding->statistic = finding->p_began = finding->p_open = NAN;
        finding->state = isnan(session->score) ? ATTUNE_STATE_NO_FORM : ATTUNE_STATE_QUIET;
        finding->n_marks = 0;
        if (!isnan(session->score) || (spoke && watch->choices[i].rule->info.companions))
            take_form(watch, course, whole, session, &form, i, finding);
    }
    course->taken++;
    course->session = session->session;
    if (!isnan(session->score)) {
        course->completed++;
        course->form_session = session->session;
    }
}

size_t atn_outcome_marks(const attune_watch *watch, const atn_outcome *outcome, attune_mark *array,
                         uint32_t stride, size_t at)
{
    size_t n = 0;
    for (uint32_t i = 0; i < watch->count; i++)
        for (int32_t m = 0; m < outcome->findings[i].n_marks; m++, n++)
            if (array)
                atn_give_at(array, stride, at + n, &outcome->findings[i].marks[m],
                            sizeof(attune_mark));
    return n;
}

void atn_outcome_traces(const attune_watch *watch, const atn_session *session,
                        const atn_outcome *outcome, attune_trace *array, uint32_t stride, size_t at)
{
    for (uint32_t i = 0; i < watch->count; i++) {
        const atn_finding *finding = &outcome->findings[i];
        const attune_trace trace = {
            .state = finding->state,
            .group = session->group,
            .row = session->row,
            .session = session->session,
            .missing = finding->state == ATTUNE_STATE_NO_CONSTANT ? watch->missing[i] : 0u,
            .statistic = finding->statistic,
            .rule = watch->choices[i].rule->info.id,
            .p_began = finding->p_began,
            .p_open = finding->p_open,
        };
        atn_give_at(array, stride, at + i, &trace, sizeof trace);
    }
}
