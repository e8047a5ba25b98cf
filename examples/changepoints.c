/* attune changepoints: one row a change of the level that a client's scores have. */
/* SPDX-License-Identifier: MIT */
#include "examples/alarm.h"
#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <attune/changepoint.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PERMUTATIONS 999

static const char *const identity[] = { "client", "measure", "rater", "session", NULL };
static const char *const alarm_columns[] = { "false_alarm", "false_alarm_error", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 },        { "measure", "measure", -1 }, { "rater", "rater", -1 },
    { "session", "from session", -1 }, { "before", "before", 2 },    { "after", "after", 2 },
    { "statistic", "F", 1 },           { "p", "p", TABLE_P },        { NULL, NULL, 0 },
};

/* Memory that grows with the longest course, and is used again for each. */
struct seeking {
    attune_changepoint_options how;
    const attune_field *fields;
    size_t field_count;
    struct table *table;
    struct alarms alarms;
    struct measures *measures;
    attune_changepoint *found;
    void *work;
    size_t capacity, size;
};

static int make_room(struct seeking *s, size_t n)
{
    if (n <= s->capacity)
        return CODE_OK;
    free(s->found);
    free(s->work);
    s->capacity = 2 * n < ATTUNE_CHANGEPOINT_ROWS_MAX ? 2 * n : ATTUNE_CHANGEPOINT_ROWS_MAX;
    s->size = attune_changepoint_work(&s->how, s->capacity);
    s->found = calloc(s->capacity, sizeof *s->found);
    s->work = malloc(s->size);
    return s->found && s->work ? CODE_OK : no_memory();
}

static int simulate(const void *how, size_t n, size_t rounds, struct alarm *alarm)
{
    size_t size = attune_changepoint_work(how, n);
    void *work = malloc(size);
    attune_status status = work ? attune_changepoint_alarm(how, n, rounds, ALARM_SEED, work, size,
                                                           &alarm->rate, &alarm->error, NULL)
                                : ATTUNE_E_MEMORY;
    free(work);
    return status == ATTUNE_OK ? CODE_OK : no_memory();
}

static size_t completed(const struct course *course)
{
    size_t n = 0;
    for (size_t i = 0; i < course->count; i++)
        n += isnan(course->score[i]) ? 0 : 1;
    return n;
}

static void put_rows(struct seeking *s, const struct course *course, size_t count,
                     const struct alarm *alarm)
{
    for (size_t i = 0; i < count; i++) {
        table_text(s->table, course->client);
        table_text(s->table, course->measure);
        table_text(s->table, attune_rater_name(course->rater));
        table_count(s->table, course->session[s->found[i].row]);
        table_values(s->table, s->fields, s->field_count, &s->found[i]);
        table_real(s->table, alarm->rate);
        table_real(s->table, alarm->error);
        table_end_row(s->table);
    }
}

static int seek(struct seeking *s, const struct course *course)
{
    size_t count = 0;
    struct alarm alarm = { NAN, NAN };
    attune_error err = ATTUNE_ERROR_INIT;
    s->found[0].struct_size = sizeof s->found[0];
    attune_status status =
        attune_changepoint_fit(&s->how, course->score, course->count, s->work, s->size, s->found,
                               s->capacity, &count, NULL, &err);
    if (status == ATTUNE_E_TOO_FEW)
        return CODE_OK;
    if (status != ATTUNE_OK) {
        fprintf(stderr, "attune: line %llu: %s\n", (unsigned long long)course->forms[0].line,
                err.text);
        return CODE_INTERNAL;
    }
    int code = count > 0 ? alarms_find(&s->alarms, completed(course), &alarm) : CODE_OK;
    if (code == CODE_OK)
        put_rows(s, course, count, &alarm);
    return code;
}

static int visit(void *context, const struct course *course)
{
    struct seeking *s = context;
    if (course->count > ATTUNE_CHANGEPOINT_ROWS_MAX) {
        fprintf(stderr,
                "attune: line %llu: a course of more than %d forms is beyond attune changepoints\n",
                (unsigned long long)course->forms[0].line, ATTUNE_CHANGEPOINT_ROWS_MAX);
        return CODE_DATA;
    }
    struct measure *measure = NULL;
    int code = measures_find(s->measures, course->measure, course->scale, &measure);
    if (code == CODE_OK)
        code = make_room(s, course->count);
    return code == CODE_OK ? seek(s, course) : code;
}

static void put_notes(struct seeking *s)
{
    char text[1024];
    const char *note;
    for (size_t i = 0; (note = measures_note(s->measures, i)); i++)
        table_note(s->table, note);
    alarms_text(&s->alarms, text, sizeof text);
    if (text[0] == '\0')
        return;
    table_note(s->table, "False alarms: the share of courses as long, of independent normal "
                         "scores, in which a change is found.");
    table_note(s->table, text);
}

static int run(const struct options *options)
{
    struct seeking s = { .how = ATTUNE_CHANGEPOINT_OPTIONS_INIT };
    int code = table_new(&s.table, options, view, NULL);
    s.how.search = options->search;
    s.how.criterion = ATTUNE_CHANGEPOINT_LWZ; /* BIC finds a change in a third of short courses */
    s.how.permutations = PERMUTATIONS;
    s.fields = attune_changepoint_fields(&s.field_count);
    s.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    code = s.measures ? CODE_OK : CODE_INTERNAL;
    s.alarms.simulate = simulate;
    s.alarms.how = &s.how;
    if (code == CODE_OK) {
        table_columns(s.table, identity);
        table_fields(s.table, s.fields, s.field_count);
        table_columns(s.table, alarm_columns);
        code = courses_walk(options, visit, &s);
        put_notes(&s);
    }
    if (code == CODE_OK)
        code = table_commit(s.table);
    free(s.found);
    free(s.work);
    alarms_free(&s.alarms);
    measures_free(s.measures);
    table_free(s.table);
    return code;
}

const struct command command_changepoints = {
    .name = "changepoints",
    .usage = "FORMS [options]",
    .summary = "Where the level of a course changes",
    .text =
        "One row a change: the first session after it, the means before and after, F of the two "
        "stretches and p of as large an F at any place among 999 random orders of their scores. "
        "Stretches have two scores or more.\n"
        "partition is the best partition when a change costs 3 ln n squared spreads, the spread "
        "being the mean step between neighbouring scores over 1.128; binary splits one stretch "
        "after another by the same price; breaks tries up to five changes and keeps the number "
        "that the criterion of Liu, Wu and Zidek likes best.\n"
        "false_alarm is the share of courses as long, of independent normal scores about one mean, "
        "in which a change is found, by simulation; false_alarm_error is its standard error.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_SEARCH),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
