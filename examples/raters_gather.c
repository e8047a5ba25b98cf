/* Finds which forms of client and therapist belong together, and gathers their pairs of ratings. */
/* SPDX-License-Identifier: MIT */
#include "examples/raters.h"

#include "examples/course.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TWIN "-t" /* how a therapist's form of its own is called: wai-36-t */

/* One client, while its courses are looked through. */
struct looking {
    struct gathered *g;
    const struct course *courses;
    size_t count;
};

/* How much of a course's id names the client's form: a therapist's form may end with -t. */
static size_t base_length(const struct course *course)
{
    size_t n = strlen(course->measure), twin = strlen(TWIN);
    attune_scale_info info = { .struct_size = sizeof info };
    if (course->rater != ATTUNE_RATER_THERAPIST || n <= twin ||
        strcmp(course->measure + n - twin, TWIN) != 0 ||
        attune_scale_describe(course->scale, &info) != ATTUNE_OK)
        return n;
    return info.rater == ATTUNE_RATER_THERAPIST ? n - twin : n;
}

static int are_partners(const struct options *o, const struct course *c, const struct course *t)
{
    if (o->partner)
        return strcmp(c->measure, o->measure) == 0 && strcmp(t->measure, o->partner) == 0;
    return strlen(c->measure) == base_length(t) &&
           strncmp(c->measure, t->measure, base_length(t)) == 0;
}

/* The other rater's course; one of the same id goes before its twin. NULL: there is none. */
static const struct course *partner_of(const struct looking *l, const struct course *of)
{
    const struct course *found = NULL;
    int is_client = of->rater == ATTUNE_RATER_CLIENT;
    for (size_t i = 0; i < l->count; i++) {
        const struct course *c = &l->courses[i];
        if (c->rater == (is_client ? ATTUNE_RATER_THERAPIST : ATTUNE_RATER_CLIENT) &&
            are_partners(l->g->options, is_client ? of : c, is_client ? c : of) &&
            (!found || strcmp(c->measure, of->measure) == 0))
            found = c;
    }
    return found;
}

static int find_pairing(struct gathered *g, struct measure *client, struct measure *therapist,
                        size_t *place)
{
    struct pairing made = { .client = client, .therapist = therapist };
    attune_error err = ATTUNE_ERROR_INIT;
    struct pairing *more;
    for (*place = 0; *place < g->n_pairings; ++*place)
        if (g->pairings[*place].client == client && g->pairings[*place].therapist == therapist)
            return CODE_OK;
    made.axis.struct_size = sizeof made.axis;
    made.usable =
        attune_axis_of(&client->constants, &therapist->constants, &made.axis, &err) == ATTUNE_OK;
    if (!made.usable)
        measure_say(therapist, MEASURE_SAID_RULES, err.text);
    more = realloc(g->pairings, (g->n_pairings + 1) * sizeof *more);
    if (!more)
        return no_memory();
    g->pairings = more;
    g->pairings[g->n_pairings++] = made;
    return CODE_OK;
}

static int take_pairs(struct pairing *p, struct dyad *d, const struct course *c,
                      const struct course *t)
{
    size_t most = c->count < t->count ? c->count : t->count;
    d->ratings = calloc(2 * most + 1, sizeof *d->ratings);
    if (!d->ratings)
        return no_memory();
    if (attune_dyad_pair(&p->axis, c->session, c->score, c->count, t->session, t->score, t->count,
                         NULL, d->ratings, d->ratings + most, most, &d->n, NULL) != ATTUNE_OK)
        return CODE_INTERNAL;
    memmove(d->ratings + d->n, d->ratings + most, d->n * sizeof *d->ratings);
    p->pairs += d->n;
    return CODE_OK;
}

static int take_both(struct gathered *g, struct dyad *d, const struct course *c,
                     const struct course *t)
{
    struct measure *client, *therapist;
    int code = measures_find(g->measures, c->measure, c->scale, &client);
    if (code == CODE_OK)
        code = measures_find(g->measures, t->measure, t->scale, &therapist);
    if (code == CODE_OK)
        code = find_pairing(g, client, therapist, &d->pairing);
    if (code == CODE_OK && g->pairings[d->pairing].usable)
        code = take_pairs(&g->pairings[d->pairing], d, c, t);
    return code;
}

