/* One client's course so far, and the one step that live, batch and stream all fold. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_WATCH_COURSE_H
#define ATN_WATCH_COURSE_H

#include "lib/core/rule/rule.h"

#include <attune/watch.h>

#define ATN_MARKS_A_RULE 2
#define ATN_MARKS_A_SESSION (ATTUNE_RULESET_MAX * ATN_MARKS_A_RULE)

struct attune_watch {
    attune_allocator allocator;
    attune_constants constants;
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    uint32_t missing[ATTUNE_RULESET_MAX]; /* constants that each rule needs and lacks */
    uint32_t count;
};

/* Everything remembered of a course; all zero bytes at its start, of fixed size. */
typedef struct atn_course {
    atn_state states[ATTUNE_RULESET_MAX];
    uint64_t taken;       /* sessions, completed or not */
    uint64_t completed;   /* forms among them */
    int32_t session;      /* the last one's number */
    int32_t form_session; /* the last completed one's number */
} atn_course;

/* What one session gave. */
typedef struct atn_outcome {
    atn_finding findings[ATTUNE_RULESET_MAX];
} atn_outcome;

/* One session as given. */
typedef struct atn_session {
    double day, score;
    uint64_t group, row;
    int32_t session;
} atn_session;

/* Why this session's values cannot be taken, or ATTUNE_OK. */
attune_status atn_session_check(const attune_watch *watch, const atn_session *session,
                                uint64_t index, attune_error *err);

/* The same of its number, after the one before: values are refused first, in the whole call. */
attune_status atn_session_order(int32_t before, int32_t session, uint64_t index, attune_error *err);

/* Takes a checked session. */
void atn_course_step(const attune_watch *watch, atn_course *course, const atn_session *session,
                     atn_outcome *outcome);

/* Writes an outcome's marks from array[at] on; returns how many. A NULL array only counts. */
size_t atn_outcome_marks(const attune_watch *watch, const atn_outcome *outcome, attune_mark *array,
                         uint32_t stride, size_t at);

/* Writes one trace a rule from array[at] on. */
void atn_outcome_traces(const attune_watch *watch, const atn_session *session,
                        const atn_outcome *outcome, attune_trace *array, uint32_t stride,
                        size_t at);

#endif
