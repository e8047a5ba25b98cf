/* attune service: completeness, rates and what lies between therapists; never an order of merit. */
/* SPDX-License-Identifier: MIT */
#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <attune/change.h>
#include <attune/therapist.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define Z 1.959963984540054 /* 95 % */

static const char *const columns[] = { "measure", "rater", "clinician", "figure", "count", "n",
                                       "value",   "low",   "high",      "note",   NULL };
static const struct table_view view[] = {
    { "clinician", "clinician", -1 },
    { "figure", "figure", -1 },
    { "count", "count", -1 },
    { "n", "n", -1 },
    { "value", "value", 2 },
    { "low", "low", 2 },
    { "high", "high", 2 },
    { "note", "", TABLE_BELOW },
    { NULL, NULL, 0 },
};

/* What one client brings. */
struct outcome {
    char *clinician; /* NULL: none is named */
    double change;   /* last - first; NaN: fewer than two completed forms */
};

struct serving {
    const struct options *options;
    struct measures *measures;
    struct measure *measure;
    struct table *table;
    struct outcome *outcomes;
    size_t clients, room;
    uint64_t forms, completed, paired;
    uint64_t told, improved, deteriorated, recovered, classed;
    char id[64];
};

static const char *clinician_of(const struct course *course)
{
    for (size_t i = 0; i < course->count; i++)
        if (course->forms[i].clinician)
            return course->forms[i].clinician;
    return NULL;
}

static int add_outcome(struct serving *s, const struct course *course, double change)
{
    const char *clinician = clinician_of(course);
    struct outcome *more;
    char *copy = NULL;
    if (s->clients == s->room) {
        s->room = 2 * s->room + 256;
        more = s->room <= SIZE_MAX / sizeof *more ? realloc(s->outcomes, s->room * sizeof *more)
                                                  : NULL;
        if (!more)
            return no_memory();
        s->outcomes = more;
    }
    if (clinician && !(copy = strdup(clinician)))
        return no_memory();
    s->outcomes[s->clients++] = (struct outcome) { copy, change };
    return CODE_OK;
}

static void count_change(struct serving *s, const attune_change *change)
{
    s->paired++;
    if (change->reliable < 0)
        return;
    s->told++;
    s->improved += change->reliable == ATTUNE_RELIABLE_IMPROVED;
    s->deteriorated += change->reliable == ATTUNE_RELIABLE_DETERIORATED;
    if (isnan(change->cutoff))
        return;
    s->classed++;
    s->recovered += change->class_ == ATTUNE_CLASS_RECOVERED;
}

static int visit(void *context, const struct course *course)
{
    struct serving *s = context;
    struct measure *measure = NULL;
    attune_change change = { .struct_size = sizeof change, .change = NAN };
    attune_status status;
    int code = measures_find(s->measures, course->measure, course->scale, &measure);
    if (code != CODE_OK || course->rater != s->options->rater)
        return code;
    if (s->measure && s->measure != measure) {
        fprintf(stderr, "attune service: the forms are of more than one measure: --measure ID "
                        "says which\n");
        return CODE_USAGE;
    }
    s->measure = measure;
    for (size_t i = 0; i < course->count; i++)
        s->completed += isnan(course->score[i]) ? 0u : 1u;
    s->forms += course->count;
    status =
        attune_change_fit(&measure->constants, NULL, course->score, course->count, &change, NULL);
    if (status == ATTUNE_OK && !measure->direction_known)
        change.reliable = -1;
    if (status == ATTUNE_OK)
        count_change(s, &change);
    return add_outcome(s, course, status == ATTUNE_OK ? change.change : NAN);
}

/* By identifier, and nothing else; clients without a clinician come last. */
static int compare(const void *left, const void *right)
{
    const struct outcome *a = left, *b = right;
    if (!a->clinician || !b->clinician)
        return (a->clinician ? 0 : 1) - (b->clinician ? 0 : 1);
    return strcmp(a->clinician, b->clinician);
}

