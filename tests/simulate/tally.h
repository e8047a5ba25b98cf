/* What a statistic finds in simulated courses, and how true its chances are. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SIMULATE_TALLY_H
#define TESTS_SIMULATE_TALLY_H

#include <attune/simulate.h>
#include <attune/watch.h>

#include <stddef.h>
#include <stdint.h>

#define TALLY_SESSIONS 32
#define TALLY_GROUPS 20 /* clients are dealt to so many groups, for errors by the jackknife */

/* A simulated course of the client's alliance, what others say of it, and what is truly in it. */
typedef struct course {
    uint64_t number;
    int32_t n, ruptures;
    double y[TALLY_SESSIONS], therapist[TALLY_SESSIONS], distress[TALLY_SESSIONS];
    int32_t in[TALLY_SESSIONS];
    int32_t onset[TALLY_SESSIONS]; /* 1 where a rupture begins */
} course;

/* 1 when the world could be simulated. */
int course_make(const attune_world *world, uint64_t seed, uint64_t number, void *work, course *c);

/* What a method says of each session; NaN: nothing. began and open may be NULL. */
typedef struct verdict {
    double statistic[TALLY_SESSIONS], began[TALLY_SESSIONS], open[TALLY_SESSIONS];
} verdict;

/* What a watch's only rule says; a watch with companions is given the therapist and distress. */
int course_scan(const attune_watch *watch, const course *c, verdict *v);

/* Courses one after the other, as attune_rule_learn takes them. All NULL when there is no memory.
 */
typedef struct clinic {
    size_t *starts;
    int32_t *session;
    double *score;
} clinic;

clinic clinic_make(const attune_world *world, uint64_t seed, size_t courses);
void clinic_free(clinic *all);

typedef struct scored {
    double value;
    int32_t group, is; /* is: what the value is the chance of came true */
} scored;

typedef struct pool {
    scored *of;
    size_t n, room;
} pool;

typedef struct tally {
    pool outside; /* statistic at completed forms outside ruptures */
    pool onset;   /* the larger one of the onset session and the next */
    pool began, open;
} tally;

void tally_add(tally *t, const course *c, const verdict *v);
void tally_end(tally *t); /* before figures are asked for, and after the last course */
void tally_free(tally *t);

/*
 * Share of onsets that a threshold finds at the onset session or the next, the threshold set so
 * that it is passed at this share of completed forms outside ruptures. A form at which the method
 * says nothing passes none. Group -1: all clients; else all but those of this group.
 */
double tally_sensitivity(const tally *t, double rate, int32_t without);

/*
 * Expected calibration error: sum over bins of |mean chance - share that came true|, weighted by
 * the sessions of each. Bins are tenths of the sessions by rank of the chance, and once more tenths
 * of the range from 0 to 1; the larger sum of the two counts.
 */
double tally_miscalibration(const pool *p, int32_t without);

/* Mean chance less the share that came true. */
double tally_excess(const pool *p, int32_t without);

/* A figure of all clients, and its standard error by leaving out each group of clients in turn. */
typedef struct estimate {
    double value, error;
} estimate;

typedef double tally_figure(const void *of, int32_t without);
estimate tally_estimate(tally_figure *figure, const void *of);

#endif
