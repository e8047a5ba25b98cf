/* A course of alliance with its client's other signals, for the rules that listen to them. */
/* SPDX-License-Identifier: MIT */
#include "examples/together.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One way of being together: of which measures, and how many subscales. */
struct known {
    struct known *next;
    const struct measure *own, *therapist, *distress; /* NULL: none */
    size_t subscales;
    attune_watch *watch;
};

/* Columns one after the other in one piece of memory, doubles and 64 bits first. */
struct columns {
    double *day, *score;
    double *companion[ATTUNE_COMPANIONS_MAX], *subscale[ATTUNE_COMPANIONS_MAX];
    int64_t *row;
    int32_t *session;
};

struct companies {
    const struct plan *plan;
    struct measures *measures;
    struct known *first;
    int32_t listens; /* 1: a rule of the plan does */
    struct columns columns;
    void *room;
    size_t bytes;
};

static int listens(const struct plan *plan)
{
    uint32_t companions = 0;
    for (size_t i = 0; i < plan->count; i++) {
        attune_rule_info info = { .struct_size = sizeof info };
        (void)attune_rule_describe(plan->choices[i].rule, &info);
        companions |= info.companions;
    }
    return companions != 0;
}

struct companies *companies_new(const struct plan *plan, struct measures *measures)
{
    struct companies *c = calloc(1, sizeof *c);
    if (!c) {
        (void)no_memory();
        return NULL;
    }
    c->plan = plan;
    c->measures = measures;
    c->listens = listens(plan);
    return c;
}

void companies_free(struct companies *c)
{
    while (c && c->first) {
        struct known *entry = c->first;
        c->first = entry->next;
        attune_watch_free(entry->watch);
        free(entry);
    }
    if (c)
        free(c->room);
    free(c);
}

/* ---- Who goes with a course ---- */

/* The courses that go with one, and their measures. */
struct company {
    const struct course *therapist, *distress; /* NULL: none */
    struct measure *therapist_measure, *distress_measure;
    size_t subscales;
};

static size_t completed(const struct course *course)
{
    size_t n = 0;
    for (size_t i = 0; i < course->count; i++)
        n += isnan(course->score[i]) ? 0u : 1u;
    return n;
}

static void meet_therapist(const struct course *own, const struct course *other,
                           struct measure *measure, struct company *company)
{
    int same = strcmp(own->measure, other->measure) == 0;
    if (other->rater != ATTUNE_RATER_THERAPIST ||
        !(same ||
          (measure->constants.construct == ATTUNE_CONSTRUCT_ALLIANCE && !company->therapist)))
        return;
    company->therapist = other;
    company->therapist_measure = measure;
}

static void meet_distress(const struct course *other, struct measure *measure,
                          struct company *company)
{
    if (other->rater != ATTUNE_RATER_CLIENT ||
        measure->constants.construct != ATTUNE_CONSTRUCT_DISTRESS ||
        (company->distress && completed(other) <= completed(company->distress)))
        return;
    company->distress = other;
    company->distress_measure = measure;
}

static size_t subscales_of(const struct course *course, size_t room)
{
    attune_scale_info info = { .struct_size = sizeof info };
    int given = 0;
    for (size_t i = 0; i < course->count; i++)
        given |= course->forms[i].subscales != NULL;
    if (!given || attune_scale_describe(course->scale, &info) != ATTUNE_OK)
        return 0;
    return info.subscale_count < room ? info.subscale_count : room;
}

static int find_company(struct companies *c, const struct course *course, struct company *company)
{
    int code = CODE_OK;
    *company = (struct company) { .subscales = 0 };
    for (size_t i = 0; i < course->sibling_count && code == CODE_OK; i++) {
        const struct course *other = &course->siblings[i];
        struct measure *measure = NULL;
        code = measures_find(c->measures, other->measure, other->scale, &measure);
        if (code != CODE_OK || !measure->direction_known)
            continue;
        meet_therapist(course, other, measure, company);
        meet_distress(other, measure, company);
    }
    company->subscales = subscales_of(course, ATTUNE_COMPANIONS_MAX - 2);
    return code;
}

