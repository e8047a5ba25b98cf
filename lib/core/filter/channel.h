/* Another signal of a course beside the client's alliance: its own level, slope and spread. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_FILTER_CHANNEL_H
#define ATN_FILTER_CHANNEL_H

#include "lib/core/filter/filter.h"

/*
 * The model, "up" as better, in units of the signal's own spread:
 *
 *     value = level + slope * time + loading * deviation + noise
 *
 * where the deviation is the client's alliance about its own course, ruptures included, at the
 * session that the signal follows. Of the momentary part of that deviation, which the filter calls
 * noise and the client's own score shows, the share `heard` reaches the signal. With all of it
 * heard, a signal tells nothing that the client's score at that session has not told; it speaks
 * where there is none, or where it stands at an end of its scale. With less of it heard, it tells
 * what is left over, too.
 */
typedef struct atn_voice {
    double loading, heard;
    double noise;           /* variance, before anything is learnt of this client's */
    double slope, slope_sd; /* before the first form */
    double half_step;
} atn_voice;

/* What is believed of one signal; all zero before its first form. */
typedef struct atn_channel {
    double level, slope;
    double level_variance, covariance, slope_variance;
    double surprises; /* squares, each over the variance that was expected */
    int32_t forms;
} atn_channel;

/* One form of a signal, and the client's own at the session that it follows. */
typedef struct atn_said {
    double value;  /* in the signal's units */
    double time;   /* as the slope counts it */
    double client; /* the client's own score as the filter counts; NaN: none, or at an end */
    double among;  /* signals that would tell the same of what is momentary; 1: it alone */
} atn_said;

/* What a form shows of the unknowns. */
void atn_channel_read(const atn_channel *channel, const atn_voice *voice,
                      const atn_population *population, const atn_said *said, atn_reading *reading);

/* Whether a reading says anything: it does not where the client's score has said it all. */
static inline int atn_channel_speaks(const atn_channel *channel, const atn_reading *reading)
{
    return channel->forms > 0 && reading->weight[ATN_DRIFT] > 0;
}

/* Takes a form in, for the unknowns and for the channel, whose first only says where it stands. */
void atn_channel_learn(atn_channel *channel, const atn_voice *voice, const atn_belief *belief,
                       const atn_said *said, const atn_reading *reading);

#endif
