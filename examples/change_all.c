/* Courses kept for attune change, the groups they make, and their changes. */
/* SPDX-License-Identifier: MIT */
#include "examples/change.h"

#include <attune/changeslope.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for one more element at the least; the old array stays when there is none. */
static int grow(void *array, size_t size, size_t wanted, size_t room)
{
    void *old, *larger;
    memcpy(&old, array, sizeof old);
    if (wanted <= room)
        return 1;
    larger = wanted <= SIZE_MAX / 2 / size ? realloc(old, 2 * wanted * size) : NULL;
    if (larger)
        memcpy(array, &larger, sizeof larger);
    return larger != NULL;
}

struct caseload_changes *changes_new(void)
{
    struct caseload_changes *all = calloc(1, sizeof *all);
    if (all)
        all->starts = calloc(1, sizeof *all->starts);
    if (all && all->starts)
        return all;
    free(all);
    (void)no_memory();
    return NULL;
}

void changes_free(struct caseload_changes *all)
{
    if (!all)
        return;
    for (size_t g = 0; g < all->count; g++)
        free(all->clients[g]);
    free(all->clients);
    free(all->kind);
    free(all->starts);
    free(all->scores);
    free(all->session);
    free(all->slopes);
    free(all->changes);
    free(all->kinds);
    free(all);
}

static int make_room(struct caseload_changes *all, size_t rows)
{
    size_t courses = all->count + 1, scores = (size_t)all->starts[all->count] + rows;
    if (!grow(&all->clients, sizeof *all->clients, courses, all->course_room) ||
        !grow(&all->kind, sizeof *all->kind, courses, all->course_room) ||
        !grow(&all->starts, sizeof *all->starts, courses + 1, all->course_room) ||
        !grow(&all->scores, sizeof *all->scores, scores, all->row_room) ||
        !grow(&all->session, sizeof *all->session, scores, all->row_room))
        return 0;
    all->course_room = courses <= all->course_room ? all->course_room : 2 * courses;
    all->row_room = scores <= all->row_room ? all->row_room : 2 * scores;
    return 1;
}

static int find_kind(struct caseload_changes *all, struct measure *measure, int32_t rater,
                     uint32_t *kind)
{
    int32_t *known = &measure->kind[rater];
    if (*known == 0) {
        size_t count = all->kind_count + 1;
        if (!grow(&all->kinds, sizeof *all->kinds, count, all->kind_room))
            return 0;
        all->kind_room = count <= all->kind_room ? all->kind_room : 2 * count;
        all->kinds[all->kind_count] = (struct change_kind) { .measure = measure, .rater = rater };
        all->kind_count = count;
        *known = (int32_t)count;
    }
    *kind = (uint32_t)(*known - 1);
    return 1;
}

/* With --pre and --post these two alone, for HLM what lies between them too; each for itself the
   first or the last of what is left. */
static int is_wanted(const struct options *o, int32_t session)
{
    if (o->pre >= 0 && o->post >= 0 && o->method != ATTUNE_METHOD_HLM)
        return session == o->pre || session == o->post;
    return session >= o->pre && (o->post < 0 || session <= o->post);
}

/* A score that was asked for and is not there leaves nothing to compare. */
static int has_ends(const struct options *o, const struct course *course)
{
    int pre = o->pre < 0, post = o->post < 0;
    for (size_t i = 0; i < course->count; i++) {
        int there = !isnan(course->score[i]);
        pre |= there && course->session[i] == o->pre;
        post |= there && course->session[i] == o->post;
    }
    return pre && post;
}

int changes_add(struct caseload_changes *all, const struct options *options,
                const struct course *course, struct measure *measure)
{
    size_t n = (size_t)all->starts[all->count];
    int whole = has_ends(options, course);
    if (!make_room(all, course->count) ||
        !find_kind(all, measure, course->rater, &all->kind[all->count]))
        return no_memory();
    all->clients[all->count] = strdup(course->client);
    if (!all->clients[all->count])
        return no_memory();
    for (size_t i = 0; whole && i < course->count; i++) {
        if (!is_wanted(options, course->session[i]))
            continue;
        all->scores[n] = course->score[i];
        all->session[n++] = course->session[i];
    }
    all->starts[++all->count] = n;
    return CODE_OK;
}

const struct change_kind *changes_kind(const struct caseload_changes *all, size_t g)
{
    return &all->kinds[all->kind[g]];
}

int32_t changes_confirmed(const struct caseload_changes *all, size_t g)
{
    int64_t row = all->changes[g].confirmed_row;
    return row < 0 ? -1 : all->session[all->starts[g] + (uint64_t)row];
}

void changes_ends(const struct caseload_changes *all, size_t g, double *pre, double *post)
{
    size_t observed = 0;
    *pre = *post = NAN;
    for (uint64_t i = all->starts[g]; i < all->starts[g + 1]; i++) {
        if (isnan(all->scores[i]))
            continue;
        *pre = observed++ == 0 ? all->scores[i] : *pre;
        *post = all->scores[i];
    }
    if (observed < 2)
        *pre = *post = NAN;
}

