/* From one session to the next: ruptures begin, go on and end, levels and drifts move. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/filter/filter.h"

#include <string.h>

const double atn_carried_share = .62; /* between .6 of the default and .8 of high inertia */
static const double inertia = .42;    /* between .4 and .7, nearer the default */
static const double depth_step = .02; /* variance by which an open rupture's depth moves */

/* An onset is looked for from the third session on: before, there is no usual level. */
#define FIRST_ONSET 3

typedef enum passage { STAY, RETURN, FALL } passage;

/* Chances of a passage: HAZARD and its complement are the rule's, the others stand here. */
enum { HAZARD, NO_HAZARD, SURE, OVER_1, OPEN_1, OVER_2, OPEN_2, OVER_LATE, OPEN_LATE, AGAIN };
static const double chances[] = {
    [SURE] = 1,    [OVER_1] = .36,    [OPEN_1] = .64,     [OVER_2] = .2,
    [OPEN_2] = .8, [OVER_LATE] = .02, [OPEN_LATE] = .978, [AGAIN] = .002,
};
#define CHANCES (sizeof chances / sizeof *chances)

static const struct {
    int from, to; /* atn_mode */
    passage passage;
    int chance;
} ways[] = {
    { ATN_STEADY, ATN_STEADY, STAY, NO_HAZARD }, { ATN_STEADY, ATN_BEGUN, FALL, HAZARD },
    { ATN_BACK, ATN_STEADY, STAY, SURE },        { ATN_BLIP, ATN_BACK, STAY, SURE },
    { ATN_BEGUN, ATN_BLIP, RETURN, OVER_1 },     { ATN_BEGUN, ATN_SECOND, STAY, OPEN_1 },
    { ATN_SECOND, ATN_BACK, RETURN, OVER_2 },    { ATN_SECOND, ATN_OPEN, STAY, OPEN_2 },
    { ATN_OPEN, ATN_BACK, RETURN, OVER_LATE },   { ATN_OPEN, ATN_OPEN, STAY, OPEN_LATE },
    { ATN_OPEN, ATN_BEGUN, FALL, AGAIN },
};
#define WAYS (sizeof ways / sizeof *ways)

/* A block out of its place, and room for the largest. */
typedef struct draft {
    atn_lane lane[ATN_LANES(ATN_UNKNOWNS_MAX)];
} draft;

/* The depth becomes 0, known exactly. */
static void forget_depth(atn_lane *block, int n)
{
    static const atn_lane nothing;
    block[1 + ATN_DEPTH] = nothing;
    for (int a = 0; a < n; a++)
        block[a < ATN_DEPTH ? atn_place(n, a, ATN_DEPTH) : atn_place(n, ATN_DEPTH, a)] = nothing;
}

/* The level goes down by the depth, so that a further fall starts from there. */
static void settle_depth(atn_lane *block, int n)
{
    int ld = atn_place(n, ATN_LEVEL, ATN_DEPTH), dd = atn_place(n, ATN_DEPTH, ATN_DEPTH);
    for (int s = 0; s < ATN_SPREADS; s++) {
        block[1 + ATN_LEVEL].of[s] -= block[1 + ATN_DEPTH].of[s];
        block[atn_place(n, ATN_LEVEL, ATN_LEVEL)].of[s] += block[dd].of[s] - 2 * block[ld].of[s];
        block[atn_place(n, ATN_LEVEL, ATN_SLOPE)].of[s] -=
            block[atn_place(n, ATN_SLOPE, ATN_DEPTH)].of[s];
        block[atn_place(n, ATN_LEVEL, ATN_DRIFT)].of[s] -=
            block[atn_place(n, ATN_DRIFT, ATN_DEPTH)].of[s];
    }
    for (int a = ATN_OWN; a < n; a++)
        for (int s = 0; s < ATN_SPREADS; s++)
            block[atn_place(n, ATN_LEVEL, a)].of[s] -= block[atn_place(n, ATN_DEPTH, a)].of[s];
}

static void draw_depth(const atn_population *p, atn_lane *block, int n)
{
    settle_depth(block, n);
    forget_depth(block, n);
    for (int s = 0; s < ATN_SPREADS; s++) {
        block[1 + ATN_DEPTH].of[s] = p->depth;
        block[atn_place(n, ATN_DEPTH, ATN_DEPTH)].of[s] = p->depth_sd * p->depth_sd;
    }
}

/* Adds a weighted block to another as moments about 0. */
static inline void pour(atn_lane *restrict to, const atn_lane *restrict from, double chance, int n)
{
    atn_lane weight;
    int at = 1 + n;
    for (int s = 0; s < ATN_SPREADS; s++) {
        weight.of[s] = from[0].of[s] * chance;
        to[0].of[s] += weight.of[s];
    }
    for (int a = 0; a < n; a++) {
        for (int s = 0; s < ATN_SPREADS; s++)
            to[1 + a].of[s] += weight.of[s] * from[1 + a].of[s];
        for (int b = a; b < n; b++, at++)
            for (int s = 0; s < ATN_SPREADS; s++)
                to[at].of[s] +=
                    weight.of[s] * (from[at].of[s] + from[1 + a].of[s] * from[1 + b].of[s]);
    }
}

