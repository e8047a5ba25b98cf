/* attune rules --learn: what is usual at a clinic, in the place of what a rule holds usual. */
/* SPDX-License-Identifier: MIT */
#include "examples/clinic.h"
#include "examples/plan.h"
#include "examples/rules.h"
#include "examples/table.h"

#include <attune/learn.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One rule of the plan with what was learnt for it. */
struct lesson {
    attune_rule_choice choice; /* as the plan had it */
    attune_rule_info info;
    attune_learnt learnt;
};

struct lessons {
    const struct options *options;
    const struct clinic *clinic;
    struct plan plan;
    struct lesson of[ATTUNE_RULESET_MAX];
    size_t count;
};

static attune_param_info param_of(const attune_rule *rule, size_t i)
{
    attune_param_info info = { .struct_size = sizeof info };
    (void)attune_rule_param(rule, i, &info);
    return info;
}

/* ---- Learning ---- */

static int failed(const attune_error *err)
{
    if (err->code == ATTUNE_E_MEMORY)
        return no_memory();
    if (err->code == ATTUNE_E_CONSTANT) {
        fprintf(stderr, "attune rules: --learn: no within-client SD is known of the measure: "
                        "--within-sd X gives it\n");
        return CODE_USAGE;
    }
    fprintf(stderr, "attune rules: --learn: %s\n", err->text);
    return CODE_DATA;
}

static int learn(struct lessons *all, const attune_rule_choice *choice)
{
    const struct clinic *c = all->clinic;
    struct lesson *lesson = &all->of[all->count];
    attune_error err = ATTUNE_ERROR_INIT;
    attune_watch *watch = NULL;
    lesson->choice = *choice;
    lesson->info = rules_about(choice->rule);
    lesson->learnt.struct_size = sizeof lesson->learnt;
    if (attune_watch_new(&watch, &c->measure->constants, choice, 1, NULL, &err) != ATTUNE_OK ||
        attune_rule_learn(watch, choice, c->starts, c->courses, c->session, c->score,
                          &lesson->learnt, &err) != ATTUNE_OK) {
        attune_watch_free(watch);
        return failed(&err);
    }
    attune_watch_free(watch);
    if (!lesson->learnt.settled) {
        fprintf(stderr, "attune rules: --learn: the courses are too unlike what %s holds of them\n",
                lesson->info.id);
        return CODE_DATA;
    }
    all->count++;
    return CODE_OK;
}

static int learn_all(struct lessons *all)
{
    int code = plan_read(&all->plan, all->options, "default");
    for (size_t i = 0; code == CODE_OK && i < all->plan.count; i++) {
        const attune_rule_info info = rules_about(all->plan.choices[i].rule);
        if (info.learns && info.constructs >> all->clinic->measure->constants.construct & 1)
            code = learn(all, &all->plan.choices[i]);
    }
    if (code == CODE_OK && all->count == 0) {
        fprintf(stderr, "attune rules: --learn: expected --rules with a model of such courses, "
                        "such as rupture_filter\n");
        code = CODE_USAGE;
    }
    return code;
}

/* ---- Writing ---- */

static const char *const columns[] = {
    "measure", "rater", "rule",    "version", "parameter", "value",
    "default", "error", "courses", "forms",   "gain",      NULL,
};
static const struct table_view view[] = {
    { "rule", "rule", -1 },  { "parameter", "parameter", -1 },
    { "value", "value", 3 }, { "default", "usually", 3 },
    { "error", "SE", 3 },    { NULL, NULL, 0 },
};

static void put_row(struct table *table, const struct lessons *all, const struct lesson *lesson,
                    size_t i)
{
    table_text(table, all->clinic->measure->id);
    table_text(table, attune_rater_name(all->options->rater));
    table_text(table, lesson->info.id);
    table_count(table, (int32_t)lesson->info.version);
    table_text(table, param_of(lesson->choice.rule, i).name);
    table_real(table, lesson->learnt.params[i]);
    table_real(table, lesson->choice.params[i]);
    table_real(table, lesson->learnt.error[i]);
    table_count(table, lesson->learnt.courses);
    table_count(table, lesson->learnt.forms);
    table_real(table, lesson->learnt.gain);
    table_end_row(table);
}

static void say_source(char *text, size_t size, const struct lessons *all)
{
    const attune_learnt *learnt = &all->of[0].learnt;
    (void)snprintf(text, size,
                   "Learnt from %ld courses of %s by the %s with %ld forms: the likeliest values, "
                   "with what is usual elsewhere as a prior.",
                   (long)learnt->courses, all->clinic->measure->id,
                   attune_rater_name(all->options->rater), (long)learnt->forms);
}

static int write_table(const struct lessons *all)
{
    struct table *table = NULL;
    char text[300];
    int code = table_new(&table, all->options, view, NULL);
    if (code != CODE_OK)
        return code;
    table_columns(table, columns);
    for (size_t r = 0; r < all->count; r++)
        for (size_t i = 0; i < all->of[r].info.param_count; i++)
            if (all->of[r].info.learns >> i & 1)
                put_row(table, all, &all->of[r], i);
    say_source(text, sizeof text, all);
    table_note(table, text);
    table_note(table, "Errors know nothing of what the model leaves out. --json writes the rules "
                      "with these values as a rule set.");
    code = table_commit(table);
    table_free(table);
    return code;
}

/* The rule's own learnt values, or those of a rule that has parameters of the same names. */
static void take_values(const struct lesson *lesson, attune_rule_choice *choice)
{
    const attune_rule_info info = rules_about(choice->rule);
    for (size_t i = 0; i < lesson->info.param_count; i++)
        for (size_t j = 0; lesson->info.learns >> i & 1 && j < info.param_count; j++)
            if (strcmp(param_of(lesson->choice.rule, i).name, param_of(choice->rule, j).name) == 0)
                choice->params[j] = lesson->learnt.params[i];
}

static int write_set(struct lessons *all)
{
    char text[300];
    for (size_t r = 0; r < all->count; r++)
        for (size_t i = 0; i < all->plan.count; i++)
            take_values(&all->of[r], &all->plan.choices[i]);
    say_source(text, sizeof text, all);
    return rules_file_write(&all->plan, all->options, "learnt/1", text);
}

int rules_learn(const struct options *options)
{
    struct clinic clinic = { 0 };
    struct lessons *all;
    int code;
    if (!options->operands[0]) {
        fprintf(stderr, "attune rules: --learn: expected FORMS\n");
        return CODE_USAGE;
    }
    all = calloc(1, sizeof *all);
    if (!all)
        return no_memory();
    all->options = options;
    all->clinic = &clinic;
    code = clinic_read(&clinic, options, "learn");
    if (code == CODE_OK)
        code = learn_all(all);
    if (code == CODE_OK)
        code = options->format == FORMAT_JSON ? write_set(all) : write_table(all);
    clinic_free(&clinic);
    free(all);
    return code;
}
