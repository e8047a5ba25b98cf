/* attune rules --tune: reads the clinic's courses, and writes thresholds or a rule set. */
/* SPDX-License-Identifier: MIT */
#include "examples/tune.h"

#include "examples/clinic.h"
#include "examples/rules.h"
#include "examples/table.h"

#include <attune/text.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- The world that is like the clinic ---- */

static void set_scale(struct tuning *t)
{
    const attune_constants *c = &t->constants;
    t->world.low = isinf(c->score_min) ? -1e6 : c->score_min;
    t->world.high = isinf(c->score_max) ? 1e6 : c->score_max;
    t->world.steps = c->score_step > 0 ? 1 / c->score_step : 0;
    t->world.sessions_min = 1;
    t->world.sessions_max = 1;
    for (size_t i = 0; i < t->courses; i++)
        if (t->lengths[i] > t->world.sessions_max)
            t->world.sessions_max = t->lengths[i];
}

static int know_world(struct tuning *t, const struct clinic *c, attune_world_facts *facts)
{
    attune_error err = ATTUNE_ERROR_INIT;
    t->world.struct_size = sizeof t->world;
    (void)attune_world_describe("steady", &t->world);
    set_scale(t);
    if (attune_world_estimate(c->starts, c->courses, c->session, c->score, &t->world, facts,
                              &err) == ATTUNE_OK)
        return CODE_OK;
    fprintf(stderr, "attune rules: --tune: %s\n", err.text);
    return CODE_DATA;
}

/* ---- The rules ---- */

static void add_rule(struct tuning *t, const attune_rule_choice *choice)
{
    struct tuned_rule *rule = &t->rules[t->rule_count];
    rule->info.struct_size = sizeof rule->info;
    (void)attune_rule_describe(choice->rule, &rule->info);
    if (!(rule->info.constructs >> t->constants.construct & 1))
        return;
    rule->choice = *choice;
    for (size_t p = 0; p < ATTUNE_RULE_PARAMS && rule->thresholds < TUNE_LEVELS; p++)
        if (rule->info.thresholds >> p & 1)
            rule->param[rule->thresholds++] = p;
    t->rule_count++;
}

static int know_rules(struct tuning *t)
{
    struct plan *plan = calloc(1, sizeof *plan);
    int code = plan ? plan_read(plan, t->options, "all") : no_memory();
    for (size_t i = 0; code == CODE_OK && i < plan->count; i++)
        add_rule(t, &plan->choices[i]);
    free(plan);
    if (code == CODE_OK && t->rule_count == 0) {
        fprintf(stderr, "attune rules: --rules: expected a rule that looks at such a measure\n");
        code = CODE_USAGE;
    }
    return code;
}

/* ---- Writing ---- */

static const char *const columns[] = {
    "measure",         "rater",         "rule",     "version",        "level",
    "parameter",       "value",         "default",  "alarms_per_100", "alarms_error",
    "clients_per_100", "clients_error", "silent",   "courses",        "forms",
    "total_sd",        "level_mean",    "level_sd", "slope_mean",     "slope_sd",
    "within_sd",       "within_cv",     "inertia",  "missing",        NULL,
};
static const struct table_view view[] = {
    { "rule", "rule", -1 },
    { "level", "level", -1 },
    { "parameter", "parameter", -1 },
    { "value", "value", 3 },
    { "default", "default", 3 },
    { "alarms_per_100", "per 100", 2 },
    { "clients_per_100", "ever", 1 },
    { "silent", "why not", -1 },
    { NULL, NULL, 0 },
};

static const char *why_not(const struct tuned_rule *rule)
{
    if (rule->alarms[0].silent == ATTUNE_STATE_NOT_MEANT)
        return "not meant for it";
    if (rule->alarms[0].silent >= 0)
        return rule->alarms[0].silent == ATTUNE_STATE_TOO_FEW ? "too few forms" : "no constant";
    return rule->thresholds == 0 ? "no threshold" : isnan(rule->value[0]) ? "never so few" : NULL;
}

static void put_world(struct table *table, const attune_world *w, const attune_world_facts *facts)
{
    table_count(table, facts->courses);
    table_count(table, facts->forms);
    table_real(table, facts->total_sd);
    table_real(table, w->level_mean);
    table_real(table, w->level_sd);
    table_real(table, w->slope_mean);
    table_real(table, w->slope_sd);
    table_real(table, w->within_sd);
    table_real(table, w->within_cv);
    table_real(table, w->ar_phi);
    table_real(table, w->missing);
}

