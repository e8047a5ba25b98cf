/* attune sudden: one row a sudden gain or loss between two sessions. */
/* SPDX-License-Identifier: MIT */
#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <attune/sudden.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const identity[] = { "client", "measure", "rater", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 },      { "measure", "measure", -1 },
    { "rater", "rater", -1 },        { "kind", "kind", -1 },
    { "from_session", "from", -1 },  { "to_session", "to", -1 },
    { "magnitude", "magnitude", 2 }, { "proportion", "of change", 2 },
    { "reversed", "reversed", -1 },  { NULL, NULL, 0 },
};

/* Memory that grows with the longest course, and is used again for each. */
struct looking {
    const struct options *options;
    const attune_field *fields;
    size_t field_count;
    struct table *table;
    struct measures *measures;
    attune_sudden *found;
    size_t capacity;
    size_t courses, untold; /* untold: too short or too gappy */
};

static int make_room(struct looking *l, size_t n)
{
    if (2 * n <= l->capacity)
        return CODE_OK;
    free(l->found);
    l->capacity = 4 * n;
    l->found = n <= SIZE_MAX / 4 / sizeof *l->found ? calloc(l->capacity, sizeof *l->found) : NULL;
    if (l->found)
        return CODE_OK;
    return no_memory();
}

/* The cutoff given, else the measure's reliable change; NaN when neither is known. */
static double cutoff_of(const struct options *options, struct measure *measure)
{
    double cutoff =
        isnan(options->cutoff) ? attune_sudden_cutoff(&measure->constants) : options->cutoff;
    if (isnan(cutoff))
        measure_say(measure, MEASURE_SAID_CHANGE,
                    "no reliable change is known to take for the cutoff (--cutoff X)");
    return cutoff;
}

static attune_sudden_options how(const struct options *options, struct measure *measure)
{
    attune_sudden_options o = ATTUNE_SUDDEN_OPTIONS_INIT;
    o.mode = options->mode;
    o.direction = measure->direction_known ? measure->constants.direction : ATTUNE_HIGHER_WORSE;
    o.criteria = options->criteria != 0 ? (uint32_t)options->criteria : o.criteria;
    o.flags = (options->ends ? ATTUNE_SUDDEN_ENDS : 0u) |
              (options->baseline ? ATTUNE_SUDDEN_BASELINE : 0u);
    o.proportion = options->proportion;
    o.alpha = options->alpha;
    o.critical = options->critical;
    if (o.criteria & ATTUNE_SUDDEN_FIRST)
        o.cutoff = cutoff_of(options, measure);
    return o;
}

static void put_row(struct looking *l, const struct course *course, const attune_sudden *found)
{
    table_text(l->table, course->client);
    table_text(l->table, course->measure);
    table_text(l->table, attune_rater_name(course->rater));
    table_values(l->table, l->fields, l->field_count, found);
    table_end_row(l->table);
}

static int is_chosen(const struct looking *l, size_t n, size_t i)
{
    const struct options *o = l->options;
    return o->select < 0 ||
           attune_sudden_select(l->found, n, l->found[i].kind, o->select, o->mode) == i;
}

/* Without a direction a change is found, but not called a gain or a loss. */
static void put_rows(struct looking *l, const struct course *course, struct measure *measure,
                     size_t n)
{
    for (size_t i = 0; i < n; i++) {
        attune_sudden found = l->found[i];
        if (!is_chosen(l, n, i))
            continue;
        if (!measure->direction_known) {
            measure_say_direction(measure);
            found.kind = -1;
        }
        put_row(l, course, &found);
    }
}

static int look(struct looking *l, const struct course *course, struct measure *measure)
{
    attune_sudden_options o = how(l->options, measure);
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status;
    size_t n = 0;
    if (o.criteria & ATTUNE_SUDDEN_FIRST && isnan(o.cutoff))
        return CODE_OK;
    l->found[0].struct_size = sizeof l->found[0];
    status = attune_sudden_fit(&o, course->session, course->score, course->count, l->found,
                               l->capacity, &n, NULL, 0, NULL, &err);
    if (status != ATTUNE_OK) {
        measure_say(measure, MEASURE_SAID_RULES, err.text);
        return status == ATTUNE_E_NUMERIC ? CODE_DATA : CODE_INTERNAL;
    }
    l->courses++;
    l->untold += attune_sudden_intervals(&o, course->session, course->score, course->count) == 0;
    put_rows(l, course, measure, n);
    return CODE_OK;
}

static int visit(void *context, const struct course *course)
{
    struct looking *l = context;
    struct measure *measure = NULL;
    int code = measures_find(l->measures, course->measure, course->scale, &measure);
    if (code == CODE_OK)
        code = make_room(l, course->count);
    return code == CODE_OK ? look(l, course, measure) : code;
}

static void add_notes(struct looking *l)
{
    char text[128];
    const char *note;
    if (l->untold > 0) {
        (void)snprintf(text, sizeof text, "%zu of %zu courses are too short or too gappy to tell.",
                       l->untold, l->courses);
        table_note(l->table, text);
    }
    for (size_t i = 0; (note = measures_note(l->measures, i)); i++)
        table_note(l->table, note);
}

/* Which cutoff was taken, where none was given: nothing of it stands in the rows. */
static void say_cutoffs(struct looking *l)
{
    struct measure *measure;
    for (size_t i = 0; (measure = measures_at(l->measures, i)); i++) {
        attune_sudden_options o = how(l->options, measure);
        char text[64];
        (void)snprintf(text, sizeof text, "the cutoff is %g points, its reliable change", o.cutoff);
        if (isnan(l->options->cutoff) && o.cutoff > 0)
            measure_say(measure, MEASURE_SAID_CHANGE, text);
    }
}

static int run(const struct options *options)
{
    struct looking l = { .options = options };
    int code = table_new(&l.table, options, view, NULL);
    l.fields = attune_sudden_fields(&l.field_count);
    l.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    code = l.measures ? CODE_OK : CODE_INTERNAL;
    if (code == CODE_OK) {
        table_columns(l.table, identity);
        table_fields(l.table, l.fields, l.field_count);
        code = courses_walk(options, visit, &l);
        add_notes(&l);
    }
    if (code == CODE_OK)
        code = table_commit(l.table);
    if (code == CODE_OK)
        say_cutoffs(&l);
    free(l.found);
    measures_free(l.measures);
    table_free(l.table);
    return code;
}

const struct command command_sudden = {
    .name = "sudden",
    .usage = "FORMS [options]",
    .summary = "Sudden gains and losses between two sessions",
    .text =
        "One row a gain or loss after Tang and DeRubeis 1999: large in points (at least the "
        "cutoff, by default the measure's reliable change), large beside the score before it, and "
        "large beside the fluctuation of the three sessions before and after, by a two-sample t "
        "test. --mode suddengains follows the R package suddengains 0.7.2 instead, where it "
        "differs: its third criterion is stricter, and a reversal in the second session after a "
        "gain is not seen.\n"
        "The first and the last interval of a course are tested with --ends only.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_MODE) | TAKES(OPTION_CUTOFF) |
             TAKES(OPTION_PROPORTION) | TAKES(OPTION_ALPHA) | TAKES(OPTION_CRITICAL) |
             TAKES(OPTION_CRITERIA) | TAKES(OPTION_SELECT) | TAKES(OPTION_ENDS) |
             TAKES(OPTION_BASELINE) | TAKES(OPTION_SD) | TAKES(OPTION_RELIABILITY),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
