/* attune rules --tune: reads the clinic's courses, and writes thresholds or a rule set. */
/* SPDX-License-Identifier: MIT */
#include "examples/tune.h"

#include "examples/course.h"
#include "examples/json.h"
#include "examples/measure.h"
#include "examples/rules.h"
#include "examples/table.h"

#include <attune/text.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The courses of one measure by one rater, in one piece of memory after the other. */
struct clinic {
    const struct options *options;
    struct measures *measures;
    struct measure *measure; /* NULL: none yet */
    size_t *starts;
    int32_t *lengths, *session;
    double *score;
    size_t courses, course_room, forms, form_room;
};

/* ---- Reading ---- */

static int grow(void **memory, size_t count, size_t size)
{
    void *more = count <= SIZE_MAX / size ? realloc(*memory, count * size) : NULL;
    if (!more)
        return no_memory();
    *memory = more;
    return CODE_OK;
}

static int make_room(struct clinic *c, size_t forms)
{
    int code = CODE_OK;
    if (c->courses + 2 > c->course_room) {
        void *starts = c->starts, *lengths = c->lengths;
        c->course_room = 2 * c->course_room + 64;
        code = grow(&starts, c->course_room, sizeof *c->starts);
        if (code == CODE_OK)
            code = grow(&lengths, c->course_room, sizeof *c->lengths);
        c->starts = starts;
        c->lengths = lengths;
    }
    if (code == CODE_OK && c->forms + forms > c->form_room) {
        void *session = c->session, *score = c->score;
        c->form_room = 2 * (c->forms + forms);
        code = grow(&session, c->form_room, sizeof *c->session);
        if (code == CODE_OK)
            code = grow(&score, c->form_room, sizeof *c->score);
        c->session = session;
        c->score = score;
    }
    return code;
}

static int take_course(struct clinic *c, const struct course *course)
{
    int64_t length = (int64_t)course->session[course->count - 1] - course->session[0] + 1;
    int code = make_room(c, course->count);
    if (code != CODE_OK)
        return code;
    memcpy(c->session + c->forms, course->session, course->count * sizeof *c->session);
    memcpy(c->score + c->forms, course->score, course->count * sizeof *c->score);
    c->starts[c->courses] = c->forms;
    c->forms += course->count;
    c->lengths[c->courses++] =
        (int32_t)(length < ATTUNE_WORLD_SESSIONS_MAX ? length : ATTUNE_WORLD_SESSIONS_MAX);
    c->starts[c->courses] = c->forms;
    return CODE_OK;
}

static int visit(void *context, const struct course *course)
{
    struct clinic *c = context;
    struct measure *measure = NULL;
    int code;
    if (course->rater != c->options->rater)
        return CODE_OK;
    code = measures_find(c->measures, course->measure, course->scale, &measure);
    if (code != CODE_OK)
        return code;
    if (c->measure && c->measure != measure) {
        fprintf(stderr, "attune rules: the file holds several measures: expected --measure\n");
        return CODE_USAGE;
    }
    c->measure = measure;
    return take_course(c, course);
}

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
    attune_rule_info info = { .struct_size = sizeof info };
    (void)attune_rule_describe(choice->rule, &info);
    if (info.constructs >> t->constants.construct & 1)
        t->choices[t->rule_count++] = *choice;
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

