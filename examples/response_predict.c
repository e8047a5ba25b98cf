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
    "intake_high", "from_forms", "forms_low", "forms_high", "forms",    NULL,
};
static const struct table_view view[] = {
    { "client", "client", -1 },
    { "session", "session", -1 },
    { "observed", "observed", -1 },
    { "from_intake", "from intake", 1 },
    { "intake_low", "low", 1 },
    { "intake_high", "high", 1 },
    { "from_forms", "from forms", 1 },
    { "forms_low", "low", 1 },
    { "forms_high", "high", 1 },
    { "forms", "forms", -1 },
    { NULL, NULL, 0 },
};

struct predicting {
    const struct options *options;
    attune_norm norm;
    struct table *table;
    struct measures *measures;
    size_t beyond; /* courses with a first form that the norm does not cover */
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

/* The completed forms of a course that the norm covers come first; how many. */
static size_t first_form(const attune_response *r, const struct course *course)
{
    size_t i = 0;
    while (i < course->count && (isnan(course->score[i]) || course->session[i] < r->first_session))
        i++;
    return i;
}

static void put_session(struct predicting *p, const struct course *course, size_t first,
                        int32_t session)
{
    const attune_response *r = &p->norm.response;
    double level = isnan(p->options->level) ? USUAL_LEVEL : p->options->level, observed = NAN;
    attune_expected intake = { .struct_size = sizeof intake }, all = intake;
    size_t before = first;
    for (; before < course->count && course->session[before] < session; before++)
        ;
    if (before < course->count && course->session[before] == session)
        observed = course->score[before];
    int later = before > first &&
                attune_response_predict(r, course->session + first, course->score + first, 1,
                                        session, &intake, NULL) == ATTUNE_OK &&
                attune_response_predict(r, course->session + first, course->score + first,
                                        before - first, session, &all, NULL) == ATTUNE_OK;
    table_text(p->table, course->client);
    table_text(p->table, course->measure);
    table_text(p->table, attune_rater_name(course->rater));
    table_count(p->table, session);
    table_real(p->table, observed);
    put_expected(p, later ? &intake : NULL, level);
    put_expected(p, later ? &all : NULL, level);
    table_count(p->table, later ? all.n : -1);
    table_end_row(p->table);
}

static int visit(void *context, const struct course *course)
{
    struct predicting *p = context;
    const attune_response *r = &p->norm.response;
    size_t first = first_form(r, course);
    struct measure *measure = NULL;
    if (strcmp(course->measure, p->norm.measure) != 0 || course->rater != p->norm.rater ||
        (p->options->client && strcmp(course->client, p->options->client) != 0))
        return CODE_OK;
    if (measures_find(p->measures, course->measure, course->scale, &measure) != CODE_OK)
        return CODE_INTERNAL;
    if (first == course->count || course->session[first] > r->last_session ||
        course->score[first] < r->intake_low || course->score[first] > r->intake_high) {
        p->beyond++;
        return CODE_OK;
    }
    for (int32_t s = r->first_session; s <= r->last_session; s++)
        put_session(p, course, first, s);
    return CODE_OK;
}

static void add_notes(struct predicting *p)
{
    char text[512], norm[RESPONSE_NOTE_MAX];
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
        code = table_new(&p.table, options, view, NULL);
    p.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    if (p.measures) {
        table_columns(p.table, columns);
        code = courses_walk(options, visit, &p);
    } else if (code == CODE_OK) {
        code = CODE_INTERNAL;
    }
    if (code == CODE_OK) {
        add_notes(&p);
        code = table_commit(p.table);
    }
    measures_free(p.measures);
    table_free(p.table);
    return code;
}
