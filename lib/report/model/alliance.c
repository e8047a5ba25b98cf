/* What the headline says of an alliance: the last possible rupture and what came of it. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add(atn_model *model, const char *label, atn_message message, const atn_place *places,
                size_t n)
{
    atn_add(model, ATN_PART_HEADLINE, label, message, 0, places, n);
}

const attune_mark *atn_opening_mark(const atn_course *course, const attune_episode *episode)
{
    for (size_t i = 0; i < course->n_marks; i++)
        if (course->marks[i].session == episode->onset_session &&
            strcmp(course->marks[i].rule, episode->rule) == 0)
            return &course->marks[i];
    return NULL;
}

size_t atn_completed_before(const atn_course *course, size_t at)
{
    for (size_t i = at; i-- > 0;)
        if (course->cell[i] == ATN_CELL_DONE)
            return i;
    return at;
}

const attune_mark *atn_shift_after(const atn_course *course, const attune_episode *episode)
{
    for (size_t i = 0; i < course->n_marks; i++)
        if (course->marks[i].kind == ATTUNE_MARK_SHIFT &&
            course->marks[i].session > episode->onset_session)
            return &course->marks[i];
    return NULL;
}

static int is_probable(const atn_course *course, const attune_episode *episode)
{
    const attune_mark *mark = atn_opening_mark(course, episode);
    return mark && mark->level >= ATTUNE_LEVEL_PROBABLE;
}

static int is_slide(const atn_course *course, const attune_episode *episode)
{
    const attune_mark *mark = atn_opening_mark(course, episode);
    return mark && mark->kind == ATTUNE_MARK_EROSION;
}

/* The probable ones go before the possible ones, then the later onset before the earlier. */
static const attune_episode *latest(const atn_course *course)
{
    const attune_episode *main = NULL;
    for (size_t i = 0; i < course->n_episodes; i++) {
        const attune_episode *e = &course->episodes[i];
        int more = main ? is_probable(course, e) - is_probable(course, main) : 1;
        if (more > 0 || (more == 0 && e->onset_session > main->onset_session))
            main = e;
    }
    return main;
}

/* A drop is told rather than the slide that the same low scores added up to. */
const attune_episode *atn_main_episode(const atn_course *course)
{
    const attune_episode *main = latest(course);
    for (size_t i = 0; main && is_slide(course, main) && i < course->n_episodes; i++) {
        const attune_episode *e = &course->episodes[i];
        int over =
            e->status == ATTUNE_EPISODE_REPAIRED && e->resolved_session < main->onset_session;
        if (!is_slide(course, e) && is_probable(course, e) >= is_probable(course, main) &&
            e->onset_session <= main->onset_session && !over)
            main = e;
    }
    return main;
}

const char *atn_then_text(atn_model *model, const atn_course *course, const attune_episode *episode)
{
    static const atn_message messages[] = {
        [ATTUNE_EPISODE_REPAIRED] = ATN_SAY_THEN_BACK,
        [ATTUNE_EPISODE_PARTIAL] = ATN_SAY_THEN_PARTLY,
        [ATTUNE_EPISODE_UNRESOLVED] = ATN_SAY_THEN_NOT_BACK,
        [ATTUNE_EPISODE_CENSORED] = ATN_SAY_THEN_OPEN,
    };
    atn_place places[] = {
        { "resolved", atn_count_text(model, episode->resolved_session) },
        { "last", atn_count_text(model, model->session[course->last]) },
    };
    const char *then =
        atn_arena_say(&model->arena, messages[episode->status], 0, places, COUNT(places));
    const attune_mark *mark = atn_opening_mark(course, episode);
    const char *flag =
        mark && mark->flags & ATTUNE_MARK_PROVISIONAL
            ? atn_arena_say(&model->arena, ATN_SAY_FLAG_PROVISIONAL_SPREAD, 0, NULL, 0)
            : "";
    return atn_arena_join(&model->arena, then, "", flag);
}

