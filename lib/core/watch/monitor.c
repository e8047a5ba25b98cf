/* The monitor: one client followed live. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"
#include "lib/core/base/out.h"
#include "lib/core/watch/course.h"

struct attune_monitor {
    attune_allocator allocator;
    attune_watch watch; /* a copy: the monitor outlives what it was made from */
    atn_session last;
    atn_outcome outcome; /* of the last session */
    atn_course course;   /* last: as much of it as the watch uses */
};

static size_t size_for(const attune_watch *watch)
{
    return offsetof(struct attune_monitor, course) + atn_course_size(watch);
}

/* Only the findings of the watch's rules are in use. */
static void keep_outcome(attune_monitor *monitor, const atn_outcome *outcome)
{
    memcpy(monitor->outcome.findings, outcome->findings,
           monitor->watch.count * sizeof *outcome->findings);
}

attune_status attune_monitor_new(attune_monitor **out, const attune_watch *watch,
                                 const attune_allocator *allocator, attune_error *err)
{
    attune_monitor *monitor;
    attune_status status;
    if (!out || !watch)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "out and watch must be given");
    status = atn_watch_is_live(watch, err);
    if (status != ATTUNE_OK)
        return status;
    monitor = atn_allocate(allocator, size_for(watch));
    if (!monitor)
        return atn_fail(err, ATTUNE_E_MEMORY, "", "no memory for a monitor");
    memset(monitor, 0, size_for(watch));
    if (allocator)
        monitor->allocator = *allocator;
    monitor->watch = *watch;
    *out = monitor;
    return ATTUNE_OK;
}

attune_status attune_monitor_clone(attune_monitor **out, const attune_monitor *monitor,
                                   const attune_allocator *allocator, attune_error *err)
{
    attune_monitor *clone = NULL;
    attune_status status;
    if (!out || !monitor)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "out and monitor must be given");
    status = attune_monitor_new(&clone, &monitor->watch, allocator, err);
    if (status != ATTUNE_OK)
        return status;
    atn_course_copy(&monitor->watch, &clone->course, &monitor->course);
    clone->last = monitor->last;
    keep_outcome(clone, &monitor->outcome);
    *out = clone;
    return ATTUNE_OK;
}

void attune_monitor_free(attune_monitor *monitor)
{
    attune_allocator allocator;
    if (!monitor)
        return;
    allocator = monitor->allocator;
    atn_release(&allocator, monitor, size_for(&monitor->watch));
}

static attune_status check_call(const attune_monitor *monitor, const double *companions,
                                size_t n_companions, const attune_mark *marks, size_t capacity,
                                const size_t *n_marks, attune_error *err)
{
    if (!monitor || (n_companions > 0 && !companions) || (capacity > 0 && !marks) || !n_marks)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "monitor and room must be given");
    if (capacity > 0 && marks->struct_size < sizeof *marks)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    return ATTUNE_OK;
}

static attune_status check_session(const attune_monitor *monitor, const atn_session *session,
                                   attune_error *err)
{
    attune_status status = atn_session_check(&monitor->watch, session, session->row, err);
    if (status == ATTUNE_OK && session->row > 0)
        status = atn_session_order(monitor->course.session, session->session, session->row, err);
    return status;
}

/* Checks the number before any is read. */
static attune_status hear(const attune_monitor *monitor, const double *companions,
                          size_t n_companions, atn_session *session, attune_error *err)
{
    attune_status status = atn_companions_check(&monitor->watch, n_companions, err);
    if (status != ATTUNE_OK)
        return status;
    session->n_companions = (uint32_t)n_companions;
    for (size_t k = 0; k < n_companions; k++)
        session->companion[k] = companions[k];
    return ATTUNE_OK;
}

