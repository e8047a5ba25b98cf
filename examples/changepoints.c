/* attune changepoints: one row a change of the level that a client's scores have. */
/* SPDX-License-Identifier: MIT */
#include "examples/alarm.h"
#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"

#include <attune/changepoint.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PERMUTATIONS 999
#define TRIM 0.15
#define LINE_MIN_SIZE 3

static const char *const identity[] = { "client", "measure", "rater", "session", NULL };
static const char *const last_columns[] = { "false_alarm", "false_alarm_error", "reason", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 },
    { "measure", "measure", -1 },
    { "rater", "rater", -1 },
    { "session", "from session", -1 },
    { "before", "before", 2 },
    { "after", "after", 2 },
    { "statistic", "F", 1 },
    { "p", "p", TABLE_P },
    { "reason", "reason", TABLE_BELOW },
    { NULL, NULL, 0 },
};

/* Memory that grows with the longest course, and is used again for each. */
struct seeking {
    int32_t search, at_session;
    attune_changepoint_options how;
    const attune_field *fields;
    size_t field_count;
    struct table *table;
    struct alarms alarms;
    struct measures *measures;
    attune_changepoint *found;
    void *work;
    size_t capacity, size;
};

static size_t work_of(const struct seeking *s, size_t n)
{
    return s->search == SEARCH_SUPF ? attune_supf_work(n) : attune_changepoint_work(&s->how, n);
}

static int make_room(struct seeking *s, size_t n)
{
    if (n <= s->capacity)
        return CODE_OK;
    free(s->found);
    free(s->work);
    s->capacity = 2 * n < ATTUNE_CHANGEPOINT_ROWS_MAX ? 2 * n : ATTUNE_CHANGEPOINT_ROWS_MAX;
    s->size = work_of(s, s->capacity);
    s->found = calloc(s->capacity, sizeof *s->found);
    s->work = malloc(s->size);
    return s->found && s->work ? CODE_OK : no_memory();
}

static int simulate(const void *how, size_t n, size_t rounds, struct alarm *alarm)
{
    size_t size = attune_changepoint_work(how, n);
    void *work = malloc(size);
    attune_status status = work ? attune_changepoint_alarm(how, n, rounds, ALARM_SEED, work, size,
                                                           &alarm->rate, &alarm->error, NULL)
                                : ATTUNE_E_MEMORY;
    free(work);
    return status == ATTUNE_OK ? CODE_OK : no_memory();
}

static size_t completed(const struct course *course)
{
    size_t n = 0;
    for (size_t i = 0; i < course->count; i++)
        n += isnan(course->score[i]) ? 0 : 1;
    return n;
}

/* A test at one place has a p, which is how often it errs; a search must be tried out. */
static int alarm_of(struct seeking *s, const struct course *course, struct alarm *alarm)
{
    double p = s->found[0].p, simulated = sqrt(p * (1.0 - p) / PERMUTATIONS);
    if (s->search < SEARCH_CHOW)
        return alarms_find(&s->alarms, completed(course), alarm);
    alarm->rate = p;
    alarm->error = s->search == SEARCH_SUPF || isnan(p) ? simulated : 0.0;
    return CODE_OK;
}

static void put_rows(struct seeking *s, const struct course *course, size_t count,
                     const struct alarm *alarm)
{
    for (size_t i = 0; i < count; i++) {
        int32_t row = s->found[i].row;
        int is_place = row >= 0 && (size_t)row < course->count;
        table_text(s->table, course->client);
        table_text(s->table, course->measure);
        table_text(s->table, attune_rater_name(course->rater));
        table_count(s->table, is_place ? course->session[row] : -1);
        table_values(s->table, s->fields, s->field_count, &s->found[i]);
        table_real(s->table, alarm->rate);
        table_real(s->table, alarm->error);
        table_text(s->table, attune_changepoint_reason(s->how.model, &s->found[i]));
        table_end_row(s->table);
    }
}

static size_t first_row_after(const struct course *course, int32_t at_session)
{
    size_t row = 0;
    while (row < course->count && course->session[row] < at_session)
        row++;
    return row;
}

static attune_status find(struct seeking *s, const struct course *course, size_t *count,
                          attune_error *err)
{
    const double *y = course->score;
    size_t n = course->count;
    s->found[0].struct_size = sizeof s->found[0];
    *count = 1;
    if (s->search == SEARCH_CHOW)
        return attune_chow_change(s->how.model, y, n, first_row_after(course, s->at_session),
                                  s->found, err);
    if (s->search == SEARCH_SUPF)
        return attune_supf_change(s->how.model, TRIM, PERMUTATIONS, s->how.seed, y, n, s->work,
                                  s->size, s->found, err);
    return attune_changepoint_fit(&s->how, y, n, s->work, s->size, s->found, s->capacity, count,
                                  NULL, err);
}

