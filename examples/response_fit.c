/* attune response: fit a clinic's expected response and write it, with whose it is, to a file. */
/* SPDX-License-Identifier: MIT */
#include "examples/response.h"

#include "examples/course.h"
#include "examples/input.h"
#include "examples/measure.h"
#include "examples/output.h"

#include <attune/responsefit.h>
#include <attune/text.h>
#include <attune/version.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FEW_CLIENTS 20 /* below, what is expected rests on too little to be compared with */

/* The forms of one measure by one rater, row after row. */
struct fitting {
    const struct options *options;
    struct measures *measures;
    uint64_t *starts;
    int32_t *place; /* session, or days */
    double *score;
    size_t clients, rows, client_room, row_room;
    int32_t time;                /* ATTUNE_TIME_*, with the axis of --by */
    struct response_rows course; /* the one that is being read */
    char measure[64];
};

static int grow(void **array, size_t room, size_t size)
{
    void *more = room <= SIZE_MAX / size ? realloc(*array, room * size) : NULL;
    if (!more)
        return 0;
    *array = more;
    return 1;
}

static int make_room(struct fitting *f, size_t rows)
{
    void *starts = f->starts, *place = f->place, *score = f->score;
    int good = 1;
    if (f->clients + 2 > f->client_room) {
        f->client_room = 2 * f->client_room + 1024;
        good = grow(&starts, f->client_room, sizeof *f->starts);
        f->starts = starts;
    }
    if (good && f->rows + rows > f->row_room) {
        f->row_room = 2 * (f->rows + rows) + 4096;
        good = grow(&place, f->row_room, sizeof *f->place);
        f->place = place;
        good = good && grow(&score, f->row_room, sizeof *f->score);
        f->score = score;
    }
    return good ? CODE_OK : no_memory();
}

static int other_measure(const struct fitting *f)
{
    fprintf(stderr, "attune response: the forms are of more than one measure: --measure ID says "
                    "which\n");
    return f ? CODE_USAGE : CODE_INTERNAL;
}

static int visit(void *context, const struct course *course)
{
    struct fitting *f = context;
    struct measure *measure = NULL;
    int code = measures_find(f->measures, course->measure, course->scale, &measure);
    if (code != CODE_OK || course->rater != f->options->rater)
        return code;
    if (f->measure[0] == '\0')
        (void)snprintf(f->measure, sizeof f->measure, "%s", course->measure);
    if (strncmp(f->measure, course->measure, sizeof f->measure - 1) != 0)
        return other_measure(f);
    code = response_rows(&f->course, course, attune_time_by_date(f->time), measure);
    if (code == CODE_OK)
        code = make_room(f, f->course.count);
    if (code != CODE_OK)
        return code;
    f->starts[f->clients] = f->rows;
    for (size_t i = 0; i < f->course.count; i++) {
        f->place[f->rows] = f->course.place[i];
        f->score[f->rows++] = f->course.score[i];
    }
    f->starts[++f->clients] = f->rows;
    return CODE_OK;
}

/* --time and --by together; days count in weeks, sessions do not. */
static int choose_time(const struct options *o, int32_t *time)
{
    static const int32_t dated[] = { [ATTUNE_TIME_LOG] = ATTUNE_TIME_LOG_WEEK,
                                     [ATTUNE_TIME_SESSION] = -1,
                                     [ATTUNE_TIME_ROOT] = ATTUNE_TIME_ROOT_WEEK,
                                     [ATTUNE_TIME_WEEK] = ATTUNE_TIME_WEEK };
    *time = o->by == BY_DATE ? dated[o->time] : o->time;
    if (*time >= 0 && (o->by == BY_DATE) == attune_time_by_date(*time))
        return CODE_OK;
    fprintf(stderr, "attune response: --time: %s\n",
            o->by == BY_DATE ? "expected log, week or root with --by date"
                             : "expected --by date beside week");
    return CODE_USAGE;
}

/* What the library refused, in the words of somebody with a file of forms. */
static int say_refused(const attune_error *err)
{
    static const struct {
        const char *key, *text;
    } sentences[] = {
        { "groups", "expected completed forms of two clients or more" },
        { "rows", "expected clients with more completed forms than their own line takes" },
        { "x", "expected forms at more than one session, by date on more than one day" },
        { "residual", "expected scores that vary about their clients' own lines" },
        { "fit", "the model could not be fitted to these scores" },
    };
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (strcmp(sentences[i].key, err->key) == 0) {
            fprintf(stderr, "attune response: %s\n", sentences[i].text);
            return CODE_DATA;
        }
    fprintf(stderr, "attune response: %s\n", err->text);
    return err->code == ATTUNE_E_MEMORY ? CODE_INTERNAL : CODE_DATA;
}