/* ---- The watch that hears them all ---- */

/* A subscale has its own range; what its scale's own course tells of spread, the rule derives. */
static void know_subscale(const struct measure *own, size_t i, attune_constants *constants)
{
    attune_subscale_info info = { .struct_size = sizeof info };
    constants->struct_size = sizeof *constants;
    (void)attune_scale_constants(NULL, constants);
    (void)attune_scale_subscale(own->scale, i, &info);
    constants->construct = own->constants.construct;
    constants->direction = info.direction;
    constants->score_min = info.score_min;
    constants->score_max = info.score_max;
    constants->score_step = info.score_step;
}

static attune_status make(const struct companies *c, struct known *entry, attune_error *err)
{
    attune_constants own = entry->own->constants, subscales[ATTUNE_COMPANIONS_MAX];
    attune_companion others[ATTUNE_COMPANIONS_MAX] = { { .struct_size = sizeof *others } };
    size_t n = 0;
    if (entry->therapist)
        others[n++] = (attune_companion) { sizeof *others, ATTUNE_ROLE_THERAPIST,
                                           &entry->therapist->constants };
    if (entry->distress)
        others[n++] = (attune_companion) { sizeof *others, ATTUNE_ROLE_DISTRESS,
                                           &entry->distress->constants };
    for (size_t i = 0; i < entry->subscales; i++) {
        know_subscale(entry->own, i, &subscales[i]);
        others[n++] = (attune_companion) { sizeof *others, ATTUNE_ROLE_SUBSCALE, &subscales[i] };
    }
    own.response = measures_expected(c->measures, entry->own, ATTUNE_RATER_CLIENT);
    return attune_watch_new_joint(&entry->watch, &own, others, n, c->plan->choices, c->plan->count,
                                  NULL, err);
}

static int find_watch(struct companies *c, const struct measure *own, const struct company *company,
                      const attune_watch **watch)
{
    attune_error err = ATTUNE_ERROR_INIT;
    struct known *entry = c->first;
    while (entry &&
           (entry->own != own || entry->therapist != company->therapist_measure ||
            entry->distress != company->distress_measure || entry->subscales != company->subscales))
        entry = entry->next;
    if (!entry) {
        entry = calloc(1, sizeof *entry);
        if (!entry)
            return no_memory();
        entry->own = own;
        entry->therapist = company->therapist_measure;
        entry->distress = company->distress_measure;
        entry->subscales = company->subscales;
        entry->next = c->first;
        c->first = entry;
        if (make(c, entry, &err) != ATTUNE_OK) {
            fprintf(stderr, "attune: measure %s: %s\n", own->id, err.text);
            return err.code == ATTUNE_E_MEMORY ? CODE_INTERNAL : CODE_DATA;
        }
    }
    *watch = entry->watch;
    return CODE_OK;
}

/* ---- The table of sessions ---- */

static attune_series series_of(const struct course *course)
{
    return (attune_series) {
        .struct_size = sizeof(attune_series),
        .count = course->count,
        .session = course->session,
        .day = course->day,
        .score = course->score,
    };
}

static int make_columns(struct companies *c, size_t rows)
{
    struct columns *columns = &c->columns;
    size_t one = sizeof(double), bytes;
    char *at;
    if (rows > SIZE_MAX / one / (4 + 2 * ATTUNE_COMPANIONS_MAX))
        return no_memory();
    bytes = rows * one * (4 + 2 * ATTUNE_COMPANIONS_MAX);
    if (bytes > c->bytes) {
        free(c->room);
        c->room = malloc(bytes);
        c->bytes = c->room ? bytes : 0;
    }
    if (!c->room)
        return no_memory();
    at = c->room;
    columns->day = (double *)(void *)at;
    columns->score = columns->day + rows;
    for (size_t k = 0; k < ATTUNE_COMPANIONS_MAX; k++) {
        columns->companion[k] = columns->score + (1 + k) * rows;
        columns->subscale[k] = columns->companion[k] + ATTUNE_COMPANIONS_MAX * rows;
    }
    at += rows * one * (2 + 2 * ATTUNE_COMPANIONS_MAX);
    columns->row = (int64_t *)(void *)at;
    columns->session = (int32_t *)(void *)(at + rows * one);
    return CODE_OK;
}

