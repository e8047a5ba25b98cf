/* attune scales --estimate: a measure's forms gathered, estimated, and shown as a table. */
/* SPDX-License-Identifier: MIT */
#include "examples/estimate.h"

#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const identity[] = { "measure", "rater", "subscale", NULL };
static const struct table_view view[] = {
    { "subscale", "subscale", -1 },
    { "item", "item", -1 },
    { "n_forms", "n", -1 },
    { "mean", "mean", 2 },
    { "sd", "SD", 2 },
    { "alpha", "alpha", 3 },
    { "omega", "omega", 3 },
    { "sem", "SEM", 2 },
    { "r_rest", "item-rest", 2 },
    { "alpha_dropped", "alpha without", 3 },
    { "retest_r", "retest", 2 },
    { "change_sd", "SD of change", 2 },
    { "within_sd", "within SD", 2 },
    { "icc", "ICC", 2 },
    { NULL, NULL, 0 },
};

/* The forms of one measure by one rater, row after row. */
struct gathering {
    const struct options *options;
    const char *measure;
    size_t n_items, n_subscales;
    uint64_t *starts;
    int32_t *session;
    double *day, *answers, *scores; /* scores: the total and the subscales of each row */
    size_t clients, rows, client_room, row_room;
};

static int grow(void *array, size_t room, size_t size)
{
    void *old, *more;
    memcpy(&old, array, sizeof old);
    more = room <= SIZE_MAX / size ? realloc(old, room * size) : NULL;
    if (more)
        memcpy(array, &more, sizeof more);
    return more != NULL;
}

static int make_room(struct gathering *g, size_t rows)
{
    int good = 1;
    if (g->clients + 2 > g->client_room) {
        g->client_room = 2 * g->client_room + 1024;
        good = grow(&g->starts, g->client_room, sizeof *g->starts);
    }
    if (good && (g->rows + rows > g->row_room || !g->scores)) {
        g->row_room = 2 * (g->rows + rows) + 4096;
        good = grow(&g->session, g->row_room, sizeof *g->session) &&
               grow(&g->day, g->row_room, sizeof *g->day) &&
               grow(&g->answers, g->row_room, (g->n_items + 1) * sizeof *g->answers) &&
               grow(&g->scores, g->row_room, (g->n_subscales + 1) * sizeof *g->scores);
    }
    return good ? CODE_OK : no_memory();
}

static void take_form(struct gathering *g, const attune_form *form)
{
    double *answers = g->answers + g->rows * g->n_items;
    double *scores = g->scores + g->rows * (g->n_subscales + 1);
    for (size_t i = 0; i < g->n_items; i++)
        answers[i] = form->items ? form->items[i] : NAN;
    scores[0] = form->total.score;
    for (size_t i = 0; i < g->n_subscales; i++)
        scores[i + 1] = form->subscales ? form->subscales[i].score : NAN;
    g->session[g->rows] = form->session;
    g->day[g->rows++] = form->day;
}

static int visit(void *context, const struct course *course)
{
    struct gathering *g = context;
    int code;
    if (course->rater != g->options->rater)
        return CODE_OK;
    code = make_room(g, course->count);
    if (code != CODE_OK)
        return code;
    g->starts[g->clients] = g->rows;
    for (size_t i = 0; i < course->count; i++)
        take_form(g, &course->forms[i]);
    g->starts[++g->clients] = g->rows;
    return CODE_OK;
}

/* The scores of one kind in one array, in the place of its index among the kinds. */
static double *column_of(const struct gathering *g, int32_t subscale)
{
    double *column = malloc((g->rows + 1) * sizeof *column);
    for (size_t i = 0; column && i < g->rows; i++)
        column[i] = g->scores[i * (g->n_subscales + 1) + (size_t)(subscale + 1)];
    return column;
}

