/* attune marks: possible ruptures and other marks, their episodes, or every statistic. */
/* SPDX-License-Identifier: MIT */
#include "examples/marks.h"

#include "examples/input.h"
#include "examples/response.h"

#include <attune/report.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const mark_identity[] = {
    "client", "measure", "rater", "session", "date", NULL
};
static const char *const trace_identity[] = { "client", "measure", "rater", "session", NULL };
static const char *const episode_identity[] = { "client", "measure", "rater", NULL };

static const struct table_view mark_view[] = {
    { "client", "client", -1 },   { "measure", "measure", -1 },  { "rater", "rater", -1 },
    { "session", "session", -1 }, { "rule", "rule", -1 },        { "kind", "kind", -1 },
    { "level", "level", -1 },     { "reason", "", TABLE_BELOW }, { NULL, NULL, 0 },
};
static const struct table_view episode_view[] = {
    { "client", "client", -1 }, { "measure", "measure", -1 },     { "rater", "rater", -1 },
    { "rule", "rule", -1 },     { "onset_session", "onset", -1 }, { "depth", "depth", 1 },
    { "status", "status", -1 }, { "resolved_session", "at", -1 }, { "about", "", TABLE_BELOW },
    { NULL, NULL, 0 },
};
/* For people: "lowest at session 8; shape v; 2 other rules agree". */
static void put_about(struct marking *m, const attune_episode *episode)
{
    static const char *const few[] = { "no other rule agrees", "1 other rule agrees" };
    const attune_field *shape = m->fields;
    char agree[64], text[128];
    while (strcmp(shape->name, "shape") != 0)
        shape++;
    (void)snprintf(agree, sizeof agree, "%ld other rules agree", (long)episode->agreeing);
    (void)snprintf(text, sizeof text, "lowest at session %ld; shape %s; %s",
                   (long)episode->nadir_session, shape->names[episode->shape],
                   episode->agreeing < 2 ? few[episode->agreeing] : agree);
    table_text(m->table, text);
}

static const struct table_view trace_view[] = {
    { "client", "client", -1 }, { "measure", "measure", -1 },
    { "rater", "rater", -1 },   { "session", "session", -1 },
    { "rule", "rule", -1 },     { "statistic", "statistic", 2 },
    { NULL, NULL, 0 },
};

int marks_room(struct marking *m, size_t count, size_t size)
{
    size_t bytes = count * m->plan.count * 2 * size;
    if (count > SIZE_MAX / 4 / ATTUNE_RULESET_MAX / size) {
        bytes = 0;
    } else if (bytes <= m->bytes) {
        return CODE_OK;
    }
    free(m->results);
    m->bytes = bytes * 2;
    m->results = bytes > 0 ? malloc(m->bytes) : NULL;
    if (m->results)
        return CODE_OK;
    m->bytes = 0;
    return no_memory();
}

int marks_failed(const struct marking *m, const struct course *course,
                 const attune_together *together, attune_error *err)
{
    int64_t row = -1;
    if (err->index < together->series.count)
        row = together->row ? together->row[err->index] : (int64_t)err->index;
    if (row >= 0)
        err->line = course->forms[row].line;
    return input_fail(m->options->operands[0], err);
}

void marks_identity(struct table *table, const struct course *course)
{
    table_text(table, course->client);
    table_text(table, course->measure);
    table_text(table, attune_rater_name(course->rater));
}

/* A norm is named wherever it marked something. */
static void add_norm(const struct marking *m, const attune_mark *mark, char *reason, size_t room)
{
    size_t n = strlen(reason);
    if (mark->kind == ATTUNE_MARK_OFF_TRACK)
        (void)snprintf(reason + n, room - n, "; norm: %s, %llu clients", m->plan.norm.name,
                       (unsigned long long)m->plan.norm.response.n_clients);
}

static void put_mark(struct marking *m, const struct course *course, const attune_mark *mark)
{
    char reason[1024] = "";
    if (mark->kind == ATTUNE_MARK_OFF_TRACK && course->rater != m->plan.norm.rater)
        return; /* a norm of one rater says nothing of another's forms */
    (void)attune_mark_reason(mark, course->scale, reason, sizeof reason);
    add_norm(m, mark, reason, sizeof reason);
    if (m->options->ascii)
        (void)attune_text_ascii(reason);
    marks_identity(m->table, course);
    table_count(m->table, mark->session);
    table_text(m->table, course->forms[mark->row].date);
    table_values(m->table, m->fields, m->field_count, mark);
    table_text(m->table, reason);
    table_end_row(m->table);
    m->findings += mark->kind != ATTUNE_MARK_RETURN && mark->kind != ATTUNE_MARK_SHIFT;
}

