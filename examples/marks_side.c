/* attune marks --side-by-side: the rules below each other, each with the course as it saw it. */
/* SPDX-License-Identifier: MIT */
#include "examples/marks.h"

#include <stdlib.h>

static const char *const identity[] = { "client", "measure", "rater", NULL };

static const attune_field *fields(size_t *count)
{
    static const attune_field rule[] = {
        { "rule", "id of the rule", NULL, 0, offsetof(attune_trace, rule), ATTUNE_FIELD_TEXT },
    };
    *count = 1;
    return rule;
}

static const struct table_view view[] = {
    { "client", "client", -1 }, { "measure", "measure", -1 }, { "rater", "rater", -1 },
    { "rule", "rule", -1 },     { "course", "course", -1 },   { NULL, NULL, 0 },
};

/* One letter a session. */
static const char states[] = {
    [ATTUNE_STATE_QUIET] = '.',   [ATTUNE_STATE_MARKED] = '!',
    [ATTUNE_STATE_TOO_FEW] = '-', [ATTUNE_STATE_NO_CONSTANT] = '-',
    [ATTUNE_STATE_NO_FORM] = '_', [ATTUNE_STATE_NOT_MEANT] = '-',
    [ATTUNE_STATE_BEYOND] = '-',  [ATTUNE_STATE_NO_SIGNAL] = '-',
};
static const char levels[] = {
    [ATTUNE_LEVEL_POSSIBLE] = 'p', [ATTUNE_LEVEL_PROBABLE] = 'P', [ATTUNE_LEVEL_SEVERE] = 'S'
};

static char letter_of(const attune_mark *mark)
{
    if (mark->level >= ATTUNE_LEVEL_POSSIBLE)
        return levels[mark->level];
    return mark->kind == ATTUNE_MARK_RETURN ? 'o' : 'n';
}

/* A rule that is not for measures of this kind, or has none of the signals that it wants, has no
   line of its own. */
static int is_meant(const attune_trace *traces, size_t sessions, size_t rules, size_t rule)
{
    for (size_t s = 0; s < sessions; s++)
        if (traces[s * rules + rule].state == ATTUNE_STATE_NOT_MEANT ||
            traces[s * rules + rule].state == ATTUNE_STATE_NO_SIGNAL)
            return 0;
    return 1;
}

/* What a rule said at each session, the first of its marks where it made two. */
static void draw(const attune_mark *marks, size_t n_marks, const attune_trace *traces,
                 size_t sessions, size_t rules, size_t rule, char *text)
{
    for (size_t s = 0; s < sessions; s++)
        text[s] = states[traces[s * rules + rule].state];
    for (size_t i = n_marks; i-- > 0;)
        if (marks[i].rule == traces[rule].rule)
            text[marks[i].row] = letter_of(&marks[i]);
    text[sessions] = '\0';
}

static int put_drawn(struct marking *m, const struct course *course, const struct found *found)
{
    const size_t rules = m->plan.count;
    char *text = malloc(course->count + 1);
    if (!text)
        return no_memory();
    for (size_t i = 0; i < rules; i++) {
        if (!is_meant(found->traces, course->count, rules, i))
            continue;
        draw(found->marks, found->n_marks, found->traces, course->count, rules, i, text);
        marks_identity(m->table, course);
        table_text(m->table, found->traces[i].rule);
        table_text(m->table, text);
        table_end_row(m->table);
    }
    free(text);
    return CODE_OK;
}

static int put(struct marking *m, const struct course *course)
{
    struct found found;
    int code = marks_scan(m, course, &found);
    return found.marks && code == CODE_OK ? put_drawn(m, course, &found) : code;
}

const struct answer answer_side_by_side = { "all", identity, fields, "course", NULL, view, put };
