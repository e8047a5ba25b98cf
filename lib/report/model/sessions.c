/* The sessions of a report: those of all courses together, and the gaps between them. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <math.h>
#include <stdlib.h>

/* Gaps are laid out while sessions without a form are no more than twice those with one. */
#define GAPS_PER_FORM 3

static int compare(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static size_t keep_distinct(int32_t *session, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || session[kept - 1] != session[i])
            session[kept++] = session[i];
    return kept;
}

/* All sessions of all series, in order, each once; NULL when there are none. */
static int32_t *gather(atn_arena *arena, const attune_report_client *client, size_t *n)
{
    size_t total = 0, at = 0;
    for (size_t s = 0; s < client->count; s++)
        total += (size_t)atn_given_series(client, s)->count;
    int32_t *session = atn_arena_get(arena, total, sizeof *session);
    *n = 0;
    if (!session)
        return NULL;
    for (size_t s = 0; s < client->count; s++)
        for (size_t i = 0; i < atn_given_series(client, s)->count; i++)
            session[at++] = atn_given_series(client, s)->session[i];
    qsort(session, total, sizeof *session, compare);
    *n = keep_distinct(session, total);
    return session;
}

static int32_t *fill_gaps(atn_arena *arena, int32_t *session, size_t *n)
{
    size_t span = (size_t)((int64_t)session[*n - 1] - session[0]) + 1;
    int32_t *all = atn_arena_get(arena, span, sizeof *all);
    if (!all)
        return session;
    for (size_t i = 0; i < span; i++)
        all[i] = (int32_t)(session[0] + (int32_t)i);
    *n = span;
    return all;
}

size_t atn_session_find(const atn_model *model, int32_t session)
{
    const int32_t *found =
        model->n_sessions == 0
            ? NULL
            : bsearch(&session, model->session, model->n_sessions, sizeof session, compare);
    return found ? (size_t)(found - model->session) : model->n_sessions;
}

/* The first day that any course knows of a session. */
static void lay_days(atn_model *model, double *day, const attune_report_client *client)
{
    for (size_t i = 0; i < model->n_sessions; i++)
        day[i] = NAN;
    for (size_t s = 0; s < client->count; s++) {
        const attune_report_series *series = atn_given_series(client, s);
        for (size_t i = 0; series->day && i < series->count; i++) {
            size_t at = atn_session_find(model, series->session[i]);
            if (at < model->n_sessions && isnan(day[at]))
                day[at] = series->day[i];
        }
    }
    for (size_t i = 0; i < model->n_sessions; i++)
        model->last_day = isnan(day[i]) ? model->last_day : day[i];
}

void atn_sessions_lay(atn_model *model, const attune_report_client *client)
{
    size_t n = 0;
    int32_t *session = gather(&model->arena, client, &n);
    model->last_day = NAN;
    if (!session)
        return;
    int64_t span = (int64_t)session[n - 1] - session[0] + 1;
    model->all_sessions = span <= (int64_t)(n * GAPS_PER_FORM);
    model->session = model->all_sessions ? fill_gaps(&model->arena, session, &n) : session;
    double *day = atn_arena_get(&model->arena, n, sizeof *day);
    if (!day)
        return;
    model->n_sessions = n;
    lay_days(model, day, client);
    model->day = day;
}
