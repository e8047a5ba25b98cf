/* attune rules: the catalogue of rules and rule sets, with parameters and citations. */
/* SPDX-License-Identifier: MIT */
#include "examples/rules.h"

#include "examples/catalogue.h"
#include "examples/table.h"

#include <attune/rule.h>
#include <attune/text.h>

#include <stdio.h>
#include <string.h>

static const char *const constructs[] = { "other", "alliance", "distress", "rupture" };
static const char *const needs[] = { "within_sd", "sem",   "reliable_change",
                                     "cutoff",    "norms", "response" };
static const char *const roles[] = { "therapist", "distress", "subscale" }; /* ATTUNE_ROLE_* */

static const attune_field rule_fields[] = {
    FIELD_TEXT(attune_rule_info, id, "how --rules names it"),
    FIELD_COUNT(attune_rule_info, version, "raised when a mark could come out otherwise"),
    FIELD_TEXT(attune_rule_info, title, "in a few words"),
    FIELD_TEXT(attune_rule_info, text, "what it does"),
    FIELD_FLAGS(attune_rule_info, constructs, "measures it looks at", constructs),
    FIELD_FLAGS(attune_rule_info, needs, "constants it cannot do without", needs),
    FIELD_COUNT(attune_rule_info, lookback, "completed forms before it answers"),
    FIELD_COUNT(attune_rule_info, looks_ahead, "0: a later session never changes an earlier mark"),
    FIELD_COUNT(attune_rule_info, makes_episodes, "1: its marks open episodes"),
    FIELD_TEXT(attune_rule_info, statistic, "what its statistic is; larger is stronger"),
    FIELD_TEXT(attune_rule_info, citation, "where it is from"),
    FIELD_FLAGS(attune_rule_info, companions, "signals beside the course that it listens to",
                roles),
};
static const attune_field param_fields[] = {
    FIELD_TEXT(attune_param_info, name, "the parameter"),
    FIELD_REAL(attune_param_info, value, "as the rule sets have it"),
    FIELD_REAL(attune_param_info, low, "least value"),
    FIELD_REAL(attune_param_info, high, "greatest value"),
    FIELD_TEXT(attune_param_info, text, "what it is"),
    FIELD_TEXT(attune_param_info, source, "where it is from"),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct table_view no_view[] = { { NULL, NULL, 0 } };

attune_rule_info rules_about(const attune_rule *rule)
{
    attune_rule_info info = { .struct_size = sizeof info };
    (void)attune_rule_describe(rule, &info);
    return info;
}

/* Whether the catalogue is to show it: every rule, or the one that is named. */
static int is_wanted(const struct options *options, const char *id)
{
    return !options->operands[0] || strcmp(options->operands[0], id) == 0;
}

static attune_ruleset_info about_set(size_t i)
{
    attune_ruleset_info info = { .struct_size = sizeof info };
    (void)attune_ruleset_describe(attune_ruleset_at(i), &info);
    return info;
}

static const char *rule_of_set(size_t set, size_t i)
{
    attune_rule_choice choice;
    if (attune_ruleset_choice(attune_ruleset_at(set), i, &choice) != ATTUNE_OK)
        return NULL;
    return rules_about(choice.rule).id;
}

/* ---- CSV and JSON ---- */

static int write_csv(const struct options *options)
{
    struct table *table = NULL;
    int code = table_new(&table, options, no_view, NULL);
    if (code != CODE_OK)
        return code;
    table_fields(table, rule_fields, COUNT(rule_fields));
    for (size_t i = 0; i < attune_rule_count(); i++) {
        attune_rule_info info = rules_about(attune_rule_at(i));
        if (!is_wanted(options, info.id))
            continue;
        table_values(table, rule_fields, COUNT(rule_fields), &info);
        table_end_row(table);
    }
    code = table_commit(table);
    table_free(table);
    return code;
}

static void emit_params(struct output *o, const attune_rule *rule)
{
    attune_param_info param = { .struct_size = sizeof param };
    output_text(o, ", ");
    emit_key(o, "parameters");
    output_text(o, "[");
    for (size_t p = 0; attune_rule_param(rule, p, &param) == ATTUNE_OK; p++) {
        output_text(o, p > 0 ? ", {" : "{");
        emit_fields(o, param_fields, COUNT(param_fields), &param);
        output_text(o, "}");
    }
    output_text(o, "]");
}

/* The sets that a rule belongs to, by their ids. */
static void emit_sets(struct output *o, const char *rule)
{
    const char *before = "";
    const char *id;
    output_text(o, ", ");
    emit_key(o, "sets");
    output_text(o, "[");
    for (size_t s = 0; s < attune_ruleset_count(); s++)
        for (size_t i = 0; (id = rule_of_set(s, i)); i++)
            if (strcmp(id, rule) == 0) {
                output_text(o, before);
                emit_text(o, about_set(s).id, 0);
                before = ", ";
            }
    output_text(o, "]");
}

static void emit_all(struct output *o, const struct options *options)
{
    const char *before = "\n{";
    emit_head(o, NULL, 0);
    for (size_t i = 0; i < attune_rule_count(); i++) {
        attune_rule_info info = rules_about(attune_rule_at(i));
        if (!is_wanted(options, info.id))
            continue;
        output_text(o, before);
        before = ",\n{";
        emit_fields(o, rule_fields, COUNT(rule_fields), &info);
        emit_params(o, attune_rule_at(i));
        emit_sets(o, info.id);
        rules_alarms_json(o, &info);
        output_text(o, "}");
    }
    emit_tail(o);
}

/* ---- Text ---- */

static void text_flags(struct output *o, const char *label, const attune_field *field,
                       uint32_t flags)
{
    char text[256] = "";
    size_t n = 0;
    for (uint32_t i = 0; i < field->name_count && n < sizeof text; i++)
        if (flags >> i & 1)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", n > 0 ? ", " : "",
                                  field->names[i]);
    catalogue_line(o, label, text, 2);
}

