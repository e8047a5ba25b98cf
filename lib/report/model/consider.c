/* Questions to consider, and the gaps in the data. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

/* Two measures may ask the same; once is enough. */
static void ask(atn_model *model, atn_message message, const atn_place *places, size_t n)
{
    const char *text = atn_arena_say(&model->arena, message, 0, places, n);
    for (const atn_line *line = model->lines[ATN_PART_CONSIDER]; line; line = line->next)
        if (strcmp(line->text, text) == 0)
            return;
    atn_add_text(model, ATN_PART_CONSIDER, "", message, text);
}

static void ask_about_episode(atn_model *model, const atn_course *course)
{
    const attune_episode *episode = atn_main_episode(course);
    const attune_mark *mark = episode ? atn_opening_mark(course, episode) : NULL;
    if (!mark)
        return;
    atn_place places[] = { { "session", atn_count_text(model, mark->session) },
                           { "first", atn_count_text(model, mark->last_session) },
                           { "last", atn_count_text(model, mark->session) } };
    ask(model,
        mark->kind == ATTUNE_MARK_EROSION ? ATN_SAY_CONSIDER_BETWEEN : ATN_SAY_CONSIDER_AROUND,
        places, 3);
}

/* The first session of the run of marks of one kind that reaches the last score; none: n. */
size_t atn_standing_since(const atn_model *model, const atn_course *course, int32_t kind)
{
    size_t since = model->n_sessions, at = course->last;
    for (size_t i = course->n_marks; i-- > 0 && at < model->n_sessions;) {
        if (course->marks[i].kind != kind)
            continue;
        if (course->marks[i].session != model->session[at])
            break;
        since = at;
        size_t earlier = atn_completed_before(course, at);
        if (earlier == at)
            break;
        at = earlier;
    }
    return since;
}

static void ask_about_worse(atn_model *model, const atn_course *course)
{
    size_t since = atn_standing_since(model, course, ATTUNE_MARK_WORSE);
    if (since == model->n_sessions)
        return;
    atn_place place = { "session", atn_count_text(model, model->session[since]) };
    ask(model, ATN_SAY_CONSIDER_SINCE, &place, 1);
}

/* The most that any course has of a session. */
static unsigned char best_cell(const atn_model *model, size_t session)
{
    unsigned char best = ATN_CELL_NONE;
    for (size_t c = 0; c < model->n_courses; c++)
        if (model->courses[c].cell && model->courses[c].cell[session] > best)
            best = model->courses[c].cell[session];
    return best;
}

/* Sessions without a score: forms were handed out, or there is none. */
static void say_missed(atn_model *model, unsigned char cell, atn_message message)
{
    unsigned char *flag = atn_arena_get(&model->arena, model->n_sessions, 1);
    size_t n = 0;
    for (size_t i = 0; flag && i < model->n_sessions; i++)
        flag[i] = best_cell(model, i) == cell;
    if (!flag)
        return;
    atn_place place = { "sessions", atn_sessions_text(model, flag, &n) };
    if (n > 0)
        atn_add(model, ATN_PART_CONSIDER, "", message, n == 1, &place, 1);
}

/* Forms that were handed in but could not be scored. */
static void say_unscored(atn_model *model, const atn_course *course,
                         const attune_report_series *series)
{
    unsigned char *flag = atn_arena_get(&model->arena, model->n_sessions, 1);
    size_t n = 0;
    for (size_t f = 0; flag && f < series->count; f++)
        if (atn_given_form(series, f)->reason == ATTUNE_REASON_INCOMPLETE)
            flag[atn_session_find(model, series->session[f])] = 1;
    if (!flag)
        return;
    atn_place places[] = { { "measure", course->series },
                           { "sessions", atn_sessions_text(model, flag, &n) } };
    if (n > 0)
        atn_add(model, ATN_PART_CONSIDER, "", ATN_SAY_CONSIDER_UNSCORED, n == 1, places, 2);
}

void atn_say_consider(atn_model *model, const attune_report_client *client)
{
    for (size_t i = 0; i < model->n_courses; i++) {
        if (model->courses[i].constants.construct == ATTUNE_CONSTRUCT_ALLIANCE)
            ask_about_episode(model, &model->courses[i]);
        ask_about_worse(model, &model->courses[i]);
    }
    say_missed(model, ATN_CELL_MISSED, ATN_SAY_CONSIDER_MISSED);
    say_missed(model, ATN_CELL_NONE, ATN_SAY_CONSIDER_NO_FORM);
    for (size_t i = 0; i < model->n_courses; i++)
        say_unscored(model, &model->courses[i], atn_series_of(model, client, i));
}
