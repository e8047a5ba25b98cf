/* attune change --group: one row a measure and rater with what the mean change amounts to. */
/* SPDX-License-Identifier: MIT */
#include "examples/change.h"
#include "examples/table.h"

#include <attune/changeeffect.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const identity[] = { "measure", "rater", NULL };

static const struct table_view view[] = {
    { "measure", "measure", -1 },       { "rater", "rater", -1 }, { "n", "clients", -1 },
    { "difference", "mean change", 2 }, { "low", "95% low", 2 },  { "high", "high", 2 },
    { "class", "class", -1 },           { NULL, NULL, 0 },
};

struct grouping {
    const struct options *options;
    struct table *table;
    struct measures *measures;
    struct caseload_changes *all;
};

static int visit(void *context, const struct course *course)
{
    struct grouping *g = context;
    struct measure *measure = NULL;
    int code = measures_find(g->measures, course->measure, course->scale, &measure);
    return code == CODE_OK ? changes_add(g->all, g->options, course, measure) : code;
}

/* The effect of a kind; class -1 and NaN where it cannot be had. */
static attune_change_effect effect_of(const struct options *o, const struct change_kind *kind,
                                      const double *pre, const double *post, size_t n)
{
    attune_change_effect e = {
        .struct_size = sizeof e, .class_ = -1, .difference = NAN, .low = NAN, .high = NAN
    };
    const attune_change_effect_options how = {
        .struct_size = sizeof how,
        .direction = kind->measure->direction_known ? kind->measure->constants.direction
                                                    : ATTUNE_HIGHER_BETTER,
        .improvement = o->improved,
        .deterioration = o->deteriorated,
        .convention = o->convention,
    };
    if (attune_change_effect_within(&how, pre, post, n, &e, NULL) != ATTUNE_OK)
        measure_say(kind->measure, MEASURE_SAID_RULES,
                    "this file has too few clients with two scores to be a group");
    if (!kind->measure->direction_known) {
        measure_say_direction(kind->measure);
        e.class_ = -1;
    }
    return e;
}

static int by_measure_and_rater(const void *a, const void *b)
{
    const struct change_kind *const *one = a, *const *other = b;
    int order = strcmp((*one)->measure->id, (*other)->measure->id);
    return order != 0
               ? order
               : strcmp(attune_rater_name((*one)->rater), attune_rater_name((*other)->rater));
}

static void put_row(struct grouping *g, const struct change_kind *kind, double *ends)
{
    size_t count, n = 0, of = (size_t)(kind - g->all->kinds);
    const attune_field *fields = attune_change_effect_fields(&count);
    double *post = ends + g->all->count;
    for (size_t i = 0; i < g->all->count; i++) {
        if (g->all->kind[i] != of)
            continue;
        changes_ends(g->all, i, &ends[n], &post[n]);
        n++;
    }
    const attune_change_effect e = effect_of(g->options, kind, ends, post, n);
    table_text(g->table, kind->measure->id);
    table_text(g->table, attune_rater_name(kind->rater));
    table_values(g->table, fields, count, &e);
    table_end_row(g->table);
}

static int put_rows(struct grouping *g)
{
    double *ends = malloc((2 * g->all->count + 1) * sizeof *ends);
    const struct change_kind **kinds = malloc((g->all->kind_count + 1) * sizeof *kinds);
    int room = ends && kinds;
    for (size_t k = 0; room && k < g->all->kind_count; k++)
        kinds[k] = &g->all->kinds[k];
    if (room)
        qsort(kinds, g->all->kind_count, sizeof *kinds, by_measure_and_rater);
    for (size_t k = 0; room && k < g->all->kind_count; k++)
        put_row(g, kinds[k], ends);
    free(kinds);
    free(ends);
    return room ? CODE_OK : no_memory();
}

static int check(const struct options *o)
{
    if (o->method == ATTUNE_METHOD_ANCHOR && !isnan(o->improved))
        return CODE_OK;
    fprintf(stderr, "attune change: --group: expected --method anchor with --improved X\n");
    return CODE_USAGE;
}

int change_group(const struct options *options)
{
    struct grouping g = { .options = options };
    size_t count;
    const attune_field *fields = attune_change_effect_fields(&count);
    const char *note;
    int code = check(options);
    if (code == CODE_OK)
        code = table_new(&g.table, options, view, NULL);
    if (code != CODE_OK)
        return code;
    g.measures = measures_new(options, NULL);
    g.all = g.measures ? changes_new() : NULL;
    code = g.all ? CODE_OK : CODE_INTERNAL;
    if (code == CODE_OK) {
        table_columns(g.table, identity);
        table_fields(g.table, fields, count);
        code = courses_walk(options, visit, &g);
    }
    if (code == CODE_OK)
        code = put_rows(&g);
    for (size_t i = 0; code == CODE_OK && (note = measures_note(g.measures, i)); i++)
        table_note(g.table, note);
    if (code == CODE_OK)
        code = table_commit(g.table);
    changes_free(g.all);
    measures_free(g.measures);
    table_free(g.table);
    return code;
}
