/* Reading a series and checking it whole before a first session is taken. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_WATCH_SERIES_H
#define ATN_WATCH_SERIES_H

#include "lib/core/watch/course.h"

#include <math.h>

static inline atn_session atn_series_at(const attune_series *series, uint64_t i)
{
    atn_session session = {
        .day = series->day ? series->day[i] : (double)NAN,
        .score = series->score[i],
        .row = i,
        .session = series->session ? series->session[i] : (int32_t)(i + 1),
        .n_companions = series->n_companions,
    };
    for (uint32_t k = 0; k < series->n_companions; k++)
        session.companion[k] = series->companions[k] ? series->companions[k][i] : (double)NAN;
    return session;
}

/* The columns that count and n_companions speak of are there. */
static inline int atn_series_is_given(const attune_series *series)
{
    return series->count == 0 ||
           (series->score && (series->n_companions == 0 || series->companions));
}

attune_status atn_series_check(const attune_watch *watch, const attune_series *series,
                               attune_error *err);

/* What attune_series_join refuses of the series, and the joining of such as passed, with room. */
attune_status atn_join_check(const attune_series *course, const attune_series *companions,
                             size_t n_companions, attune_error *err);
void atn_join(const attune_series *course, const attune_series *companions, size_t n_companions,
              attune_joined *joined);

#endif
