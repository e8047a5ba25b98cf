/* Reads a clinic's courses of one measure by one rater into one piece of memory. */
/* SPDX-License-Identifier: MIT */
#include "examples/clinic.h"

#include "examples/course.h"

#include <attune/simulate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

int clinic_read(struct clinic *c, const struct options *options, const char *what)
{
    int code;
    c->options = options;
    c->measures = measures_new(options, NULL);
    if (!c->measures)
        return CODE_INTERNAL;
    code = courses_walk(options, visit, c);
    if (code != CODE_OK)
        return code;
    if (!c->measure) {
        fprintf(stderr, "attune rules: --%s: expected courses, found none\n", what);
        return CODE_DATA;
    }
    if (!c->measure->direction_known) {
        measure_say_direction(c->measure);
        return CODE_USAGE;
    }
    return CODE_OK;
}

void clinic_free(struct clinic *c)
{
    measures_free(c->measures);
    free(c->starts);
    free(c->lengths);
    free(c->session);
    free(c->score);
}
