/* The rules that a run works with: --rules as a set's name, its file, or ids with commas. */
/* SPDX-License-Identifier: MIT */
#include "examples/plan.h"

#include "examples/input.h"
#include "examples/response.h"

#include <attune/rulefile.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 64 /* sets and rules that a suggestion chooses from */

static attune_rule_info about(const attune_rule *rule)
{
    attune_rule_info info = { .struct_size = sizeof info };
    (void)attune_rule_describe(rule, &info);
    return info;
}

static int compare(const void *a, const void *b)
{
    return strcmp(about(((const attune_rule_choice *)a)->rule).id,
                  about(((const attune_rule_choice *)b)->rule).id);
}

/* Names of all sets and rules. The texts are static: an info only points at them. */
static void fill_words(const char **words)
{
    size_t n = 0;
    for (size_t i = 0; i < attune_ruleset_count() && n < WORDS_MAX - 1; i++) {
        attune_ruleset_info info = { .struct_size = sizeof info };
        (void)attune_ruleset_describe(attune_ruleset_at(i), &info);
        words[n++] = info.id;
    }
    for (size_t i = 0; i < attune_rule_count() && n < WORDS_MAX - 1; i++)
        words[n++] = about(attune_rule_at(i)).id;
    words[n] = NULL;
}

static int no_such_rule(const struct options *options, const char *typed)
{
    const char *words[WORDS_MAX];
    const char *near;
    fill_words(words);
    near = options_nearest(typed, words);
    fprintf(stderr, "attune %s: --rules: ", options->command->name);
    if (near)
        fprintf(stderr, "no such rule or set; did you mean %s?\n", near);
    else
        fprintf(stderr, "no such rule or set; `attune rules` lists them\n");
    return CODE_USAGE;
}

static void take_set(struct plan *plan, const attune_ruleset *set)
{
    attune_ruleset_info info = { .struct_size = sizeof info };
    (void)attune_ruleset_describe(set, &info);
    plan->count = info.count < ATTUNE_RULESET_MAX ? info.count : ATTUNE_RULESET_MAX;
    for (size_t i = 0; i < plan->count; i++)
        (void)attune_ruleset_choice(set, i, &plan->choices[i]);
    (void)snprintf(plan->id, sizeof plan->id, "%s", info.id);
    (void)snprintf(plan->label, sizeof plan->label, "%s", info.label);
    (void)snprintf(plan->hash, sizeof plan->hash, "%s", info.hash);
}

/* A clinic's own set: whatever is no set's name and ends as its file does, or is stdin. */
static int is_file(const char *name)
{
    size_t n = strlen(name);
    return strcmp(name, "-") == 0 || (n > 5 && strcmp(name + n - 5, ".json") == 0);
}

static int take_file(struct plan *plan, const char *path)
{
    attune_ruleset *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    size_t n = 0;
    char *text = input_text(path, &n);
    int code = CODE_OK;
    if (!text)
        return CODE_NO_INPUT;
    if (attune_ruleset_load(&set, text, n, NULL, &err) != ATTUNE_OK) {
        (void)input_fail(path, &err);
        code = err.code == ATTUNE_E_MEMORY ? CODE_INTERNAL : CODE_DATA;
    } else {
        take_set(plan, set);
    }
    attune_ruleset_free(set);
    free(text);
    return code;
}

/* "default/1,not_on_track/1" */
static void name_more(struct plan *plan, const attune_rule *rule)
{
    attune_rule_info info = about(rule);
    size_t id = strlen(plan->id), label = strlen(plan->label);
    (void)snprintf(plan->id + id, sizeof plan->id - id, ",%s/%u", info.id, (unsigned)info.version);
    (void)snprintf(plan->label + label, sizeof plan->label - label, ", %s/%u", info.id,
                   (unsigned)info.version);
}

/* "drop/1,own_range/1" */
static void name_rules(struct plan *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->count && n < sizeof plan->id; i++) {
        attune_rule_info info = about(plan->choices[i].rule);
        n += (size_t)snprintf(plan->id + n, sizeof plan->id - n, "%s%s/%u", i > 0 ? "," : "",
                              info.id, (unsigned)info.version);
    }
    (void)snprintf(plan->label, sizeof plan->label, "%s", plan->id);
}

static int take_rule(struct plan *plan, const struct options *options, const char *id)
{
    const attune_rule *rule = attune_rule_find(id);
    const char *wrong = NULL;
    if (!rule)
        return no_such_rule(options, id);
    for (size_t i = 0; i < plan->count; i++)
        if (plan->choices[i].rule == rule)
            wrong = "one rule stands twice";
    if (!wrong && plan->count == ATTUNE_RULESET_MAX)
        wrong = "too many rules at once";
    if (wrong) {
        fprintf(stderr, "attune %s: --rules: %s\n", options->command->name, wrong);
        return CODE_USAGE;
    }
    (void)attune_rule_choose(rule, &plan->choices[plan->count++]);
    return CODE_OK;
}

static int take_rules(struct plan *plan, const struct options *options, const char *ids)
{
    char id[64];
    int code = CODE_OK;
    plan->count = 0;
    while (code == CODE_OK) {
        size_t n = strcspn(ids, ",");
        (void)snprintf(id, sizeof id, "%.*s", n < sizeof id ? (int)n : 0, ids);
        code = take_rule(plan, options, id);
        if (ids[n] == '\0')
            break;
        ids += n + 1;
    }
    return code;
}

/* --response adds the rule that reads it, unless it was named. */
static int take_norm(struct plan *plan, const struct options *options)
{
    const attune_rule *rule = attune_rule_find("not_on_track");
    int code = response_read(options, &plan->norm);
    plan->has_norm = code == CODE_OK;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->choices[i].rule == rule)
            return code;
    if (code == CODE_OK && plan->count == ATTUNE_RULESET_MAX) {
        fprintf(stderr, "attune %s: --response: too many rules at once\n", options->command->name);
        return CODE_USAGE;
    }
    if (code == CODE_OK) {
        (void)attune_rule_choose(rule, &plan->choices[plan->count++]);
        name_more(plan, rule);
    }
    return code;
}

int plan_read(struct plan *plan, const struct options *options, const char *unless)
{
    const char *name = options->rules ? options->rules : unless;
    const attune_ruleset *set = attune_ruleset_find(name);
    int code = CODE_OK;
    plan->hash[0] = '\0';
    if (set)
        take_set(plan, set);
    else if (is_file(name))
        code = take_file(plan, name);
    else
        code = take_rules(plan, options, name);
    qsort(plan->choices, plan->count, sizeof *plan->choices, compare);
    if (!set && !is_file(name))
        name_rules(plan);
    if (code == CODE_OK && options->response) {
        code = take_norm(plan, options);
        qsort(plan->choices, plan->count, sizeof *plan->choices, compare);
    }
    return code;
}
