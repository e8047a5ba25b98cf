/* Judging how many spreads below a usual score a form lies. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

double atn_floored(double own, double sem)
{
    double spread = fmax(own, sem); /* fmax passes over NaN */
    return spread > 0 ? spread : NAN;
}

void atn_survey_take(atn_survey *survey, const atn_form *form)
{
    if (survey->moments.count == 0)
        survey->first_session = form->session;
    survey->last_session = form->session;
    atn_moments_take(&survey->moments, form->up);
    atn_range_take(&survey->range, form->up);
}

atn_usual atn_survey_usual(const atn_setup *setup, const atn_survey *survey, double reference,
                           double own)
{
    return (atn_usual) { reference, atn_floored(own, setup->constants->sem), survey->moments.count,
                         survey->first_session, survey->last_session };
}

void atn_judge(const atn_setup *setup, const atn_usual *usual, const atn_form *form,
               atn_finding *finding)
{
    const double *k = setup->params;
    attune_mark *mark;
    int32_t level;
    finding->statistic = (usual->reference - form->up) / usual->spread;
    if (!(finding->statistic >= k[ATN_K_POSSIBLE]))
        return;
    level = finding->statistic >= k[ATN_K_PROBABLE] ? ATTUNE_LEVEL_PROBABLE : ATTUNE_LEVEL_POSSIBLE;
    mark = atn_mark_add(finding, ATTUNE_MARK_DROP, level, form);
    mark->reference = usual->reference;
    mark->spread = usual->spread;
    mark->limit = usual->reference - k[ATN_K_POSSIBLE + level] * usual->spread;
    mark->first_session = usual->first_session;
    mark->last_session = usual->last_session;
    if (usual->forms < 4)
        mark->flags |= ATTUNE_MARK_EARLY;
}

void atn_judge_mean(const atn_setup *setup, const atn_survey *survey, double own,
                    const atn_form *form, atn_finding *finding)
{
    const atn_usual usual = atn_survey_usual(setup, survey, survey->moments.mean, own);
    atn_judge(setup, &usual, form, finding);
}

void atn_judge_so_far(const atn_setup *setup, atn_survey *survey, double own, const atn_form *form,
                      atn_finding *finding)
{
    if (survey->moments.count < 2)
        finding->state = ATTUNE_STATE_TOO_FEW;
    else
        atn_judge_mean(setup, survey, own, form, finding);
    atn_survey_take(survey, form);
}
