/* attune response: the table of its actions, and reading a norm file. */
/* SPDX-License-Identifier: MIT */
#include "examples/response.h"

#include "examples/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(const struct options *options);
} actions[] = {
    { "fit", response_fit },
    { "predict", response_predict },
};

int response_read(const struct options *options, attune_norm *norm)
{
    attune_error err = ATTUNE_ERROR_INIT;
    size_t n = 0;
    char *text = input_text(options->response, &n);
    int code = CODE_OK;
    if (!text)
        return CODE_NO_INPUT;
    norm->struct_size = sizeof *norm;
    if (attune_norm_load(norm, text, n, &err) != ATTUNE_OK)
        code = input_fail(options->response, &err);
    free(text);
    return code;
}

void response_note(const struct options *options, const attune_norm *norm,
                   char text[RESPONSE_NOTE_MAX])
{
    const attune_response *r = &norm->response;
    int digits = options->format == FORMAT_JSON ? (int)sizeof norm->hash - 1 : 12;
    (void)snprintf(text, RESPONSE_NOTE_MAX,
                   "Norm %s: %llu clients, sessions %d to %d; file SHA-256 %.*s.", norm->name,
                   (unsigned long long)r->n_clients, (int)r->first_session, (int)r->last_session,
                   digits, norm->hash);
}

static int run(const struct options *options)
{
    struct options shifted = *options;
    shifted.operands[0] = options->operands[1];
    shifted.operands[1] = NULL;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].name, options->operands[0]) == 0)
            return actions[i].run(&shifted);
    fprintf(stderr, "attune response: no such action; expected fit or predict\n");
    return CODE_USAGE;
}

const struct command command_response = {
    .name = "response",
    .usage = "fit|predict FORMS [options]",
    .summary = "A clinic's own expected response, fitted and compared with",
    .text =
        "`attune response fit FORMS --who X --population X -o NORM` fits how this caseload's "
        "scores go from session to session: a line on log session (--time), with a level and a "
        "slope of each client's own (--structure), by restricted maximum likelihood (--method). "
        "The file says whose it is, of how many clients and forms, and which sessions and first "
        "scores it covers.\n"
        "`attune response predict FORMS --response NORM` writes, for each client and session of "
        "the norm, what is expected from the first form alone and from all earlier forms, with "
        "the band that holds --level of such clients' scores. Nothing is extrapolated.\n"
        "`attune marks FORMS --response NORM` marks scores worse than is expected.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_TIME) | TAKES(OPTION_FIT_METHOD) |
             TAKES(OPTION_STRUCTURE) | TAKES(OPTION_RATER) | TAKES(OPTION_WHO) |
             TAKES(OPTION_NAME) | TAKES(OPTION_POPULATION) | TAKES(OPTION_RESPONSE) |
             TAKES(OPTION_LEVEL) | TAKES(OPTION_CLIENT),
    .operands_min = 2,
    .operands_max = 2,
    .unknown_measures = 1,
    .run = run,
};
