/* Printing the template of a scale file, and saying everything that is wrong with one. */
/* SPDX-License-Identifier: MIT */
#include "examples/makers.h"

#include "examples/input.h"
#include "examples/output.h"

#include <stdio.h>
#include <stdlib.h>

#define PROBLEMS_MAX 200 /* that are listed; all are counted */

int makers_print_template(const struct options *options)
{
    struct output *o = output_new();
    int code;
    if (!o)
        return CODE_INTERNAL;
    output_text(o, makers_template);
    code = output_commit(o, options->output);
    output_free(o);
    return code;
}

static void put_problem(struct output *o, const char *path, const attune_error *problem)
{
    char line[512];
    (void)snprintf(line, sizeof line, "%s:%llu:%llu: %s%s%s\n", path,
                   (unsigned long long)problem->line, (unsigned long long)problem->column,
                   problem->key, problem->key[0] ? ": " : "", problem->text);
    output_text(o, line);
}

static int put_all(const struct options *options, const attune_error *problems, size_t count)
{
    struct output *o = output_new();
    char line[512];
    int code;
    if (!o)
        return CODE_INTERNAL;
    for (size_t i = 0; i < count && i < PROBLEMS_MAX; i++)
        put_problem(o, options->operands[0], &problems[i]);
    if (count > 0)
        (void)snprintf(line, sizeof line, "%s: %zu problem%s\n", options->operands[0], count,
                       count == 1 ? "" : "s");
    else
        (void)snprintf(line, sizeof line, "%s: nothing is wrong with it\n", options->operands[0]);
    output_text(o, line);
    code = output_commit(o, options->output);
    output_free(o);
    return code == CODE_OK && count > 0 ? CODE_FINDINGS : code;
}

int makers_check(const struct options *options)
{
    const attune_scale_set_options how = { .struct_size = sizeof how,
                                           .override_built_in = options->override_scales };
    attune_error *problems = calloc(PROBLEMS_MAX, sizeof *problems);
    size_t n = 0, count = 0;
    char *text = problems ? input_text(options->operands[0], &n) : NULL;
    int code = problems ? CODE_NO_INPUT : CODE_INTERNAL;
    if (text) {
        attune_status status =
            attune_scale_set_check(&how, text, n, problems, PROBLEMS_MAX, &count);
        code = status == ATTUNE_E_MEMORY ? CODE_INTERNAL : put_all(options, problems, count);
    }
    if (code == CODE_INTERNAL)
        fprintf(stderr, "attune: not enough memory\n");
    free(text);
    free(problems);
    return code;
}