static int put_marks(struct marking *m, const struct course *course)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_together together;
    attune_mark *marks;
    size_t n = 0, room;
    int code = companies_join(m->companies, course, &together);
    if (code != CODE_OK || !together.watch)
        return code;
    room = (size_t)together.series.count * m->plan.count * 2;
    code = marks_room(m, (size_t)together.series.count, sizeof *marks);
    if (code != CODE_OK)
        return code;
    marks = m->results;
    marks->struct_size = sizeof *marks;
    if (attune_scan(together.watch, &together.series, marks, room, &n, NULL, 0, &err) != ATTUNE_OK)
        return marks_failed(m, course, &together, &err);
    n = attune_together_marks(&together, marks, n);
    for (size_t i = 0; i < n; i++)
        put_mark(m, course, &marks[i]);
    m->marked += n > 0;
    return CODE_OK;
}

static int put_episodes(struct marking *m, const struct course *course)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_together together;
    attune_episode *episodes;
    size_t n = 0, room;
    int code = companies_join(m->companies, course, &together);
    if (code != CODE_OK || !together.watch)
        return code;
    room = (size_t)together.series.count * m->plan.count;
    code = marks_room(m, (size_t)together.series.count, sizeof *episodes);
    if (code != CODE_OK)
        return code;
    episodes = m->results;
    episodes->struct_size = sizeof *episodes;
    if (attune_episodes_scan(together.watch, &together.series, episodes, room, &n, &err) !=
        ATTUNE_OK)
        return marks_failed(m, course, &together, &err);
    for (size_t i = 0; i < n; i++) {
        marks_identity(m->table, course);
        table_values(m->table, m->fields, m->field_count, &episodes[i]);
        if (m->options->format == FORMAT_TEXT)
            put_about(m, &episodes[i]);
        table_end_row(m->table);
    }
    m->marked += n > 0;
    m->findings += n;
    return CODE_OK;
}

static void put_trace(struct marking *m, const struct course *course, const attune_trace *trace)
{
    marks_identity(m->table, course);
    table_count(m->table, trace->session);
    table_values(m->table, m->fields, m->field_count, trace);
    table_end_row(m->table);
    m->findings += trace->state == ATTUNE_STATE_MARKED;
}

/* What stands in the place of a trace when nothing is known of the measure. */
static void put_no_trace(struct marking *m, const struct course *course)
{
    attune_trace trace = { .struct_size = sizeof trace, .statistic = NAN };
    for (size_t i = 0; i < course->count * m->plan.count; i++) {
        attune_rule_info info = { .struct_size = sizeof info };
        (void)attune_rule_describe(m->plan.choices[i % m->plan.count].rule, &info);
        trace.rule = info.id;
        trace.session = course->session[i / m->plan.count];
        put_trace(m, course, &trace);
    }
}

int marks_scan(struct marking *m, const struct course *course, struct found *found)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_together together;
    size_t n, count;
    int code = companies_join(m->companies, course, &together);
    *found = (struct found) { .marks = NULL };
    if (code != CODE_OK || !together.watch)
        return code;
    count = (size_t)together.series.count;
    n = count * m->plan.count;
    code = marks_room(m, count, sizeof *found->marks + sizeof *found->traces);
    if (code != CODE_OK)
        return code;
    found->marks = m->results;
    found->marks->struct_size = sizeof *found->marks;
    found->traces = (attune_trace *)(void *)(found->marks + 2 * n);
    found->traces->struct_size = sizeof *found->traces;
    if (attune_scan(together.watch, &together.series, found->marks, 2 * n, &found->n_marks,
                    found->traces, n, &err) != ATTUNE_OK)
        return marks_failed(m, course, &together, &err);
    found->n_marks = attune_together_marks(&together, found->marks, found->n_marks);
    (void)attune_together_traces(&together, found->traces, n);
    m->marked += found->n_marks > 0;
    return CODE_OK;
}

static int put_traces(struct marking *m, const struct course *course)
{
    struct found found;
    int code = marks_scan(m, course, &found);
    if (code == CODE_OK && !found.marks)
        put_no_trace(m, course);
    for (size_t i = 0; found.marks && code == CODE_OK && i < course->count * m->plan.count; i++)
        put_trace(m, course, &found.traces[i]);
    return code;
}

static const struct answer answers[] = {
    { "default", mark_identity, attune_mark_fields, "reason", NULL, mark_view, put_marks },
    { "default", episode_identity, attune_episode_fields, NULL, "about", episode_view,
      put_episodes },
    { "all", trace_identity, attune_trace_fields, NULL, NULL, trace_view, put_traces },
};

