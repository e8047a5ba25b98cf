/* The recursive Bayesian filter of a course: level, slope, inertia, spread and rupture at once. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_FILTER_FILTER_H
#define ATN_FILTER_FILTER_H

#include <attune/scale.h>

#include <stddef.h>
#include <stdint.h>

/*
 * The model, with "up" as better and everything in units of the population's within-person SD:
 *
 *     score   = level + drift - depth + noise, rounded to the scale's steps, cut off at its ends
 *     level'  = level + slope                       once a session
 *     drift'  = inertia * drift + innovation        what carries over to the next session
 *     depth   is 0 unless a rupture is open; drawn once at its onset
 *
 * The client's own spread (of drift and noise together) is one of ATN_SPREADS values, the rupture
 * in one of ATN_MODES modes. For each pair the other unknowns are jointly normal, so that a session
 * is one Kalman step a pair; modes that flow together are merged into the normal of the same mean
 * and covariance (interacting multiple models). Memory and time a session are fixed.
 */
#define ATN_SPREADS 4

typedef enum atn_mode {
    ATN_STEADY, /* no rupture, and none lately */
    ATN_BEGUN,  /* a rupture began at this session */
    ATN_SECOND, /* it began at the session before and is open */
    ATN_OPEN,   /* it began earlier and is open */
    ATN_BLIP,   /* it began at the session before and is over */
    ATN_BACK,   /* it began earlier and was over when this session came */
    ATN_MODES
} atn_mode;

/* The unknowns. Those from ATN_OWN on are the own levels of further signals. */
typedef enum atn_unknown { ATN_LEVEL, ATN_SLOPE, ATN_DRIFT, ATN_DEPTH, ATN_OWN } atn_unknown;

#define ATN_UNKNOWNS_MAX 8

/* One number for each spread. */
typedef struct atn_lane {
    double of[ATN_SPREADS];
} atn_lane;

/*
 * What is believed, one block of lanes a mode: its weight, the means of the n unknowns, and the
 * upper triangle of their covariance, row by row.
 */
#define ATN_LANES(n) (1 + (n) + (n) * ((n) + 1) / 2)
#define ATN_BELIEF(n) (ATN_MODES * ATN_LANES(n))

typedef struct atn_belief {
    atn_lane *lane; /* ATN_BELIEF(n) of them, the caller's */
    int n;
} atn_belief;

static inline atn_lane *atn_block(const atn_belief *belief, int mode)
{
    return belief->lane + mode * ATN_LANES(belief->n);
}

/* Where the covariance of unknowns a <= b stands in a block. */
static inline int atn_place(int n, int a, int b)
{
    return 1 + n + a * n - a * (a - 1) / 2 + b - a;
}

/* What is known of a client before the first form. */
typedef struct atn_population {
    double hazard;          /* of an onset, a session */
    double slope;           /* mean change of level, a session */
    double depth, depth_sd; /* of a rupture */
    double level, level_sd; /* of the first session, counted from `origin` */
    double unit;            /* score points that are one unit: the within-person SD */
    double origin;          /* the score, turned up, that counts as 0 */
    double bottom, top;     /* of the scale, counted from `origin`; infinite when not known */
    double half_step;       /* half a step of the scale; 0 when not known */
    atn_lane spread;        /* the client's own spread */
} atn_population;

/* The share of the within-person variance that carries over to the next session, in part. */
extern const double atn_carried_share;

/* Parameters that a rule may set; the rest stands in lib/core/filter/population.c. */
typedef struct atn_prior {
    double hazard, depth, spread_cv, slope;
} atn_prior;

void atn_population_of(atn_population *population, const attune_constants *constants,
                       const atn_prior *prior, double first_up);

/* A score of the measure, as the filter counts. */
static inline double atn_filter_score(const atn_population *p, double up)
{
    return (up - p->origin) / p->unit;
}

/* Before the first session. */
void atn_filter_begin(const atn_population *population, const atn_belief *belief);

/* On to the next session, the `session`-th since the first one; nothing is observed of it yet. */
void atn_filter_move(const atn_population *population, const atn_belief *belief, int64_t session);

/* One observed number: a weighted sum of the unknowns, plus noise, rounded and cut off. */
typedef struct atn_reading {
    double value, half_step;
    int end; /* 1 at the top of the scale or above, -1 at its bottom or below, else 0 */
    double weight[ATN_UNKNOWNS_MAX];
    atn_lane noise; /* variance */
} atn_reading;

/* Covariance of each unknown with the reading, and the reading's own mean and variance. */
typedef struct atn_forecast {
    atn_lane with[ATN_UNKNOWNS_MAX];
    atn_lane mean, variance;
} atn_forecast;

/* The client's own score of the alliance as a reading. */
void atn_filter_read(const atn_population *population, double value, atn_reading *reading);

/* What a reading says, before it is taken in. */
typedef struct atn_weighing {
    atn_lane weight[ATN_MODES]; /* of each mode and spread afterwards; they sum to 1 */
    atn_lane pull[ATN_MODES];   /* how far the mean moves, a unit of covariance with the reading */
    atn_forecast forecast[ATN_MODES];
    atn_lane shrink[ATN_MODES]; /* how far the covariance shrinks, a squared unit of the same */
    double log_density; /* of the reading in the filter's units; at an end log of its chance */
} atn_weighing;

void atn_filter_weigh(const atn_belief *belief, const atn_reading *reading, atn_weighing *weighing);

/* Takes the reading in. */
void atn_filter_learn(const atn_belief *belief, const atn_weighing *weighing);

/* The three answers at one session. */
typedef struct atn_answer {
    double began; /* P(a rupture began at this session or at the last) */
    double open;  /* P(a rupture is open) */
    double odds;  /* of a new onset against no open rupture: see atn_filter_answer */
} atn_answer;

/*
 * odds weighs P(began now) against P(no rupture open). An onset at the last session is added to the
 * former where that more than doubles what the last session itself gave (`before`): a fall is
 * counted once, unless the next session makes it plainer.
 */
void atn_filter_answer(const atn_lane *weight, double before, atn_answer *answer);

/* The log odds of a rupture that is open and new, this session's or the last one's, to none. */
double atn_filter_evidence(const atn_belief *belief);

/* The weights that the answers are worked out from, where no reading is weighed. */
void atn_filter_weights(const atn_belief *belief, atn_lane *weight);

/* What a session was expected to give if no rupture is open, before its reading is taken in. */
typedef struct atn_expectation {
    double mean, sd; /* of the score, in the filter's units */
    double spread;   /* the client's own */
} atn_expectation;

void atn_filter_expect(const atn_belief *belief, const atn_population *population,
                       const atn_reading *reading, atn_expectation *expected);

/* P(a score as low as this or lower), if no rupture is open. */
double atn_filter_tail(const atn_belief *belief, const atn_reading *reading);

#endif
