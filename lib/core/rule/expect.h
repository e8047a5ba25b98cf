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

/* x of a session from 1 on; time is one of ATTUNE_TIME_*. */
static inline double atn_time(int32_t time, int32_t session)
{
    const double x[] = {
        [ATTUNE_TIME_LOG] = log((double)session),
        [ATTUNE_TIME_SESSION] = (double)session - 1,
        [ATTUNE_TIME_ROOT] = sqrt((double)session),
    };
    return x[time];
}

void atn_seen_add(const attune_response *response, atn_seen *seen, int32_t session, double score);

/* Of a checked model; the session is one that it was fitted to. */
attune_expected atn_expect(const attune_response *response, const atn_seen *seen, int32_t session);

#endif
