/* A client's courses together, as attune/company.h puts them, for the rules that listen. */
/* SPDX-License-Identifier: MIT */
#include "examples/together.h"

#include <math.h>
#include <stdlib.h>

/* Arrays that grow: one entry a course of the client, and the columns of one course's subscales. */
struct companies {
    struct measures *measures;
    attune_company *company;
    int listens; /* 1: a rule of the plan does; 0: the siblings of a course do not matter */
    attune_course *courses;
    attune_series *series;
    size_t capacity;
    double *scores;
    const double **columns;
    size_t cells, column_count;
};

static int listens(const struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        attune_rule_info info = { .struct_size = sizeof info };
        (void)attune_rule_describe(plan->choices[i].rule, &info);
        if (info.companions != 0)
            return 1;
    }
    return 0;
}

struct companies *companies_new(const struct plan *plan, struct measures *measures)
{
    struct companies *c = calloc(1, sizeof *c);
    if (!c || attune_company_new(&c->company, plan->choices, plan->count, NULL, NULL)) {
        free(c);
        (void)no_memory();
        return NULL;
    }
    c->measures = measures;
    c->listens = listens(plan);
    return c;
}

void companies_free(struct companies *c)
{
    if (!c)
        return;
    attune_company_free(c->company);
    free(c->courses);
    free(c->series);
    free(c->scores);
    free(c->columns);
    free(c);
}

static int make_courses(struct companies *c, size_t n)
{
    if (n <= c->capacity)
        return CODE_OK;
    free(c->courses);
    free(c->series);
    c->capacity = 2 * n;
    c->courses = calloc(c->capacity, sizeof *c->courses);
    c->series = calloc(c->capacity, sizeof *c->series);
    if (c->courses && c->series)
        return CODE_OK;
    c->capacity = 0;
    return no_memory();
}

static int make_columns(struct companies *c, size_t rows, size_t columns)
{
    if (columns > c->column_count || rows > c->cells / c->column_count) {
        free(c->scores);
        free(c->columns);
        c->cells = 2 * rows * columns;
        c->column_count = columns;
        c->scores = calloc(c->cells, sizeof *c->scores);
        c->columns = calloc(columns, sizeof *c->columns);
    }
    if (c->scores && c->columns)
        return CODE_OK;
    c->cells = 0;
    c->column_count = 0;
    return no_memory();
}

static int has_subscales(const struct course *course)
{
    for (size_t i = 0; i < course->count; i++)
        if (course->forms[i].subscales)
            return 1;
    return 0;
}

/* The scores of its subscales, a column each. */
static int put_subscales(struct companies *c, const struct course *course, attune_course *own)
{
    attune_scale_info info = { .struct_size = sizeof info };
    int code;
    if (!has_subscales(course) || attune_scale_describe(course->scale, &info) != ATTUNE_OK ||
        info.subscale_count == 0)
        return CODE_OK;
    code = make_columns(c, course->count, info.subscale_count);
    if (code != CODE_OK)
        return code;
    for (size_t k = 0; k < info.subscale_count; k++) {
        double *column = c->scores + k * course->count;
        for (size_t i = 0; i < course->count; i++)
            column[i] = course->forms[i].subscales ? course->forms[i].subscales[k].score : NAN;
        c->columns[k] = column;
    }
    own->scale = course->scale;
    own->subscales = c->columns;
    own->n_subscales = info.subscale_count;
    return CODE_OK;
}

static int put_course(struct companies *c, const struct course *course, size_t i)
{
    struct measure *measure = NULL;
    int code = measures_find(c->measures, course->measure, course->scale, &measure);
    if (code != CODE_OK)
        return code;
    c->series[i] = (attune_series) {
        .struct_size = sizeof *c->series,
        .count = course->count,
        .session = course->session,
        .day = course->day,
        .score = course->score,
    };
    c->courses[i] = (attune_course) {
        .struct_size = sizeof *c->courses,
        .rater = course->rater,
        .constants = measure->direction_known ? &measure->constants : NULL,
        .series = &c->series[i],
    };
    return CODE_OK;
}

static int refused(struct companies *c, const struct course *course, const attune_error *err)
{
    struct measure *measure = NULL;
    if (measures_find(c->measures, course->measure, course->scale, &measure) == CODE_OK)
        measure_say(measure, MEASURE_SAID_RULES, err->text);
    return err->code == ATTUNE_E_MEMORY ? CODE_INTERNAL : CODE_DATA;
}

int companies_join(struct companies *c, const struct course *course, attune_together *together)
{
    attune_error err = ATTUNE_ERROR_INIT;
    const struct course *courses = c->listens ? course->siblings : course;
    size_t n = c->listens ? course->sibling_count : 1, own = (size_t)(course - courses);
    int code = make_courses(c, n);
    for (size_t i = 0; i < n && code == CODE_OK; i++)
        code = put_course(c, &courses[i], i);
    if (code == CODE_OK && c->listens)
        code = put_subscales(c, course, &c->courses[own]);
    if (code != CODE_OK)
        return code;
    *together = (attune_together) { .struct_size = sizeof *together };
    if (attune_company_push(c->company, c->courses, n, own, together, &err) != ATTUNE_OK)
        return refused(c, course, &err);
    return CODE_OK;
}