/* Steps a copy of the course; the caller commits it or not. */
static attune_status try_step(const attune_monitor *monitor, const double *companions,
                              size_t n_companions, atn_session *session, atn_course *course,
                              atn_outcome *outcome, attune_mark *marks, size_t capacity,
                              size_t *n_marks, attune_error *err)
{
    attune_status status =
        check_call(monitor, companions, n_companions, marks, capacity, n_marks, err);
    size_t n;
    if (status == ATTUNE_OK)
        status = hear(monitor, companions, n_companions, session, err);
    if (status == ATTUNE_OK) {
        session->row = monitor->course.taken;
        status = check_session(monitor, session, err);
    }
    if (status != ATTUNE_OK)
        return status;
    atn_course_copy(&monitor->watch, course, &monitor->course);
    atn_course_step(&monitor->watch, course, NULL, session, outcome);
    n = atn_outcome_marks(&monitor->watch, outcome, NULL, 0, 0);
    if (n > capacity)
        return atn_fail_at(err, ATTUNE_E_COUNT, n, "capacity", "expected room for every mark");
    if (n > 0)
        atn_outcome_marks(&monitor->watch, outcome, marks, marks->struct_size, 0);
    *n_marks = n;
    return ATTUNE_OK;
}

attune_status attune_monitor_push_joint(attune_monitor *monitor, int32_t session, double day,
                                        double score, const double *companions, size_t n_companions,
                                        attune_mark *marks, size_t capacity, size_t *n_marks,
                                        attune_error *err)
{
    atn_session given = { .day = day, .score = score, .session = session };
    atn_course course;
    atn_outcome outcome;
    attune_status status = try_step(monitor, companions, n_companions, &given, &course, &outcome,
                                    marks, capacity, n_marks, err);
    if (status != ATTUNE_OK)
        return status;
    atn_course_copy(&monitor->watch, &monitor->course, &course);
    keep_outcome(monitor, &outcome);
    monitor->last = given;
    return ATTUNE_OK;
}

attune_status attune_monitor_push(attune_monitor *monitor, int32_t session, double day,
                                  double score, attune_mark *marks, size_t capacity,
                                  size_t *n_marks, attune_error *err)
{
    return attune_monitor_push_joint(monitor, session, day, score, NULL, 0, marks, capacity,
                                     n_marks, err);
}

attune_status attune_monitor_peek_joint(const attune_monitor *monitor, int32_t session, double day,
                                        double score, const double *companions, size_t n_companions,
                                        attune_mark *marks, size_t capacity, size_t *n_marks,
                                        attune_error *err)
{
    atn_session given = { .day = day, .score = score, .session = session };
    atn_course course;
    atn_outcome outcome;
    return try_step(monitor, companions, n_companions, &given, &course, &outcome, marks, capacity,
                    n_marks, err);
}

attune_status attune_monitor_peek(const attune_monitor *monitor, int32_t session, double day,
                                  double score, attune_mark *marks, size_t capacity,
                                  size_t *n_marks, attune_error *err)
{
    return attune_monitor_peek_joint(monitor, session, day, score, NULL, 0, marks, capacity,
                                     n_marks, err);
}

attune_status attune_monitor_trace(const attune_monitor *monitor, attune_trace *traces,
                                   size_t capacity, size_t *n_traces, attune_error *err)
{
    if (!monitor || !traces || !n_traces)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "monitor and room must be given");
    if (capacity > 0 && traces->struct_size < sizeof *traces)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (capacity < monitor->watch.count)
        return atn_fail_at(err, ATTUNE_E_COUNT, monitor->watch.count, "capacity",
                           "expected room for one trace a rule");
    if (monitor->course.taken == 0)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "", "no session has been pushed");
    atn_outcome_traces(&monitor->watch, &monitor->last, &monitor->outcome, traces,
                       traces->struct_size, 0);
    *n_traces = monitor->watch.count;
    return ATTUNE_OK;
}

int32_t attune_monitor_wait(const attune_monitor *monitor, size_t i)
{
    const attune_rule *rule;
    uint64_t wanted;
    if (!monitor || i >= monitor->watch.count)
        return -1;
    rule = monitor->watch.choices[i].rule;
    if (monitor->watch.missing[i] || atn_lacks_signal(&monitor->watch, rule) ||
        !(rule->info.constructs >> monitor->watch.constants.construct & 1u))
        return -1;
    wanted = (uint64_t)atn_rule_wants(rule, monitor->watch.choices[i].params);
    return monitor->course.completed < wanted ? (int32_t)(wanted - monitor->course.completed) : 0;
}
