/* The changes of a whole file: courses kept until their group's figures are known. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_CHANGE_H
#define EXAMPLES_CHANGE_H

#include "examples/course.h"
#include "examples/measure.h"

#include <attune/change.h>

/* One measure and rater: what its courses are judged by. */
struct change_kind {
    struct measure *measure;
    int32_t rater;
    attune_change_group group; /* n 0: not known */
};

struct caseload_changes {
    size_t count; /* courses */
    char **clients;
    uint32_t *kind;   /* of each course */
    uint64_t *starts; /* count + 1 */
    double *scores;
    int32_t *session;            /* of each score */
    attune_change_slope *slopes; /* of each course, for HLM; NULL: not wanted */
    attune_change *changes;
    struct change_kind *kinds;
    size_t kind_count;
    size_t course_room, row_room, kind_room;
};

struct caseload_changes *changes_new(void);
void changes_free(struct caseload_changes *all);

/* Keep a course, or of it the sessions that are asked for. */
int changes_add(struct caseload_changes *all, const struct options *options,
                const struct course *course, struct measure *measure);

/* Fill changes once all courses are there. */
int changes_fit(struct caseload_changes *all, const struct options *options);

const struct change_kind *changes_kind(const struct caseload_changes *all, size_t g);

/* First and last observed score of a course; NaN both when there are not two. */
void changes_ends(const struct caseload_changes *all, size_t g, double *pre, double *post);

/* attune change --group. */
int change_group(const struct options *options);

/* Session of the first confirmed reliable change of a course; -1: none. */
int32_t changes_confirmed(const struct caseload_changes *all, size_t g);

#endif
