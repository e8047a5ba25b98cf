/* attune client: the report on one client, as text. */
/* SPDX-License-Identifier: MIT */
#include "examples/input.h"
#include "examples/person.h"

#include <stdio.h>
#include <string.h>

static size_t print(const void *report, const attune_text_options *options, char *text,
                    size_t capacity)
{
    return attune_client_report_text(report, options, text, capacity);
}

struct search {
    const struct options *options;
    attune_report_options report;
    struct measures *measures;
    attune_client_report *found;
};

static int take(struct search *s, const struct input *input, const attune_client_forms *client)
{
    attune_error err = ATTUNE_ERROR_INIT;
    struct person person = { .capacity = 0 };
    int code = person_take(&person, client, s->measures, s->options);
    if (code == CODE_OK &&
        attune_client_report_new(&s->found, &person.client, &s->report, NULL, &err) != ATTUNE_OK)
        code = input_fail(input->path, &err);
    person_free(&person);
    return code;
}

/* The file is read to its end: a bad row further down is said all the same. */
static int read_file(struct search *s)
{
    struct input input;
    attune_client_forms client = { .struct_size = sizeof client };
    int code = input_open(&input, s->options, 1), closed;
    if (code != CODE_OK)
        return code;
    while ((code = input_next(&input, &client)) == CODE_OK && client.count > 0) {
        if (strcmp(client.client, s->options->client) != 0)
            continue;
        code = take(s, &input, &client);
        if (code != CODE_OK)
            break;
    }
    if (code == CODE_OK && !s->found) {
        fprintf(stderr, "attune: %s: no forms of that client\n", input.path);
        code = CODE_DATA;
    }
    closed = input_close(&input);
    return code == CODE_OK ? closed : code;
}

static int run(const struct options *options)
{
    struct search s = { .options = options };
    struct plan plan;
    int code;
    if (!options->client) {
        fprintf(stderr, "attune: client: expected --client ID\n");
        return CODE_USAGE;
    }
    if (!report_may_write(options))
        return CODE_USAGE;
    code = report_options(&s.report, &plan, options);
    if (code != CODE_OK)
        return code;
    s.measures = measures_new(options, NULL);
    if (s.measures && plan.has_norm)
        measures_expect(s.measures, &plan.norm);
    code = s.measures ? read_file(&s) : CODE_INTERNAL;
    if (code == CODE_OK)
        code = report_commit(print, s.found, options);
    attune_client_report_free(s.found);
    measures_free(s.measures);
    return code;
}

const struct command command_client = {
    .name = "client",
    .usage = "FORMS --client ID [options]",
    .summary = "One client's report",
    .text =
        "What changed since the start and how surely, possible ruptures with their numbers, all\n"
        "values, why each mark was made, and what cannot be said. Text, 80 columns.\n"
        "With --response a norm of `attune response fit` adds the rule not_on_track.\n"
        "--at takes a day as today; -o FILE.txt writes to a file.",
    .takes = TAKES_FORMS | TAKES(OPTION_CLIENT) | TAKES(OPTION_RULES) | TAKES(OPTION_WITHIN_SD) |
             TAKES(OPTION_SD) | TAKES(OPTION_RELIABILITY) | TAKES(OPTION_RESPONSE),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
