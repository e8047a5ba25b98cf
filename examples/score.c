/* attune score: one row out a form, with its subscales when they are wanted. */
/* SPDX-License-Identifier: MIT */
#include "examples/course.h"
#include "examples/measure.h"
#include "examples/safety.h"
#include "examples/table.h"

#include <attune/score.h>

#include <math.h>

static const char *const identity[] = { "client", "session", "date", "measure", "rater", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 },
    { "session", "session", -1 },
    { "measure", "measure", -1 },
    { "rater", "rater", -1 },
    { "subscale", "subscale", -1 },
    { "score", "score", 2 },
    { "band", "band", -1 },
    { "flags", "flags", -1 },
    { "reason", "", TABLE_BELOW },
    { "safety", "", TABLE_BELOW },
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
    struct output *safety; /* of FORMAT_JSON: a list apart; else NULL */
    size_t safety_count;
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

static void put_row(struct scoring *s, const attune_form *form, const attune_score *score,
                    const char *safety)
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
    if (s->options->format == FORMAT_TEXT)
        table_text(s->table, safety);
    table_end_row(s->table);
}

static void put_form(struct scoring *s, const attune_form *form, const struct measure *measure)
{
    char safety[SAFETY_TEXT_MAX];
    safety_say(form, safety, s->safety, &s->safety_count, s->options->ascii);
    put_row(s, form, &form->total, safety);
    s->findings += isnan(form->total.score) || (form->total.flags & ATTUNE_SCORE_SAFETY) != 0;
    for (uint32_t i = 0; s->options->subscales && form->subscales; i++) {
        if (i == measure->info.subscale_count)
            break;
        put_row(s, form, &form->subscales[i], NULL);
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

static int begin(struct scoring *s)
{
    int code = table_new(&s->table, s->options, view, NULL);
    if (code != CODE_OK)
        return code;
    s->measures = measures_new(s->options, NULL);
    if (s->options->format == FORMAT_JSON)
        s->safety = output_new();
    if (!s->measures || (s->options->format == FORMAT_JSON && !s->safety))
        return CODE_INTERNAL;
    s->fields = attune_score_fields(&s->field_count);
    table_columns(s->table, identity);
    table_fields(s->table, s->fields, s->field_count);
    if (s->options->format == FORMAT_TEXT)
        table_column(s->table, "safety");
    if (s->safety)
        table_list(s->table, "safety", s->safety);
    return CODE_OK;
}

static int run(const struct options *options)
{
    struct scoring s = { .options = options };
    const char *note;
    int code = begin(&s);
    if (code == CODE_OK)
        code = courses_walk(options, visit, &s);
    for (size_t i = 0; code == CODE_OK && (note = measures_note(s.measures, i)); i++)
        table_note(s.table, note);
    if (code == CODE_OK)
        code = table_commit(s.table);
    if (code == CODE_OK && options->check && s.findings > 0)
        code = CODE_FINDINGS;
    output_free(s.safety);
    measures_free(s.measures);
    table_free(s.table);
    return code;
}

const struct command command_score = {
    .name = "score",
    .usage = "FORMS [options]",
    .summary = "Scores every form",
    .text =
        "FORMS is a CSV file (- is standard input) with client, measure, session or date, and "
        "either a score or answers item_1, item_2... One row comes out a form. A form with too "
        "many answers left out has no score, and the row says so. A safety item that was answered "
        "at or above its threshold is shown apart from the total, as answered: under the row, in "
        "--json in the list \"safety\", in --csv by the flag safety.\n"
        "--check exits with 1 when a form has no score or a safety item was answered.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_SUBSCALES) | TAKES(OPTION_CHECK),
    .operands_min = 1,
    .operands_max = 1,
    .answers = 1,
    .run = run,
};
