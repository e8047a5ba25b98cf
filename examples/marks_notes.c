/* What stands below the rows of attune marks: what was looked at, and with what. */
/* SPDX-License-Identifier: MIT */
#include "examples/marks.h"
#include "examples/response.h"

#include <stdio.h>

/* For programs, which keep with a result what it was made with. */
static void note_set(struct marking *m)
{
    char text[sizeof m->plan.id + 128];
    if (m->options->format != FORMAT_JSON || !m->plan.hash[0])
        return;
    (void)snprintf(text, sizeof text, "%s: rule file SHA-256 %s.", m->plan.id, m->plan.hash);
    table_note(m->table, text);
}

/* A norm's file is named with everything that it was compared with. */
static void note_norm(struct marking *m)
{
    char text[ATTUNE_NORM_SENTENCE_MAX];
    if (!m->plan.has_norm)
        return;
    response_note(m->options, &m->plan.norm, text);
    table_note(m->table, text);
}

/* Silence has three meanings; each is counted. */
void marks_notes(struct marking *m)
{
    char text[sizeof m->plan.label + 256];
    const char *note;
    (void)snprintf(text, sizeof text,
                   "Rules %s: %zu of %zu courses marked, %zu looked at and nothing found, %zu with "
                   "too few forms to say, %zu that no rule here can look at.",
                   m->plan.label, m->marked, m->courses,
                   m->courses - m->marked - m->too_few - m->cannot, m->too_few, m->cannot);
    table_note(m->table, text);
    note_set(m);
    note_norm(m);
    table_note(m->table,
               "A mark is a prompt for a conversation; no mark does not mean no problem.");
    if (m->options->side_by_side)
        table_note(m->table, "One letter a session: S severe, P probable, p possible, o back in "
                             "range, n new level, . nothing found, - cannot say, _ no form.");
    for (size_t i = 0; (note = measures_note(m->measures, i)); i++)
        table_note(m->table, note);
}