/* The j-th threshold of rule r; a rule without any has one row, which says why. */
static void put_row(struct table *table, const struct tuning *t, const struct measure *measure,
                    size_t r, int32_t j, const attune_world_facts *facts)
{
    static const char *const levels[] = { "possible", "probable", "severe" };
    const attune_tuned *rule = &t->tune.rules[r];
    attune_rule_info about = { .struct_size = sizeof about };
    attune_param_info info = { .struct_size = sizeof info, .value = NAN };
    const attune_alarm *alarms = &t->alarms[j][r];
    const double figures[] = { alarms->alarms_per_100, alarms->alarms_error,
                               alarms->clients_per_100, alarms->clients_error };
    int found = j < rule->thresholds && !isnan(rule->value[j]);
    (void)attune_rule_describe(rule->choice.rule, &about);
    if (j < rule->thresholds)
        (void)attune_rule_param(rule->choice.rule, (size_t)rule->param[j], &info);
    table_text(table, measure->id);
    table_text(table, attune_rater_name(t->options->rater));
    table_text(table, about.id);
    table_count(table, (int32_t)about.version);
    table_text(table, rule->thresholds > 1 ? levels[j] : NULL);
    table_text(table, info.name);
    table_real(table, found ? rule->value[j] : NAN);
    table_real(table, info.value);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        table_real(table, found ? round(figures[i] * 1e5) / 1e5 : NAN);
    table_text(table, found ? NULL : attune_tune_silence(rule, &t->alarms[0][r]));
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

static int any_listens(const struct tuning *t)
{
    for (size_t r = 0; r < t->rule_count; r++)
        if (t->alarms[0][r].silent == ATTUNE_STATE_NO_SIGNAL)
            return 1;
    return 0;
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
        for (int32_t j = 0; j == 0 || j < t->tune.rules[r].thresholds; j++)
            put_row(table, t, measure, r, j, facts);
    say_world(text, sizeof text, t, measure, facts);
    table_note(table, text);
    table_note(table,
               "Ruptures in the clinic's courses widen their spread, so these thresholds lie "
               "on the side of fewer alarms. --json writes them as a rule set.");
    if (any_listens(t))
        table_note(table, "No other signal: rules that listen to the therapist's ratings or to "
                          "distress are not tuned, for what goes with a clinic's courses is not "
                          "estimated. `attune rules --alarms` says how often they err.");
    code = table_commit(table);
    table_free(table);
    return code;
}

static void emit_rule(struct output *o, const attune_tuned *rule, const char *before)
{
    attune_rule_info about = { .struct_size = sizeof about };
    (void)attune_rule_describe(rule->choice.rule, &about);
    output_text(o, before);
    output_text(o, "    { ");
    emit_key(o, "rule");
    emit_text(o, about.id, 0);
    output_text(o, ", ");
    emit_key(o, "version");
    emit_real(o, about.version);
    output_text(o, ", ");
    emit_key(o, "parameters");
    output_text(o, "[");
    for (int32_t j = 0; j < rule->thresholds && !isnan(rule->value[j]); j++) {
        attune_param_info info = { .struct_size = sizeof info };
        (void)attune_rule_param(rule->choice.rule, (size_t)rule->param[j], &info);
        output_text(o, j > 0 ? ", { " : " { ");
        emit_key(o, "name");
        emit_text(o, info.name, 0);
        output_text(o, ", ");
        emit_key(o, "value");
        emit_real(o, rule->value[j]);
        output_text(o, " }");
    }
    output_text(o, " ] }");
}

/* A rule set, as the schema beside the built-in ones has it: rules with a threshold that was found.
 */
static int write_set(const struct tuning *t, const struct measure *measure,
                     const attune_world_facts *facts)
{
    struct output *o = output_new();
    char text[1000];
    const char *before = "\n";
    int code;
    if (!o)
        return CODE_INTERNAL;
    say_world(text, sizeof text, t, measure, facts);
    output_text(o, "{\n  \"id\": \"tuned\",\n  \"version\": 1,\n  ");
    emit_key(o, "text");
    emit_text(o, text, 0);
    output_text(o, ",\n  \"rules\": [");
    for (size_t r = 0; r < t->rule_count; r++) {
        const attune_tuned *rule = &t->tune.rules[r];
        if (rule->thresholds == 0 || isnan(rule->value[0]))
            continue;
        emit_rule(o, rule, before);
        before = ",\n";
    }
    output_text(o, "\n  ]\n}\n");
    code = output_commit(o, t->options->output);
    output_free(o);
    return code;
}

/* ---- The command ---- */

static int tune(struct tuning *t, struct clinic *c)
{
    attune_world_facts facts = { .struct_size = sizeof facts };
    int code;
    if (!c->measure->direction_known) {
        measure_say_direction(c->measure);
        return CODE_USAGE;
    }
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
    struct clinic c = { .options = options };
    struct tuning *t = calloc(1, sizeof *t);
    int code;
    if (!options->operands[0] || isnan(options->alarms_per_100)) {
        fprintf(stderr, "attune rules: --tune: expected FORMS and --alarms-per-100 N\n");
        free(t);
        return CODE_USAGE;
    }
    c.measures = t ? measures_new(options, NULL) : NULL;
    if (!c.measures) {
        free(t);
        return no_memory();
    }
    t->options = options;
    t->budget = options->alarms_per_100;
    t->clients = (uint64_t)(options->clients > 0 ? options->clients : TUNE_CLIENTS);
    code = courses_walk(options, visit, &c);
    if (code == CODE_OK && !c.measure) {
        fprintf(stderr, "attune rules: --tune: expected courses, found none\n");
        code = CODE_DATA;
    }
    if (code == CODE_OK)
        code = tune(t, &c);
    measures_free(c.measures);
    free(c.starts);
    free(c.lengths);
    free(c.session);
    free(c.score);
    free(t);
    return code;
}
