/* attune response predict: what a norm expects of each client, session by session. */
/* SPDX-License-Identifier: MIT */
#include "examples/response.h"

#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <attune/responsefit.h>
#include <attune/scale.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define USUAL_LEVEL 0.8

static const char *const columns[] = {
    "client",      "measure",    "rater",     "session",    "observed", "from_intake", "intake_low",
    "intake_high", "from_forms", "forms_low", "forms_high", "forms",    "day",         NULL,
};
/* clang-format off */
#define VIEW                                                                                       \
    { "client", "client", -1 }, { "session", "session", -1 }, { "observed", "observed", -1 },      \
    { "from_intake", "from intake", 1 }, { "intake_low", "low", 1 }, { "intake_high", "high", 1 }, \
    { "from_forms", "from forms", 1 }, { "forms_low", "low", 1 }, { "forms_high", "high", 1 },     \
    { "forms", "forms", -1 }
/* clang-format on */
static const struct table_view view[] = { VIEW, { NULL, NULL, 0 } };
static const struct table_view dated_view[] = { VIEW, { "day", "day", -1 }, { NULL, NULL, 0 } };

struct predicting {
    const struct options *options;
    attune_norm norm;
    struct table *table;
    struct measures *measures;
    struct response_rows forms; /* of the course that is being read */
    size_t first;               /* of these, the first that the norm covers */
    struct response_dates dates;
    size_t beyond; /* with a first form that the norm does not cover */
};

/* Three cells: what is expected, and its band; empty where the norm has no answer. */
static void put_expected(struct predicting *p, const attune_expected *e, double level)
{
    double low = NAN, high = NAN;
    if (e && attune_response_band(e, level, &low, &high) != ATTUNE_OK)
        low = high = NAN;
    table_real(p->table, e ? e->mean : NAN);
    table_real(p->table, low);
    table_real(p->table, high);
}

/* What is expected at a place of a client with these forms, `before` of them earlier; form NULL:
   there is none at this place. */
static void put_place(struct predicting *p, const struct course *course, size_t before,
                      int32_t place, const size_t *form)
{
    const struct response_rows *f = &p->forms;
    const attune_response *r = &p->norm.response;
    const int by_date = attune_time_by_date(r->time);
    double level = isnan(p->options->level) ? USUAL_LEVEL : p->options->level;
    attune_expected intake = { .struct_size = sizeof intake }, all = intake;
    int later = before > p->first &&
                attune_response_predict(r, f->place + p->first, f->score + p->first, 1, place,
                                        &intake, NULL) == ATTUNE_OK &&
                attune_response_predict(r, f->place + p->first, f->score + p->first,
                                        before - p->first, place, &all, NULL) == ATTUNE_OK;
    int32_t session = by_date ? -1 : place;
    table_text(p->table, course->client);
    table_text(p->table, course->measure);
    table_text(p->table, attune_rater_name(course->rater));
    table_count(p->table, form ? f->session[*form] : session);
    table_real(p->table, form ? f->score[*form] : NAN);
    put_expected(p, later ? &intake : NULL, level);
    put_expected(p, later ? &all : NULL, level);
    table_count(p->table, later ? all.n : -1);
    table_count(p->table, by_date ? place : -1);
    table_end_row(p->table);
}

/* Every session of the norm, with a form or without. */
static void put_sessions(struct predicting *p, const struct course *course)
{
    const attune_response *r = &p->norm.response;
    size_t before = p->first;
    for (int64_t s = r->first_session; s <= r->last_session; s++) {
        int here = before < p->forms.count && p->forms.place[before] == s;
        put_place(p, course, before, (int32_t)s, here ? &before : NULL);
        before += here ? 1u : 0u;
    }
}

/* Every form that the norm covers, and after the last one every week. */
static void put_days(struct predicting *p, const struct course *course)
{
    const int32_t last = p->norm.response.last_session;
    const size_t n = p->forms.count;
    for (size_t i = p->first; i < n && p->forms.place[i] <= last; i++)
        put_place(p, course, i, p->forms.place[i], &i);
    for (int64_t day = p->forms.place[n - 1] + INT64_C(7); day <= last; day += 7)
        put_place(p, course, n, (int32_t)day, NULL);
}

/* The first form that the norm covers; 0 when there is none to begin with. */
static int find_first(struct predicting *p)
{
    const attune_response *r = &p->norm.response;
    const struct response_rows *f = &p->forms;
    p->first = 0;
    while (p->first < f->count && f->place[p->first] < r->first_session)
        p->first++;
    return p->first < f->count && f->place[p->first] <= r->last_session &&
           f->score[p->first] >= r->intake_low && f->score[p->first] <= r->intake_high;
}

static int visit(void *context, const struct course *course)
{
    struct predicting *p = context;
    const int by_date = attune_time_by_date(p->norm.response.time);
    struct measure *measure = NULL;
    int code;
    if (!response_is_of(&p->norm, course) ||
        (p->options->client && strcmp(course->client, p->options->client) != 0))
        return CODE_OK;
    if (measures_find(p->measures, course->measure, course->scale, &measure) != CODE_OK)
        return CODE_INTERNAL;
    response_count(&p->dates, &p->norm, course, measure);
    code = response_rows(&p->forms, course, by_date, measure);
    if (code != CODE_OK)
        return code;
    if (!find_first(p))
        p->beyond++;
    else if (by_date)
        put_days(p, course);
    else
        put_sessions(p, course);
    return CODE_OK;
}

static void add_notes(struct predicting *p)
{
    char text[ATTUNE_NORM_SENTENCE_MAX + 64], norm[ATTUNE_NORM_SENTENCE_MAX];
    const char *note;
    for (size_t i = 0; (note = measures_note(p->measures, i)); i++)
        table_note(p->table, note);
    response_note(p->options, &p->norm, norm);
    (void)snprintf(text, sizeof text, "%s Bands hold %g %% of such clients' scores.", norm,
                   100 * (isnan(p->options->level) ? USUAL_LEVEL : p->options->level));
    table_note(p->table, text);
    if (p->beyond == 0)
        return;
    (void)snprintf(text, sizeof text,
                   "%zu %s no first form that the norm covers; nothing is extrapolated.", p->beyond,
                   p->beyond == 1 ? "course has" : "courses have");
    table_note(p->table, text);
}

int response_predict(const struct options *options)
{
    struct predicting p = { .options = options };
    int code;
    if (!options->response) {
        fprintf(stderr, "attune response predict: expected --response NORM\n");
        return CODE_USAGE;
    }
    code = response_read(options, &p.norm);
    if (code == CODE_OK)
        code = table_new(&p.table, options,
                         attune_time_by_date(p.norm.response.time) ? dated_view : view, NULL);
    p.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    if (p.measures) {
        table_columns(p.table, columns);
        code = courses_walk(options, visit, &p);
        if (code == CODE_OK)
            code = response_check(&p.dates);
    } else if (code == CODE_OK) {
        code = CODE_INTERNAL;
    }
    if (code == CODE_OK) {
        add_notes(&p);
        code = table_commit(p.table);
    }
    response_rows_free(&p.forms);
    measures_free(p.measures);
    table_free(p.table);
    return code;
}