static int seek(struct seeking *s, const struct course *course)
{
    size_t count = 0;
    struct alarm alarm = { NAN, NAN };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = find(s, course, &count, &err);
    if (status == ATTUNE_E_TOO_FEW)
        return CODE_OK;
    if (status != ATTUNE_OK) {
        fprintf(stderr, "attune: line %llu: %s\n", (unsigned long long)course->forms[0].line,
                err.text);
        return CODE_INTERNAL;
    }
    int code = count > 0 ? alarm_of(s, course, &alarm) : CODE_OK;
    if (code == CODE_OK)
        put_rows(s, course, count, &alarm);
    return code;
}

static int visit(void *context, const struct course *course)
{
    struct seeking *s = context;
    if (course->count > ATTUNE_CHANGEPOINT_ROWS_MAX) {
        fprintf(stderr,
                "attune: line %llu: a course of more than %d forms is beyond attune changepoints\n",
                (unsigned long long)course->forms[0].line, ATTUNE_CHANGEPOINT_ROWS_MAX);
        return CODE_DATA;
    }
    struct measure *measure = NULL;
    int code = measures_find(s->measures, course->measure, course->scale, &measure);
    if (code == CODE_OK)
        code = make_room(s, course->count);
    return code == CODE_OK ? seek(s, course) : code;
}

static void put_notes(struct seeking *s)
{
    char text[1024];
    const char *note;
    for (size_t i = 0; (note = measures_note(s->measures, i)); i++)
        table_note(s->table, note);
    alarms_text(&s->alarms, text, sizeof text);
    if (text[0] == '\0')
        return;
    table_note(s->table, "False alarms: the share of courses as long, of independent normal "
                         "scores, in which a change is found.");
    table_note(s->table, text);
}

/* Options that go together; CODE_USAGE when they do not. */
static int check(const struct options *o)
{
    const char *wrong = NULL;
    if (o->search == SEARCH_CHOW && o->at_session < 0)
        wrong = "--search chow: expected --at-session N, the first session after the change";
    else if (o->search != SEARCH_CHOW && o->at_session >= 0)
        wrong = "--at-session: expected --search chow, whose place is known";
    else if (o->model != ATTUNE_CHANGEPOINT_MEAN && o->search < ATTUNE_CHANGEPOINT_BREAKS)
        wrong = "--model line: expected --search breaks, chow or supf";
    if (wrong)
        fprintf(stderr, "attune changepoints: %s\n", wrong);
    return wrong ? CODE_USAGE : CODE_OK;
}

static void set_how(struct seeking *s, const struct options *options)
{
    s->search = options->search;
    s->at_session = options->at_session;
    s->how = (attune_changepoint_options)ATTUNE_CHANGEPOINT_OPTIONS_INIT;
    s->how.search = s->search < SEARCH_CHOW ? s->search : ATTUNE_CHANGEPOINT_BREAKS;
    s->how.criterion = ATTUNE_CHANGEPOINT_LWZ; /* BIC finds a change in a third of short courses */
    s->how.model = options->model;
    if (s->how.model == ATTUNE_CHANGEPOINT_LINE)
        s->how.min_size = LINE_MIN_SIZE; /* two scores leave nothing of a line */
    s->how.permutations = PERMUTATIONS;
}

static int run(const struct options *options)
{
    struct seeking s = { .alarms = { .simulate = simulate } };
    int code = check(options);
    if (code != CODE_OK)
        return code;
    set_how(&s, options);
    s.alarms.how = &s.how;
    code = table_new(&s.table, options, view, NULL);
    s.fields = attune_changepoint_fields(&s.field_count);
    s.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    code = s.measures ? CODE_OK : CODE_INTERNAL;
    if (code == CODE_OK) {
        table_columns(s.table, identity);
        table_fields(s.table, s.fields, s.field_count);
        table_columns(s.table, last_columns);
        code = courses_walk(options, visit, &s);
        put_notes(&s);
    }
    if (code == CODE_OK)
        code = table_commit(s.table);
    free(s.found);
    free(s.work);
    alarms_free(&s.alarms);
    measures_free(s.measures);
    table_free(s.table);
    return code;
}

const struct command command_changepoints = {
    .name = "changepoints",
    .usage = "FORMS [options]",
    .summary = "Where the level of a course changes",
    .text =
        "One row a change: the first session after it, the means before and after, F of the two "
        "stretches and p of as large an F at any place among 999 random orders of their scores. "
        "Stretches have two scores or more.\n"
        "partition is the best partition when a change costs 3 ln n squared spreads, the spread "
        "being the mean step between neighbouring scores over 1.128; binary splits one stretch "
        "after another by the same price; breaks tries up to five changes and keeps the number "
        "that the criterion of Liu, Wu and Zidek likes best.\n"
        "chow and supf have one row a course. chow tests the one change that --at-session names; p "
        "is that of F (Chow 1960), exact for independent normal scores. supf takes the likeliest "
        "place, 15 % from both ends, and p of as large an F at any place among 999 random orders. "
        "With --model line a stretch has a line over its scores' places in place of a mean.\n"
        "false_alarm is the share of courses as long, of independent normal scores about one mean, "
        "in which a change is found, by simulation; false_alarm_error is its standard error. Of "
        "chow and supf it is p itself. reason says why F is empty.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_SEARCH),
    .takes_more = TAKES_MORE(OPTION_MODEL) | TAKES_MORE(OPTION_AT_SESSION),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
