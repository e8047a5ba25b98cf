/* Rupture episodes: from the onset that a rule marked to its repair or the end of the series. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/core/watch/series.h"

/* Half of the depth regained is a partial repair (attune, rule CR-1). */
static const double partial_share = .5;

/* One rule's open episode, with "up" as better. */
typedef struct open_episode {
    double reference, spread, nadir;
    int32_t open, onset, nadir_session, partial_session;
    int32_t last, last_below; /* the last form, and the last one below the repair limit */
    int32_t length, after;    /* sessions below the repair limit; sessions observed after onset */
    int32_t shifted;          /* the low scores have become the usual level since */
    int32_t slid;             /* opened by shortfalls that added up */
} open_episode;

/* Where one rule's episodes go: NULL array only counts. */
typedef struct sink {
    attune_episode *array;
    uint32_t stride;
    size_t n;
} sink;

static int32_t shape_of(const open_episode *e, int32_t status)
{
    if (e->slid)
        return ATTUNE_SHAPE_EROSION;
    if (status == ATTUNE_EPISODE_REPAIRED)
        return e->length == 1                      ? ATTUNE_SHAPE_V
               : e->nadir_session == e->last_below ? ATTUNE_SHAPE_DECLINE
                                                   : ATTUNE_SHAPE_OTHER;
    if (status == ATTUNE_EPISODE_UNRESOLVED)
        return ATTUNE_SHAPE_STEP;
    return status == ATTUNE_EPISODE_PARTIAL ? ATTUNE_SHAPE_OTHER : ATTUNE_SHAPE_OPEN;
}

static void close_episode(open_episode *e, const attune_rule *rule, int32_t status,
                          int32_t resolved, sink *to)
{
    const attune_episode out = {
        .status = status,
        .onset_session = e->onset,
        .nadir_session = e->nadir_session,
        .resolved_session = resolved,
        .length = e->length,
        .depth = e->reference - e->nadir,
        .depth_sigma = (e->reference - e->nadir) / e->spread,
        .rule = rule->info.id,
        .shape = shape_of(e, status),
        .last_session = e->last,
    };
    if (to->array)
        atn_give_at(to->array, to->stride, to->n, &out, sizeof out);
    to->n++;
    e->open = 0;
}

/* The series or the usual level ended before the scores came back. */
static void close_unrepaired(open_episode *e, const attune_rule *rule, sink *to)
{
    int32_t status = e->partial_session >= 0 ? ATTUNE_EPISODE_PARTIAL
                     : e->after >= 2         ? ATTUNE_EPISODE_UNRESOLVED
                                             : ATTUNE_EPISODE_CENSORED;
    close_episode(e, rule, status, e->partial_session, to);
}

static void open_at(open_episode *e, const attune_watch *watch, const attune_mark *mark)
{
    double up = watch->constants.direction * mark->observed;
    *e = (open_episode) {
        .reference = watch->constants.direction * mark->reference,
        .spread = mark->spread,
        .nadir = up,
        .open = 1,
        .onset = mark->session,
        .nadir_session = mark->session,
        .partial_session = -1,
        .last = mark->session,
        .last_below = mark->session,
        .length = 1,
        .slid = mark->kind == ATTUNE_MARK_EROSION,
    };
}

static void follow(open_episode *e, const attune_rule_choice *choice, double up, int32_t session,
                   sink *to)
{
    double repair = e->reference - choice->params[choice->rule->repair_param] * e->spread;
    e->after++;
    e->last = session;
    if (up >= repair) {
        close_episode(e, choice->rule, ATTUNE_EPISODE_REPAIRED, session, to);
        return;
    }
    e->length++;
    e->last_below = session;
    if (up < e->nadir) {
        e->nadir = up;
        e->nadir_session = session;
        e->partial_session = -1;
    } else if (e->partial_session < 0 &&
               up - e->nadir >= partial_share * (e->reference - e->nadir)) {
        e->partial_session = session;
    }
}

/* The mark of this kind among what the rule found, or NULL. */
static const attune_mark *find_mark(const atn_finding *finding, int32_t kind)
{
    for (int32_t i = 0; i < finding->n_marks; i++)
        if (finding->marks[i].kind == kind)
            return &finding->marks[i];
    return NULL;
}

