/* attune associate: what alliance and outcome have to do with each other on these forms. */
/* SPDX-License-Identifier: MIT */
#include "examples/associate.h"

#include "examples/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const sides_columns[] = { "alliance", "outcome", "against", NULL };
static const struct table_view view[] = { { NULL, NULL, 0 } };

/* "demo-alliance:client", as the options take it. */
static void side_name(char *text, size_t room, const struct associate_side *side)
{
    (void)snprintf(text, room, "%s:%s", side->id ? side->id : "", attune_rater_name(side->rater));
}

static int fit(const struct options *options, const struct associate_side *sides,
               const struct associate_rows *rows, attune_association *found, size_t *n)
{
    attune_associate_options how = ATTUNE_ASSOCIATE_OPTIONS_INIT;
    int32_t *const directions[] = { &how.alliance_direction, &how.outcome_direction,
                                    &how.technique_direction };
    const attune_sessions sessions = {
        sizeof sessions, rows->clients,
        rows->rows,      rows->starts,
        rows->session,   rows->score[0],
        rows->score[1],  sides[ROLE_AGAINST].wanted ? rows->score[2] : NULL
    };
    attune_error err = ATTUNE_ERROR_INIT;
    size_t size = attune_associate_work(rows->clients, rows->rows);
    void *work = size > 0 ? malloc(size) : NULL;
    int code = CODE_OK;
    if (!work)
        return no_memory();
    how.early = options->early;
    how.reml = !options->maximum_likelihood;
    for (size_t k = 0; k < ROLE_COUNT; k++)
        if (sides[k].measure && sides[k].measure->direction_known)
            *directions[k] = sides[k].measure->constants.direction;
    if (attune_associate_fit(&how, &sessions, work, size, found, ATTUNE_ASSOCIATIONS_MAX, n,
                             &err) != ATTUNE_OK) {
        fprintf(stderr, "attune associate: %s\n", err.text);
        code = CODE_DATA;
    }
    free(work);
    return code;
}

/* CSV and JSON: the rows, and in JSON what they say. */
static int write_table(const struct options *options, const struct measures *measures,
                       const struct associate_side *sides, const attune_association *found,
                       size_t n)
{
    size_t count = 0;
    const attune_field *fields = attune_association_fields(&count);
    char names[ROLE_COUNT][128], text[ASSOCIATE_TEXT_MAX];
    struct table *table;
    int code = table_new(&table, options, view, NULL);
    if (code != CODE_OK)
        return code;
    for (size_t k = 0; k < ROLE_COUNT; k++)
        side_name(names[k], sizeof names[k], &sides[k]);
    table_fields(table, fields, count);
    table_columns(table, sides_columns);
    for (size_t i = 0; i < n; i++) {
        table_values(table, fields, count, &found[i]);
        for (size_t k = 0; k < ROLE_COUNT; k++)
            table_text(table, sides[k].wanted ? names[k] : NULL);
        table_end_row(table);
    }
    for (size_t i = 0; i < n; i++)
        if ((i == 0 || strcmp(found[i].part, found[i - 1].part) != 0) &&
            associate_say(text, found[i].part, found, n, options->early))
            table_note(table, text);
    table_note(table, associate_caution);
    for (size_t i = 0; measures_note(measures, i); i++)
        table_note(table, measures_note(measures, i));
    code = table_commit(table);
    table_free(table);
    return code;
}

static int put_head(struct output *output, const struct options *options,
                    const struct associate_side *sides, const struct associate_rows *rows)
{
    char text[640], names[ROLE_COUNT][128];
    int code;
    for (size_t k = 0; k < ROLE_COUNT; k++)
        side_name(names[k], sizeof names[k], &sides[k]);
    (void)snprintf(text, sizeof text, "Alliance: %s. Outcome: %s.%s%s%s %zu clients, %zu sessions.",
                   names[ROLE_ALLIANCE], names[ROLE_OUTCOME],
                   sides[ROLE_AGAINST].wanted ? " Against: " : "",
                   sides[ROLE_AGAINST].wanted ? names[ROLE_AGAINST] : "",
                   sides[ROLE_AGAINST].wanted ? "." : "", rows->clients, rows->rows);
    code = associate_paragraph(output, options, text);
    output_text(output, "\n");
    return code;
}

static int write_text(const struct options *options, const struct measures *measures,
                      const struct associate_side *sides, const struct associate_rows *rows,
                      const attune_association *found, size_t n)
{
    struct output *output = output_new();
    int code;
    if (!output)
        return CODE_INTERNAL;
    code = put_head(output, options, sides, rows);
    if (code == CODE_OK)
        code = associate_write(output, options, found, n);
    for (size_t i = 0; code == CODE_OK && measures_note(measures, i); i++)
        code = associate_paragraph(output, options, measures_note(measures, i));
    if (code == CODE_OK)
        code = output_commit(output, options->output);
    output_free(output);
    return code;
}

static int run(const struct options *options)
{
    attune_association found[ATTUNE_ASSOCIATIONS_MAX] = { { .struct_size = sizeof found[0] } };
    struct associate_side sides[ROLE_COUNT] = { { .option = NULL } };
    struct associate_rows rows = { .clients = 0 };
    struct measures *measures = measures_new(options, NULL);
    size_t n = 0;
    int code = measures ? associate_read(options, measures, sides, &rows) : CODE_INTERNAL;
    if (code == CODE_OK)
        code = fit(options, sides, &rows, found, &n);
    if (code == CODE_OK && options->format == FORMAT_TEXT)
        code = write_text(options, measures, sides, &rows, found, n);
    else if (code == CODE_OK)
        code = write_table(options, measures, sides, found, n);
    associate_free(sides, &rows);
    measures_free(measures);
    return code;
}

const struct command command_associate = {
    .name = "associate",
    .usage = "FORMS [options]",
    .summary = "Alliance and outcome on a clinic's own forms",
    .text =
        "Does the relationship go together with improvement? One row a figure: within one client "
        "and between clients (correlations, and slopes of a random intercept model with means as "
        "observed and shrunken); what comes one session later, in both directions, as it is and "
        "with each client's own line over time taken out, errors robust to clients; and the early "
        "alliance (--early) with the change that comes after it.\n"
        "--alliance and --outcome name the measures, --against a second one that is held against "
        "the same outcome, signs turned so that + is better: ID, or ID:RATER such as "
        "wai-sr:therapist. Without them the only alliance measure and the only distress measure of "
        "the file are taken.\n"
        "All figures are associations: they do not say what causes what. What cannot be had says "
        "why. Definitions and sources: attune/associate.h.",
    .takes = (TAKES_FORMS & ~TAKES(OPTION_MEASURE)) | TAKES_TABLE | TAKES(OPTION_FIT_METHOD) |
             TAKES(OPTION_RATER),
    .takes_more = TAKES_MORE(OPTION_ALLIANCE) | TAKES_MORE(OPTION_OUTCOME) |
                  TAKES_MORE(OPTION_AGAINST) | TAKES_MORE(OPTION_EARLY),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
