/* A sheet: what rules said of simulated clients, session by session, beside the truth. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_SHEET_H
#define ATN_STATS_SHEET_H

#include <attune/alarm.h>

/* Codes: the highest level that is marked, or below 0 the state of a session without a mark. */
#define ATN_CODE_OF_STATE(state) (int8_t)(-1 - (state))
#define ATN_CODE_QUIET (-1)

/* What is true of one session. */
typedef struct atn_truth {
    int16_t last;      /* of an onset: the rupture's last session, from 1; else 0 */
    int8_t status;     /* of an onset: ATTUNE_EPISODE_* */
    int8_t in_rupture; /* 1: it is */
} atn_truth;

/*
 * Client c has sessions start[c] to start[c + 1]; a rule's values of one client stand together:
 * from rules * start[c] + rule * (start[c + 1] - start[c]) on.
 */
struct attune_alarm_sheet {
    uint32_t rules;
    int32_t clients;
    const char *rule[ATTUNE_RULESET_MAX];
    int32_t version[ATTUNE_RULESET_MAX];
    int32_t silent[ATTUNE_RULESET_MAX]; /* state of the last form without an answer */
    /* Where the parts of the sheet begin, in bytes from its own beginning. */
    size_t statistic, start, truth, code, episode;
};

static inline void *atn_sheet_at(const attune_alarm_sheet *sheet, size_t offset)
{
    return (char *)(uintptr_t)sheet + offset;
}

/* One client of a sheet, as one of its rules saw it. */
typedef struct atn_course_of {
    int32_t n; /* sessions */
    const atn_truth *truth;
    const double *statistic;
    const int8_t *code;
    const int8_t *episode; /* ATTUNE_EPISODE_* of one that begins here; -1: none */
} atn_course_of;

static inline atn_course_of atn_sheet_course(const attune_alarm_sheet *sheet, size_t rule,
                                             int32_t client)
{
    const uint32_t *start = atn_sheet_at(sheet, sheet->start);
    size_t n = start[client + 1] - start[client];
    size_t at = sheet->rules * (size_t)start[client] + rule * n;
    return (atn_course_of) {
        .n = (int32_t)n,
        .truth = (const atn_truth *)atn_sheet_at(sheet, sheet->truth) + start[client],
        .statistic = (const double *)atn_sheet_at(sheet, sheet->statistic) + at,
        .code = (const int8_t *)atn_sheet_at(sheet, sheet->code) + at,
        .episode = (const int8_t *)atn_sheet_at(sheet, sheet->episode) + at,
    };
}

/* Sessions of all clients. */
static inline size_t atn_sheet_sessions(const attune_alarm_sheet *sheet)
{
    return ((const uint32_t *)atn_sheet_at(sheet, sheet->start))[sheet->clients];
}

#endif
