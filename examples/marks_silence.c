/* attune marks --silence: what each rule's silence on a course means. */
/* SPDX-License-Identifier: MIT */
#include "examples/marks.h"

static const char *const identity[] = { "client", "measure", "rater", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 },
    { "measure", "measure", -1 },
    { "rater", "rater", -1 },
    { "rule", "rule", -1 },
    { "silence", "silence", -1 },
    { "missing", "missing", -1 },
    { "forms", "forms", -1 },
    { "sessions", "of", -1 },
    { "answered", "answered", -1 },
    { "wanted", "wanted", -1 },
    { NULL, NULL, 0 },
};

static void put_row(struct marking *m, const struct course *course, const attune_silence *silence)
{
    marks_identity(m->table, course);
    table_values(m->table, m->fields, m->field_count, silence);
    table_end_row(m->table);
}

static int put(struct marking *m, const struct course *course)
{
    attune_silence silences[ATTUNE_RULESET_MAX] = { { .struct_size = sizeof silences[0] } };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_together together;
    size_t n = 0;
    int marked = 0, code = companies_join(m->companies, course, &together);
    if (code != CODE_OK || !together.watch)
        return code; /* without a watch its direction is not known: said on stderr */
    if (attune_silence_scan(together.watch, &together.series, silences, ATTUNE_RULESET_MAX, &n,
                            &err) != ATTUNE_OK)
        return marks_failed(m, course, &together, &err);
    for (size_t i = 0; i < n; i++) {
        put_row(m, course, &silences[i]);
        marked |= silences[i].reason == ATTUNE_SILENCE_MARKED;
    }
    m->marked += (size_t)marked;
    return CODE_OK;
}

const struct answer answer_silence = { "default", identity, attune_silence_fields, NULL, NULL,
                                       view,      put };
