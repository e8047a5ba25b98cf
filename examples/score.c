/* attune score: one row out a form, with its subscales when they are wanted. */
/* SPDX-License-Identifier: MIT */
#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <attune/score.h>

#include <math.h>

static const char *const identity[] = { "client", "session", "date", "measure", "rater", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 }, { "session", "session", -1 },   { "measure", "measure", -1 },
    { "rater", "rater", -1 },   { "subscale", "subscale", -1 }, { "score", "score", 2 },
    { "band", "band", -1 },     { "flags", "flags", -1 },       { "reason", "", TABLE_BELOW },
    { NULL, NULL, 0 },
};

/* People see these two once, below the table, or from what they gave. */
#define SAID_ELSEWHERE (ATTUNE_SCORE_GIVEN | ATTUNE_SCORE_DEMONSTRATION)

struct scoring {
    const struct options *options;
    const attune_field *fields;
    size_t field_count;
    struct table *table;
    struct measures *measures;
    size_t findings; /* forms without a score, and safety items */
};

/* The words that only the scale knows: its subscales and its bands. */
static const char *word_of(const attune_field *field, const attune_scale *scale,
                           const attune_score *score)
{
    attune_subscale_info subscale = { .struct_size = sizeof subscale };
    attune_band_info band = { .struct_size = sizeof band };
    if (!scale)
        return NULL;
    if (field->offset == offsetof(attune_score, subscale) && score->subscale >= 0 &&
        attune_scale_subscale(scale, (size_t)score->subscale, &subscale) == ATTUNE_OK)
        return subscale.id;
    if (field->offset == offsetof(attune_score, band) && score->band >= 0 &&
        attune_scale_band(scale, (size_t)score->band, &band) == ATTUNE_OK)
        return band.label;
    return NULL;
}

static void put_row(struct scoring *s, const attune_form *form, const attune_score *score)
{
    attune_score shown = *score;
    if (s->options->format == FORMAT_TEXT)
        shown.flags &= ~(uint32_t)SAID_ELSEWHERE;
    table_text(s->table, form->client);
    table_count(s->table, form->session);
    table_text(s->table, form->date);
    table_text(s->table, form->measure);
    table_text(s->table, attune_rater_name(form->rater));
    for (size_t i = 0; i < s->field_count; i++)
        if (s->fields[i].type == ATTUNE_FIELD_CODE && !s->fields[i].names)
            table_text(s->table, word_of(&s->fields[i], form->scale, score));
        else
            table_values(s->table, &s->fields[i], 1, &shown);
    table_end_row(s->table);
}

static void put_form(struct scoring *s, const attune_form *form, const struct measure *measure)
{
    put_row(s, form, &form->total);
    s->findings += isnan(form->total.score) || (form->total.flags & ATTUNE_SCORE_SAFETY) != 0;
    for (uint32_t i = 0; s->options->subscales && form->subscales; i++) {
        if (i == measure->info.subscale_count)
            break;
        put_row(s, form, &form->subscales[i]);
    }
}

static int visit(void *context, const struct course *course)
{
    struct scoring *s = context;
    struct measure *measure = NULL;
    int code = measures_find(s->measures, course->measure, course->scale, &measure);
    if (code != CODE_OK)
        return code;
    for (size_t i = 0; i < course->count; i++)
        put_form(s, &course->forms[i], measure);
    return CODE_OK;
}

static int run(const struct options *options)
{
    struct scoring s = { .options = options };
    const char *note;
    int code = table_new(&s.table, options, view, NULL);
    s.fields = attune_score_fields(&s.field_count);
    s.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    if (!s.measures) {
        table_free(s.table);
        return CODE_INTERNAL;
    }
    table_columns(s.table, identity);
    table_fields(s.table, s.fields, s.field_count);
    code = courses_walk(options, visit, &s);
    for (size_t i = 0; (note = measures_note(s.measures, i)); i++)
        table_note(s.table, note);
    if (code == CODE_OK)
        code = table_commit(s.table);
    if (code == CODE_OK && options->check && s.findings > 0)
        code = CODE_FINDINGS;
    measures_free(s.measures);
    table_free(s.table);
    return code;
}

const struct command command_score = {
    .name = "score",
    .usage = "FORMS [options]",
    .summary = "Scores every form",
    .text = "FORMS is a CSV file (- is standard input) with client, measure, session or date, and "
            "either a score or answers item_1, item_2... One row comes out a form. A form with too "
            "many answers left out has no score, and the row says so.\n"
            "--check exits with 1 when a form has no score or a safety item was answered.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_SUBSCALES) | TAKES(OPTION_CHECK),
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};
