/* Safety items that were endorsed: text only, first on the page, never a level. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <math.h>

/* One safety item of one series and where it was endorsed. */
typedef struct endorsed {
    const atn_course *course;
    const attune_report_series *series;
    attune_scale_info scale;
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
    atn_place places[] = { { "threshold", atn_count_text(model, (int64_t)e->item.threshold) },
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
    char text[ATN_NUMBER_MAX];
    int decimals = atn_decimals(e->scale.item_step);
    atn_place places[] = {
        { "item", atn_count_text(model, e->item.item) },
        { "answer", atn_arena_copy(&model->arena, atn_figure(text, answer(e, e->last), decimals)) },
        { "low", atn_count_text(model, (int64_t)e->scale.item_min) },
        { "high", atn_count_text(model, (int64_t)e->scale.item_max) },
    };
    const char *line = atn_arena_say(&model->arena, ATN_SAY_SAFETY_ITEM, 0, places, 4);
    e->flag[at] = 0;
    add(model, say_where(model, e, at), line, say_also(model, e), at);
}

static void say_series(atn_model *model, const atn_course *course,
                       const attune_report_series *series)
{
    endorsed e = { .course = course, .series = series };
    e.scale.struct_size = sizeof e.scale;
    if (!series->scale || attune_scale_describe(series->scale, &e.scale) != ATTUNE_OK)
        return;
    for (uint32_t i = 0; series->items && i < e.scale.safety_count; i++) {
        e.item = (attune_safety_info) { .struct_size = sizeof e.item };
        e.flag = atn_arena_get(&model->arena, model->n_sessions, 1);
        e.n = 0;
        if (!e.flag || attune_scale_safety(series->scale, i, &e.item) != ATTUNE_OK)
            continue;
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
