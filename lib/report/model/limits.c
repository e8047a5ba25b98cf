/* What the figures can and cannot bear: completeness, provisional constants, licence of scales. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <math.h>

static void add(atn_model *model, atn_message message, int one, const atn_place *places, size_t n)
{
    atn_add(model, ATN_PART_LIMITS, "", message, one, places, n);
}

static void note(atn_model *model, atn_message message, int one, const atn_place *places, size_t n)
{
    atn_add(model, ATN_PART_NOTES, "", message, one, places, n);
}

/* 1 when a measure of this construct has a score at the session. */
static int is_done(const atn_model *model, int32_t construct, size_t session)
{
    for (size_t i = 0; i < model->n_courses; i++) {
        const atn_course *course = &model->courses[i];
        if (course->constants.construct == construct && !course->second && course->cell &&
            course->cell[session] == ATN_CELL_DONE)
            return 1;
    }
    return 0;
}

/* Of both constructs where there are both, else of the one there is. */
static void count_completed(atn_model *model)
{
    for (size_t i = 0; i < model->n_sessions; i++) {
        int distress = is_done(model, ATTUNE_CONSTRUCT_DISTRESS, i);
        int alliance = is_done(model, ATTUNE_CONSTRUCT_ALLIANCE, i);
        int other = is_done(model, ATTUNE_CONSTRUCT_OTHER, i);
        if (!model->distress && !model->alliance)
            model->completed += other ? 1 : 0;
        else if ((distress || !model->distress) && (alliance || !model->alliance))
            model->completed++;
    }
}

static atn_message completed_message(const atn_model *model)
{
    size_t measures = 0;
    for (size_t i = 0; i < model->n_courses; i++)
        measures += model->courses[i].second ? 0 : 1;
    if (!model->distress || !model->alliance)
        return ATN_SAY_LIMITS_COMPLETED;
    return measures == 2 ? ATN_SAY_LIMITS_BOTH : ATN_SAY_LIMITS_EACH;
}

static void say_completed(atn_model *model)
{
    atn_place places[] = { { "n", atn_count_text(model, (int64_t)model->completed) },
                           { "total", atn_count_text(model, (int64_t)model->n_sessions) },
                           { "sessions", atn_arena_say(&model->arena, ATN_SAY_WORD_SESSIONS,
                                                       model->n_sessions == 1, NULL, 0) } };
    add(model, completed_message(model), model->completed == 1, places, 3);
}

static void say_first(atn_model *model, const atn_course *course)
{
    if (course->second || course->observed < 2 || course->first == 0)
        return;
    atn_place places[] = {
        { "title", course->title },
        { "session", atn_count_text(model, model->session[course->first]) },
    };
    note(model, ATN_SAY_LIMITS_FIRST, 0, places, 2);
}

/* The constants that are known, and derived or unconfirmed. */
static uint32_t doubted(const attune_constants *c)
{
    int change = !isnan(c->change_threshold) || !isnan(c->sd * c->reliability);
    uint32_t known = (change ? ATTUNE_CONSTANT_CHANGE : 0u) |
                     (isnan(c->within_sd) ? 0u : ATTUNE_CONSTANT_WITHIN_SD) |
                     (isnan(c->cutoff) ? 0u : ATTUNE_CONSTANT_CUTOFF);
    return c->provisional & known;
}

static void say_provisional(atn_model *model, const atn_course *course)
{
    static const struct {
        uint32_t bit;
        atn_message message;
    } constants[] = {
        { ATTUNE_CONSTANT_CHANGE, ATN_SAY_CONSTANT_CHANGE },
        { ATTUNE_CONSTANT_WITHIN_SD, ATN_SAY_CONSTANT_SPREAD },
        { ATTUNE_CONSTANT_CUTOFF, ATN_SAY_CONSTANT_CUTOFF },
    };
    const char *text = "";
    uint32_t left = doubted(&course->constants);
    int n = 0;
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++) {
        if (!(left & constants[i].bit))
            continue;
        left &= ~constants[i].bit;
        const char *name = atn_arena_say(&model->arena, constants[i].message, 0, NULL, 0);
        atn_place list[] = { { "before", text }, { "item", name } };
        atn_message join = left ? ATN_SAY_LIST : ATN_SAY_LIST_LAST;
        text = n++ == 0 ? name : atn_arena_say(&model->arena, join, 0, list, 2);
    }
    atn_place places[] = { { "title", course->title },
                           { "constants", text },
                           { "measure", course->measure } };
    if (n > 0)
        note(model, ATN_SAY_LIMITS_PROVISIONAL, n == 1, places, 3);
}

/* Sessions whose score carries a flag. */
static void say_flagged(atn_model *model, const atn_course *course,
                        const attune_report_series *series, uint32_t bit, atn_message message)
{
    unsigned char *flag = atn_arena_get(&model->arena, model->n_sessions, 1);
    size_t n = 0;
    for (size_t f = 0; flag && f < series->count; f++)
        if (atn_given_form(series, f)->flags & bit)
            flag[atn_session_find(model, series->session[f])] = 1;
    if (!flag)
        return;
    atn_place places[] = { { "title", course->series },
                           { "sessions", atn_sessions_text(model, flag, &n) } };
    if (n > 0)
        note(model, message, n == 1, places, 2);
}

static int lacks_answers(const attune_report_series *series)
{
    attune_scale_info info = { .struct_size = sizeof info };
    if (!series->scale || attune_scale_describe(series->scale, &info) != ATTUNE_OK)
        return 0;
    for (size_t f = 0; info.safety_count > 0 && f < series->count; f++)
        if (atn_given_form(series, f)->flags & ATTUNE_SCORE_GIVEN)
            return 1;
    return 0;
}

static void say_course(atn_model *model, const atn_course *course,
                       const attune_report_series *series)
{
    atn_place title = { "title", course->title };
    say_first(model, course);
    if (!course->second)
        say_provisional(model, course);
    if (lacks_answers(series))
        note(model, ATN_SAY_LIMITS_SAFETY_UNSEEN, 0, &title, 1);
    say_flagged(model, course, series, ATTUNE_SCORE_PRORATED, ATN_SAY_LIMITS_PRORATED);
    say_flagged(model, course, series, ATTUNE_SCORE_OFF_STEP, ATN_SAY_LIMITS_OFF_STEP);
}

void atn_say_limits(atn_model *model, const attune_report_client *client)
{
    count_completed(model);
    if (model->n_sessions > 0)
        say_completed(model);
    add(model, ATN_SAY_LIMITS_NO_MARK, 0, NULL, 0);
    add(model, ATN_SAY_LIMITS_JUDGEMENT, 0, NULL, 0);
    for (size_t i = 0; i < model->n_courses; i++)
        say_course(model, &model->courses[i], atn_series_of(model, client, i));
}
