/* Surveying a whole course, for the rules that look ahead. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

int atn_whole_next(const atn_whole *whole, uint64_t *at, atn_form *form)
{
    const attune_series *s = whole->series;
    while (*at < s->count && isnan(s->score[*at]))
        ++*at;
    if (*at == s->count)
        return 0;
    form->up = whole->direction * s->score[*at];
    form->session = s->session ? s->session[*at] : (int32_t)(*at + 1);
    form->day = NAN; /* no rule that looks ahead asks for it */
    ++*at;
    return 1;
}

static void take_course(const atn_whole *whole, atn_survey *survey)
{
    atn_form form;
    for (uint64_t at = 0; atn_whole_next(whole, &at, &form);)
        atn_survey_take(survey, &form);
}

int atn_whole_survey(const atn_setup *setup, atn_survey *survey, atn_finding *finding)
{
    if (survey->moments.count == 0)
        take_course(setup->whole, survey);
    if (survey->moments.count >= ATN_WHOLE_FEWEST)
        return 1;
    finding->state = ATTUNE_STATE_TOO_FEW;
    return 0;
}

void atn_judge_line(const atn_setup *setup, atn_line *line, atn_line_fit *fit, const atn_form *form,
                    atn_finding *finding)
{
    atn_usual usual;
    if (!atn_whole_survey(setup, &line->survey, finding))
        return;
    if (!line->fitted)
        fit(setup, line);
    line->fitted = 1;
    usual =
        atn_survey_usual(setup, &line->survey,
                         line->level + line->slope * (form->session - line->centre), line->spread);
    atn_judge(setup, &usual, form, finding);
}