/* From moments about 0 back to mean and covariance; a weight that is next to none becomes 0. */
static inline void settle(atn_lane *restrict block, int n)
{
    atn_lane share;
    int at = 1 + n;
    for (int s = 0; s < ATN_SPREADS; s++) {
        int some = block[0].of[s] > 1e-200;
        block[0].of[s] = some ? block[0].of[s] : 0;
        share.of[s] = some ? 1 / block[0].of[s] : 0;
    }
    for (int a = 0; a < n; a++)
        for (int s = 0; s < ATN_SPREADS; s++)
            block[1 + a].of[s] *= share.of[s];
    for (int a = 0; a < n; a++)
        for (int b = a; b < n; b++, at++)
            for (int s = 0; s < ATN_SPREADS; s++)
                block[at].of[s] =
                    block[at].of[s] * share.of[s] - block[1 + a].of[s] * block[1 + b].of[s];
}

static inline void pass(const atn_population *p, const atn_belief *belief, int n, size_t way,
                        double chance, atn_lane *to)
{
    const atn_lane *from = atn_block(belief, ways[way].from);
    draft changed;
    if (ways[way].passage != STAY) {
        memcpy(changed.lane, from, (size_t)ATN_LANES(n) * sizeof *from);
        from = changed.lane;
    }
    if (ways[way].passage == RETURN)
        forget_depth(changed.lane, n);
    if (ways[way].passage == FALL)
        draw_depth(p, changed.lane, n);
    pour(to + ways[way].to * ATN_LANES(n), from, chance, n);
}

/* Level by slope, drift by inertia, depth a little where there is one. */
static inline void flow(const atn_population *p, atn_lane *block, int n, double depth_moves)
{
    const int ll = atn_place(n, ATN_LEVEL, ATN_LEVEL), ls = atn_place(n, ATN_LEVEL, ATN_SLOPE);
    const int aa = atn_place(n, ATN_DRIFT, ATN_DRIFT), la = atn_place(n, ATN_LEVEL, ATN_DRIFT);
    const int sa = atn_place(n, ATN_SLOPE, ATN_DRIFT), ss = atn_place(n, ATN_SLOPE, ATN_SLOPE);
    const int dd = atn_place(n, ATN_DEPTH, ATN_DEPTH);
    for (int s = 0; s < ATN_SPREADS; s++) {
        double carried = atn_carried_share * p->spread.of[s] * p->spread.of[s];
        block[1 + ATN_LEVEL].of[s] += block[1 + ATN_SLOPE].of[s];
        block[1 + ATN_DRIFT].of[s] *= inertia;
        block[ll].of[s] += 2 * block[ls].of[s] + block[ss].of[s];
        block[ls].of[s] += block[ss].of[s];
        block[la].of[s] = inertia * (block[la].of[s] + block[sa].of[s]);
        block[sa].of[s] *= inertia;
        block[aa].of[s] = inertia * inertia * (block[aa].of[s] - carried) + carried;
        block[dd].of[s] += depth_moves;
    }
    for (int b = ATN_DEPTH; b < n; b++)
        for (int s = 0; s < ATN_SPREADS; s++) {
            block[atn_place(n, ATN_LEVEL, b)].of[s] += block[atn_place(n, ATN_SLOPE, b)].of[s];
            block[atn_place(n, ATN_DRIFT, b)].of[s] *= inertia;
        }
}

static inline void move(const atn_population *p, const atn_belief *belief, int n,
                        const double *chance)
{
    atn_lane next[ATN_BELIEF(ATN_UNKNOWNS_MAX)];
    const size_t size = (size_t)ATN_BELIEF(n) * sizeof *next;
    memset(next, 0, size);
    for (size_t way = 0; way < WAYS; way++)
        pass(p, belief, n, way, chance[ways[way].chance], next);
    memcpy(belief->lane, next, size);
    for (int mode = 0; mode < ATN_MODES; mode++) {
        int open = mode == ATN_SECOND || mode == ATN_OPEN;
        settle(atn_block(belief, mode), n);
        flow(p, atn_block(belief, mode), n, open ? depth_step : 0);
    }
}

/* The count of unknowns is given apart so that the compiler sees the usual one. */
void atn_filter_move(const atn_population *p, const atn_belief *belief, int64_t session)
{
    double chance[CHANCES];
    memcpy(chance, chances, sizeof chance);
    chance[HAZARD] = session >= FIRST_ONSET ? p->hazard : 0;
    chance[NO_HAZARD] = 1 - chance[HAZARD];
    if (belief->n == ATN_OWN)
        move(p, belief, ATN_OWN, chance);
    else
        move(p, belief, belief->n, chance);
}
