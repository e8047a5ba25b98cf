/* Safety items that were endorsed: text only, first on the page, never a level. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <math.h>

#define SENTENCE_MAX 256 /* more than the sentence with its longest figures */

/* One safety item of one series and where it was endorsed. */
typedef struct endorsed {
    const atn_course *course;
    const attune_report_series *series;
    size_t i; /* of the scale's safety items */
    attune_safety_info item;
    unsigned char *flag; /* a session each */
    size_t last;         /* form of the last endorsement */
    size_t n;
} endorsed;

static double answer(const endorsed *e, size_t form)
{
    return e->series->items[form * e->series->item_count + (size_t)(e->item.item - 1)];
}

static void find(const atn_model *model, endorsed *e)
{
    for (size_t f = 0; f < e->series->count; f++)
        if (answer(e, f) >= e->item.threshold) {
            e->flag[atn_session_find(model, e->series->session[f])] = 1;
            e->last = f;
            e->n++;
        }
}

static const char *say_where(atn_model *model, const endorsed *e, size_t at)
{
    atn_place places[] = { { "title", e->course->title }, { "when", atn_when_text(model, at) } };
    return atn_arena_say(&model->arena, ATN_SAY_SAFETY_WHERE, 0, places, 2);
}

static const char *say_also(atn_model *model, const endorsed *e)
{
    size_t n = 0;
    char threshold[ATN_NUMBER_MAX];
    int decimals = atn_decimals_for(e->item.threshold, 0);
    atn_place places[] = { { "threshold", atn_figure(threshold, e->item.threshold, decimals) },
                           { "sessions", atn_sessions_text(model, e->flag, &n) } };
    return n == 0 ? "" : atn_arena_say(&model->arena, ATN_SAY_SAFETY_ALSO, n == 1, places, 2);
}

/* The caseload says it too while it is recent. */
static void add(atn_model *model, const char *where, const char *line, const char *also, size_t at)
{
    atn_place places[] = { { "where", where }, { "text", line } };
    atn_add_text(model, ATN_PART_SAFETY, where, ATN_SAY_SAFETY_ITEM,
                 atn_arena_join(&model->arena, line, " ", also));
    if (atn_is_recent(model, at))
        atn_add(model, ATN_PART_LOOK, "", ATN_SAY_LOOK_SAFETY, 0, places, 2);
}

static void say(atn_model *model, endorsed *e)
{
    size_t at = atn_session_find(model, e->series->session[e->last]);
    char line[SENTENCE_MAX] = "";
    attune_safety_sentence(e->series->scale, e->i, answer(e, e->last), line, sizeof line);
    e->flag[at] = 0;
    add(model, say_where(model, e, at), line, say_also(model, e), at);
}

static void say_series(atn_model *model, const atn_course *course,
                       const attune_report_series *series)
{
    endorsed e = { .course = course, .series = series };
    e.item.struct_size = sizeof e.item;
    for (; series->items && attune_scale_safety(series->scale, e.i, &e.item) == ATTUNE_OK; e.i++) {
        e.flag = atn_arena_get(&model->arena, model->n_sessions, 1);
        e.n = 0;
        if (!e.flag)
            return;
        find(model, &e);
        if (e.n > 0)
            say(model, &e);
    }
}

/* Without the answers only the score's flag is known. */
static void say_flagged(atn_model *model, const atn_course *course,
                        const attune_report_series *series)
{
    for (size_t f = (size_t)series->count; !series->items && f-- > 0;)
        if (atn_given_form(series, f)->flags & ATTUNE_SCORE_SAFETY) {
            endorsed e = { .course = course };
            size_t at = atn_session_find(model, series->session[f]);
            add(model, say_where(model, &e, at),
                atn_arena_say(&model->arena, ATN_SAY_SAFETY_FLAG, 0, NULL, 0), "", at);
            return;
        }
}

void atn_say_safety(atn_model *model, const attune_report_client *client)
{
    for (size_t i = 0; i < model->n_courses; i++) {
        say_series(model, &model->courses[i], atn_series_of(model, client, i));
        say_flagged(model, &model->courses[i], atn_series_of(model, client, i));
    }
}
