/* attune trend --smooth: one row a form with the line through its course. */
/* SPDX-License-Identifier: MIT */
#include "examples/trend.h"

#include "examples/table.h"

#include <attune/smooth.h>
#include <attune/trend.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const columns[] = { "client", "measure", "rater", "session", "observed",
                                       "smooth", "low",     "high",  NULL };

static const struct table_view view[] = {
    { "client", "client", -1 },   { "measure", "measure", -1 },   { "rater", "rater", -1 },
    { "session", "session", -1 }, { "observed", "observed", -1 }, { "smooth", "smooth", 2 },
    { "low", "95% low", 2 },      { "high", "high", 2 },          { NULL, NULL, 0 },
};

/* Five columns of the longest course so far, which form each row is, and scratch. */
struct smoothing {
    const struct options *options;
    struct table *table;
    struct measures *measures;
    double *x, *y, *smooth, *low, *high;
    size_t *row;
    void *work;
    size_t capacity;
};

static void free_rows(struct smoothing *s)
{
    free(s->x);
    free(s->row);
    free(s->work);
}

static int make_room(struct smoothing *s, size_t n)
{
    if (n <= s->capacity)
        return CODE_OK;
    free_rows(s);
    s->capacity = 2 * n;
    s->x = malloc(5 * s->capacity * sizeof *s->x);
    s->row = malloc(s->capacity * sizeof *s->row);
    s->work = malloc(attune_smooth_work(s->capacity));
    if (!s->x || !s->row || !s->work)
        return no_memory();
    s->y = s->x + s->capacity;
    s->smooth = s->y + s->capacity;
    s->low = s->smooth + s->capacity;
    s->high = s->low + s->capacity;
    return CODE_OK;
}

/* Of too few scores there is no line: its rows stay, without one. */
static int fit(struct smoothing *s, const struct course *course, size_t n)
{
    attune_smooth_options how = ATTUNE_SMOOTH_OPTIONS_INIT;
    attune_smooth found = { .struct_size = sizeof found };
    attune_status status;
    how.method = s->options->smooth;
    status = attune_smooth_fit(s->x, s->y, n, &how, s->work, attune_smooth_work(s->capacity),
                               s->smooth, s->low, s->high, &found, NULL);
    for (size_t i = 0; status == ATTUNE_E_TOO_FEW && i < n; i++)
        s->smooth[i] = s->low[i] = s->high[i] = NAN;
    if (status == ATTUNE_OK || status == ATTUNE_E_TOO_FEW)
        return CODE_OK;
    if (status == ATTUNE_E_ORDER)
        return course_backwards(course);
    fprintf(stderr, "attune: %s\n", attune_status_text(status));
    return CODE_INTERNAL;
}

static void put_rows(const struct smoothing *s, const struct course *course, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        table_text(s->table, course->client);
        table_text(s->table, course->measure);
        table_text(s->table, attune_rater_name(course->rater));
        table_count(s->table, course->session[s->row[i]]);
        table_real(s->table, s->y[i]);
        table_real(s->table, s->smooth[i]);
        table_real(s->table, s->low[i]);
        table_real(s->table, s->high[i]);
        table_end_row(s->table);
    }
}

static int visit(void *context, const struct course *course)
{
    struct smoothing *s = context;
    struct measure *measure = NULL;
    size_t n;
    int code = measures_find(s->measures, course->measure, course->scale, &measure);
    if (code != CODE_OK)
        return code;
    if (course->count > ATTUNE_TREND_ROWS_MAX)
        return trend_too_long(course);
    code = make_room(s, course->count);
    if (code != CODE_OK)
        return code;
    n = trend_rows(s->options, course, measure, s->x, s->y, s->row);
    code = fit(s, course, n);
    if (code == CODE_OK)
        put_rows(s, course, n);
    return code;
}

int trend_smooth(const struct options *options)
{
    struct smoothing s = { .options = options };
    const char *note;
    int code = table_new(&s.table, options, view, NULL);
    s.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    code = s.measures ? CODE_OK : CODE_INTERNAL;
    if (code == CODE_OK) {
        table_columns(s.table, columns);
        code = courses_walk(options, visit, &s);
        if (options->smooth == ATTUNE_SMOOTH_LEVEL)
            table_note(s.table, "The band is that of the level, not of single scores.");
        for (size_t i = 0; (note = measures_note(s.measures, i)); i++)
            table_note(s.table, note);
    }
    if (code == CODE_OK)
        code = table_commit(s.table);
    free_rows(&s);
    measures_free(s.measures);
    table_free(s.table);
    return code;
}