/* One threshold; a rule without any has one row, which says why. */
static void put_row(struct table *table, const struct tuning *t, const struct measure *measure,
                    const struct tuned_rule *rule, size_t j, const attune_world_facts *facts)
{
    static const char *const levels[] = { "possible", "probable", "severe" };
    attune_param_info info = { .struct_size = sizeof info, .value = NAN };
    const attune_alarm *alarms = &rule->alarms[j];
    const double figures[] = { alarms->alarms_per_100, alarms->alarms_error,
                               alarms->clients_per_100, alarms->clients_error };
    int found = j < rule->thresholds && !isnan(rule->value[j]);
    if (j < rule->thresholds)
        (void)attune_rule_param(rule->choice.rule, rule->param[j], &info);
    table_text(table, measure->id);
    table_text(table, attune_rater_name(t->options->rater));
    table_text(table, rule->info.id);
    table_count(table, (int32_t)rule->info.version);
    table_text(table, rule->thresholds > 1 ? levels[j] : NULL);
    table_text(table, info.name);
    table_real(table, found ? rule->value[j] : NAN);
    table_real(table, info.value);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        table_real(table, found ? round(figures[i] * 1e5) / 1e5 : NAN);
    table_text(table, found ? NULL : why_not(rule));
    put_world(table, &t->world, facts);
    table_end_row(table);
}

static void say_world(char *text, size_t size, const struct tuning *t,
                      const struct measure *measure, const attune_world_facts *facts)
{
    const attune_world *w = &t->world;
    (void)snprintf(text, size,
                   "Thresholds for %g alarms per 100 sessions (half of that at the next level, a "
                   "quarter above), from %ld courses of %s by the %s with %ld forms: SD %.3g, "
                   "level %.3g (SD %.3g), slope %.2g a session, spread within a client %.3g, "
                   "inertia %.2g. Steady courses like these were simulated; seed %ld.",
                   t->budget, (long)facts->courses, measure->id,
                   attune_rater_name(t->options->rater), (long)facts->forms, facts->total_sd,
                   w->level_mean, w->level_sd, w->slope_mean, w->within_sd, w->ar_phi,
                   (long)t->options->seed);
}

static int write_table(const struct tuning *t, const struct measure *measure,
                       const attune_world_facts *facts)
{
    struct table *table = NULL;
    char text[1000];
    int code = table_new(&table, t->options, view, NULL);
    if (code != CODE_OK)
        return code;
    table_columns(table, columns);
    for (size_t r = 0; r < t->rule_count; r++)
        for (size_t j = 0; j == 0 || j < t->rules[r].thresholds; j++)
            put_row(table, t, measure, &t->rules[r], j, facts);
    say_world(text, sizeof text, t, measure, facts);
    table_note(table, text);
    table_note(table,
               "Ruptures in the clinic's courses widen their spread, so these thresholds lie "
               "on the side of fewer alarms. --json writes them as a rule set.");
    code = table_commit(table);
    table_free(table);
    return code;
}

/* A rule set, as the schema beside the built-in ones has it: rules with a threshold that was found.
 */
static int write_set(const struct tuning *t, const struct measure *measure,
                     const attune_world_facts *facts)
{
    static struct plan plan;
    char text[1000];
    plan.count = 0;
    for (size_t r = 0; r < t->rule_count; r++) {
        const struct tuned_rule *rule = &t->rules[r];
        attune_rule_choice *choice = &plan.choices[plan.count];
        if (rule->thresholds == 0 || isnan(rule->value[0]))
            continue;
        *choice = rule->choice;
        for (size_t j = 0; j < rule->thresholds && !isnan(rule->value[j]); j++)
            choice->params[rule->param[j]] = rule->value[j];
        plan.count++;
    }
    say_world(text, sizeof text, t, measure, facts);
    return rules_file_write(&plan, t->options, "tuned/1", text);
}

/* ---- The command ---- */

static int tune(struct tuning *t, const struct clinic *c)
{
    attune_world_facts facts = { .struct_size = sizeof facts };
    int code;
    t->constants = c->measure->constants;
    t->lengths = c->lengths;
    t->courses = c->courses;
    code = know_world(t, c, &facts);
    if (code == CODE_OK && isnan(t->constants.within_sd)) {
        t->constants.within_sd = t->world.within_sd;
        fprintf(stderr, "attune rules: no within-client SD is known of the measure: the estimated "
                        "one is taken; give it to attune marks by --within-sd\n");
    }
    if (code == CODE_OK)
        code = know_rules(t);
    if (code == CODE_OK)
        code = tune_thresholds(t);
    if (code != CODE_OK)
        return code;
    return t->options->format == FORMAT_JSON ? write_set(t, c->measure, &facts)
                                             : write_table(t, c->measure, &facts);
}

int rules_tune(const struct options *options)
{
    struct clinic c = { 0 };
    struct tuning *t;
    int code;
    if (!options->operands[0] || isnan(options->alarms_per_100)) {
        fprintf(stderr, "attune rules: --tune: expected FORMS and --alarms-per-100 N\n");
        return CODE_USAGE;
    }
    t = calloc(1, sizeof *t);
    if (!t)
        return no_memory();
    t->options = options;
    t->budget = options->alarms_per_100;
    t->clients = (uint64_t)(options->clients > 0 ? options->clients : TUNE_CLIENTS);
    code = clinic_read(&c, options, "tune");
    if (code == CODE_OK)
        code = tune(t, &c);
    clinic_free(&c);
    free(t);
    return code;
}
