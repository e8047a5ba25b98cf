/* attune rules --template: a rule set's file to start a clinic's own from. */
/* SPDX-License-Identifier: MIT */
#include "examples/catalogue.h"
#include "examples/plan.h"
#include "examples/rules.h"

#include <attune/rulefile.h>

#include <stdio.h>

int rules_file_write(const struct plan *plan, const struct options *options, const char *id,
                     const char *why)
{
    static char text[ATTUNE_RULEFILE_BYTES_MAX];
    const attune_ruleset_info about = {
        .struct_size = sizeof about, .count = (uint32_t)plan->count, .id = id, .text = why
    };
    struct output *output;
    size_t n = 0;
    if (plan->count == 0) {
        fprintf(stderr, "attune rules: no rule is left to be written\n");
        return CODE_DATA;
    }
    if (attune_ruleset_write(&about, plan->choices, text, sizeof text, &n, NULL) != ATTUNE_OK)
        return CODE_INTERNAL;
    output = output_new();
    if (!output)
        return CODE_INTERNAL;
    output_text(output, text);
    return catalogue_commit(output, options->output, 0);
}

int rules_file(const struct options *options)
{
    static struct plan plan;
    int code = plan_read(&plan, options, "default");
    return code == CODE_OK ? rules_file_write(&plan, options, "own/1",
                                              "Why these rules, and with these parameters.")
                           : code;
}
