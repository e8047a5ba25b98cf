/* Why a caseload lists a client first: what is recent, or not yet back in range. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <math.h>

#define AWAY_DAYS 14 /* said beyond so many */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add(atn_model *model, atn_sign sign, atn_message message, const atn_place *places,
                size_t n)
{
    atn_add(model, ATN_PART_LOOK, atn_sign_text[sign], message, 0, places, n);
}

int atn_is_recent(const atn_model *model, size_t session)
{
    return session + ATN_RECENT_SESSIONS >= model->n_sessions;
}

/* Open, or marked of late; a lower level that became usual is no longer open. */
static int is_standing(const atn_model *model, const atn_course *course,
                       const attune_episode *episode)
{
    int open = episode->status != ATTUNE_EPISODE_REPAIRED && !atn_shift_after(course, episode);
    for (size_t i = 0; i < course->n_marks && !open; i++)
        open = course->marks[i].level >= ATTUNE_LEVEL_PROBABLE &&
               (course->marks[i].kind == ATTUNE_MARK_DROP ||
                course->marks[i].kind == ATTUNE_MARK_EROSION) &&
               atn_is_recent(model, atn_session_find(model, course->marks[i].session));
    return open;
}

static void look_at_episode(atn_model *model, const atn_course *course)
{
    const attune_episode *episode = atn_main_episode(course);
    const attune_mark *mark = episode ? atn_opening_mark(course, episode) : NULL;
    if (!mark || mark->level < ATTUNE_LEVEL_PROBABLE || !is_standing(model, course, episode))
        return;
    size_t at = atn_session_find(model, mark->session), from = atn_completed_before(course, at);
    int slid = mark->kind == ATTUNE_MARK_EROSION;
    int alliance = course->constants.construct == ATTUNE_CONSTRUCT_ALLIANCE;
    atn_place places[] = {
        { "series", course->series },
        { "from", atn_score_text(model, course, slid ? mark->reference : course->score[from]) },
        { "to", atn_score_text(model, course, mark->observed) },
        { "session", atn_count_text(model, mark->session) },
        { "then", atn_then_text(model, course, episode) },
    };
    add(model, ATN_SIGN_DROP,
        !alliance ? ATN_SAY_LOOK_OUTSIDE
        : slid    ? ATN_SAY_LOOK_SLIDE
                  : ATN_SAY_LOOK_DROP,
        places, COUNT(places));
}

static void look_at_worse(atn_model *model, const atn_course *course,
                          const attune_report_series *series)
{
    size_t since = atn_standing_since(model, course, ATTUNE_MARK_WORSE);
    if (since == model->n_sessions)
        return;
    const attune_mark *mark = NULL;
    for (size_t i = 0; i < course->n_marks; i++)
        if (course->marks[i].kind == ATTUNE_MARK_WORSE)
            mark = &course->marks[i]; /* the last one is at the last score */
    if (!mark)
        return;
    atn_place places[] = { { "series", course->series },
                           { "reason", atn_reason_text(model, mark, series->scale) } };
    add(model, atn_sign_of(mark),
        mark->observed > mark->reference ? ATN_SAY_LOOK_HIGHER : ATN_SAY_LOOK_LOWER, places,
        COUNT(places));
}

static void look_at_cutoff(atn_model *model, const atn_course *course,
                           const attune_report_series *series)
{
    for (size_t i = course->n_marks; i-- > 0;) {
        const attune_mark *mark = &course->marks[i];
        if (mark->kind != ATTUNE_MARK_LOW || mark->session != model->session[course->last])
            continue;
        atn_place places[] = { { "series", course->series },
                               { "reason", atn_reason_text(model, mark, series->scale) } };
        add(model, atn_sign_of(mark), ATN_SAY_LOOK_CUTOFF, places, COUNT(places));
        return;
    }
}

/* Days since the last session, where they are many and there is something to look at. */
static void look_at_absence(atn_model *model)
{
    double away = model->today - model->last_day;
    if (!model->lines[ATN_PART_LOOK] || isnan(away) || away <= AWAY_DAYS)
        return;
    atn_place place = { "n", atn_count_text(model, (int64_t)away) };
    atn_add(model, ATN_PART_LOOK, "", ATN_SAY_LOOK_AWAY, 0, &place, 1);
}

void atn_say_look(atn_model *model, const attune_report_client *client)
{
    for (size_t i = 0; i < model->n_courses; i++) {
        const atn_course *course = &model->courses[i];
        if (!course->cell)
            continue;
        look_at_worse(model, course, atn_series_of(model, client, i));
        look_at_episode(model, course);
        look_at_cutoff(model, course, atn_series_of(model, client, i));
    }
    look_at_absence(model);
}