static void text_params(struct output *o, const attune_rule *rule, uint32_t learns)
{
    attune_param_info param = { .struct_size = sizeof param };
    for (size_t p = 0; attune_rule_param(rule, p, &param) == ATTUNE_OK; p++) {
        char value[ATTUNE_NUMBER_TEXT_MAX], line[512];
        (void)attune_number_text(param.value, value);
        (void)snprintf(line, sizeof line, "%s %s: %s", param.name, value, param.text);
        catalogue_line(o, NULL, line, 4);
        catalogue_line(o, NULL, param.source, 8);
        if (learns >> p & 1)
            catalogue_line(o, NULL, "--learn learns it from a clinic's own forms", 8);
    }
}

static void text_rule(struct output *o, const attune_rule *rule)
{
    attune_rule_info info = rules_about(rule);
    char text[ATTUNE_NUMBER_TEXT_MAX + 64];
    (void)snprintf(text, sizeof text, "%s/%lu", info.id, (unsigned long)info.version);
    catalogue_line(o, text, info.title, 0);
    catalogue_line(o, NULL, info.text, 2);
    text_flags(o, "measures", &rule_fields[4], info.constructs);
    text_flags(o, "needs", &rule_fields[5], info.needs);
    text_flags(o, "listens to", &rule_fields[COUNT(rule_fields) - 1], info.companions);
    (void)snprintf(text, sizeof text, "form %ld on%s", (long)info.lookback,
                   info.looks_ahead ? ", looking ahead" : "");
    catalogue_line(o, "answers from", text, 2);
    catalogue_line(o, "statistic", info.statistic, 2);
    catalogue_line(o, "from", info.citation, 2);
    text_params(o, rule, info.learns);
    rules_alarms_text(o, &info);
    output_text(o, "\n");
}