static void start_row(struct serving *s, const char *clinician, const char *figure)
{
    table_text(s->table, s->measure ? s->measure->id : NULL);
    table_text(s->table, attune_rater_name(s->options->rater));
    table_text(s->table, clinician);
    table_text(s->table, figure);
}

static void end_row(struct serving *s, double value, double low, double high, const char *note)
{
    table_real(s->table, value);
    table_real(s->table, low);
    table_real(s->table, high);
    table_text(s->table, note);
    table_end_row(s->table);
}

static int32_t counted(uint64_t n)
{
    return n > INT32_MAX ? INT32_MAX : (int32_t)n;
}

static void put_rate(struct serving *s, const char *figure, uint64_t count, uint64_t n)
{
    attune_rate rate = { .struct_size = sizeof rate };
    if (attune_rate_of(count, n, Z, &rate, NULL) != ATTUNE_OK)
        return;
    start_row(s, NULL, figure);
    table_count(s->table, rate.hidden ? -1 : counted(count));
    table_count(s->table, counted(n));
    end_row(s, rate.rate, rate.low, rate.high, rate.hidden ? "fewer than 10: not shown" : NULL);
}

static void put_figure(struct serving *s, const char *figure, uint64_t n, double value, double se)
{
    start_row(s, NULL, figure);
    table_count(s->table, -1);
    table_count(s->table, counted(n));
    end_row(s, value, value - Z * se, value + Z * se, NULL);
}

/* The mean with its limits, then the shrunken effect with its own interval. */
static void put_therapist(struct serving *s, const char *id, const attune_therapist *t)
{
    int hidden = t->n < ATTUNE_SMALL_CELL;
    const char *note = hidden       ? "fewer than 10 clients: not shown"
                       : t->few     ? "fewer than 15 clients: mostly chance"
                       : t->outside ? "outside the limits of chance and usual differences"
                                    : NULL;
    start_row(s, id, "mean_change");
    table_count(s->table, -1);
    table_count(s->table, t->n);
    end_row(s, hidden ? NAN : t->mean, hidden ? NAN : t->wide_low, hidden ? NAN : t->wide_high,
            note);
    if (hidden)
        return;
    start_row(s, id, "shrunken_effect");
    table_count(s->table, -1);
    table_count(s->table, t->n);
    end_row(s, t->effect, t->effect - Z * t->effect_se, t->effect + Z * t->effect_se, NULL);
}

static void put_service(struct serving *s, const attune_service *service)
{
    if (service->n_clients < ATTUNE_SMALL_CELL) {
        start_row(s, NULL, "mean_change");
        table_count(s->table, -1);
        table_count(s->table, counted(service->n_clients));
        end_row(s, NAN, NAN, NAN, "fewer than 10: not shown");
        return;
    }
    put_figure(s, "mean_change", service->n_clients, service->mean, service->mean_se);
    put_figure(s, "between_variance", service->n_therapists, service->between_var, NAN);
    put_figure(s, "within_variance", service->n_clients, service->within_var, NAN);
    put_figure(s, "icc", service->n_therapists, service->icc, NAN);
    put_figure(s, "overdispersion", service->n_therapists, service->overdispersion, NAN);
}

/* Memory of the model: outcomes of clients that have a clinician, in groups. */
struct grouping {
    uint64_t *starts;
    double *change;
    attune_therapist *therapists;
    const char **ids;
    void *work;
    size_t n, clients;
};

