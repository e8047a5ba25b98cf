/* Why these marks: a line for each run of marks that one rule made. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

/* Marks of one rule and kind, with nothing else of that rule between them. */
typedef struct run {
    const attune_mark *first;
    int32_t level;       /* the highest */
    unsigned char *flag; /* the sessions after the first */
} run;

static const atn_message messages[] = {
    [ATTUNE_MARK_DROP] = ATN_SAY_WHY_DROP,
    [ATTUNE_MARK_RETURN] = ATN_SAY_WHY_RETURN,
    [ATTUNE_MARK_SHIFT] = ATN_SAY_WHY_SHIFT,
    [ATTUNE_MARK_EROSION] = ATN_SAY_WHY_EROSION,
    [ATTUNE_MARK_LOW] = ATN_SAY_WHY_LOW,
    [ATTUNE_MARK_WORSE] = ATN_SAY_WHY_HIGHER,
    [ATTUNE_MARK_REPORTED] = ATN_SAY_WHY_REPORTED,
    [ATTUNE_MARK_BOTTOM] = ATN_SAY_WHY_DROP,
    [ATTUNE_MARK_STEP] = ATN_SAY_WHY_STEP,
    [ATTUNE_MARK_FALL] = ATN_SAY_WHY_FALL,
    [ATTUNE_MARK_OFF_TRACK] = ATN_SAY_WHY_OFF_TRACK,
    [ATTUNE_MARK_DIVERGENCE] = ATN_SAY_WHY_DIVERGENCE,
    [ATTUNE_MARK_ORDER] = ATN_SAY_WHY_ORDER,
};

/* Only an alliance can have a possible rupture. */
static atn_message message_of(const atn_course *course, const attune_mark *mark)
{
    int opens = mark->kind == ATTUNE_MARK_DROP || mark->kind == ATTUNE_MARK_EROSION ||
                mark->kind == ATTUNE_MARK_BOTTOM;
    if (mark->kind < 0 || (size_t)mark->kind >= sizeof messages / sizeof messages[0] ||
        (opens && course->constants.construct != ATTUNE_CONSTRUCT_ALLIANCE))
        return ATN_SAY_WHY_DROP_OTHER;
    if (mark->kind == ATTUNE_MARK_WORSE && mark->observed < mark->reference)
        return ATN_SAY_WHY_LOWER;
    return messages[mark->kind];
}

const char *atn_rule_text(atn_model *model, const attune_mark *mark)
{
    attune_rule_info info = { .struct_size = sizeof info };
    if (attune_rule_describe(attune_rule_find(mark->rule), &info) != ATTUNE_OK)
        return atn_arena_copy(&model->arena, mark->rule);
    return atn_arena_join(&model->arena, mark->rule, "/",
                          atn_count_text(model, (int64_t)info.version));
}

const char *atn_reason_text(atn_model *model, const attune_mark *mark, const attune_scale *scale)
{
    size_t length = attune_mark_reason(mark, scale, NULL, 0);
    char *text = atn_arena_get(&model->arena, length + 1, 1);
    if (!text)
        return "";
    attune_mark_reason(mark, scale, text, length + 1);
    return text;
}

static void say_run(atn_model *model, const atn_course *course, const run *r,
                    const attune_scale *scale)
{
    attune_mark seen = *r->first;
    size_t n = 0, at = atn_session_find(model, r->first->session);
    seen.level = r->level;
    atn_place places[] = { { "series", course->series },
                           { "when", atn_when_text(model, at) },
                           { "reason", atn_reason_text(model, r->first, scale) } };
    atn_message message = message_of(course, r->first);
    const char *line = atn_arena_say(&model->arena, message, 0, places, 3);
    atn_place again[] = { { "line", line }, { "sessions", atn_sessions_text(model, r->flag, &n) } };
    if (n > 0)
        line = atn_arena_say(&model->arena, ATN_SAY_WHY_AGAIN, n == 1, again, 2);
    const char *label = atn_arena_join(&model->arena, atn_sign_text[atn_sign_of(&seen)], " ",
                                       atn_rule_text(model, r->first));
    atn_add_text(model, ATN_PART_WHY, label, message, line);
}

static int same_run(const attune_mark *a, const attune_mark *b)
{
    return a->kind == b->kind && strcmp(a->rule, b->rule) == 0;
}

/* Takes the run that begins at mark i; done marks are flagged so that they come once. */
static void take_run(atn_model *model, const atn_course *course, size_t i, unsigned char *done,
                     const attune_scale *scale)
{
    run r = { .first = &course->marks[i], .level = course->marks[i].level };
    r.flag = atn_arena_get(&model->arena, model->n_sessions, 1);
    if (!r.flag)
        return;
    for (size_t j = i + 1; j < course->n_marks; j++) {
        const attune_mark *mark = &course->marks[j];
        if (same_run(mark, r.first)) {
            r.flag[atn_session_find(model, mark->session)] = 1;
            r.level = mark->level > r.level ? mark->level : r.level;
            done[j] = 1;
        } else if (strcmp(mark->rule, r.first->rule) == 0) {
            break;
        }
    }
    say_run(model, course, &r, scale);
}

void atn_say_why(atn_model *model, const attune_report_client *client)
{
    for (size_t c = 0; c < model->n_courses; c++) {
        const atn_course *course = &model->courses[c];
        unsigned char *done = atn_arena_get(&model->arena, course->n_marks, 1);
        for (size_t i = 0; done && i < course->n_marks; i++)
            if (!done[i])
                take_run(model, course, i, done, atn_series_of(model, client, c)->scale);
    }
}
