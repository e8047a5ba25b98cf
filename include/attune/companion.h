/* Companions: further signals of a course's sessions, for the rules that listen to them. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_COMPANION_H
#define ATTUNE_COMPANION_H

#include <attune/allocator.h>
#include <attune/export.h>
#include <attune/rule.h>
#include <attune/scale.h>
#include <attune/status.h>
#include <attune/watch.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Another signal of the same sessions, for the rules that listen to it (attune_rule_info). A watch
 * has it with its measure's constants; its values come with each session, in the order of the
 * watch's companions, NaN where its form was not completed. Rules that do not listen make the same
 * marks, to the bit, as without it.
 *
 * rupture_joint hears its companions one after the other, so that their order tells: with random
 * courses its chance differed by more than .01 at 1 of 100 sessions when they stood the other way
 * round. attune/company.h puts them in one order always: therapist, distress, subscales.
 */
typedef struct attune_companion {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t role;         /* ATTUNE_ROLE_* */
    const attune_constants *constants; /* of its measure, with struct_size set; copied */
} attune_companion;

/*
 * As attune_watch_new, with companions; with none of them (NULL and 0) it is the same. What is
 * refused of constants is refused of theirs, too, with err->index the companion. Also
 * ATTUNE_E_COUNT for more than ATTUNE_COMPANIONS_MAX; ATTUNE_E_OPTION for a role that is none;
 * ATTUNE_E_DUPLICATE when a role other than that of a subscale stands twice.
 */
ATTUNE_API attune_status attune_watch_new_joint(
    attune_watch **out, const attune_constants *constants, const attune_companion *companions,
    size_t n_companions, const attune_rule_choice *choices, size_t n_choices,
    const attune_allocator *allocator, attune_error *err);

/* ---- A course and its companions in one table ---- */

/*
 * A course and its companions in one table, where each came with session numbers of its own. Its
 * rows are the sessions of the course and, between its first and its last, those at which only
 * companions have one. The caller sets struct_size, the room and the columns.
 */
typedef struct attune_joined {
    uint32_t struct_size;
    uint32_t reserved;
    uint64_t capacity; /* rows in each column; as many as all have together is always enough */
    int32_t *session;
    double *day, *score;       /* NaN where only companions have a row */
    double *const *companions; /* one column each */
    int64_t *row;              /* of the course; -1: only companions have one */
    uint64_t count;            /* out: rows */
} attune_joined;

/*
 * Joins them; own companions of what is given are passed over. ATTUNE_E_ARGUMENT, _STRUCT_SIZE;
 * ATTUNE_E_COUNT for more than ATTUNE_COMPANIONS_MAX, or without room (err->index is how many rows
 * there are); ATTUNE_E_ORDER when numbers do not rise strictly. On failure nothing is written.
 * Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_series_join(const attune_series *course,
                                            const attune_series *companions, size_t n_companions,
                                            attune_joined *joined, attune_error *err);

/* ---- Live ---- */

/*
 * As attune_monitor_push and _peek, with what the watch's companions said at that session, in
 * their order, NaN for a form not completed. ATTUNE_E_COUNT when n_companions is neither 0 (none
 * of them spoke) nor the watch's; ATTUNE_E_VALUE with err->key "companion" for a score outside the
 * range of its measure. A session at which only companions spoke is pushed with a score of NaN.
 */
ATTUNE_API attune_status attune_monitor_push_joint(attune_monitor *monitor, int32_t session,
                                                   double day, double score,
                                                   const double *companions, size_t n_companions,
                                                   attune_mark *marks, size_t capacity,
                                                   size_t *n_marks, attune_error *err);
ATTUNE_API attune_status attune_monitor_peek_joint(const attune_monitor *monitor, int32_t session,
                                                   double day, double score,
                                                   const double *companions, size_t n_companions,
                                                   attune_mark *marks, size_t capacity,
                                                   size_t *n_marks, attune_error *err);

#ifdef __cplusplus
}
#endif

#endif
