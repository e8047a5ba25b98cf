/* attune phases: one row a course, its baseline against what came after. */
/* SPDX-License-Identifier: MIT */
#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <attune/phase.h>

#include <stdio.h>
#include <stdlib.h>

static const char *const identity[] = { "client", "measure", "rater", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 },
    { "measure", "measure", -1 },
    { "rater", "rater", -1 },
    { "n_a", "A", -1 },
    { "n_b", "B", -1 },
    { "tau_ab", "tau", 2 },
    { "tau_u", "Tau-U", 2 },
    { "baseline_tau", "trend", 2 },
    { "corrected_tau", "corrected", 2 },
    { "corrected_p", "p", TABLE_P },
    { "reason", "reason", TABLE_BELOW },
    { NULL, NULL, 0 },
};

/* Memory that grows with the longest course, and is used again for each. */
struct phasing {
    int32_t at_session;
    const attune_field *fields;
    size_t field_count;
    struct table *table;
    struct measures *measures;
    double *work;
    size_t capacity;
};

static int make_room(struct phasing *p, size_t n, size_t n_a)
{
    size_t wanted = n + n_a * (n_a + 1) / 2;
    if (wanted <= p->capacity)
        return CODE_OK;
    free(p->work);
    p->capacity = 2 * wanted;
    p->work = calloc(p->capacity, sizeof *p->work);
    return p->work ? CODE_OK : no_memory();
}

static size_t baseline_of(const struct course *course, int32_t at_session)
{
    size_t n = 0;
    while (n < course->count && course->session[n] < at_session)
        n++;
    return n;
}

static void put_row(struct phasing *p, const struct course *course, const attune_phase *found)
{
    table_text(p->table, course->client);
    table_text(p->table, course->measure);
    table_text(p->table, attune_rater_name(course->rater));
    table_values(p->table, p->fields, p->field_count, found);
    table_text(p->table, attune_phase_reason(found));
    table_end_row(p->table);
}

/* A course without a completed form has no row. */
static int compare(struct phasing *p, const struct course *course, size_t n_a)
{
    attune_phase found = { .struct_size = sizeof found };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status =
        attune_phase_fit(course->score, n_a, course->score + n_a, course->count - n_a, p->work,
                         p->capacity, &found, &err);
    if (status == ATTUNE_E_TOO_FEW)
        return CODE_OK;
    if (status != ATTUNE_OK) {
        fprintf(stderr, "attune: line %llu: %s\n", (unsigned long long)course->forms[0].line,
                err.text);
        return status == ATTUNE_E_NUMERIC ? CODE_DATA : CODE_INTERNAL;
    }
    put_row(p, course, &found);
    return CODE_OK;
}

static int visit(void *context, const struct course *course)
{
    struct phasing *p = context;
    struct measure *measure = NULL;
    size_t n_a = baseline_of(course, p->at_session);
    int code = measures_find(p->measures, course->measure, course->scale, &measure);
    if (n_a > ATTUNE_PHASE_ROWS_MAX || course->count - n_a > ATTUNE_PHASE_ROWS_MAX) {
        fprintf(stderr,
                "attune: line %llu: a phase of more than %d forms is beyond attune phases\n",
                (unsigned long long)course->forms[0].line, ATTUNE_PHASE_ROWS_MAX);
        return CODE_DATA;
    }
    if (code == CODE_OK)
        code = make_room(p, course->count, n_a);
    return code == CODE_OK ? compare(p, course, n_a) : code;
}

static void put_notes(struct phasing *p)
{
    const char *note;
    for (size_t i = 0; (note = measures_note(p->measures, i)); i++)
        table_note(p->table, note);
    table_note(p->table, "p holds for independent scores; those of one client often hang "
                         "together, and are then called apart too often.");
}

static int run(const struct options *options)
{
    struct phasing p = { .at_session = options->at_session };
    int code;
    if (options->at_session < 0) {
        fprintf(stderr, "attune phases: expected --at-session N, the first session of phase B\n");
        return CODE_USAGE;
    }
    code = table_new(&p.table, options, view, NULL);
    p.fields = attune_phase_fields(&p.field_count);
    p.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    code = p.measures ? CODE_OK : CODE_INTERNAL;
    if (code == CODE_OK) {
        table_columns(p.table, identity);
        table_fields(p.table, p.fields, p.field_count);
        table_column(p.table, "reason");
        code = courses_walk(options, visit, &p);
        put_notes(&p);
    }
    if (code == CODE_OK)
        code = table_commit(p.table);
    free(p.work);
    measures_free(p.measures);
    table_free(p.table);
    return code;
}

const struct command command_phases = {
    .name = "phases",
    .usage = "FORMS --at-session N [options]",
    .summary = "Baseline against what came after: Tau-U",
    .text =
        "One row a course: phase A is the sessions before N, phase B those from N on. Every pair "
        "of scores counts 1 when the later is higher and -1 when it is lower; tau_ab is the mean "
        "over the pairs of A against B, tau_u adds the pairs within B and takes off those within A "
        "(Parker, Vannest, Davis and Sauber 2011), so that a trend of the baseline does not pass "
        "for a change. Plus is higher scores, whatever higher means for the measure.\n"
        "corrected_tau, its z and p are Tarlow's of 2016: where the baseline has a trend (p at "
        "most .05), its Theil-Sen slope is first taken out of all scores.\n"
        "Rows, not days, are counted; a session without a form has no row. reason says why a "
        "figure is empty.",
    .takes = TAKES_FORMS | TAKES_TABLE,
    .takes_more = TAKES_MORE(OPTION_AT_SESSION),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
