/* What a model of response expects of one client: sums of the forms so far, and a closed form. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_RULE_EXPECT_H
#define ATN_RULE_EXPECT_H

#include <attune/response.h>

#include <math.h>

/* Sums over a client's forms: of x, and of the score's distance e from the average client's line.
   All zero at the start. */
typedef struct atn_seen {
    double n, x, xx, e, xe;
} atn_seen;

/* x of a session from 1 on, or by date of a day from 0 on; time is one of ATTUNE_TIME_*. */
static inline double atn_time(int32_t time, double at)
{
    double place = attune_time_by_date(time) ? 1 + at / 7 : at; /* the session, were it weekly */
    const double x[] = {
        [ATTUNE_TIME_LOG] = log(place),
        [ATTUNE_TIME_SESSION] = place - 1,
        [ATTUNE_TIME_ROOT] = sqrt(place),
    };
    return x[time % ATTUNE_TIME_LOG_WEEK];
}

/* What a caller is told of a time that is none, and of one that goes back. */
#define ATN_TIME_EXPECTED "expected log, session, root, log-week, week or root-week"
#define ATN_TIME_ORDER "expected session numbers that rise strictly, or days that do not go back"

/* Session numbers rise; days may stand still. */
static inline int atn_time_falls(int32_t time, int32_t before, int32_t at)
{
    return attune_time_by_date(time) ? at < before : at <= before;
}

/* At is a session, or by date a day since the first form; both are ones that it was fitted to. */
void atn_seen_add(const attune_response *response, atn_seen *seen, double at, double score);

/* Of a checked model. */
attune_expected atn_expect(const attune_response *response, const atn_seen *seen, double at);

#endif