/* The courses of a kind stand together in pre and post. */
static void fit_group(struct change_kind *kind, const struct options *o, const double *pre,
                      const double *post, size_t n)
{
    kind->group.struct_size = sizeof kind->group;
    if (attune_change_group_fit(pre, post, n, &kind->group, NULL) != ATTUNE_OK) {
        measure_say(kind->measure, MEASURE_SAID_RULES,
                    "this file has too few clients with two scores to be a group");
        return;
    }
    if (!isnan(o->sd))
        kind->group.pre_sd = o->sd;
}

static int fit_groups(struct caseload_changes *all, const struct options *o)
{
    double *ends = calloc(2 * all->count + 1, sizeof *ends);
    size_t *next = calloc(all->kind_count + 1, sizeof *next);
    if (ends && next) {
        for (size_t g = 0; g < all->count; g++)
            next[all->kind[g] + 1]++;
        for (size_t k = 1; k <= all->kind_count; k++)
            next[k] += next[k - 1];
        for (size_t g = 0; g < all->count; g++) {
            size_t at = next[all->kind[g]]++;
            changes_ends(all, g, &ends[at], &ends[all->count + at]);
            if (all->slopes && isnan(all->slopes[g].slope))
                ends[at] = NAN;
        }
        for (size_t k = 0, from = 0; k < all->kind_count; from = next[k++])
            fit_group(&all->kinds[k], o, ends + from, ends + all->count + from, next[k] - from);
    }
    free(next);
    free(ends);
    return ends && next ? CODE_OK : no_memory();
}

/* Each measure's and rater's slopes; where a model cannot be had, its courses are left without. */
static int fit_slopes(struct caseload_changes *all)
{
    size_t rows = (size_t)all->starts[all->count];
    size_t size = attune_change_slope_work(all->count, rows);
    attune_status *statuses = calloc(all->kind_count + 1, sizeof *statuses), status = ATTUNE_OK;
    void *work = size > 0 ? malloc(size) : NULL;
    all->slopes = calloc(all->count + 1, sizeof *all->slopes);
    int room = statuses && work && all->slopes;
    if (room && all->count > 0) {
        all->slopes[0].struct_size = sizeof *all->slopes;
        status = attune_change_slope_fit(all->kind_count, all->kind, all->starts, all->count,
                                         all->session, all->scores, rows, work, size, all->slopes,
                                         statuses, NULL);
    }
    for (size_t k = 0; room && k < all->kind_count; k++)
        if (statuses[k] != ATTUNE_OK)
            measure_say(all->kinds[k].measure, MEASURE_SAID_RULES,
                        "this file's courses tell no slopes: too few of three scores or more, or "
                        "exact lines");
    free(work);
    free(statuses);
    if (!room)
        return no_memory();
    return status == ATTUNE_OK ? CODE_OK : CODE_INTERNAL;
}

/* With --caseload what the command line does not give is the file's own, not the scale's. */
static attune_constants constants_of(const struct change_kind *kind, const struct options *o)
{
    attune_constants c = kind->measure->constants;
    if (!kind->measure->direction_known)
        c.direction = 0;
    if (!o->caseload)
        return c;
    c.sd = o->sd;
    c.change_threshold = NAN;
    c.clinical_mean = o->clinical_mean;
    c.clinical_sd = o->clinical_sd;
    return c;
}

static attune_change_options options_of(const struct caseload_changes *all,
                                        const struct change_kind *kind, const struct options *o)
{
    attune_change_options how = ATTUNE_CHANGE_OPTIONS_INIT;
    how.method = o->method;
    how.cutoff_type = o->cutoff_type;
    how.convention = o->convention;
    how.group = kind->group.n > 0 ? &kind->group : NULL;
    how.reliability_post = o->reliability_post;
    how.percent_improved = how.points_improved = o->improved;
    how.percent_deteriorated = how.points_deteriorated = o->deteriorated;
    how.slopes = all->slopes;
    return how;
}

static int scan(struct caseload_changes *all, const struct options *o, attune_constants *constants,
                attune_change_options *how)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status;
    for (size_t k = 0; k < all->kind_count; k++) {
        constants[k] = constants_of(&all->kinds[k], o);
        how[k] = options_of(all, &all->kinds[k], o);
    }
    all->changes[0].struct_size = sizeof *all->changes;
    if (all->count == 0)
        return CODE_OK;
    status = attune_change_scan(constants, how, all->kind_count, all->kind, all->starts, all->count,
                                all->scores, (size_t)all->starts[all->count], all->changes, &err);
    if (status == ATTUNE_OK)
        return CODE_OK;
    fprintf(stderr, "attune: %s\n", err.text);
    return status == ATTUNE_E_NUMERIC ? CODE_DATA : CODE_INTERNAL;
}

int changes_fit(struct caseload_changes *all, const struct options *o)
{
    int group = o->caseload || (o->method >= ATTUNE_METHOD_GLN && o->method <= ATTUNE_METHOD_HA) ||
                o->method >= ATTUNE_METHOD_MAASSEN;
    attune_constants *constants = calloc(all->kind_count + 1, sizeof *constants);
    attune_change_options *how = calloc(all->kind_count + 1, sizeof *how);
    int code = o->method == ATTUNE_METHOD_HLM ? fit_slopes(all) : CODE_OK;
    if (code == CODE_OK && group)
        code = fit_groups(all, o);
    all->changes = calloc(all->count + 1, sizeof *all->changes);
    if (code == CODE_OK)
        code = constants && how && all->changes ? scan(all, o, constants, how) : no_memory();
    free(constants);
    free(how);
    return code;
}