static void say_episode(atn_model *model, const atn_course *course, const attune_episode *episode,
                        const char *label)
{
    const attune_mark *mark = atn_opening_mark(course, episode);
    if (!mark)
        return;
    size_t at = atn_session_find(model, mark->session), from = atn_completed_before(course, at);
    int slid = mark->kind == ATTUNE_MARK_EROSION;
    atn_place places[] = {
        { "before", atn_count_text(model, model->session[from]) },
        { "onset", atn_count_text(model, mark->session) },
        { "from", atn_score_text(model, course, slid ? mark->reference : course->score[from]) },
        { "to", atn_score_text(model, course, mark->observed) },
        { "then", atn_then_text(model, course, episode) },
    };
    atn_message message = slid                                   ? ATN_SAY_ALLIANCE_SLID
                          : mark->level >= ATTUNE_LEVEL_PROBABLE ? ATN_SAY_ALLIANCE_DROPPED
                                                                 : ATN_SAY_ALLIANCE_EDGE;
    add(model, label, message, places, COUNT(places));
}

static void say_shift(atn_model *model, const atn_course *course, const attune_episode *main)
{
    const attune_mark *shift = atn_shift_after(course, main);
    if (!shift)
        return;
    atn_place place = { "session", atn_count_text(model, shift->session) };
    add(model, "", ATN_SAY_ALLIANCE_SHIFTED, &place, 1);
}

/* The other onsets before the main one. */
static void say_earlier(atn_model *model, const atn_course *course, const attune_episode *main)
{
    unsigned char *flag = atn_arena_get(&model->arena, model->n_sessions, 1);
    size_t n = 0;
    for (size_t i = 0; flag && i < course->n_episodes; i++)
        if (course->episodes[i].onset_session < main->onset_session)
            flag[atn_session_find(model, course->episodes[i].onset_session)] = 1;
    if (!flag)
        return;
    atn_place place = { "sessions", atn_sessions_text(model, flag, &n) };
    if (n > 0)
        atn_add(model, ATN_PART_HEADLINE, "", ATN_SAY_ALLIANCE_EARLIER, n == 1, &place, 1);
}

static void say_quiet(atn_model *model, const atn_course *course, atn_message message)
{
    double from = course->observed ? course->score[course->first] : NAN;
    double to = course->observed ? course->score[course->last] : NAN;
    atn_place places[] = {
        { "from", atn_score_text(model, course, from) },
        { "to", atn_score_text(model, course, to) },
        { "change", atn_change_text(model, course, to - from) },
        { "n", atn_count_text(model, (int64_t)course->observed) },
        { "wanted", atn_count_text(model, course->wanted) },
        { "measure", course->measure },
    };
    add(model, course->headline, message, places, COUNT(places));
}

static int all_at_top(const atn_course *course)
{
    double top = course->direction > 0 ? course->constants.score_max : course->constants.score_min;
    for (size_t i = 0; i <= course->last; i++)
        if (course->cell[i] == ATN_CELL_DONE && fabs(course->score[i] - top) > 1e-9)
            return 0;
    return course->observed > 2;
}

void atn_say_alliance(atn_model *model, const atn_course *course)
{
    static const atn_message looks[] = {
        [ATN_LOOKED] = ATN_SAY_ALLIANCE_QUIET,
        [ATN_LOOK_TOO_FEW] = ATN_SAY_ALLIANCE_TOO_FEW,
        [ATN_LOOK_NO_CONSTANT] = ATN_SAY_ALLIANCE_NO_CONSTANT,
        [ATN_LOOK_NO_RULE] = ATN_SAY_ALLIANCE_NO_RULE,
    };
    const attune_episode *main = atn_main_episode(course);
    if (main) {
        say_episode(model, course, main, course->headline);
        say_shift(model, course, main);
        say_earlier(model, course, main);
        return;
    }
    say_quiet(model, course, course->observed == 0 ? ATN_SAY_ALLIANCE_NONE : looks[course->look]);
    if (course->observed > 0 && all_at_top(course))
        add(model, "", ATN_SAY_ALLIANCE_AT_TOP, NULL, 0);
}
