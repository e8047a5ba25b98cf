/* Reading a series and checking it whole before a first session is taken. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_WATCH_SERIES_H
#define ATN_WATCH_SERIES_H

#include "lib/core/watch/course.h"

#include <math.h>

static inline atn_session atn_series_at(const attune_series *series, uint64_t i)
{
    return (atn_session) {
        .day = series->day ? series->day[i] : (double)NAN,
        .score = series->score[i],
        .row = i,
        .session = series->session ? series->session[i] : (int32_t)(i + 1),
    };
}

attune_status atn_series_check(const attune_watch *watch, const attune_series *series,
                               attune_error *err);

#endif
