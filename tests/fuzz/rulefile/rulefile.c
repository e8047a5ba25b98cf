/* Fuzzing the loader of rule files: what it takes is chosen from and is written back. */
/* SPDX-License-Identifier: MIT */
#include <attune/rulefile.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unlike assert this stays in release builds, and nothing is printed of the input. */
static void must(int holds)
{
    if (!holds)
        abort();
}

static void check_ranges(const attune_rule_choice *choice)
{
    attune_param_info about = { .struct_size = sizeof about };
    for (size_t i = 0; attune_rule_param(choice->rule, i, &about) == ATTUNE_OK; i++)
        must(choice->params[i] >= about.low && choice->params[i] <= about.high);
}

static void check_taken(const attune_ruleset *set)
{
    static char text[2 * ATTUNE_RULEFILE_BYTES_MAX];
    attune_rule_choice choices[ATTUNE_RULESET_MAX], back;
    attune_ruleset_info about = { .struct_size = sizeof about };
    attune_ruleset *again = NULL;
    size_t n = 0;
    must(attune_ruleset_describe(set, &about) == ATTUNE_OK);
    must(about.count >= 1 && about.count <= ATTUNE_RULESET_MAX && strlen(about.hash) == 64);
    for (uint32_t i = 0; i < about.count; i++) {
        must(attune_ruleset_choice(set, i, &choices[i]) == ATTUNE_OK);
        check_ranges(&choices[i]);
    }
    must(attune_ruleset_write(&about, choices, text, sizeof text, &n, NULL) == ATTUNE_OK);
    must(attune_ruleset_load(&again, text, n, NULL, NULL) == ATTUNE_OK);
    for (uint32_t i = 0; i < about.count; i++) {
        must(attune_ruleset_choice(again, i, &back) == ATTUNE_OK);
        must(memcmp(&back, &choices[i], sizeof back) == 0);
    }
    attune_ruleset_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    attune_ruleset *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_ruleset_load(&set, (const char *)data, size, NULL, &err);
    must((status == ATTUNE_OK) == (set != NULL));
    must(status == ATTUNE_OK || strlen(err.text) > 0);
    if (set)
        check_taken(set);
    attune_ruleset_free(set);
    return 0;
}
