/* One client in a caseload: which group, and the headline measures in a few words. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <math.h>

static atn_message change_word(const atn_course *course)
{
    if (course->change.reliable < 0)
        return ATN_SAY_WORD_UNKNOWN;
    if (course->change.reliable == ATTUNE_RELIABLE_UNCHANGED)
        return ATN_SAY_WORD_UNCHANGED;
    return course->change.change < 0 ? ATN_SAY_WORD_LOWER : ATN_SAY_WORD_HIGHER;
}

static atn_message start_word(const atn_course *course)
{
    return course->observed == 0   ? ATN_SAY_WORD_NONE
           : course->observed == 1 ? ATN_SAY_WORD_FEW
                                   : change_word(course);
}

static atn_row say_start_and_now(atn_model *model, const atn_course *course)
{
    atn_row row = { course, "", "" };
    row.words = atn_arena_say(&model->arena, start_word(course), 0, NULL, 0);
    if (course->observed == 0)
        return row;
    atn_place places[] = {
        { "first", atn_score_text(model, course, course->score[course->first]) },
        { "last", atn_score_text(model, course, course->score[course->last]) },
    };
    row.figures = course->observed == 1
                      ? places[1].text
                      : atn_arena_say(&model->arena, ATN_SAY_FIGURES_CHANGE, 0, places, 2);
    return row;
}

static atn_row say_now(atn_model *model, const atn_course *course)
{
    atn_row row = { course, "", "" };
    if (course->observed == 0 || course->look == ATN_LOOK_TOO_FEW)
        row.words = atn_arena_say(
            &model->arena, course->observed ? ATN_SAY_WORD_FEW : ATN_SAY_WORD_NONE, 0, NULL, 0);
    if (course->observed == 0)
        return row;
    double last = course->score[course->last];
    double before = course->score[atn_completed_before(course, course->last)];
    atn_place places[] = { { "last", atn_score_text(model, course, last) },
                           { "change", atn_change_text(model, course, last - before) } };
    row.figures = course->observed == 1
                      ? places[0].text
                      : atn_arena_say(&model->arena, ATN_SAY_FIGURES_NOW, 0, places, 2);
    return row;
}

/* Something was looked at: change on distress, or drops on an alliance. */
static int is_judged(const atn_course *course)
{
    if (course->constants.construct == ATTUNE_CONSTRUCT_ALLIANCE)
        return course->look == ATN_LOOKED;
    return course->observed > 1 && course->change.reliable >= 0;
}

static int is_beyond_rules(const atn_course *course)
{
    return course->observed > 1 &&
           (course->look == ATN_LOOK_NO_CONSTANT || course->look == ATN_LOOK_NO_RULE);
}

static atn_group choose(const atn_model *model)
{
    atn_group group = ATN_GROUP_FEW;
    if (model->lines[ATN_PART_LOOK])
        return ATN_GROUP_LOOK;
    for (size_t i = 0; i < model->n_courses; i++) {
        if (is_judged(&model->courses[i]))
            return ATN_GROUP_QUIET;
        if (is_beyond_rules(&model->courses[i]))
            group = ATN_GROUP_NO_RULE;
    }
    return group;
}

void atn_say_row(atn_model *model)
{
    atn_place places[] = { { "client", model->client },
                           { "n", atn_count_text(model, (int64_t)model->completed) },
                           { "total", atn_count_text(model, (int64_t)model->n_sessions) } };
    model->completed_row = atn_arena_say(&model->arena, ATN_SAY_COMPLETED_OF, 0, places, 3);
    model->seen = atn_day_text(model, model->last_day, 0);
    model->group = choose(model);
    if (model->distress)
        model->rows[model->n_rows++] = say_start_and_now(model, model->distress);
    if (model->alliance)
        model->rows[model->n_rows++] = say_now(model, model->alliance);
    if (model->n_rows == 0 && model->n_courses > 0)
        model->rows[model->n_rows++] = say_start_and_now(model, &model->courses[0]);
}
