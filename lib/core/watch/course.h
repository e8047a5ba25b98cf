/* One client's course so far, and the one step that live, batch and stream all fold. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_WATCH_COURSE_H
#define ATN_WATCH_COURSE_H

#include "lib/core/rule/rule.h"

#include <attune/companion.h>
#include <attune/watch.h>

#include <string.h>

#define ATN_MARKS_A_RULE 2
#define ATN_MARKS_A_SESSION (ATTUNE_RULESET_MAX * ATN_MARKS_A_RULE)

struct attune_watch {
    attune_allocator allocator;
    attune_constants constants; /* its response is not read: the copy is */
    attune_response response;
    int32_t has_response;
    atn_companions companions;
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    uint32_t missing[ATTUNE_RULESET_MAX];  /* constants that each rule needs and lacks */
    uint32_t state_at[ATTUNE_RULESET_MAX]; /* where each rule's state begins in a course */
    uint32_t count;
    uint32_t state_size; /* bytes of all states */
    uint32_t ahead;      /* the first rule that looks ahead, from 1; 0: none does */
};

#define ATN_STATES_MAX 32768 /* bytes that the rules of one watch may remember of a course */

/* Everything remembered of a course; of states, only the watch's state_size bytes are in use. */
typedef struct atn_course {
    uint64_t taken;       /* sessions, completed or not */
    uint64_t completed;   /* forms among them */
    int32_t session;      /* the last one's number */
    int32_t form_session; /* the last completed one's number */
    _Alignas(16) unsigned char states[ATN_STATES_MAX];
} atn_course;

/* Bytes of a course that a watch uses: what has to be begun, copied or allocated. */
static inline size_t atn_course_size(const attune_watch *watch)
{
    return offsetof(atn_course, states) + watch->state_size;
}

static inline void atn_course_begin(const attune_watch *watch, atn_course *course)
{
    memset(course, 0, atn_course_size(watch));
}

static inline void atn_course_copy(const attune_watch *watch, atn_course *to,
                                   const atn_course *from)
{
    memcpy(to, from, atn_course_size(watch));
}

/* What one session gave. */
typedef struct atn_outcome {
    atn_finding findings[ATTUNE_RULESET_MAX];
} atn_outcome;

/* One session as given. */
typedef struct atn_session {
    double day, score;
    uint64_t group, row;
    int32_t session;
    uint32_t n_companions; /* given, the first of those of the watch */
    double companion[ATTUNE_COMPANIONS_MAX];
} atn_session;

/* Whether a rule of the watch wants companions and has none of them to listen to. */
static inline int atn_lacks_signal(const attune_watch *watch, const attune_rule *rule)
{
    return rule->info.companions != 0 && (rule->info.companions & watch->companions.roles) == 0;
}

/* Refuses another number of companions than none or all of the watch's. */
attune_status atn_companions_check(const attune_watch *watch, uint64_t given, attune_error *err);

/* Why this session's values cannot be taken, or ATTUNE_OK. */
attune_status atn_session_check(const attune_watch *watch, const atn_session *session,
                                uint64_t index, attune_error *err);

/* The same of its number, after the one before: values are refused first, in the whole call. */
attune_status atn_session_order(int32_t before, int32_t session, uint64_t index, attune_error *err);

/* Takes a checked session; whole is the course that it is of, NULL where that is not known yet. */
void atn_course_step(const attune_watch *watch, atn_course *course, const atn_whole *whole,
                     const atn_session *session, atn_outcome *outcome);

/* Gives a watch another rule, which was checked. */
void atn_watch_add(attune_watch *watch, const attune_rule_choice *choice);

/* Refuses a parameter out of its range; i is the choice's place in what the caller gave. */
attune_status atn_choice_check(const attune_rule_choice *choice, uint64_t i, attune_error *err);

/* Refuses a watch with rules that look ahead: live, there is nothing ahead to look at. */
attune_status atn_watch_is_live(const attune_watch *watch, attune_error *err);

/* Writes an outcome's marks from array[at] on; returns how many. A NULL array only counts. */
size_t atn_outcome_marks(const attune_watch *watch, const atn_outcome *outcome, attune_mark *array,
                         uint32_t stride, size_t at);

/* Writes one trace a rule from array[at] on. */
void atn_outcome_traces(const attune_watch *watch, const atn_session *session,
                        const atn_outcome *outcome, attune_trace *array, uint32_t stride,
                        size_t at);

#endif
