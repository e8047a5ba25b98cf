/* attune scales: the catalogue of measures, and everything that is known of one, with sources. */
/* SPDX-License-Identifier: MIT */
#include "examples/card.h"
#include "examples/catalogue.h"
#include "examples/estimate.h"
#include "examples/input.h"
#include "examples/makers.h"
#include "examples/page.h"
#include "examples/table.h"

#include <stdio.h>
#include <string.h>

static const struct table_view view[] = {
    { "id", "measure", -1 },    { "construct", "about", -1 },
    { "items", "items", -1 },   { "score_min", "from", -1 },
    { "score_max", "to", -1 },  { "higher", "higher is", -1 },
    { "status", "status", -1 }, { NULL, NULL, 0 },
};

/* Built-in scales first, then a clinic's own. */
static const attune_scale *scale_at(const attune_scale_set *own, size_t i)
{
    size_t built_in = attune_scale_count();
    return i < built_in ? attune_scale_at(i) : attune_scale_set_at(own, i - built_in);
}

/* The one that was asked for by name, or all of them. */
static int is_wanted(const struct options *options, const attune_scale *scale)
{
    struct card_frame frame = card_frame_of(scale);
    return !options->operands[0] || strcmp(options->operands[0], frame.info.id) == 0;
}

static int list_as_table(const struct options *options, const attune_scale_set *own)
{
    struct table *table = NULL;
    const attune_scale *scale;
    size_t count;
    const attune_field *fields = card_frame_fields(&count);
    int code = table_new(&table, options, view, NULL);
    if (code != CODE_OK)
        return code;
    table_fields(table, fields, count);
    for (size_t i = 0; (scale = scale_at(own, i)); i++) {
        struct card_frame frame = card_frame_of(scale);
        if (!is_wanted(options, scale))
            continue;
        table_values(table, fields, count, &frame);
        table_end_row(table);
        if (frame.info.demonstration) {
            char note[128];
            (void)snprintf(note, sizeof note, "%s: demonstration, not for clinical use.",
                           frame.info.id);
            table_note(table, note);
        }
    }
    table_note(table, "`attune scales ID` shows one with every constant and its source.");
    code = table_commit(table);
    table_free(table);
    return code;
}

/* Cards, as text or as the rows of a JSON object. */
static int write_cards(const struct options *options, const attune_scale_set *own)
{
    struct output *o = output_new();
    const attune_scale *scale;
    size_t n = 0;
    if (!o)
        return CODE_INTERNAL;
    if (options->format == FORMAT_JSON)
        emit_head(o, NULL, 0);
    for (size_t i = 0; (scale = scale_at(own, i)); i++) {
        if (!is_wanted(options, scale))
            continue;
        if (options->format == FORMAT_JSON) {
            output_text(o, n++ > 0 ? "," : "");
            card_json(o, scale);
        } else {
            card_text(o, scale);
        }
    }
    if (options->format == FORMAT_JSON)
        emit_tail(o);
    return catalogue_commit(o, options->output, options->ascii && options->format == FORMAT_TEXT);
}

static int write_page(const struct options *options, const attune_scale_set *own)
{
    const attune_scale *wanted[512], *scale;
    struct output *o = output_new();
    size_t n = 0;
    if (!o)
        return CODE_INTERNAL;
    for (size_t i = 0; n < sizeof wanted / sizeof *wanted && (scale = scale_at(own, i)); i++)
        if (is_wanted(options, scale))
            wanted[n++] = scale;
    page_write(o, wanted, n);
    return catalogue_commit(o, options->output, 0);
}

static int no_such_scale(const char *typed, const attune_scale_set *own)
{
    const char *ids[512] = { NULL };
    const attune_scale *scale;
    const char *near;
    for (size_t i = 0; i < sizeof ids / sizeof *ids - 1 && (scale = scale_at(own, i)); i++)
        ids[i] = card_frame_of(scale).info.id;
    near = options_nearest(typed, ids);
    fprintf(stderr, "attune scales: no such measure");
    if (near)
        fprintf(stderr, "; did you mean %s?\n", near);
    else
        fprintf(stderr, "; `attune scales` lists them\n");
    return CODE_USAGE;
}

static int no_file(const char *usage)
{
    fprintf(stderr, "usage: attune scales %s\n", usage);
    return CODE_USAGE;
}

/* The operand is a forms file then, and no measure's id. */
static int estimate(const struct options *options)
{
    attune_scale_set *own = NULL;
    int code;
    if (!options->operands[0])
        return no_file("--estimate MEASURE FORMS");
    code = input_scales(&own, options);
    if (code == CODE_OK && !attune_scale_set_listed(own, options->estimate))
        code = no_such_scale(options->estimate, own);
    else if (code == CODE_OK)
        code = estimate_run(options, own);
    attune_scale_set_free(own);
    return code;
}

static int run(const struct options *options)
{
    attune_scale_set *own = NULL;
    const char *id = options->operands[0];
    int code;
    if (options->template)
        return makers_print_template(options);
    if (options->from_fhir)
        return makers_from_fhir(options);
    if (options->estimate)
        return estimate(options);
    if (options->check)
        return id ? makers_check(options) : no_file("--check FILE");
    code = input_scales(&own, options);
    if (code == CODE_OK && id && !attune_scale_set_listed(own, id))
        code = no_such_scale(id, own);
    else if (code == CODE_OK && options->markdown)
        code = write_page(options, own);
    else if (code == CODE_OK && (options->format == FORMAT_CSV || (!id && !options->format)))
        code = list_as_table(options, own);
    else if (code == CODE_OK)
        code = write_cards(options, own);
    attune_scale_set_free(own);
    return code;
}

const struct command command_scales = {
    .name = "scales",
    .usage = "[ID|FORMS] [options]",
    .summary = "The catalogue of measures; one of them with every constant and its source",
    .text = "Without an ID lists the measures of this build, and those of --scales FILE. With one, "
            "shows all that is known of it. --json gives everything of each.\n"
            "--check FILE lists everything that is wrong with a scale file, --template prints a "
            "commented start of one, and --from-fhir FILE with --higher makes one of a FHIR "
            "Questionnaire whose answers carry weights.\n"
            "--estimate MEASURE FORMS estimates a measure's constants from a forms file: alpha, "
            "omega, item-total correlations, SEM, SD of change, retest, variance within and "
            "between clients. Items count once a client, by the first form with an answer. They "
            "are written as a scale file with a set called --name, for review and for --scales; "
            "with -o FILE it goes there, and the figures are shown. --csv and --json give the "
            "figures alone.",
    .takes = TAKES_TABLE | TAKES_SCALES | TAKES(OPTION_ASCII) | TAKES(OPTION_OUTPUT) |
             TAKES(OPTION_MARKDOWN) | TAKES(OPTION_TEMPLATE) | TAKES(OPTION_FROM_FHIR) |
             TAKES(OPTION_CHECK) | TAKES(OPTION_HIGHER) | TAKES(OPTION_RATER) | TAKES(OPTION_NAME) |
             TAKES(OPTION_WHO) | TAKES(OPTION_POPULATION) | TAKES(OPTION_AT) |
             TAKES(OPTION_SKIP_BAD),
    .takes_more = TAKES_MORE(OPTION_ESTIMATE),
    .answers = 1,
    .operands_min = 0,
    .operands_max = 1,
    .run = run,
};
