/* The headline: what changed on each measure, in one or two sentences that carry their numbers. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add(atn_model *model, const char *label, atn_message message, const atn_place *places,
                size_t n)
{
    atn_add(model, ATN_PART_HEADLINE, label, message, 0, places, n);
}

/* "6 or more is beyond measurement error": strict where the constants or the formula say so. */
static const char *say_threshold(atn_model *model, const atn_course *course)
{
    int strict = course->change.basis != ATTUNE_BASIS_PUBLISHED ||
                 course->constants.change_bound == ATTUNE_BOUND_STRICT;
    atn_place place = { "threshold", atn_score_text(model, course, course->change.threshold) };
    return atn_arena_say(&model->arena, strict ? ATN_SAY_MORE_THAN : ATN_SAY_OR_MORE, 0, &place, 1);
}

/* There is a built-in scale, but nobody has stated what it waits for. */
static int is_closed(const atn_course *course)
{
    attune_scale_info info = { .struct_size = sizeof info };
    return !course->has_scale &&
           attune_scale_describe(attune_scale_listed(course->measure), &info) == ATTUNE_OK &&
           info.needs != 0;
}

static atn_message change_message(const atn_course *course)
{
    if (course->change.reliable < 0 && course->direction)
        return ATN_SAY_CHANGE_NO_CONSTANT;
    if (course->change.reliable < 0)
        return is_closed(course) ? ATN_SAY_CHANGE_CLOSED : ATN_SAY_CHANGE_NO_SCALE;
    if (course->change.reliable == ATTUNE_RELIABLE_UNCHANGED)
        return ATN_SAY_CHANGE_NONE;
    return course->change.change < 0 ? ATN_SAY_CHANGE_LOWER : ATN_SAY_CHANGE_HIGHER;
}

/* Where the first and the last score lie: [first above][last above]. */
static atn_message cutoff_message(double first, double last, double cutoff)
{
    static const atn_message sides[2][2] = {
        { ATN_SAY_CUTOFF_BELOW_STILL, ATN_SAY_CUTOFF_ABOVE_NOW },
        { ATN_SAY_CUTOFF_BELOW_NOW, ATN_SAY_CUTOFF_ABOVE_STILL },
    };
    if (fabs(last - cutoff) < 1e-9)
        return ATN_SAY_CUTOFF_AT;
    if (fabs(first - cutoff) < 1e-9)
        return last > cutoff ? ATN_SAY_CUTOFF_ABOVE_LEFT : ATN_SAY_CUTOFF_BELOW_LEFT;
    return sides[first > cutoff][last > cutoff];
}

static void say_cutoff(atn_model *model, const atn_course *course)
{
    double cutoff = course->constants.cutoff;
    atn_place place = { "cutoff", atn_score_text(model, course, cutoff) };
    if (isnan(cutoff) || course->observed < 2)
        return;
    add(model, "", cutoff_message(course->change.first, course->change.last, cutoff), &place, 1);
}

static void say_change(atn_model *model, const atn_course *course)
{
    atn_place places[] = {
        { "first", atn_score_text(model, course, course->change.first) },
        { "last", atn_score_text(model, course, course->change.last) },
        { "change", atn_change_text(model, course, course->change.change) },
        { "measure", course->measure },
        { "beyond", say_threshold(model, course) },
    };
    add(model, course->headline, change_message(course), places, COUNT(places));
    say_cutoff(model, course);
}

static void say_distress(atn_model *model, const atn_course *course)
{
    if (course->observed > 1) {
        say_change(model, course);
        return;
    }
    if (course->observed == 0) {
        add(model, course->headline, ATN_SAY_CHANGE_TOO_FEW, NULL, 0);
        return;
    }
    atn_place places[] = { { "last", atn_score_text(model, course, course->score[course->last]) },
                           { "when", atn_when_text(model, course->last) } };
    add(model, course->headline, ATN_SAY_CHANGE_ONE, places, COUNT(places));
}

/* What a course of neither construct says: its change, judged only where constants allow it. */
static void say_course(atn_model *model, const atn_course *course)
{
    if (course->constants.construct == ATTUNE_CONSTRUCT_ALLIANCE)
        atn_say_alliance(model, course);
    else
        say_distress(model, course);
}

void atn_say_headline(atn_model *model)
{
    for (size_t i = 0; i < model->n_courses; i++)
        if (!model->courses[i].second || model->courses[i].n_episodes > 0)
            say_course(model, &model->courses[i]);
}
