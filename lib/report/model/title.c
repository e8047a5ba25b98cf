/* Who and what the report is about, what its numbers mean, and how it was made. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <math.h>

static void add_title(atn_model *model, atn_message message, int one, const atn_place *places,
                      size_t n)
{
    atn_add(model, ATN_PART_TITLE, "", message, one, places, n);
}

static const char *say_count(atn_model *model)
{
    size_t n = model->n_sessions;
    atn_place places[] = { { "n", atn_count_text(model, (int64_t)n) },
                           { "first", atn_count_text(model, model->session[0]) },
                           { "last", atn_count_text(model, model->session[n - 1]) } };
    return atn_arena_say(&model->arena,
                         model->all_sessions ? ATN_SAY_TITLE_SESSIONS : ATN_SAY_TITLE_SOME, n == 1,
                         places, 3);
}

/* "10 sessions, 01 Sep – 03 Nov 2026": the year of the first day only where it is another. */
static void say_sessions(atn_model *model)
{
    double from = NAN, to = NAN;
    for (size_t i = 0; i < model->n_sessions; i++) {
        from = isnan(from) ? model->day[i] : from;
        to = isnan(model->day[i]) ? to : model->day[i];
    }
    const char *last = atn_day_text(model, to, 1), *first = atn_day_text(model, from, 1);
    int same_year = strlen(first) > 4 && strlen(last) > 4 &&
                    strcmp(first + strlen(first) - 4, last + strlen(last) - 4) == 0;
    int one = strcmp(first, last) == 0;
    atn_place places[] = { { "sessions", say_count(model) },
                           { "from", same_year && !one ? atn_day_text(model, from, 0) : first },
                           { "to", last } };
    if (isnan(from))
        atn_add_text(model, ATN_PART_TITLE, "", ATN_SAY_TITLE_SESSIONS, places[0].text);
    else
        add_title(model, ATN_SAY_TITLE_DATES, one, places, 3);
}

/* "WAI-SR (client, therapist)"; the rater only where there are two or it is an unusual one. */
static const char *say_measure(atn_model *model, size_t i)
{
    const char *raters = "";
    const atn_course *course = &model->courses[i];
    size_t n = 0;
    for (size_t j = i; j < model->n_courses; j++)
        if (strcmp(model->courses[j].measure, course->measure) == 0) {
            raters = atn_arena_join(&model->arena, raters, ", ",
                                    attune_rater_name(model->courses[j].rater));
            n++;
        }
    atn_place places[] = { { "title", course->title }, { "raters", raters } };
    if (n < 2 && course->series == course->title)
        return course->title;
    return atn_arena_say(&model->arena, ATN_SAY_TITLE_RATERS, 0, places, 2);
}

static void say_about(atn_model *model)
{
    const char *text = "";
    atn_place place = { "clinician", model->clinician };
    if (*model->clinician)
        text = atn_arena_say(&model->arena, ATN_SAY_TITLE_CLINICIAN, 0, &place, 1);
    for (size_t i = 0; i < model->n_courses; i++)
        if (!model->courses[i].second)
            text = atn_arena_join(&model->arena, text, " · ", say_measure(model, i));
    if (*text)
        atn_add_text(model, ATN_PART_TITLE, "", ATN_SAY_TITLE_RATERS, text);
}

void atn_say_title(atn_model *model)
{
    atn_place client = { "client", model->client };
    add_title(model, ATN_SAY_TITLE_CLIENT, 0, &client, 1);
    if (model->n_sessions > 0)
        say_sessions(model);
    else
        add_title(model, ATN_SAY_TITLE_NO_FORMS, 0, NULL, 0);
    say_about(model);
    atn_add_text(model, ATN_PART_FOOT, "", ATN_SAY_FOOT_MADE,
                 atn_foot_text(&model->arena, model->rules, model->today));
}

static atn_message direction_of(const atn_course *course)
{
    static const atn_message messages[][2] = {
        [ATTUNE_CONSTRUCT_OTHER] = { ATN_SAY_DIRECTION_WORSE, ATN_SAY_DIRECTION_BETTER },
        [ATTUNE_CONSTRUCT_ALLIANCE] = { ATN_SAY_DIRECTION_WEAKER, ATN_SAY_DIRECTION_STRONGER },
        [ATTUNE_CONSTRUCT_DISTRESS] = { ATN_SAY_DIRECTION_MORE_DISTRESS,
                                        ATN_SAY_DIRECTION_LESS_DISTRESS },
        [ATTUNE_CONSTRUCT_RUPTURE] = { ATN_SAY_DIRECTION_WORSE, ATN_SAY_DIRECTION_BETTER },
    };
    if (course->direction == 0)
        return ATN_SAY_DIRECTION_UNKNOWN;
    return messages[course->constants.construct][course->direction > 0];
}

static const char *say_scale(atn_model *model, const atn_course *course)
{
    const attune_constants *c = &course->constants;
    char low[ATN_NUMBER_MAX], high[ATN_NUMBER_MAX];
    atn_place places[] = {
        { "title", course->title },
        { "low", atn_figure(low, c->score_min, atn_decimals_for(c->score_min, 0)) },
        { "high", atn_figure(high, c->score_max, atn_decimals_for(c->score_max, 0)) },
        { "direction", atn_arena_say(&model->arena, direction_of(course), 0, NULL, 0) },
    };
    int known = isfinite(c->score_min) && isfinite(c->score_max);
    return atn_arena_say(&model->arena, known ? ATN_SAY_SCALE_RANGE : ATN_SAY_SCALE_NO_RANGE, 0,
                         places, 4);
}

void atn_say_scales(atn_model *model)
{
    for (size_t i = 0; i < model->n_courses; i++) {
        const atn_course *course = &model->courses[i];
        atn_place line = { "line", say_scale(model, course) };
        const char *text = line.text;
        if (course->demonstration)
            text = atn_arena_say(&model->arena, ATN_SAY_SCALE_DEMONSTRATION, 0, &line, 1);
        if (!course->second)
            atn_add_text(model, ATN_PART_SCALES, course->label, ATN_SAY_SCALE_RANGE, text);
    }
}