static int estimate_part(const struct gathering *g, const attune_scale *scale, int32_t subscale,
                         struct estimates *found)
{
    struct estimate_part *part = &found->parts[found->count];
    size_t room = attune_parts_count(scale, subscale) + 1;
    size_t size = attune_estimate_work(g->clients, g->rows);
    double *scores = column_of(g, subscale);
    void *work = size > 0 ? malloc(size) : NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_estimate_given given = { sizeof given, subscale,   scale,  g->starts,  g->answers,
                                    scores,       g->session, g->day, g->clients, g->rows };
    attune_status status = ATTUNE_E_MEMORY;
    *part = (struct estimate_part) { subscale, calloc(room, sizeof *part->rows), 0 };
    if (scores && work && part->rows) {
        part->rows[0].struct_size = sizeof part->rows[0];
        status = attune_estimate_fit(&given, work, size, part->rows, room, &part->count, &err);
    }
    free(scores);
    free(work);
    if (status == ATTUNE_OK)
        found->count++;
    else
        free(part->rows);
    if (status == ATTUNE_OK || status == ATTUNE_E_TOO_FEW)
        return CODE_OK;
    if (status == ATTUNE_E_MEMORY)
        return no_memory();
    fprintf(stderr, "attune scales: --estimate: %s\n", err.text);
    return CODE_DATA;
}

static int estimate_all(struct gathering *g, const attune_scale *scale, struct estimates *found)
{
    int code = make_room(g, 0);
    if (code == CODE_OK)
        g->starts[g->clients] = g->rows;
    for (int32_t sub = -1; code == CODE_OK && sub < (int32_t)g->n_subscales; sub++)
        code = estimate_part(g, scale, sub, found);
    if (code == CODE_OK && found->count == 0) {
        fprintf(stderr,
                "attune scales: --estimate: expected completed forms of at least %d "
                "clients\n",
                ATTUNE_PSYCHOMETRICS_LEAST);
        code = CODE_DATA;
    }
    return code;
}

static void put_rows(struct table *table, const struct gathering *g, const attune_scale *scale,
                     const struct estimate_part *part)
{
    size_t count;
    const attune_field *fields = attune_estimate_fields(&count);
    attune_subscale_info sub = { .struct_size = sizeof sub };
    if (part->subscale >= 0)
        (void)attune_scale_subscale(scale, (size_t)part->subscale, &sub);
    for (size_t i = 0; i < part->count; i++) {
        table_text(table, g->measure);
        table_text(table, attune_rater_name(g->options->rater));
        table_text(table, sub.id);
        table_values(table, fields, count, &part->rows[i]);
        table_end_row(table);
    }
}

static int write_table(const struct options *options, const struct gathering *g,
                       const attune_scale *scale, const struct estimates *found)
{
    struct table *table = NULL;
    struct measures *measures = measures_new(options, NULL);
    struct measure *measure;
    const char *note;
    size_t count;
    const attune_field *fields = attune_estimate_fields(&count);
    int code = measures ? table_new(&table, options, view, NULL) : CODE_INTERNAL;
    if (code == CODE_OK)
        code = measures_find(measures, g->measure, scale, &measure);
    if (code == CODE_OK) {
        table_columns(table, identity);
        table_fields(table, fields, count);
        for (size_t i = 0; i < found->count; i++)
            put_rows(table, g, scale, &found->parts[i]);
        for (size_t i = 0; (note = measures_note(measures, i)); i++)
            table_note(table, note);
        code = table_commit(table);
    }
    table_free(table);
    measures_free(measures);
    return code;
}

/* With -o FILE the set goes there, and standard output is free for the figures. */
static int answer(const struct options *options, const struct gathering *g,
                  const attune_scale *scale, const struct estimates *found)
{
    struct options shown = *options;
    int code;
    if (options->format != FORMAT_TEXT)
        return write_table(options, g, scale, found);
    code = estimate_write(options, scale, found);
    shown.output = NULL;
    if (code == CODE_OK && options->output && strcmp(options->output, "-") != 0)
        code = write_table(&shown, g, scale, found);
    return code;
}

int estimate_run(const struct options *options, const attune_scale_set *own)
{
    struct options shifted = *options;
    struct gathering g = { .options = options, .measure = options->estimate };
    struct estimates found = { .count = 0 };
    attune_scale_info info = { .struct_size = sizeof info };
    const attune_scale *scale = attune_scale_set_find(own, options->estimate);
    int code;
    shifted.measure = options->estimate;
    (void)attune_scale_describe(attune_scale_set_listed(own, options->estimate), &info);
    g.n_items = (size_t)info.item_count;
    g.n_subscales = info.subscale_count;
    code = courses_walk(&shifted, visit, &g);
    if (code == CODE_OK)
        code = estimate_all(&g, scale, &found);
    if (code == CODE_OK)
        code = answer(options, &g, scale, &found);
    for (size_t i = 0; i < found.count; i++)
        free(found.parts[i].rows);
    free(g.starts);
    free(g.session);
    free(g.day);
    free(g.answers);
    free(g.scores);
    return code;
}