static void take(open_episode *e, const attune_watch *watch, uint32_t i, const atn_session *session,
                 const atn_finding *finding, sink *to)
{
    const attune_rule_choice *choice = &watch->choices[i];
    const attune_mark *drop = find_mark(finding, ATTUNE_MARK_DROP);
    if (!drop)
        drop = find_mark(finding, ATTUNE_MARK_EROSION);
    if (e->open && e->shifted && drop)
        close_unrepaired(e, choice->rule, to);
    if (e->open)
        follow(e, choice, watch->constants.direction * session->score, session->session, to);
    else if (drop)
        open_at(e, watch, drop);
    if (find_mark(finding, ATTUNE_MARK_SHIFT))
        e->shifted = 1;
}

static int makes_episodes(const attune_watch *watch, uint32_t i)
{
    return watch->choices[i].rule->info.makes_episodes;
}

/* One pass over the series; every rule's episodes go to its own sink. */
static void fold(const attune_watch *watch, const attune_series *series, sink *to)
{
    const atn_whole whole = { series, watch->constants.direction };
    open_episode open[ATTUNE_RULESET_MAX] = { { 0 } };
    atn_course course;
    atn_outcome outcome;
    atn_course_begin(watch, &course);
    for (uint64_t s = 0; s < series->count; s++) {
        const atn_session session = atn_series_at(series, s);
        atn_course_step(watch, &course, &whole, &session, &outcome);
        for (uint32_t i = 0; !isnan(session.score) && i < watch->count; i++)
            if (makes_episodes(watch, i))
                take(&open[i], watch, i, &session, &outcome.findings[i], &to[i]);
    }
    for (uint32_t i = 0; i < watch->count; i++)
        if (open[i].open)
            close_unrepaired(&open[i], watch->choices[i].rule, &to[i]);
}

/* How many there are in all; starts: where each rule's begin. */
static size_t count_all(const attune_watch *watch, const attune_series *series, size_t *starts)
{
    sink to[ATTUNE_RULESET_MAX] = { { 0 } };
    size_t n = 0;
    fold(watch, series, to);
    for (uint32_t i = 0; i < watch->count; i++) {
        starts[i] = n;
        n += to[i].n;
    }
    return n;
}

static attune_episode *nth(attune_episode *array, uint32_t stride, size_t i)
{
    return (attune_episode *)(void *)((char *)array + i * stride);
}

/* Rule by rule, so that another rule's episodes stand together and count once. */
static void count_agreeing(attune_episode *array, uint32_t stride, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        attune_episode *e = nth(array, stride, i);
        const char *counted = e->rule;
        for (size_t j = 0; j < n; j++) {
            const attune_episode *other = nth(array, stride, j);
            if (other->rule == counted || other->rule == e->rule ||
                other->onset_session > e->last_session || other->last_session < e->onset_session)
                continue;
            counted = other->rule;
            e->agreeing++;
        }
    }
}

static void write_all(const attune_watch *watch, const attune_series *series, const size_t *starts,
                      attune_episode *array, size_t n)
{
    sink to[ATTUNE_RULESET_MAX];
    for (uint32_t i = 0; i < watch->count; i++)
        to[i] = (sink) { array, array->struct_size, starts[i] };
    fold(watch, series, to);
    count_agreeing(array, array->struct_size, n);
}

attune_status attune_episodes_scan(const attune_watch *watch, const attune_series *series,
                                   attune_episode *episodes, size_t capacity, size_t *n_episodes,
                                   attune_error *err)
{
    size_t n, starts[ATTUNE_RULESET_MAX];
    attune_status status;
    if (!watch || !series || (capacity > 0 && !episodes) || !n_episodes)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "watch, series and room must be given");
    if (series->struct_size < sizeof *series ||
        (capacity > 0 && episodes->struct_size < sizeof *episodes))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (!atn_series_is_given(series))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "score", "scores must be given");
    status = atn_series_check(watch, series, err);
    if (status != ATTUNE_OK)
        return status;
    n = count_all(watch, series, starts);
    if (n > capacity)
        return atn_fail_at(err, ATTUNE_E_COUNT, n, "capacity", "expected room for every episode");
    if (n > 0)
        write_all(watch, series, starts, episodes, n);
    *n_episodes = n;
    return ATTUNE_OK;
}
