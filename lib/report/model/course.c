/* One series laid out on the report's sessions, with its change, marks and episodes. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <math.h>
#include <string.h>

/* Scratch of one fit: the series as core takes it. */
typedef struct scratch {
    atn_arena arena;
    attune_watch *watch;
    attune_series series;
    double *score;
} scratch;

static void describe(atn_model *model, atn_course *course, const attune_report_series *series)
{
    attune_scale_info info = { .struct_size = sizeof info };
    course->constants.struct_size = sizeof course->constants;
    attune_scale_constants(series->scale, &course->constants);
    if (series->constants)
        memcpy(&course->constants, series->constants, sizeof course->constants);
    course->constants.struct_size = sizeof course->constants;
    course->has_scale = series->scale && attune_scale_describe(series->scale, &info) == ATTUNE_OK;
    course->rater = series->rater;
    course->direction = series->scale || series->constants ? course->constants.direction : 0;
    course->decimals = atn_decimals(course->constants.score_step);
    course->demonstration = course->has_scale && info.demonstration;
    course->measure = atn_arena_copy(&model->arena, series->measure);
    course->title = course->has_scale && info.short_title
                        ? atn_arena_copy(&model->arena, info.short_title)
                        : course->measure;
}

static void lay_scores(atn_model *model, atn_course *course, const attune_report_series *series)
{
    double *score = atn_arena_get(&model->arena, model->n_sessions, sizeof *score);
    unsigned char *cell = atn_arena_get(&model->arena, model->n_sessions, sizeof *cell);
    course->first = course->last = model->n_sessions;
    if (!score || !cell)
        return;
    for (size_t i = 0; i < model->n_sessions; i++)
        score[i] = NAN;
    for (size_t i = 0; i < series->count; i++) {
        size_t at = atn_session_find(model, series->session[i]);
        score[at] = atn_given_form(series, i)->score;
        cell[at] = isnan(score[at]) ? ATN_CELL_MISSED : ATN_CELL_DONE;
        if (isnan(score[at])) {
            course->missed++;
            continue;
        }
        course->first = course->observed++ == 0 ? at : course->first;
        course->last = at;
        course->decimals = atn_decimals_for(score[at], course->decimals);
    }
    course->score = score;
    course->cell = cell;
}

/* Asked twice: a scan without room says how many marks there are. */
static attune_status find_marks(atn_model *model, atn_course *course, const scratch *s,
                                attune_error *err)
{
    attune_error need = ATTUNE_ERROR_INIT;
    size_t n = 0;
    attune_mark none = { .struct_size = sizeof none };
    attune_status status = attune_scan(s->watch, &s->series, &none, 0, &n, NULL, 0, &need);
    if (status != ATTUNE_E_COUNT)
        return status;
    course->marks = atn_arena_get(&model->arena, (size_t)need.index, sizeof *course->marks);
    if (!course->marks)
        return ATTUNE_E_MEMORY;
    course->marks->struct_size = sizeof *course->marks;
    return attune_scan(s->watch, &s->series, course->marks, (size_t)need.index, &course->n_marks,
                       NULL, 0, err);
}

static attune_status find_episodes(atn_model *model, atn_course *course, const scratch *s,
                                   attune_error *err)
{
    attune_error need = ATTUNE_ERROR_INIT;
    size_t n = 0;
    attune_episode none = { .struct_size = sizeof none };
    attune_status status = attune_episodes_scan(s->watch, &s->series, &none, 0, &n, &need);
    if (status != ATTUNE_E_COUNT)
        return status;
    course->episodes = atn_arena_get(&model->arena, (size_t)need.index, sizeof *course->episodes);
    if (!course->episodes)
        return ATTUNE_E_MEMORY;
    course->episodes->struct_size = sizeof *course->episodes;
    return attune_episodes_scan(s->watch, &s->series, course->episodes, (size_t)need.index,
                                &course->n_episodes, err);
}

/*
 * How far the rules could look: a monitor that saw nothing says how many forms each rule wants,
 * or that it never will for lack of a constant or because it is not meant.
 */
static void judge_look(atn_course *course, const atn_settings *settings,
                       const attune_monitor *monitor)
{
    uint32_t meant = 0;
    course->wanted = -1;
    for (size_t i = 0; i < settings->n_choices; i++) {
        attune_rule_info info = { .struct_size = sizeof info };
        int32_t wait = attune_monitor_wait(monitor, i);
        attune_rule_describe(settings->choices[i].rule, &info);
        meant |= info.constructs >> course->constants.construct & 1u;
        if (wait >= 0 && (course->wanted < 0 || wait < course->wanted))
            course->wanted = wait;
    }
    if (course->wanted < 0)
        course->look = meant ? ATN_LOOK_NO_CONSTANT : ATN_LOOK_NO_RULE;
    else
        course->look = course->observed < (size_t)course->wanted ? ATN_LOOK_TOO_FEW : ATN_LOOKED;
}

static attune_status scan(atn_model *model, atn_course *course, const scratch *s,
                          const atn_settings *settings, attune_error *err)
{
    attune_monitor *monitor = NULL;
    attune_status status = find_marks(model, course, s, err);
    if (status == ATTUNE_OK)
        status = find_episodes(model, course, s, err);
    if (status == ATTUNE_OK)
        status = attune_monitor_new(&monitor, s->watch, &model->arena.allocator, err);
    if (status == ATTUNE_OK)
        judge_look(course, settings, monitor);
    attune_monitor_free(monitor);
    return status;
}

static void lay_signs(atn_model *model, atn_course *course)
{
    unsigned *signs = atn_arena_get(&model->arena, model->n_sessions, sizeof *signs);
    for (size_t i = 0; signs && i < course->n_marks; i++)
        signs[atn_session_find(model, course->marks[i].session)] |=
            1u << atn_sign_of(&course->marks[i]);
    course->signs = signs;
}

static attune_status watch_course(atn_model *model, atn_course *course,
                                  const attune_report_series *series, const atn_settings *settings,
                                  attune_error *err)
{
    scratch s = { .series = { .struct_size = sizeof s.series,
                              .count = series->count,
                              .session = series->session,
                              .day = series->day } };
    attune_status status;
    atn_arena_begin(&s.arena, &model->arena.allocator);
    s.score = atn_arena_get(&s.arena, (size_t)series->count, sizeof *s.score);
    for (size_t i = 0; s.score && i < series->count; i++)
        s.score[i] = atn_given_form(series, i)->score;
    s.series.score = s.score;
    status = s.arena.failed ? ATTUNE_E_MEMORY
                            : attune_watch_new(&s.watch, &course->constants, settings->choices,
                                               settings->n_choices, &model->arena.allocator, err);
    if (status == ATTUNE_OK)
        status = scan(model, course, &s, settings, err);
    attune_watch_free(s.watch);
    atn_arena_end(&s.arena);
    return status;
}

attune_status atn_course_fit(atn_model *model, atn_course *course,
                             const attune_report_series *series, const atn_settings *settings,
                             attune_error *err)
{
    attune_status status = ATTUNE_OK;
    describe(model, course, series);
    lay_scores(model, course, series);
    course->look = ATN_LOOK_NO_RULE;
    if (!course->score || series->count == 0)
        return ATTUNE_OK;
    course->change.struct_size = sizeof course->change;
    if (course->observed > 1)
        status = attune_change_fit(&course->constants, NULL, course->score, model->n_sessions,
                                   &course->change, err);
    if (status == ATTUNE_OK && course->direction != 0)
        status = watch_course(model, course, series, settings, err);
    lay_signs(model, course);
    return status;
}
