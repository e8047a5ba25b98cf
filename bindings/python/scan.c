/* Batch scans for the Python package: marks, traces, episodes and reasons of many courses. */
/* SPDX-License-Identifier: MIT */
#include "bindings/python/batch.h"

#include "lib/core/base/error.h"

#include <math.h>
#include <string.h>

/* Course g as the core wants it: the columns are read where they stand. */
static attune_series series_of(const atn_courses *courses, uint64_t g)
{
    uint64_t start = courses->starts[g];
    return (attune_series) {
        .struct_size = (uint32_t)sizeof(attune_series),
        .count = courses->starts[g + 1] - start,
        .session = courses->session + start,
        .score = courses->score + start,
    };
}

void atn_batch_bind(atn_courses *courses)
{
    uint64_t rows = courses->starts[courses->count];
    for (uint64_t g = 0; g < courses->count; g++) {
        const atn_measure *measure = &courses->measures[courses->measure[g]];
        const double **cells = courses->cells + g * courses->n_columns;
        for (uint64_t k = 0; k < courses->n_columns; k++)
            cells[k] = courses->subscales + k * rows + courses->starts[g];
        courses->series[g] = series_of(courses, g);
        courses->course[g] = (attune_course) {
            .struct_size = (uint32_t)sizeof(attune_course),
            .rater = courses->rater[g],
            .constants = measure->direction_known ? &measure->constants : NULL,
            .series = &courses->series[g],
            .scale = measure->scale,
            .subscales = cells,
            .n_subscales = courses->n_columns > 0 ? courses->n_subscales[g] : 0,
        };
    }
}

/* Course g together with its client's others. */
static attune_status join(const atn_courses *courses, attune_company *company, uint64_t g,
                          attune_together *together, attune_error *err)
{
    uint64_t first = g, end = g + 1;
    while (first > 0 && courses->client[first - 1] == courses->client[g])
        first--;
    while (end < courses->count && courses->client[end] == courses->client[g])
        end++;
    *together = (attune_together) { .struct_size = (uint32_t)sizeof *together };
    return attune_company_push(company, &courses->course[first], (size_t)(end - first),
                               (size_t)(g - first), together, err);
}

/* A failed scan of course g: what does not fit ends the call, unless nothing is in it yet. */
static attune_status settle(const atn_courses *courses, uint64_t g, const attune_together *together,
                            attune_status status, uint64_t taken, attune_error *err)
{
    if (status == ATTUNE_E_COUNT && taken > 0)
        return ATTUNE_OK;
    if (!err || (status != ATTUNE_E_VALUE && status != ATTUNE_E_ORDER))
        return status;
    if (together->row)
        err->index = (uint64_t)together->row[err->index];
    err->index += courses->starts[g];
    return status;
}

/* Traces of a course that no watch can look at: nothing is known of the measure. */
static void trace_nothing(const atn_room *room, const attune_series *series, attune_trace *traces)
{
    for (uint64_t i = 0; i < series->count * room->rules; i++) {
        attune_rule_info info = { .struct_size = sizeof info };
        (void)attune_rule_describe(room->choices[i % room->rules].rule, &info);
        traces[i] = (attune_trace) {
            .struct_size = (uint32_t)sizeof *traces,
            .state = ATTUNE_STATE_NO_CONSTANT,
            .row = i / room->rules,
            .session = series->session[i / room->rules],
            .statistic = NAN,
            .rule = info.id,
        };
    }
}

static attune_status scan_course(const attune_together *together, atn_room *room, size_t *n,
                                 size_t *traced, attune_error *err)
{
    const attune_series *series = &together->series;
    uint64_t wanted = room->traces ? series->count * room->rules : 0;
    attune_mark *marks = room->marks + room->n_marks;
    attune_trace *traces = wanted > 0 ? room->traces + room->n_traces : NULL;
    attune_status status;
    if (wanted > room->trace_capacity - room->n_traces || room->n_marks == room->mark_capacity)
        return atn_fail_at(err, ATTUNE_E_COUNT, wanted, "capacity", "expected room for a course");
    marks->struct_size = (uint32_t)sizeof *marks;
    if (traces)
        traces->struct_size = (uint32_t)sizeof *traces;
    *traced = (size_t)wanted;
    if (!together->watch) {
        if (traces)
            trace_nothing(room, series, traces);
        return ATTUNE_OK;
    }
    status =
        attune_scan(together->watch, series, marks, (size_t)(room->mark_capacity - room->n_marks),
                    n, traces, (size_t)wanted, err);
    if (status != ATTUNE_OK)
        return status;
    *n = attune_together_marks(together, marks, *n);
    *traced = attune_together_traces(together, traces, *traced);
    return ATTUNE_OK;
}

