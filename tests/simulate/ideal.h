/* The ideal: a particle filter that knows the world that made the course. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SIMULATE_IDEAL_H
#define TESTS_SIMULATE_IDEAL_H

#include "lib/stats/num/random.h"
#include "tests/simulate/tally.h"

typedef struct particle {
    double level, slope, spread, carried;
    double depth;
    int32_t in;          /* the effect is not 0 at this session */
    int32_t onset, last; /* of the last rupture, sessions from 1; onset 0: none yet */
    int32_t back, gradual, partial;
    int32_t free_from; /* the first session at which a rupture can begin again */
} particle;

typedef struct ideal {
    particle *particle, *drawn; /* n of each */
    double *weight;             /* n */
    int32_t n;
    atn_random random;
} ideal;

/*
 * Says of each session P(began at it or the one before), P(open) and two statistics: of all
 * onsets against no open rupture, counted once as rupture_filter counts them (v->statistic), and
 * the first of these chances itself (began). Chances are given from the third session on.
 */
void ideal_judge(ideal *p, const attune_world *world, const course *c, verdict *v);

#endif
