/* attune caseload: every client, or those of one clinician, as a list of conversations to have. */
/* SPDX-License-Identifier: MIT */
#include "examples/input.h"
#include "examples/person.h"

#include <stdio.h>
#include <string.h>

static size_t print(const void *caseload, const attune_text_options *options, char *text,
                    size_t capacity)
{
    return attune_caseload_text(caseload, options, text, capacity);
}

/* Whose client it is says the last form that names a clinician. */
static int is_wanted(const struct person *person, const char *clinician)
{
    return !clinician ||
           (person->client.clinician && strcmp(person->client.clinician, clinician) == 0);
}

static int push(attune_caseload *caseload, const struct person *person, const char *path)
{
    attune_error err = ATTUNE_ERROR_INIT;
    if (attune_caseload_push(caseload, &person->client, &err) == ATTUNE_OK)
        return CODE_OK;
    return input_fail(path, &err);
}

static int read_file(attune_caseload *caseload, struct measures *measures,
                     const struct options *options)
{
    struct input input;
    struct person person = { .capacity = 0 };
    attune_client_forms client = { .struct_size = sizeof client };
    int code = input_open(&input, options, 1), closed;
    if (code != CODE_OK)
        return code;
    while ((code = input_next(&input, &client)) == CODE_OK && client.count > 0) {
        code = person_take(&person, &client, measures, options);
        if (code == CODE_OK && is_wanted(&person, options->clinician))
            code = push(caseload, &person, input.path);
        if (code != CODE_OK)
            break;
    }
    if (code == CODE_OK && options->clinician && attune_caseload_count(caseload) == 0) {
        fprintf(stderr, "attune: %s: no clients of that clinician\n", input.path);
        code = CODE_DATA;
    }
    person_free(&person);
    closed = input_close(&input);
    return code == CODE_OK ? closed : code;
}

static int run(const struct options *options)
{
    attune_caseload *caseload = NULL;
    attune_report_options report;
    attune_error err = ATTUNE_ERROR_INIT;
    struct plan plan;
    struct measures *measures;
    int code;
    if (!report_may_write(options))
        return CODE_USAGE;
    code = report_options(&report, &plan, options);
    if (code != CODE_OK)
        return code;
    if (attune_caseload_new(&caseload, &report, NULL, &err) != ATTUNE_OK)
        return input_fail(options->operands[0], &err);
    measures = measures_new(options, NULL);
    if (measures && plan.has_norm)
        measures_expect(measures, &plan.norm);
    code = measures ? read_file(caseload, measures, options) : CODE_INTERNAL;
    if (code == CODE_OK)
        code = report_commit(print, caseload, options);
    attune_caseload_free(caseload);
    measures_free(measures);
    return code;
}

const struct command command_caseload = {
    .name = "caseload",
    .usage = "FORMS [--clinician ID] [options]",
    .summary = "Every client in three groups, for supervision",
    .text =
        "Look at first, no marks, too few forms to say; inside a group in order of identifier,\n"
        "never a ranking. A list of conversations to have, not a measure of the clinician.\n"
        "With --response a norm of `attune response fit` adds the rule not_on_track.\n"
        "--at takes a day as today; -o FILE.txt writes to a file.",
    .takes = TAKES_FORMS | TAKES(OPTION_CLINICIAN) | TAKES(OPTION_RULES) | TAKES(OPTION_WITHIN_SD) |
             TAKES(OPTION_SD) | TAKES(OPTION_RELIABILITY) | TAKES(OPTION_RESPONSE),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
