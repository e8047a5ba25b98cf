/* attune response: the table of its actions, and reading a norm file. */
/* SPDX-License-Identifier: MIT */
#include "examples/response.h"

#include "examples/input.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(const struct options *options);
} actions[] = {
    { "fit", response_fit },
    { "predict", response_predict },
};

static int make_room(struct response_rows *rows, size_t n)
{
    size_t room = 2 * n;
    if (n <= rows->room)
        return CODE_OK;
    response_rows_free(rows);
    if (room > SIZE_MAX / 2 / sizeof *rows->score)
        return no_memory();
    rows->place = malloc(room * sizeof *rows->place);
    rows->session = malloc(room * sizeof *rows->session);
    rows->score = malloc(room * sizeof *rows->score);
    rows->room = room;
    return rows->place && rows->session && rows->score ? CODE_OK : no_memory();
}

void response_rows_free(struct response_rows *rows)
{
    free(rows->place);
    free(rows->session);
    free(rows->score);
    *rows = (struct response_rows) { .early = rows->early };
}

int response_rows(struct response_rows *rows, const struct course *course, int32_t by_date,
                  struct measure *measure)
{
    double start = NAN;
    int code = make_room(rows, course->count);
    rows->count = 0;
    for (size_t i = 0; i < course->count && code == CODE_OK; i++) {
        double day = course->day[i];
        if (isnan(course->score[i]))
            continue;
        if (course->session[i] < 1) {
            rows->early++;
            continue;
        }
        if (by_date && isnan(day)) {
            measure_say(measure, MEASURE_SAID_DATE, "forms without a date are left out");
            continue;
        }
        start = isnan(start) ? day : start;
        rows->place[rows->count] = by_date ? (int32_t)(day - start) : course->session[i];
        rows->session[rows->count] = course->session[i];
        rows->score[rows->count] = course->score[i];
        if (rows->count > 0 && rows->place[rows->count] < rows->place[rows->count - 1])
            code = course_backwards(course);
        rows->count++;
    }
    return code;
}

int response_is_of(const attune_norm *norm, const struct course *course)
{
    return course->rater == norm->rater && strcmp(course->measure, norm->measure) == 0;
}

void response_count(struct response_dates *dates, const attune_norm *norm,
                    const struct course *course, struct measure *measure)
{
    size_t dated = 0, completed = 0;
    if (!response_is_of(norm, course))
        return;
    for (size_t i = 0; i < course->count; i++) {
        completed += isnan(course->score[i]) ? 0u : 1u;
        dated += isnan(course->score[i]) || isnan(course->day[i]) ? 0u : 1u;
    }
    dates->courses++;
    dates->dated += dated > 0 || completed == 0 || !attune_time_by_date(norm->response.time);
    if (dated < completed && attune_time_by_date(norm->response.time))
        measure_say(measure, MEASURE_SAID_DATE,
                    "the norm goes by date: forms without a date are not held against it");
}

int response_check(const struct response_dates *dates)
{
    if (dates->courses == 0 || dates->dated > 0)
        return CODE_OK;
    fprintf(stderr, "attune: --response: the norm goes by date: expected dates in the forms of its "
                    "measure\n");
    return CODE_DATA;
}

/* --by says again what the norm says, or is refused. */
static int check_by(const struct options *options, const attune_norm *norm)
{
    int32_t by = attune_time_by_date(norm->response.time) ? BY_DATE : BY_SESSION;
    if (options->by < 0 || options->by == by)
        return CODE_OK;
    fprintf(stderr, "attune %s: --by: the norm goes by %s\n", options->command->name,
            by == BY_DATE ? "date" : "session");
    return CODE_USAGE;
}

int response_read(const struct options *options, attune_norm *norm)
{
    attune_error err = ATTUNE_ERROR_INIT;
    size_t n = 0;
    char *text = input_text(options->response, &n);
    int code = CODE_OK;
    if (!text)
        return CODE_NO_INPUT;
    norm->struct_size = sizeof *norm;
    if (attune_norm_load(norm, text, n, &err) != ATTUNE_OK)
        code = input_fail(options->response, &err);
    free(text);
    return code == CODE_OK ? check_by(options, norm) : code;
}

void response_note(const struct options *options, const attune_norm *norm,
                   char text[ATTUNE_NORM_SENTENCE_MAX])
{
    (void)attune_norm_sentence(
        norm, options->format == FORMAT_JSON ? ATTUNE_NORM_WHOLE : ATTUNE_NORM_SHORT, text,
        ATTUNE_NORM_SENTENCE_MAX);
}

static int run(const struct options *options)
{
    struct options shifted = *options;
    shifted.operands[0] = options->operands[1];
    shifted.operands[1] = NULL;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].name, options->operands[0]) == 0)
            return actions[i].run(&shifted);
    fprintf(stderr, "attune response: no such action; expected fit or predict\n");
    return CODE_USAGE;
}

const struct command command_response = {
    .name = "response",
    .usage = "fit|predict FORMS [options]",
    .summary = "A clinic's own expected response, fitted and compared with",
    .text =
        "`attune response fit FORMS --who X --population X -o NORM` fits how this caseload's "
        "scores go from session to session: a line on log session (--time), with a level and a "
        "slope of each client's own (--structure), by restricted maximum likelihood (--method). "
        "With --by date time is the weeks since the client's first completed form, and the line "
        "one on log(1 + weeks); --time week or root are the others. A norm says what it goes by, "
        "and is read with no other --by. "
        "The file says whose it is, of how many clients and forms, and which sessions and first "
        "scores it covers.\n"
        "`attune response predict FORMS --response NORM` writes, for each client and session of "
        "the norm, what is expected from the first form alone and from all earlier forms, with "
        "the band that holds --level of such clients' scores. Nothing is extrapolated.\n"
        "`attune marks FORMS --response NORM` marks scores worse than is expected.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_TIME) | TAKES(OPTION_FIT_METHOD) |
             TAKES(OPTION_STRUCTURE) | TAKES(OPTION_RATER) | TAKES(OPTION_WHO) |
             TAKES(OPTION_NAME) | TAKES(OPTION_POPULATION) | TAKES(OPTION_RESPONSE) |
             TAKES(OPTION_LEVEL) | TAKES(OPTION_CLIENT) | TAKES(OPTION_BY),
    .operands_min = 2,
    .operands_max = 2,
    .unknown_measures = 1,
    .run = run,
};