static int group(const struct serving *s, struct grouping *g)
{
    *g = (struct grouping) {
        .starts = calloc(s->clients + 1, sizeof *g->starts),
        .change = calloc(s->clients + 1, sizeof *g->change),
        .therapists = calloc(s->clients + 1, sizeof *g->therapists),
        .ids = calloc(s->clients + 1, sizeof *g->ids),
        .work = malloc(attune_service_work(s->clients)),
    };
    if (!g->starts || !g->change || !g->therapists || !g->ids || !g->work)
        return no_memory();
    for (; g->clients < s->clients && s->outcomes[g->clients].clinician; g->clients++) {
        const struct outcome *outcome = &s->outcomes[g->clients];
        if (g->n == 0 || strcmp(g->ids[g->n - 1], outcome->clinician) != 0)
            g->ids[g->n++] = outcome->clinician;
        g->change[g->clients] = outcome->change;
        g->starts[g->n] = g->clients + 1;
    }
    g->therapists->struct_size = sizeof *g->therapists;
    return CODE_OK;
}

static void free_grouping(struct grouping *g)
{
    free(g->starts);
    free(g->change);
    free(g->therapists);
    free(g->ids);
    free(g->work);
}

static int put_therapists(struct serving *s)
{
    attune_service service = { .struct_size = sizeof service };
    attune_error err = ATTUNE_ERROR_INIT;
    struct grouping g;
    int code = group(s, &g);
    if (code == CODE_OK && attune_service_fit(g.starts, g.n, g.change, g.clients, Z, g.work,
                                              attune_service_work(s->clients), &service,
                                              g.therapists, &err) == ATTUNE_OK) {
        put_service(s, &service);
        for (size_t i = 0; i < g.n; i++)
            put_therapist(s, g.ids[i], &g.therapists[i]);
    } else if (code == CODE_OK) {
        fprintf(stderr, "attune service: nothing can be said of therapists: %s\n", err.text);
    }
    free_grouping(&g);
    return code;
}

static int put_all(struct serving *s)
{
    const char *note;
    int code;
    qsort(s->outcomes, s->clients, sizeof *s->outcomes, compare);
    table_columns(s->table, columns);
    put_rate(s, "forms_completed", s->completed, s->forms);
    put_rate(s, "clients_with_two_forms", s->paired, s->clients);
    put_rate(s, "reliably_improved", s->improved, s->told);
    put_rate(s, "reliably_deteriorated", s->deteriorated, s->told);
    put_rate(s, "recovered", s->recovered, s->classed);
    code = put_therapists(s);
    for (size_t i = 0; (note = measures_note(s->measures, i)); i++)
        table_note(s->table, note);
    table_note(s->table,
               "Differences between clinicians mostly reflect chance and case mix: with these "
               "numbers of clients they are no measure of a clinician. In order of identifier.");
    table_note(s->table,
               "Rates with 95 % intervals (Wilson). Limits of a clinician's mean change: chance "
               "and the differences usual between clinicians; effects are shrunken to the mean.");
    return code == CODE_OK ? table_commit(s->table) : code;
}

static int run(const struct options *options)
{
    struct serving s = { .options = options };
    int code = table_new(&s.table, options, view, NULL);
    s.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    code = s.measures ? courses_walk(options, visit, &s) : CODE_INTERNAL;
    if (code == CODE_OK && s.clients == 0) {
        fprintf(stderr, "attune service: no forms of such a measure and rater\n");
        code = CODE_DATA;
    }
    if (code == CODE_OK)
        code = put_all(&s);
    for (size_t i = 0; i < s.clients; i++)
        free(s.outcomes[i].clinician);
    free(s.outcomes);
    measures_free(s.measures);
    table_free(s.table);
    return code;
}

const struct command command_service = {
    .name = "service",
    .usage = "FORMS [options]",
    .summary = "Completeness, rates and what lies between therapists",
    .text =
        "One row a figure: how complete the forms are, then rates of reliable improvement, "
        "deterioration and recovery with their denominators and intervals, then how much of the "
        "change from first to last form lies between therapists (ICC), and each clinician's mean "
        "change with the limits of chance. Rates and means of fewer than 10 clients are not "
        "shown; below 15 a clinician's figures are marked as mostly chance. There is no ranking: "
        "clinicians stand in the order of their identifiers.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_RATER) | TAKES(OPTION_SD) |
             TAKES(OPTION_RELIABILITY),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
