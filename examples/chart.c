/* attune chart: one row a session on a control chart of the client's own scores. */
/* SPDX-License-Identifier: MIT */
#include "examples/alarm.h"
#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <attune/chart.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const identity[] = { "client", "measure", "rater", "session", NULL };
static const char *const alarm_columns[] = { "false_alarm", "false_alarm_error", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 },      { "measure", "measure", -1 },
    { "rater", "rater", -1 },        { "session", "session", -1 },
    { "statistic", "chart", 2 },     { "centre", "centre", 2 },
    { "lower", "lower", 2 },         { "upper", "upper", 2 },
    { "hits", "hits", TABLE_BELOW }, { NULL, NULL, 0 },
};

/* Memory that grows with the longest course, and is used again for each. */
struct charting {
    attune_chart_options how;
    const attune_field *fields;
    size_t field_count;
    struct table *table;
    struct alarms alarms;
    struct measures *measures;
    attune_chart_point *points;
    double *work;
    size_t capacity;
};

static int make_room(struct charting *c, size_t n)
{
    if (n <= c->capacity)
        return CODE_OK;
    free(c->points);
    free(c->work);
    c->capacity = 2 * n;
    c->points = calloc(c->capacity, sizeof *c->points);
    c->work = calloc(2 * c->capacity, sizeof *c->work);
    return c->points && c->work ? CODE_OK : no_memory();
}

static int simulate(const void *how, size_t n, size_t rounds, struct alarm *alarm)
{
    void *work = malloc(attune_chart_alarm_work(n));
    attune_status status = work ? attune_chart_alarm(how, n, rounds, ALARM_SEED, work, &alarm->rate,
                                                     &alarm->error, NULL)
                                : ATTUNE_E_MEMORY;
    free(work);
    return status == ATTUNE_OK ? CODE_OK : no_memory();
}

static void put_rows(struct charting *c, const struct course *course, const struct alarm *alarm)
{
    for (size_t i = 0; i < course->count; i++) {
        table_text(c->table, course->client);
        table_text(c->table, course->measure);
        table_text(c->table, attune_rater_name(course->rater));
        table_count(c->table, course->session[i]);
        table_values(c->table, c->fields, c->field_count, &c->points[i]);
        table_real(c->table, alarm->rate);
        table_real(c->table, alarm->error);
        table_end_row(c->table);
    }
}

/* A course without a completed form has no chart, and no row. */
static int chart(struct charting *c, const struct course *course)
{
    attune_chart whole = { .struct_size = sizeof whole };
    struct alarm alarm;
    attune_error err = ATTUNE_ERROR_INIT;
    c->points[0].struct_size = sizeof c->points[0];
    attune_status status =
        attune_chart_fit(&c->how, course->score, course->count, c->work, &whole, c->points, &err);
    if (status == ATTUNE_E_TOO_FEW)
        return CODE_OK;
    if (status != ATTUNE_OK) {
        fprintf(stderr, "attune: line %llu: %s\n", (unsigned long long)course->forms[0].line,
                err.text);
        return status == ATTUNE_E_NUMERIC ? CODE_DATA : CODE_INTERNAL;
    }
    int code = alarms_find(&c->alarms, (size_t)whole.n, &alarm);
    if (code == CODE_OK)
        put_rows(c, course, &alarm);
    return code;
}

static int visit(void *context, const struct course *course)
{
    struct charting *c = context;
    struct measure *measure = NULL;
    int code = measures_find(c->measures, course->measure, course->scale, &measure);
    if (code == CODE_OK)
        code = make_room(c, course->count);
    return code == CODE_OK ? chart(c, course) : code;
}

static void put_notes(struct charting *c)
{
    char text[1024];
    const char *note;
    for (size_t i = 0; (note = measures_note(c->measures, i)); i++)
        table_note(c->table, note);
    alarms_text(&c->alarms, text, sizeof text);
    if (text[0] == '\0')
        return;
    table_note(c->table, "False alarms: the share of courses as long, of independent normal "
                         "scores, in which any session is hit.");
    table_note(c->table, text);
}

static int run(const struct options *options)
{
    struct charting c = { .how = ATTUNE_CHART_OPTIONS_INIT };
    int code = table_new(&c.table, options, view, NULL);
    c.how.kind = options->kind;
    c.how.side = options->side;
    c.fields = attune_chart_fields(&c.field_count);
    c.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    code = c.measures ? CODE_OK : CODE_INTERNAL;
    c.alarms.simulate = simulate;
    c.alarms.how = &c.how;
    if (code == CODE_OK) {
        table_columns(c.table, identity);
        table_fields(c.table, c.fields, c.field_count);
        table_columns(c.table, alarm_columns);
        code = courses_walk(options, visit, &c);
        put_notes(&c);
    }
    if (code == CODE_OK)
        code = table_commit(c.table);
    free(c.points);
    free(c.work);
    alarms_free(&c.alarms);
    measures_free(c.measures);
    table_free(c.table);
    return code;
}

const struct command command_chart = {
    .name = "chart",
    .usage = "FORMS [options]",
    .summary = "Control charts of every course",
    .text =
        "One row a session: the score, what is charted of it, centre and limits from the client's "
        "own scores, and the rules it hits. xmr is the chart of individuals with the four rules of "
        "Western Electric, ewma the moving average of weight .2, cusum the tabular sums of k .5 "
        "and h 5, in spreads. The spread is the mean step between neighbouring scores over 1.128.\n"
        "false_alarm is the share of courses as long, of independent normal scores about one mean, "
        "in which any session is hit, by simulation; false_alarm_error is its standard error. "
        "Scores that hang together from session to session are hit more often.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_KIND) | TAKES(OPTION_SIDE),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