/* Last less first completed score of the outcome, by the client. */
static double outcome_of(const struct looking *l)
{
    const char *outcome = l->g->options->outcome;
    double first = NAN, last = NAN;
    for (size_t i = 0; outcome && i < l->count; i++) {
        const struct course *c = &l->courses[i];
        size_t n = 0;
        if (c->rater != ATTUNE_RATER_CLIENT || strcmp(c->measure, outcome) != 0)
            continue;
        for (size_t j = 0; j < c->count; j++) {
            if (isnan(c->score[j]))
                continue;
            last = c->score[j];
            first = n++ == 0 ? last : first;
        }
        last = n > 1 ? last : NAN;
    }
    return last - first;
}

static int make_room(struct gathered *g)
{
    size_t room = g->room > 0 ? 2 * g->room : 64;
    struct dyad *more;
    if (g->n_dyads < g->room)
        return CODE_OK;
    more = room <= SIZE_MAX / 2 / sizeof *more ? realloc(g->dyads, room * sizeof *more) : NULL;
    if (!more)
        return no_memory();
    g->dyads = more;
    g->room = room;
    return CODE_OK;
}

/* The id of the client's form, to be freed. */
static char *client_form(const struct options *o, const struct course *c, const struct course *t)
{
    if (c || o->partner)
        return strdup(c ? c->measure : o->measure);
    return strndup(t->measure, base_length(t));
}

/* A row of both raters' courses, or of the one that there is. */
static int take(const struct looking *l, const struct course *c, const struct course *t)
{
    struct gathered *g = l->g;
    int code = make_room(g);
    struct dyad *d = &g->dyads[g->n_dyads];
    if (code != CODE_OK)
        return code;
    *d = (struct dyad) {
        .client = strdup(l->courses->client),
        .measure = client_form(g->options, c, t),
        .pairing = SIZE_MAX,
        .missing = !c   ? ATTUNE_RATER_CLIENT
                   : !t ? ATTUNE_RATER_THERAPIST
                        : -1,
        .outcome = outcome_of(l),
    };
    g->n_dyads++;
    if (!d->client || !d->measure)
        return no_memory();
    return c && t ? take_both(g, d, c, t) : CODE_OK;
}

static int is_wanted(const struct options *o, const struct course *course)
{
    size_t n = base_length(course);
    if (course->rater == ATTUNE_RATER_OBSERVER)
        return 0;
    if (o->partner && course->rater == ATTUNE_RATER_THERAPIST)
        return strcmp(course->measure, o->partner) == 0;
    return !o->measure || (strlen(o->measure) == n && strncmp(o->measure, course->measure, n) == 0);
}

/* A client's course brings its partner; a therapist's stands alone when there is no client's. */
static int visit(void *context, const struct course *courses, size_t count)
{
    struct looking l = { context, courses, count };
    int code = CODE_OK;
    for (size_t i = 0; i < count && code == CODE_OK; i++) {
        const struct course *course = &courses[i], *partner = partner_of(&l, course);
        if (!is_wanted(l.g->options, course))
            continue;
        if (course->rater == ATTUNE_RATER_CLIENT)
            code = take(&l, course, partner);
        else if (!partner)
            code = take(&l, NULL, course);
    }
    return code;
}

int raters_gather(struct gathered *g, const struct options *options)
{
    *g = (struct gathered) { .options = options, .measures = measures_new(options, NULL) };
    return g->measures ? clients_walk(options, visit, g) : CODE_INTERNAL;
}

void raters_free(struct gathered *g)
{
    for (size_t i = 0; i < g->n_dyads; i++) {
        free(g->dyads[i].client);
        free(g->dyads[i].measure);
        free(g->dyads[i].ratings);
    }
    free(g->dyads);
    free(g->pairings);
    measures_free(g->measures);
}
