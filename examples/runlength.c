/* attune runlength: one row a session, how long the present level has lasted. */
/* SPDX-License-Identifier: MIT */
#include "examples/alarm.h"
#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <attune/runlength.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define CAP 128 /* exact up to so many completed scores */

static const char *const identity[] = { "client", "measure", "rater", "session", NULL };
static const char *const alarm_columns[] = { "false_alarm", "false_alarm_error", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 },   { "measure", "measure", -1 }, { "rater", "rater", -1 },
    { "session", "session", -1 }, { "likeliest", "run", -1 },   { "probability", "p of it", 2 },
    { "recent", "recent", 2 },    { "change", "change", -1 },   { NULL, NULL, 0 },
};

/* Memory that grows with the longest course, and is used again for each. */
struct running {
    attune_runlength_options how;
    const attune_field *fields;
    size_t field_count;
    struct table *table;
    struct alarms alarms;
    struct measures *measures;
    attune_runlength *runs;
    void *work;
    size_t capacity, size;
};

static int make_room(struct running *r, size_t n)
{
    if (n <= r->capacity)
        return CODE_OK;
    free(r->runs);
    r->capacity = 2 * n;
    r->runs = calloc(r->capacity, sizeof *r->runs);
    return r->runs ? CODE_OK : no_memory();
}

static int simulate(const void *how, size_t n, size_t rounds, struct alarm *alarm)
{
    size_t size = attune_runlength_alarm_work(CAP, n);
    void *work = malloc(size);
    attune_status status = work ? attune_runlength_alarm(how, n, rounds, ALARM_SEED, work, size,
                                                         &alarm->rate, &alarm->error, NULL)
                                : ATTUNE_E_MEMORY;
    free(work);
    return status == ATTUNE_OK ? CODE_OK : no_memory();
}

static void put_rows(struct running *r, const struct course *course, const struct alarm *alarm)
{
    for (size_t i = 0; i < course->count; i++) {
        table_text(r->table, course->client);
        table_text(r->table, course->measure);
        table_text(r->table, attune_rater_name(course->rater));
        table_count(r->table, course->session[i]);
        table_values(r->table, r->fields, r->field_count, &r->runs[i]);
        table_real(r->table, alarm->rate);
        table_real(r->table, alarm->error);
        table_end_row(r->table);
    }
}

/* A course without a completed form has no run, and no row. */
static int follow(struct running *r, const struct course *course)
{
    struct alarm alarm;
    attune_error err = ATTUNE_ERROR_INIT;
    r->runs[0].struct_size = sizeof r->runs[0];
    attune_status status = attune_runlength_fit(&r->how, course->score, course->count, r->work,
                                                r->size, r->runs, &err);
    if (status == ATTUNE_E_TOO_FEW)
        return CODE_OK;
    if (status != ATTUNE_OK) {
        fprintf(stderr, "attune: line %llu: %s\n", (unsigned long long)course->forms[0].line,
                err.text);
        return status == ATTUNE_E_NUMERIC ? CODE_DATA : CODE_INTERNAL;
    }
    int code = alarms_find(&r->alarms, (size_t)r->runs[course->count - 1].n, &alarm);
    if (code == CODE_OK)
        put_rows(r, course, &alarm);
    return code;
}

static int visit(void *context, const struct course *course)
{
    struct running *r = context;
    struct measure *measure = NULL;
    int code = measures_find(r->measures, course->measure, course->scale, &measure);
    if (code == CODE_OK)
        code = make_room(r, course->count);
    return code == CODE_OK ? follow(r, course) : code;
}

static void put_notes(struct running *r)
{
    char text[1024];
    const char *note;
    for (size_t i = 0; (note = measures_note(r->measures, i)); i++)
        table_note(r->table, note);
    if (isnan(r->how.b))
        table_note(r->table, "Prior: the course's own mean and spread, which look back from its "
                             "end; --prior gives one known beforehand.");
    alarms_text(&r->alarms, text, sizeof text);
    if (text[0] == '\0')
        return;
    table_note(r->table, "False alarms: the share of courses as long, of independent normal "
                         "scores, in which any session has a change.");
    table_note(r->table, text);
}

/* "M,K,A,B" */
static int read_prior(const char *text, attune_runlength_options *how)
{
    double *const parts[] = { &how->m, &how->k, &how->a, &how->b };
    for (size_t i = 0; i < 4; i++) {
        char *end = NULL;
        *parts[i] = strtod(text, &end);
        if (end == text || *end != (i < 3 ? ',' : '\0') || !isfinite(*parts[i]))
            return 0;
        text = end + 1;
    }
    return 1;
}

/* CODE_USAGE where no state could begin with what was given. */
static int set_how(struct running *r, const struct options *options)
{
    r->how = (attune_runlength_options)ATTUNE_RUNLENGTH_OPTIONS_INIT;
    r->how.cap = CAP;
    if (!isnan(options->every))
        r->how.lambda = options->every;
    r->size = attune_runlength_work(CAP);
    r->work = malloc(r->size);
    if (!r->work)
        return no_memory();
    if (options->prior && (!read_prior(options->prior, &r->how) ||
                           attune_runlength_start(r->work, r->size, &r->how, NULL) != ATTUNE_OK)) {
        fprintf(stderr, "attune runlength: --prior: expected M,K,A,B with K from 0.000001 to "
                        "1000000, A from 0.001 to 100 and B above 0\n");
        return CODE_USAGE;
    }
    if (!options->prior)
        r->how.m = r->how.b = NAN;
    return CODE_OK;
}

static int write_table(struct running *r, const struct options *options)
{
    int code = table_new(&r->table, options, view, NULL);
    r->fields = attune_runlength_fields(&r->field_count);
    r->measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    if (!r->measures)
        return CODE_INTERNAL;
    table_columns(r->table, identity);
    table_fields(r->table, r->fields, r->field_count);
    table_columns(r->table, alarm_columns);
    code = courses_walk(options, visit, r);
    put_notes(r);
    return code == CODE_OK ? table_commit(r->table) : code;
}

static int run(const struct options *options)
{
    struct running r = { .alarms = { .simulate = simulate } };
    int code = set_how(&r, options);
    r.alarms.how = &r.how;
    if (code == CODE_OK)
        code = write_table(&r, options);
    free(r.runs);
    free(r.work);
    alarms_free(&r.alarms);
    measures_free(r.measures);
    table_free(r.table);
    return code;
}

const struct command command_runlength = {
    .name = "runlength",
    .usage = "FORMS [options]",
    .summary = "How long the present level has lasted",
    .text =
        "One row a session: the run length, completed scores since the level last changed, that is "
        "likeliest after this session, its probability, and the probability of a run of at most "
        "two (recent), of one, and of 128 or more (capped, 0: exact), by Bayesian online change "
        "points (Adams and MacKay 2007). change is 1 where a recent change is likelier than none, "
        "from the third score on.\n"
        "A change comes before any score with probability 1 in --every, 20. The prior of a level "
        "is Normal-Gamma: mean M worth K scores, spread about sqrt(B / A). Without --prior it "
        "looks back: M is the mean of the whole course, K 1, A 1, B the square of its spread, the "
        "mean step between neighbouring scores over 1.128; rows of earlier sessions then know what "
        "came later.\n"
        "false_alarm is the share of courses as long, of independent normal scores about one mean "
        "(M, with spread sqrt(B / A)), in which any session has a change, by simulation; "
        "false_alarm_error is its standard error.",
    .takes = TAKES_FORMS | TAKES_TABLE,
    .takes_more = TAKES_MORE(OPTION_EVERY) | TAKES_MORE(OPTION_PRIOR),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