/* Marks and traces count courses and rows from the start of the table. */
static void place(atn_room *room, uint64_t n, uint64_t traced, uint64_t g, uint64_t start)
{
    for (uint64_t i = room->n_marks; i < room->n_marks + n; i++) {
        room->marks[i].group = g;
        room->marks[i].row += start;
    }
    for (uint64_t i = room->n_traces; i < room->n_traces + traced; i++) {
        room->traces[i].group = g;
        room->traces[i].row += start;
    }
    room->n_marks += n;
    room->n_traces += traced;
}

attune_status atn_batch_scan(const atn_courses *courses, uint64_t *course, atn_room *room,
                             attune_error *err)
{
    room->n_marks = room->n_traces = 0;
    for (; *course < courses->count; ++*course) {
        uint64_t g = *course;
        attune_together together;
        size_t n = 0, traced = 0;
        attune_status status = join(courses, room->company, g, &together, err);
        if (status != ATTUNE_OK)
            return status;
        status = scan_course(&together, room, &n, &traced, err);
        if (status != ATTUNE_OK)
            return settle(courses, g, &together, status, room->n_marks + room->n_traces, err);
        place(room, n, traced, g, courses->starts[g]);
    }
    return ATTUNE_OK;
}

/* One kind of answer about a whole course: rows of one size, written into what room is left. */
typedef struct whole_answer {
    size_t size;
    attune_status (*scan)(const attune_watch *watch, const attune_series *series, void *rows,
                          size_t capacity, size_t *n, attune_error *err);
} whole_answer;

static attune_status scan_episodes(const attune_watch *watch, const attune_series *series,
                                   void *rows, size_t capacity, size_t *n, attune_error *err)
{
    return attune_episodes_scan(watch, series, rows, capacity, n, err);
}

static attune_status scan_silence(const attune_watch *watch, const attune_series *series,
                                  void *rows, size_t capacity, size_t *n, attune_error *err)
{
    attune_silence none = { .struct_size = (uint32_t)sizeof none };
    return attune_silence_scan(watch, series, rows ? rows : &none, capacity, n, err);
}

static attune_status scan_all(const whole_answer *answer, const atn_courses *courses,
                              attune_company *company, uint64_t *course, char *rows, uint64_t *of,
                              uint64_t capacity, uint64_t *n_rows, attune_error *err)
{
    const uint32_t size = (uint32_t)answer->size;
    *n_rows = 0;
    for (; *course < courses->count; ++*course) {
        uint64_t g = *course, taken = *n_rows;
        attune_together together;
        char *room = taken < capacity ? rows + taken * size : NULL;
        size_t n = 0;
        attune_status status = join(courses, company, g, &together, err);
        if (status != ATTUNE_OK)
            return status;
        if (!together.watch)
            continue;
        if (room)
            memcpy(room, &size, sizeof size);
        status = answer->scan(together.watch, &together.series, room, (size_t)(capacity - taken),
                              &n, err);
        if (status != ATTUNE_OK)
            return settle(courses, g, &together, status, taken, err);
        for (size_t i = 0; i < n; i++)
            of[taken + i] = g;
        *n_rows += n;
    }
    return ATTUNE_OK;
}

attune_status atn_batch_episodes(const atn_courses *courses, attune_company *company,
                                 uint64_t *course, attune_episode *episodes, uint64_t *of,
                                 uint64_t capacity, uint64_t *n_episodes, attune_error *err)
{
    static const whole_answer answer = { sizeof(attune_episode), scan_episodes };
    return scan_all(&answer, courses, company, course, (char *)episodes, of, capacity, n_episodes,
                    err);
}

attune_status atn_batch_silence(const atn_courses *courses, attune_company *company,
                                uint64_t *course, attune_silence *silences, uint64_t *of,
                                uint64_t capacity, uint64_t *n_silences, attune_error *err)
{
    static const whole_answer answer = { sizeof(attune_silence), scan_silence };
    return scan_all(&answer, courses, company, course, (char *)silences, of, capacity, n_silences,
                    err);
}

void atn_batch_reasons(const atn_courses *courses, const attune_mark *marks, uint64_t n, char *text,
                       uint64_t cell)
{
    for (uint64_t i = 0; i < n; i++) {
        const atn_measure *measure = &courses->measures[courses->measure[marks[i].group]];
        text[i * cell] = '\0';
        (void)attune_mark_reason(&marks[i], measure->scale, text + i * cell, (size_t)cell);
    }
}
