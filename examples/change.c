/* attune change: one row a client, measure and rater with reliable and clinical change. */
/* SPDX-License-Identifier: MIT */
#include "examples/course.h"
#include "examples/lack.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <attune/change.h>

#include <math.h>
#include <stdio.h>

static const char *const identity[] = { "client", "measure", "rater", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 }, { "measure", "measure", -1 },   { "rater", "rater", -1 },
    { "first", "first", 1 },    { "last", "last", 1 },          { "rci", "RCI", 2 },
    { "class", "class", -1 },   { "reliable", "reliable", -1 }, { NULL, NULL, 0 },
};

struct changing {
    const struct options *options;
    const attune_field *fields;
    size_t field_count;
    struct table *table;
    struct measures *measures;
    size_t findings; /* courses that are reliably worse */
};

/* What is left when the two scores cannot be told apart from none. */
static void only_ends(attune_change *change, const struct course *course)
{
    *change = (attune_change) {
        .struct_size = sizeof *change,
        .method = ATTUNE_METHOD_JT,
        .first = NAN,
        .last = NAN,
        .change = NAN,
        .rci = NAN,
        .threshold = NAN,
        .cutoff = NAN,
        .cutoff_type = -1,
        .reliable = -1,
        .class_ = -1,
        .basis = ATTUNE_BASIS_NONE,
    };
    for (size_t i = 0; i < course->count; i++)
        if (!isnan(course->score[i])) {
            change->first = isnan(change->first) ? course->score[i] : change->first;
            change->last = course->score[i];
        }
}

/* Without a direction neither better nor worse can be said; nor can a class without its cut-off. */
static void leave_out(attune_change *change, struct measure *measure, int32_t cutoff_type)
{
    char text[LACK_TEXT_MAX];
    if (!measure->direction_known) {
        measure_say_direction(measure);
        change->reliable = change->class_ = change->cutoff_type = -1;
        change->cutoff = NAN;
        return;
    }
    if (cutoff_type >= 0 && isnan(change->cutoff))
        change->class_ = -1;
    lack_change(text, &measure->constants, cutoff_type, change->basis != ATTUNE_BASIS_NONE,
                !isnan(change->cutoff));
    if (text[0])
        measure_say(measure, MEASURE_SAID_CHANGE, text);
}

/* The change with as much as the constants allow; a cut-off asked for by name may be missing. */
static attune_status fit(const struct options *options, struct measure *measure,
                         const struct course *course, attune_change *change, attune_error *err)
{
    attune_change_options how = ATTUNE_CHANGE_OPTIONS_INIT;
    attune_status status;
    how.method = options->method;
    how.cutoff_type = options->cutoff_type;
    status =
        attune_change_fit(&measure->constants, &how, course->score, course->count, change, err);
    if (status != ATTUNE_E_CONSTANT)
        return status;
    how.cutoff_type = -1;
    status =
        attune_change_fit(&measure->constants, &how, course->score, course->count, change, err);
    change->cutoff = NAN;
    change->cutoff_type = -1;
    return status;
}

static void put_row(struct changing *c, const struct course *course, const attune_change *change)
{
    table_text(c->table, course->client);
    table_text(c->table, course->measure);
    table_text(c->table, attune_rater_name(course->rater));
    table_values(c->table, c->fields, c->field_count, change);
    table_end_row(c->table);
}

static int visit(void *context, const struct course *course)
{
    struct changing *c = context;
    struct measure *measure = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_change change;
    attune_status status;
    int code = measures_find(c->measures, course->measure, course->scale, &measure);
    if (code != CODE_OK)
        return code;
    only_ends(&change, course);
    status = fit(c->options, measure, course, &change, &err);
    if (status == ATTUNE_OK)
        leave_out(&change, measure, c->options->cutoff_type);
    else if (status == ATTUNE_E_TOO_FEW)
        only_ends(&change, course);
    else {
        measure_say(measure, MEASURE_SAID_CHANGE, err.text);
        return CODE_INTERNAL;
    }
    c->findings += change.reliable == ATTUNE_RELIABLE_DETERIORATED;
    put_row(c, course, &change);
    return CODE_OK;
}

static int run(const struct options *options)
{
    struct changing c = { .options = options };
    const char *note;
    int code = table_new(&c.table, options, view, NULL);
    c.fields = attune_change_fields(&c.field_count);
    c.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    code = c.measures ? CODE_OK : CODE_INTERNAL;
    if (code == CODE_OK) {
        table_columns(c.table, identity);
        table_fields(c.table, c.fields, c.field_count);
        code = courses_walk(options, visit, &c);
        for (size_t i = 0; (note = measures_note(c.measures, i)); i++)
            table_note(c.table, note);
    }
    if (code == CODE_OK)
        code = table_commit(c.table);
    if (code == CODE_OK && options->check && c.findings > 0)
        code = CODE_FINDINGS;
    measures_free(c.measures);
    table_free(c.table);
    return code;
}

const struct command command_change = {
    .name = "change",
    .usage = "FORMS [options]",
    .summary = "Reliable and clinically significant change of every course",
    .text =
        "One row a client, measure and rater, after Jacobson and Truax 1991. A scale's published "
        "reliable change and cut-off decide; with --sd or --reliability the formula does, with "
        "norms or --cutoff-type the cut-off is computed. What is given here stands for every "
        "measure of the file: --measure picks one.\n"
        "--check exits with 1 when a course is reliably worse.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_METHOD) | TAKES(OPTION_CUTOFF_TYPE) |
             TAKES(OPTION_SD) | TAKES(OPTION_RELIABILITY) | TAKES(OPTION_FUNCTIONAL_MEAN) |
             TAKES(OPTION_FUNCTIONAL_SD) | TAKES(OPTION_CLINICAL_MEAN) | TAKES(OPTION_CLINICAL_SD) |
             TAKES(OPTION_CHECK),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
