/* attune trend: one row a client, measure and rater with the statistics of its course. */
/* SPDX-License-Identifier: MIT */
#include "examples/trend.h"

#include "examples/table.h"

#include <attune/trend.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const identity[] = { "client", "measure", "rater", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 }, { "measure", "measure", -1 }, { "rater", "rater", -1 },
    { "n", "n", -1 },           { "ols_slope", "slope", 2 },  { "ols_low", "95% low", 2 },
    { "ols_high", "high", 2 },  { "ols_p", "p", TABLE_P },    { "sen_slope", "Theil-Sen", 2 },
    { NULL, NULL, 0 },
};

/* Memory that grows with the longest course, and is used again for each. */
struct trending {
    const struct options *options;
    const attune_field *fields;
    size_t field_count;
    struct table *table;
    struct measures *measures;
    double *x, *y;
    void *work;
    size_t capacity, work_size;
};

static int make_room(struct trending *t, size_t n)
{
    if (n <= t->capacity)
        return CODE_OK;
    free(t->x);
    free(t->y);
    free(t->work);
    t->capacity = n * 2 < ATTUNE_TREND_ROWS_MAX ? n * 2 : ATTUNE_TREND_ROWS_MAX;
    t->work_size = attune_trend_work(t->capacity);
    t->x = malloc(t->capacity * sizeof *t->x);
    t->y = malloc(t->capacity * sizeof *t->y);
    t->work = malloc(t->work_size);
    if (t->x && t->y && t->work)
        return CODE_OK;
    return no_memory();
}

size_t trend_rows(const struct options *options, const struct course *course,
                  struct measure *measure, double *x, double *y, size_t *row)
{
    double start = NAN;
    size_t n = 0;
    for (size_t i = 0; i < course->count; i++) {
        double day = course->day[i];
        if (options->by == BY_DATE && isnan(day)) {
            measure_say(measure, MEASURE_SAID_DATE, "forms without a date are left out");
            continue;
        }
        start = isnan(start) ? day : start;
        x[n] = options->by == BY_DATE ? day - start : (double)course->session[i];
        if (row)
            row[n] = i;
        y[n++] = course->score[i];
    }
    return n;
}

static void put_row(struct trending *t, const struct course *course, const attune_trend *trend)
{
    table_text(t->table, course->client);
    table_text(t->table, course->measure);
    table_text(t->table, attune_rater_name(course->rater));
    table_values(t->table, t->fields, t->field_count, trend);
    table_end_row(t->table);
}

int trend_too_long(const struct course *course)
{
    fprintf(stderr, "attune: line %llu: a course of more than %d forms is beyond attune trend\n",
            (unsigned long long)course->forms[0].line, ATTUNE_TREND_ROWS_MAX);
    return CODE_DATA;
}

/* A course without a completed form has a row too, with n 0 and nothing else. */
static int fit(struct trending *t, const struct course *course, size_t n, attune_trend *trend)
{
    const uint64_t starts[] = { 0, n };
    attune_error err = ATTUNE_ERROR_INIT;
    int32_t status = ATTUNE_OK;
    attune_status call =
        attune_trend_scan(starts, 1, t->x, t->y, n, t->work, t->work_size, trend, &status, &err);
    if (call == ATTUNE_OK && (status == ATTUNE_OK || status == ATTUNE_E_TOO_FEW))
        return CODE_OK;
    if (status == ATTUNE_E_ORDER)
        return course_backwards(course);
    fprintf(stderr, "attune: %s\n", attune_status_text(call != ATTUNE_OK ? call : status));
    return CODE_INTERNAL;
}

static int visit(void *context, const struct course *course)
{
    struct trending *t = context;
    struct measure *measure = NULL;
    attune_trend trend = { .struct_size = sizeof trend };
    int code = measures_find(t->measures, course->measure, course->scale, &measure);
    if (code != CODE_OK)
        return code;
    if (course->count > ATTUNE_TREND_ROWS_MAX)
        return trend_too_long(course);
    code = make_room(t, course->count);
    if (code == CODE_OK)
        code = fit(t, course, trend_rows(t->options, course, measure, t->x, t->y, NULL), &trend);
    if (code == CODE_OK)
        put_row(t, course, &trend);
    return code;
}

static void free_trending(struct trending *t)
{
    free(t->x);
    free(t->y);
    free(t->work);
    measures_free(t->measures);
    table_free(t->table);
}

static int run(const struct options *options)
{
    struct trending t = { .options = options };
    const char *note;
    if (options->smooth >= 0)
        return trend_smooth(options);
    int code = table_new(&t.table, options, view, NULL);
    t.fields = attune_trend_fields(&t.field_count);
    t.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    code = t.measures ? CODE_OK : CODE_INTERNAL;
    if (code == CODE_OK) {
        table_columns(t.table, identity);
        table_fields(t.table, t.fields, t.field_count);
        code = courses_walk(options, visit, &t);
        table_note(t.table,
                   options->by == BY_DATE ? "Slopes are per day." : "Slopes are per session.");
        for (size_t i = 0; (note = measures_note(t.measures, i)); i++)
            table_note(t.table, note);
    }
    if (code == CODE_OK)
        code = table_commit(t.table);
    free_trending(&t);
    return code;
}

const struct command command_trend = {
    .name = "trend",
    .usage = "FORMS [options]",
    .summary = "Trend statistics of every course",
    .text =
        "One row a client, measure and rater: least squares, Theil-Sen, Mann-Kendall and more, by "
        "session number, or with --by date by days since the first form. A figure that cannot "
        "be had from so few forms is left empty. --csv and --json give all columns.\n"
        "--smooth gives lines for drawing instead, one row a form: lowess, as R's lowess with its "
        "defaults, or level, the local level that Kalman's filter finds, with the likeliest "
        "variances and a 95 % band of the level. A course of fewer than three completed forms has "
        "no level.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_BY),
    .takes_more = TAKES_MORE(OPTION_SMOOTH),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