static void text_set(struct output *o, size_t set)
{
    attune_ruleset_info info = about_set(set);
    char text[512] = "";
    const char *id;
    size_t n = 0;
    for (size_t i = 0; (id = rule_of_set(set, i)) && n < sizeof text; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", i > 0 ? ", " : "", id);
    catalogue_line(o, info.id, text, 0);
    catalogue_line(o, NULL, info.text, 2);
}

static void text_all(struct output *o, const struct options *options)
{
    for (size_t i = 0; i < attune_rule_count(); i++)
        if (is_wanted(options, rules_about(attune_rule_at(i)).id))
            text_rule(o, attune_rule_at(i));
    if (options->operands[0])
        return;
    catalogue_line(o, NULL, "Rule sets", 0);
    for (size_t i = 0; i < attune_ruleset_count(); i++)
        text_set(o, i);
}

static int run(const struct options *options)
{
    struct output *o;
    if (options->learn)
        return rules_learn(options);
    if (options->tune)
        return rules_tune(options);
    if (options->template)
        return rules_file(options);
    if (options->operands[0] && !attune_rule_find(options->operands[0])) {
        fprintf(stderr, "attune: no such rule; `attune rules` lists them\n");
        return CODE_USAGE;
    }
    if (options->alarms)
        return rules_alarms(options);
    if (options->measure_alarms)
        return rules_measure(options);
    if (options->format == FORMAT_CSV)
        return write_csv(options);
    o = output_new();
    if (!o)
        return CODE_INTERNAL;
    if (options->format == FORMAT_JSON)
        emit_all(o, options);
    else
        text_all(o, options);
    return catalogue_commit(o, options->output, options->ascii && options->format == FORMAT_TEXT);
}

const struct command command_rules = {
    .name = "rules",
    .usage = "[ID | --tune FORMS | --learn FORMS] [options]",
    .summary = "The catalogue of rules and rule sets, with parameters and citations",
    .text =
        "What each rule does, what it needs, from which form on it answers, its parameters with "
        "their sources, and the sets that --rules can name. With an ID only that rule.\n"
        "--template prints a rule set's file with every parameter, of the default set or of "
        "--rules: change it, give it a name, and load it with `attune marks --rules FILE`.\n"
        "How often a rule errs was measured in simulated courses whose truth is known: false "
        "alarms per 100 sessions at which it answers, clients that it ever marks, ruptures that it "
        "marks at their onset or the session after. --alarms shows every figure with its "
        "Monte-Carlo error; --measure-alarms measures them anew, --clients a world (20000), with "
        "the same result for the same --seed however many --threads. It is a model: it ranks rules "
        "and prices alarms; it is not how often a rule errs with people.\n"
        "--tune chooses thresholds from a clinic's own FORMS, of one --measure and --rater: level, "
        "trend, spread and inertia are estimated from its courses, steady courses of its own "
        "lengths are simulated, and each threshold is the lowest that marks no more than "
        "--alarms-per-100 sessions, half of that at the next level, a quarter at the one above. "
        "The alarms shown are of clients that had no say in the thresholds. With --json it writes "
        "a rule set for --rules. Rules that listen to other signals are not tuned: what goes "
        "with a clinic's courses is not estimated.\n"
        "--learn puts what is usual at the clinic in the place of what rupture_filter holds usual: "
        "how often ruptures begin, how deep they are, how alliance moves, by the likelihood of the "
        "clinic's own FORMS of one --measure and --rater, 100 courses or more, better 300; with a "
        "wrong SD within a client (--within-sd) it learns wrong things. Its chances are true where "
        "these are (docs/filter.md). With --json it writes the rules of --rules with "
        "them, which --tune --rules FILE then chooses thresholds for.",
    .takes = TAKES_TABLE | TAKES_FORMS | TAKES(OPTION_RULES) | TAKES(OPTION_RATER) |
             TAKES(OPTION_WITHIN_SD) | TAKES(OPTION_TEMPLATE),
    .takes_more = TAKES_MORE(OPTION_ALARMS) | TAKES_MORE(OPTION_MEASURE_ALARMS) |
                  TAKES_MORE(OPTION_TUNE) | TAKES_MORE(OPTION_LEARN) |
                  TAKES_MORE(OPTION_ALARMS_PER_100) | TAKES_MORE(OPTION_WORLD) |
                  TAKES_MORE(OPTION_CLIENTS) | TAKES_MORE(OPTION_SEED),
    .operands_min = 0,
    .operands_max = 1,
    .run = run,
};