static int fit(const struct fitting *f, attune_response *response)
{
    const struct options *o = f->options;
    const attune_response_options how = { sizeof how, f->time, o->structure,
                                          o->maximum_likelihood ? 0 : 1 };
    attune_error err = ATTUNE_ERROR_INIT;
    size_t size = attune_response_work(f->clients, f->rows);
    void *work = size > 0 ? malloc(size) : NULL;
    int code = CODE_OK;
    if (!work)
        return no_memory();
    if (attune_response_fit(&how, f->starts, f->clients, f->place, f->score, f->rows, work, size,
                            response, &err) != ATTUNE_OK)
        code = say_refused(&err);
    free(work);
    return code;
}

static void put(char *to, size_t room, const char *text)
{
    (void)snprintf(to, room, "%s", text ? text : "");
}

static void today(char *to, size_t room, const char *given)
{
    time_t now = time(NULL);
    struct tm parts;
    put(to, room, given);
    if (!given && gmtime_r(&now, &parts))
        (void)strftime(to, room, "%Y-%m-%d", &parts);
}

static int fill_norm(const struct fitting *f, attune_norm *norm)
{
    const struct options *o = f->options;
    const struct {
        const char *option, *text;
        char *to;
        size_t room;
    } texts[] = {
        { "measure", f->measure, norm->measure, sizeof norm->measure },
        { "name", o->name ? o->name : "unnamed norm", norm->name, sizeof norm->name },
        { "who", o->who, norm->who, sizeof norm->who },
        { "population", o->population, norm->population, sizeof norm->population },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].text && strlen(texts[i].text) >= texts[i].room) {
            fprintf(stderr, "attune response: --%s: expected at most %zu bytes\n", texts[i].option,
                    texts[i].room - 1);
            return CODE_USAGE;
        }
        put(texts[i].to, texts[i].room, texts[i].text);
    }
    norm->rater = o->rater;
    today(norm->at, sizeof norm->at, o->at_text);
    (void)snprintf(norm->software, sizeof norm->software, "attune %s", attune_version_text());
    return CODE_OK;
}

static int write_norm(const attune_norm *norm, const char *path)
{
    static char text[ATTUNE_NORM_BYTES_MAX];
    attune_error err = ATTUNE_ERROR_INIT;
    struct output *output;
    size_t n = 0;
    int code;
    if (attune_norm_write(norm, text, sizeof text, &n, &err) != ATTUNE_OK) {
        fprintf(stderr, "attune response: --%s: %s\n", err.key, err.text);
        return err.code == ATTUNE_E_MEMORY ? CODE_INTERNAL : CODE_USAGE;
    }
    output = output_new();
    if (!output)
        return CODE_INTERNAL;
    output_bytes(output, text, n);
    code = output_commit(output, path);
    output_free(output);
    return code;
}

static void say_summary(const struct fitting *f, const attune_norm *norm)
{
    const attune_response *r = &norm->response;
    fprintf(stderr, "attune response: %llu clients, %llu forms, %s %d to %d\n",
            (unsigned long long)r->n_clients, (unsigned long long)r->n_forms,
            attune_time_by_date(r->time) ? "days" : "sessions", (int)r->first_session,
            (int)r->last_session);
    if (f->course.early > 0)
        fprintf(stderr, "attune response: %zu forms before session 1 were left out\n",
                f->course.early);
    if (r->n_clients < FEW_CLIENTS)
        fprintf(stderr, "attune response: fewer than %d clients: too few to compare others with\n",
                FEW_CLIENTS);
    if (r->singular)
        fprintf(stderr, "attune response: clients do not differ enough for all of the model's "
                        "variances (singular fit); --structure level or diagonal has fewer\n");
    if (!f->options->who || !f->options->population)
        fprintf(stderr, "attune response: --who and --population say whose norm this is\n");
}

int response_fit(const struct options *options)
{
    struct fitting f = { .options = options };
    attune_norm norm = { .struct_size = sizeof norm };
    const char *note;
    int code;
    norm.response.struct_size = sizeof norm.response;
    code = choose_time(options, &f.time);
    if (code != CODE_OK)
        return code;
    f.measures = measures_new(options, NULL);
    code = f.measures ? courses_walk(options, visit, &f) : CODE_INTERNAL;
    if (code == CODE_OK)
        code = make_room(&f, 1); /* no form at all is for the library to refuse */
    if (code == CODE_OK)
        code = fit(&f, &norm.response);
    if (code == CODE_OK)
        code = fill_norm(&f, &norm);
    if (code == CODE_OK)
        code = write_norm(&norm, options->output);
    for (size_t i = 0; code == CODE_OK && (note = measures_note(f.measures, i)); i++)
        fprintf(stderr, "attune response: %s\n", note);
    if (code == CODE_OK)
        say_summary(&f, &norm);
    free(f.starts);
    free(f.place);
    free(f.score);
    response_rows_free(&f.course);
    measures_free(f.measures);
    return code;
}
