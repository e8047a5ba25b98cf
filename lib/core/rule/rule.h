/* What a rule is made of: its row in the table, its state and its step. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_RULE_RULE_H
#define ATN_RULE_RULE_H

#include <attune/rule.h>
#include <attune/watch.h>

#include <stddef.h>
#include <stdint.h>

/*
 * Rules see every measure with "up" as better: a score times the measure's direction. Each rule
 * names the size of its state. A state begins as all zero bytes and holds no pointer, so that a
 * course can be copied.
 */

#define ATN_WINDOW_MAX 16 /* sessions that a usual level may rest on */
#define ATN_RUN_MAX 8     /* low sessions in a row before they become the usual level */

/* One completed session, as a rule sees it. */
typedef struct atn_form {
    double up; /* direction * score */
    int32_t session;
    int32_t after_gap; /* 1: the session before was not completed */
} atn_form;

/* A few scores with their sessions, the oldest pushed out by the newest. */
typedef struct atn_ring {
    double up[ATN_WINDOW_MAX];
    int32_t session[ATN_WINDOW_MAX];
    int32_t count, next;
} atn_ring;

/* Mean moving range of the scores taken so far. */
typedef struct atn_range {
    double last, sum;
    int32_t count; /* scores taken */
} atn_range;

/* The whole course, for the rules that look ahead. */
typedef struct atn_whole {
    const attune_series *series;
    int32_t direction;
} atn_whole;

/* What a rule works from. */
typedef struct atn_setup {
    const attune_constants *constants;
    const double *params;
    const atn_whole *whole; /* given to rules that look ahead; else NULL */
} atn_setup;

/* What it found; marks hold observed, limit and reference in "up" until the watch turns them. */
typedef struct atn_finding {
    attune_mark marks[2];
    double statistic;
    int32_t state; /* ATTUNE_STATE_* */
    int32_t n_marks;
} atn_finding;

struct attune_rule {
    attune_rule_info info;
    const attune_param_info *params;
    /* Completed sessions wanted before the first answer. */
    int32_t (*wants)(const double *params);
    /* Takes one completed session; *finding is zeroed, its statistic NaN, its state QUIET. */
    void (*step)(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding);
    size_t state_size;    /* bytes that it remembers of a course; all zero at its start */
    int32_t repair_param; /* which parameter says when an episode is repaired; -1: none */
};

/* The table, in order of id. */
extern const attune_rule atn_rule_below_cutoff;
extern const attune_rule atn_rule_drop;
extern const attune_rule atn_rule_erosion;
extern const attune_rule atn_rule_own_range;
extern const attune_rule atn_rule_reliable_worse;

/* Adds an empty mark to the finding and says so in its state. */
attune_mark *atn_mark_add(atn_finding *finding, int32_t kind, int32_t level, const atn_form *form);

/* ---- Pieces that several rules share: lib/core/rule/spread.c ---- */

void atn_ring_put(atn_ring *ring, double up, int32_t session, int32_t window);
double atn_ring_mean(const atn_ring *ring);
int32_t atn_ring_session(const atn_ring *ring, int32_t i); /* i-th oldest */
void atn_range_take(atn_range *range, double up);

/*
 * The spread of one client's scores: own moving range shrunken to the population's, never below
 * the standard error of measurement. A flat course takes the population's where no weight is given
 * to it; without a population spread the own one alone; NaN when there is nothing to go by.
 */
double atn_spread(const attune_constants *constants, const atn_range *range, double prior_weight);

#endif
