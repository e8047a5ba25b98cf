/* What a course is called: its construct where that is enough, else the measure's short title. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

static const struct {
    int32_t construct;
    atn_message row, headline;
} names[] = {
    { ATTUNE_CONSTRUCT_DISTRESS, ATN_SAY_ROW_DISTRESS, ATN_SAY_HEAD_DISTRESS },
    { ATTUNE_CONSTRUCT_ALLIANCE, ATN_SAY_ROW_ALLIANCE, ATN_SAY_HEAD_ALLIANCE },
};
#define NAMES (sizeof names / sizeof names[0])

static int same_measure(const atn_course *a, const atn_course *b)
{
    return strcmp(a->measure, b->measure) == 0;
}

/* 1 when no other measure is about the same construct. */
static int is_only(const atn_model *model, const atn_course *course)
{
    for (size_t i = 0; i < model->n_courses; i++)
        if (model->courses[i].constants.construct == course->constants.construct &&
            !same_measure(&model->courses[i], course))
            return 0;
    return 1;
}

static void name_measure(atn_model *model, atn_course *course)
{
    course->label = course->headline = course->title;
    for (size_t i = 0; i < NAMES && is_only(model, course); i++)
        if (names[i].construct == course->constants.construct) {
            course->label = atn_arena_say(&model->arena, names[i].row, 0, NULL, 0);
            course->headline = atn_arena_say(&model->arena, names[i].headline, 0, NULL, 0);
        }
}

/* A second rater stands below the first and is called by the rater. */
static void name_rater(atn_model *model, atn_course *course, int32_t usual)
{
    const char *rater = attune_rater_name(course->rater);
    course->series = course->title;
    if (course->rater == usual)
        return;
    atn_place places[] = { { "title", course->title }, { "rater", rater } };
    course->series = atn_arena_say(&model->arena, ATN_SAY_SERIES_RATER, 0, places, 2);
    for (const atn_course *other = model->courses; other < course; other++)
        if (same_measure(other, course)) {
            course->label = course->headline = atn_arena_copy(&model->arena, rater);
            course->second = 1;
        }
}

/* The first course of a construct that can be judged, else the first of it. */
static const atn_course *first_of(const atn_model *model, int32_t construct)
{
    const atn_course *found = NULL;
    for (size_t i = 0; i < model->n_courses; i++) {
        const atn_course *course = &model->courses[i];
        int judged = course->observed > 1 && course->change.reliable >= 0;
        if (course->constants.construct != construct || course->second)
            continue;
        if (judged || course->look == ATN_LOOKED)
            return course;
        found = found ? found : course;
    }
    return found;
}

void atn_labels_choose(atn_model *model, const attune_report_client *client)
{
    for (size_t i = 0; i < model->n_courses; i++) {
        attune_scale_info info = { .struct_size = sizeof info };
        const attune_scale *scale = atn_series_of(model, client, i)->scale;
        if (!scale || attune_scale_describe(scale, &info) != ATTUNE_OK)
            info.rater = ATTUNE_RATER_CLIENT;
        name_measure(model, &model->courses[i]);
        name_rater(model, &model->courses[i], info.rater);
    }
    model->distress = first_of(model, ATTUNE_CONSTRUCT_DISTRESS);
    model->alliance = first_of(model, ATTUNE_CONSTRUCT_ALLIANCE);
}
