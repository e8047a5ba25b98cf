/* The forms of attune associate: three courses of each client, brought to one row a session. */
/* SPDX-License-Identifier: MIT */
#include "examples/associate.h"

#include "examples/course.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One side's course of the client at hand; its memory is used again. */
struct side_course {
    int32_t *session;
    double *score;
    size_t count, capacity;
};

struct reading {
    const struct options *options;
    struct measures *measures;
    struct associate_side *sides;
    struct associate_rows *rows;
    struct side_course courses[ROLE_COUNT];
    char *client; /* the one at hand */
    size_t client_room, row_room;
};

static int grow(void **array, size_t room, size_t size)
{
    void *more = room <= SIZE_MAX / size ? realloc(*array, room * size) : NULL;
    if (!more)
        return 0;
    *array = more;
    return 1;
}

static int make_rows(struct reading *r, size_t wanted)
{
    struct associate_rows *rows = r->rows;
    void *session = rows->session, *starts = rows->starts;
    int good = 1;
    if (rows->rows + wanted > r->row_room) {
        r->row_room = 2 * (rows->rows + wanted) + 4096;
        good = grow(&session, r->row_room, sizeof *rows->session);
        rows->session = session;
        for (size_t k = 0; k < ROLE_COUNT && good; k++) {
            void *score = rows->score[k];
            good = grow(&score, r->row_room, sizeof *rows->score[k]);
            rows->score[k] = score;
        }
    }
    if (good && rows->clients + 2 > r->client_room) {
        r->client_room = 2 * r->client_room + 1024;
        good = grow(&starts, r->client_room, sizeof *rows->starts);
        rows->starts = starts;
    }
    return good ? CODE_OK : no_memory();
}

/* The sessions of all sides in order, each once, with what each side has there. */
static int end_client(struct reading *r)
{
    struct associate_rows *rows = r->rows;
    size_t at[ROLE_COUNT] = { 0 }, wanted = 0;
    int code;
    for (size_t k = 0; k < ROLE_COUNT; k++)
        wanted += r->courses[k].count;
    if (wanted == 0)
        return CODE_OK;
    code = make_rows(r, wanted);
    if (code != CODE_OK)
        return code;
    rows->starts[rows->clients] = rows->rows;
    for (;;) {
        int32_t next = INT32_MAX;
        int left = 0;
        for (size_t k = 0; k < ROLE_COUNT; k++)
            if (at[k] < r->courses[k].count) {
                left = 1;
                next = r->courses[k].session[at[k]] < next ? r->courses[k].session[at[k]] : next;
            }
        if (!left)
            break;
        rows->session[rows->rows] = next;
        for (size_t k = 0; k < ROLE_COUNT; k++) {
            const struct side_course *c = &r->courses[k];
            int has = at[k] < c->count && c->session[at[k]] == next;
            rows->score[k][rows->rows] = has ? c->score[at[k]] : NAN;
            at[k] += has ? 1u : 0u;
        }
        rows->rows++;
    }
    rows->starts[++rows->clients] = rows->rows;
    for (size_t k = 0; k < ROLE_COUNT; k++)
        r->courses[k].count = 0;
    return CODE_OK;
}

static int begin_client(struct reading *r, const char *client)
{
    int code;
    if (r->client && strcmp(r->client, client) == 0)
        return CODE_OK;
    code = end_client(r);
    free(r->client);
    r->client = strdup(client);
    return code == CODE_OK && !r->client ? no_memory() : code;
}

static int keep(struct side_course *c, const struct course *course)
{
    if (course->count > c->capacity) {
        void *session = c->session, *score = c->score;
        int good = grow(&session, 2 * course->count, sizeof *c->session);
        c->session = session;
        good = good && grow(&score, 2 * course->count, sizeof *c->score);
        c->score = score;
        if (!good)
            return no_memory();
        c->capacity = 2 * course->count;
    }
    memcpy(c->session, course->session, course->count * sizeof *c->session);
    memcpy(c->score, course->score, course->count * sizeof *c->score);
    c->count = course->count;
    return CODE_OK;
}

static int is_side(const struct associate_side *side, const struct course *course)
{
    return side->wanted && side->id && course->rater == side->rater &&
           strcmp(side->id, course->measure) == 0;
}

/* Whether a course may be the one that a side without a name stands for. */
static int may_be(const struct reading *r, size_t k, const struct course *course,
                  const struct measure *measure)
{
    const struct associate_side *side = &r->sides[k];
    if (!side->wanted || side->named || course->rater != side->rater || !measure->scale ||
        measure->constants.construct != side->construct)
        return 0;
    for (size_t other = 0; other < ROLE_COUNT; other++)
        if (other != k && r->sides[other].named && is_side(&r->sides[other], course))
            return 0;
    return 1;
}

