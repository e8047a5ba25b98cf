/* Joining a course with its companions by the numbers of their sessions. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/watch/series.h"

/* How far each companion was read. */
typedef struct reader {
    const attune_series *companions;
    size_t n;
    uint64_t at[ATTUNE_COMPANIONS_MAX];
} reader;

static int32_t number_of(const attune_series *series, uint64_t i)
{
    return series->session ? series->session[i] : (int32_t)(i + 1);
}

/* The next companion's session before `end`; `end` when there is none. */
static int32_t next_before(const reader *r, int32_t end)
{
    for (size_t k = 0; k < r->n; k++)
        if (r->at[k] < r->companions[k].count)
            end = number_of(&r->companions[k], r->at[k]) < end
                      ? number_of(&r->companions[k], r->at[k])
                      : end;
    return end;
}

/* Row n: what each companion said at that session. A joined without columns is only counted. */
static void put(reader *r, attune_joined *joined, uint64_t n, int32_t session)
{
    for (size_t k = 0; k < r->n; k++) {
        const attune_series *one = &r->companions[k];
        int here = r->at[k] < one->count && number_of(one, r->at[k]) == session;
        if (joined)
            joined->companions[k][n] = here ? one->score[r->at[k]] : (double)NAN;
        r->at[k] += (uint64_t)here;
    }
}

static void put_own(const attune_series *course, attune_joined *joined, uint64_t n, uint64_t row,
                    int32_t session, int own)
{
    if (!joined)
        return;
    joined->session[n] = session;
    joined->day[n] = own && course->day ? course->day[row] : (double)NAN;
    joined->score[n] = own ? course->score[row] : (double)NAN;
    joined->row[n] = own ? (int64_t)row : -1;
}

/* Returns how many rows there are; fills them unless joined is NULL. */
static uint64_t fold(const attune_series *course, const attune_series *companions,
                     size_t n_companions, attune_joined *joined)
{
    reader r = { .companions = companions, .n = n_companions };
    uint64_t n = 0;
    for (uint64_t i = 0; i < course->count;) {
        int32_t own = number_of(course, i), session = next_before(&r, own);
        if (session == own || i > 0)
            put_own(course, joined, n, i, session, session == own);
        put(&r, session == own || i > 0 ? joined : NULL, n, session);
        n += session == own || i > 0;
        i += session == own;
    }
    return n;
}

static attune_status check_series(const attune_series *series, uint64_t index, attune_error *err)
{
    if (!atn_series_is_given(series))
        return atn_fail_at(err, ATTUNE_E_ARGUMENT, index, "score", "scores must be given");
    if (series->struct_size < sizeof *series)
        return atn_fail_at(err, ATTUNE_E_STRUCT_SIZE, index, "struct_size",
                           "struct_size must be set");
    return ATTUNE_OK;
}

static attune_status check_order(const attune_series *series, attune_error *err)
{
    attune_status status = ATTUNE_OK;
    for (uint64_t i = 1; series->session && i < series->count && status == ATTUNE_OK; i++)
        status = atn_session_order(series->session[i - 1], series->session[i], i, err);
    return status;
}

attune_status atn_join_check(const attune_series *course, const attune_series *companions,
                             size_t n_companions, attune_error *err)
{
    attune_status status = check_series(course, 0, err);
    for (size_t k = 0; k < n_companions && status == ATTUNE_OK; k++)
        status = check_series(&companions[k], k, err);
    if (status == ATTUNE_OK)
        status = check_order(course, err);
    for (size_t k = 0; k < n_companions && status == ATTUNE_OK; k++)
        status = check_order(&companions[k], err);
    return status;
}

static attune_status check_room(const attune_joined *joined, size_t n, attune_error *err)
{
    if (joined->struct_size < sizeof *joined)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (n > ATTUNE_COMPANIONS_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n_companions", "expected at most 6 companions");
    return ATTUNE_OK;
}

void atn_join(const attune_series *course, const attune_series *companions, size_t n_companions,
              attune_joined *joined)
{
    joined->count = fold(course, companions, n_companions, joined);
}

attune_status attune_series_join(const attune_series *course, const attune_series *companions,
                                 size_t n_companions, attune_joined *joined, attune_error *err)
{
    attune_status status;
    uint64_t n;
    if (!course || (n_companions > 0 && !companions) || !joined)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "course, companions and room must be given");
    status = check_room(joined, n_companions, err);
    if (status == ATTUNE_OK)
        status = atn_join_check(course, companions, n_companions, err);
    if (status != ATTUNE_OK)
        return status;
    n = fold(course, companions, n_companions, NULL);
    if (n > joined->capacity)
        return atn_fail_at(err, ATTUNE_E_COUNT, n, "capacity", "expected room for every session");
    atn_join(course, companions, n_companions, joined);
    return ATTUNE_OK;
}
