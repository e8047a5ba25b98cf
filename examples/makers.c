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

/* What was found so far; good files are the base of the next, so that ids clash among them too. */
struct checking {
    const struct options *options;
    struct output *output;
    attune_error problems[PROBLEMS_MAX];
    attune_scale_set *base;
    size_t found;
};

static void put_all(struct checking *c, const char *path, size_t count)
{
    char line[4608];
    for (size_t i = 0; i < count && i < PROBLEMS_MAX; i++)
        put_problem(c->output, path, &c->problems[i]);
    if (count > 0)
        (void)snprintf(line, sizeof line, "%s: %zu problem%s\n", path, count,
                       count == 1 ? "" : "s");
    else
        (void)snprintf(line, sizeof line, "%s: nothing is wrong with it\n", path);
    output_text(c->output, line);
    c->found += count;
}

static int check_file(void *context, const char *path)
{
    struct checking *c = context;
    const attune_scale_set_options how = { .struct_size = sizeof how,
                                           .override_built_in = c->options->override_scales,
                                           .base = c->base };
    size_t n = 0, count = 0;
    char *text = input_text(path, &n);
    attune_status status;
    if (!text)
        return CODE_NO_INPUT;
    status = attune_scale_set_check(&how, text, n, c->problems, PROBLEMS_MAX, &count);
    if (status == ATTUNE_OK)
        status = attune_scale_set_load_with(&c->base, &how, text, n, NULL, NULL);
    free(text);
    if (status == ATTUNE_E_MEMORY)
        return no_memory();
    put_all(c, path, count);
    return CODE_OK;
}

int makers_check(const struct options *options)
{
    struct checking *c = calloc(1, sizeof *c);
    int code;
    if (!c)
        return no_memory();
    c->options = options;
    c->output = output_new();
    code = c->output ? input_walk(options->operands[0], check_file, c) : CODE_INTERNAL;
    if (code == CODE_OK)
        code = output_commit(c->output, options->output);
    if (code == CODE_OK && c->found > 0)
        code = CODE_FINDINGS;
    output_free(c->output);
    attune_scale_set_free(c->base);
    free(c);
    return code;
}