static int choose(struct associate_side *side, const struct course *course)
{
    if (!side->id) {
        side->id = strdup(course->measure);
        return side->id ? CODE_OK : no_memory();
    }
    if (strcmp(side->id, course->measure) == 0)
        return CODE_OK;
    fprintf(stderr,
            "attune associate: the forms are of more than one such measure: --%s ID says "
            "which\n",
            side->option);
    return CODE_USAGE;
}

static int visit(void *context, const struct course *course)
{
    struct reading *r = context;
    struct measure *measure = NULL;
    int code = measures_find(r->measures, course->measure, course->scale, &measure);
    if (code == CODE_OK)
        code = begin_client(r, course->client);
    for (size_t k = 0; k < ROLE_COUNT && code == CODE_OK; k++) {
        if (may_be(r, k, course, measure))
            code = choose(&r->sides[k], course);
        if (code != CODE_OK || !is_side(&r->sides[k], course))
            continue;
        r->sides[k].measure = measure;
        code = keep(&r->courses[k], course);
    }
    return code;
}

/* "ID" or "ID:RATER". */
static int name_side(struct associate_side *side, const char *given)
{
    static const int32_t raters[] = { ATTUNE_RATER_CLIENT, ATTUNE_RATER_THERAPIST,
                                      ATTUNE_RATER_OBSERVER };
    const char *colon = strchr(given, ':');
    size_t n = colon ? (size_t)(colon - given) : strlen(given);
    side->named = 1;
    side->id = malloc(n + 1);
    if (!side->id)
        return no_memory();
    memcpy(side->id, given, n);
    side->id[n] = '\0';
    for (size_t i = 0; i < sizeof raters / sizeof *raters && colon && n > 0; i++)
        if (strcmp(colon + 1, attune_rater_name(raters[i])) == 0) {
            side->rater = raters[i];
            return CODE_OK;
        }
    if (!colon && n > 0)
        return CODE_OK;
    fprintf(stderr,
            "attune associate: --%s: expected the id of a measure, or id:client, "
            "id:therapist or id:observer\n",
            side->option);
    return CODE_USAGE;
}

static int name_sides(const struct options *o, struct associate_side *sides)
{
    const char *given[ROLE_COUNT] = { o->alliance, o->outcome, o->against };
    int code = CODE_OK;
    sides[ROLE_ALLIANCE] = (struct associate_side) {
        "alliance", NULL, o->rater, ATTUNE_CONSTRUCT_ALLIANCE, 1, 0, NULL
    };
    sides[ROLE_OUTCOME] = (struct associate_side) {
        "outcome", NULL, ATTUNE_RATER_CLIENT, ATTUNE_CONSTRUCT_DISTRESS, 1, 0, NULL
    };
    sides[ROLE_AGAINST] =
        (struct associate_side) { "against",          NULL, o->rater, ATTUNE_CONSTRUCT_OTHER,
                                  o->against != NULL, 0,    NULL };
    for (size_t k = 0; k < ROLE_COUNT && code == CODE_OK; k++)
        if (given[k])
            code = name_side(&sides[k], given[k]);
    return code;
}

/* Each side has come, and where signs are turned it is known which way is good. */
static int check_sides(struct associate_side *sides)
{
    for (size_t k = 0; k < ROLE_COUNT; k++) {
        if (sides[k].wanted && !sides[k].measure) {
            fprintf(stderr, "attune associate: no forms of %s by that rater; --%s ID names it\n",
                    sides[k].named ? "this measure" : "a measure with that subject",
                    sides[k].option);
            return CODE_DATA;
        }
        if (sides[ROLE_AGAINST].wanted && !sides[k].measure->direction_known) {
            fprintf(stderr, "attune associate: --against turns signs so that + is better: --higher "
                            "better or --higher worse says which way is good of measures that no "
                            "scale describes\n");
            return CODE_USAGE;
        }
    }
    return CODE_OK;
}

int associate_read(const struct options *options, struct measures *measures,
                   struct associate_side *sides, struct associate_rows *rows)
{
    struct reading r = { .options = options, .measures = measures, .sides = sides, .rows = rows };
    int code = name_sides(options, sides);
    if (code == CODE_OK)
        code = courses_walk(options, visit, &r);
    if (code == CODE_OK)
        code = end_client(&r);
    if (code == CODE_OK)
        code = check_sides(sides);
    for (size_t k = 0; k < ROLE_COUNT; k++) {
        free(r.courses[k].session);
        free(r.courses[k].score);
    }
    free(r.client);
    return code;
}

void associate_free(struct associate_side *sides, struct associate_rows *rows)
{
    for (size_t k = 0; k < ROLE_COUNT; k++) {
        free(sides[k].id);
        free(rows->score[k]);
    }
    free(rows->session);
    free(rows->starts);
}