static size_t list_series(const struct course *course, const struct company *company,
                          const struct columns *columns, attune_series *others)
{
    size_t n = 0;
    if (company->therapist)
        others[n++] = series_of(company->therapist);
    if (company->distress)
        others[n++] = series_of(company->distress);
    for (size_t k = 0; k < company->subscales; k++) {
        for (size_t i = 0; i < course->count; i++)
            columns->subscale[k][i] =
                course->forms[i].subscales ? course->forms[i].subscales[k].score : (double)NAN;
        others[n] = series_of(course);
        others[n++].score = columns->subscale[k];
    }
    return n;
}

static size_t most_rows(const struct course *course, const struct company *company)
{
    return course->count + (company->therapist ? company->therapist->count : 0) +
           (company->distress ? company->distress->count : 0);
}

static int join(struct companies *c, const struct course *course, const struct company *company,
                struct together *together)
{
    const struct columns *columns = &c->columns;
    const attune_series own = series_of(course);
    attune_series others[ATTUNE_COMPANIONS_MAX];
    attune_error err = ATTUNE_ERROR_INIT;
    size_t rows = most_rows(course, company), n;
    int code = make_columns(c, rows);
    if (code != CODE_OK)
        return code;
    n = list_series(course, company, columns, others);
    attune_joined joined = {
        sizeof joined, 0, rows, columns->session, columns->day, columns->score, columns->companion,
        columns->row,  0
    };
    if (attune_series_join(&own, others, n, &joined, &err) != ATTUNE_OK) {
        fprintf(stderr, "attune: %s\n", err.text);
        return CODE_INTERNAL;
    }
    together->row = columns->row;
    together->series = (attune_series) {
        .struct_size = sizeof(attune_series),
        .n_companions = (uint32_t)n,
        .count = joined.count,
        .session = columns->session,
        .day = columns->day,
        .score = columns->score,
        .companions = (const double *const *)columns->companion,
    };
    return CODE_OK;
}

int companies_join(struct companies *c, const struct course *course, const struct measure *measure,
                   struct together *together)
{
    struct company company;
    int code;
    *together = (struct together) { .watch = measures_watch(c->measures, measure, course->rater),
                                    .series = series_of(course) };
    if (!c->listens || !measure->watch || course->rater != ATTUNE_RATER_CLIENT ||
        measure->constants.construct == ATTUNE_CONSTRUCT_DISTRESS)
        return CODE_OK;
    code = find_company(c, course, &company);
    if (code != CODE_OK || (!company.therapist && !company.distress && company.subscales == 0))
        return code;
    code = find_watch(c, measure, &company, &together->watch);
    return code == CODE_OK ? join(c, course, &company, together) : code;
}

/* ---- Back to the course's own sessions ---- */

size_t together_marks(const struct together *together, attune_mark *marks, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t row = together->row ? together->row[marks[i].row] : (int64_t)marks[i].row;
        if (row < 0)
            continue;
        marks[kept] = marks[i];
        marks[kept++].row = (uint64_t)row;
    }
    return kept;
}

void together_traces(const struct together *together, size_t rules, attune_trace *traces)
{
    for (size_t i = 0; together->row && i < together->series.count; i++)
        if (together->row[i] >= 0)
            memmove(&traces[(size_t)together->row[i] * rules], &traces[i * rules],
                    rules * sizeof *traces);
}
