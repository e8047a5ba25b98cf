/* Company: which of a client's courses go together, and how a watch takes them. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_COMPANY_H
#define ATTUNE_COMPANY_H

#include <attune/allocator.h>
#include <attune/companion.h>
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

/* One of a client's courses: one measure, one rater. */
typedef struct attune_course {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t rater;        /* ATTUNE_RATER_* */
    /* Of its measure: courses are of one measure when they point to the same constants. NULL: which
       way of it is good is not known, and it goes with nothing. */
    const attune_constants *constants;
    const attune_series *series;    /* its own companions are passed over */
    const attune_scale *scale;      /* of its measure, where there are subscales; else NULL */
    const double *const *subscales; /* a column each, as long as the series, in the scale's order */
    uint32_t n_subscales;           /* 0: none were scored */
    uint32_t reserved;
} attune_course;

/* A course as a watch takes it. */
typedef struct attune_together {
    uint32_t struct_size; /* set by the caller */
    uint32_t reserved;
    const attune_watch *watch; /* with the companions' constants; NULL: the course has none */
    attune_series series;      /* with their columns */
    const int64_t *row; /* of the course, of each session of the series; -1: only companions have
                           one; NULL: the series is the course */
} attune_together;

/*
 * Finds the companions of courses, one after the other, for one plan of rules, and makes a watch of
 * each constellation once. Owned: free it with attune_company_free. Not to be shared between
 * threads without a lock. NULL allocator is malloc. ATTUNE_E_COUNT when n_choices is 0 or above
 * ATTUNE_RULESET_MAX; what else is wrong with a choice is said when it comes to a watch.
 */
typedef struct attune_company attune_company;

ATTUNE_API attune_status attune_company_new(attune_company **out, const attune_rule_choice *choices,
                                            size_t n_choices, const attune_allocator *allocator,
                                            attune_error *err);
ATTUNE_API void attune_company_free(attune_company *company);

/*
 * Takes all courses of one client and says how courses[own] is watched.
 *
 * A client's own course of anything but distress gets, where a rule of the plan listens:
 *   ATTUNE_ROLE_THERAPIST  the therapist's course of the same measure, else the first of an
 *                          alliance measure;
 *   ATTUNE_ROLE_DISTRESS   the client's course of a distress measure, of several the one with most
 *                          forms completed, of equals the first;
 *   ATTUNE_ROLE_SUBSCALE   the first four of its own subscales that were scored.
 * Every other course, and one with nothing of this, is watched by itself.
 *
 * What comes out lives until the next push, the watch as long as the company; constants have to
 * stay where and what they are as long. ATTUNE_E_ARGUMENT, _STRUCT_SIZE, _ORDER with err->index the
 * course; ATTUNE_E_COUNT for an own that is none, and for more subscales than the scale has; what
 * attune_watch_new_joint and attune_series_join refuse. On failure `together` is untouched.
 *
 *     attune_together t = { .struct_size = sizeof t };
 *     attune_company_push(company, courses, 3, 0, &t, NULL);
 *     attune_scan(t.watch, &t.series, marks, room, &n, NULL, 0, NULL);
 *     n = attune_together_marks(&t, marks, n);
 */
ATTUNE_API attune_status attune_company_push(attune_company *company, const attune_course *courses,
                                             size_t n_courses, size_t own,
                                             attune_together *together, attune_error *err);

/*
 * Back to the course's own sessions: of marks or traces that were made of together's series, keeps
 * those of sessions that the course itself has, with rows that count in it, and returns how many.
 */
ATTUNE_API size_t attune_together_marks(const attune_together *together, attune_mark *marks,
                                        size_t n_marks);
ATTUNE_API size_t attune_together_traces(const attune_together *together, attune_trace *traces,
                                         size_t n_traces);

#ifdef __cplusplus
}
#endif

#endif