/* Which of them is wanted; more than one is no answer. */
static const struct answer *choose(const struct options *options)
{
    const struct {
        int32_t wanted;
        const struct answer *answer;
    } choices[] = { { options->episodes, &answers[1] },
                    { options->trace, &answers[2] },
                    { options->silence, &answer_silence },
                    { options->side_by_side, &answer_side_by_side } };
    const struct answer *chosen = &answers[0];
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        if (choices[i].wanted && chosen != &answers[0])
            return NULL;
        if (choices[i].wanted)
            chosen = choices[i].answer;
    }
    return chosen;
}

static void count_course(struct marking *m, const struct course *course,
                         const struct measure *measure)
{
    size_t completed = 0;
    for (size_t i = 0; i < course->count; i++)
        completed += isnan(course->score[i]) ? 0u : 1u;
    m->courses++;
    if (!measure->watch || measure->forms_needed < 0)
        m->cannot++;
    else if (completed < (size_t)measure->forms_needed)
        m->too_few++;
}

static int visit(void *context, const struct course *course)
{
    struct marking *m = context;
    struct measure *measure = NULL;
    int code;
    if (m->options->client && strcmp(course->client, m->options->client) != 0)
        return CODE_OK;
    code = measures_find(m->measures, course->measure, course->scale, &measure);
    if (code != CODE_OK)
        return code;
    count_course(m, course, measure);
    return m->answer->put(m, course);
}

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
    char text[RESPONSE_NOTE_MAX];
    if (!m->plan.has_norm)
        return;
    response_note(m->options, &m->plan.norm, text);
    table_note(m->table, text);
}

/* Silence has three meanings; each is counted. */
static void add_notes(struct marking *m)
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

static int write_all(struct marking *m)
{
    int code;
    table_columns(m->table, m->answer->identity);
    table_fields(m->table, m->fields, m->field_count);
    if (m->answer->last)
        table_column(m->table, m->answer->last);
    if (m->answer->aside && m->options->format == FORMAT_TEXT)
        table_column(m->table, m->answer->aside);
    code = courses_walk(m->options, visit, m);
    if (code != CODE_OK)
        return code;
    add_notes(m);
    code = table_commit(m->table);
    return code == CODE_OK && m->options->check && m->findings > 0 ? CODE_FINDINGS : code;
}

static int run(const struct options *options)
{
    struct marking m = { .options = options };
    int code;
    m.answer = choose(options);
    if (!m.answer) {
        fprintf(stderr, "attune marks: expected one of --episodes, --trace, --silence and "
                        "--side-by-side\n");
        return CODE_USAGE;
    }
    m.fields = m.answer->fields(&m.field_count);
    code = plan_read(&m.plan, options, m.answer->rules);
    if (code == CODE_OK)
        code = table_new(&m.table, options, m.answer->view, m.plan.id);
    m.measures = code == CODE_OK ? measures_new(options, &m.plan) : NULL;
    m.companies = m.measures ? companies_new(&m.plan, m.measures) : NULL;
    if (code == CODE_OK)
        code = m.companies ? write_all(&m) : CODE_INTERNAL;
    companies_free(m.companies);
    measures_free(m.measures);
    table_free(m.table);
    free(m.results);
    return code;
}

const struct command command_marks = {
    .name = "marks",
    .usage = "FORMS [options]",
    .summary = "Possible ruptures and other marks, each with its numbers",
    .text =
        "One row a mark; with --episodes one row a possible rupture from onset to repair; with "
        "--trace one row a session and rule with the statistic, marked or not. --silence says "
        "of each rule and course what no mark means; --side-by-side draws the courses, one row "
        "a rule. Rules are the set `default`, with --trace and --side-by-side the set `all`; "
        "--rules takes a set, or ids with commas between (`attune rules` lists them). A larger "
        "statistic is stronger evidence.\n"
        "With --response a norm of `attune response fit` adds the rule not_on_track.\n"
        "Rules that listen to other signals (rupture_joint, lag_order) get, beside the client's "
        "forms of an alliance measure, the therapist's forms of it, the client's distress and "
        "the subscales, session by session; a mark says what each signal brought.\n"
        "--check exits with 1 when there is a mark that is no good news.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_RULES) | TAKES(OPTION_EPISODES) |
             TAKES(OPTION_TRACE) | TAKES(OPTION_CLIENT) | TAKES(OPTION_WITHIN_SD) |
             TAKES(OPTION_SD) | TAKES(OPTION_RELIABILITY) | TAKES(OPTION_CHECK) |
             TAKES(OPTION_RESPONSE),
    .takes_more = TAKES_MORE(OPTION_SILENCE) | TAKES_MORE(OPTION_SIDE_BY_SIDE),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
