/* The cheapest partition, exactly, by functional pruning; and the greedy one. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/changepoint/segment.h"

#include <float.h>
#include <math.h>

/*
 * Levels up to `high`, from the piece before, for which a last segment begun at place `start`
 * costs least. What one start costs over another does not depend on the scores after both.
 */
typedef struct piece {
    double high;
    size_t start;
} piece;

typedef struct search {
    const atn_segments *s;
    double *best;   /* n + 1: cost of the cheapest partition of the first so many */
    double *part;   /* n + 1: 1 / n */
    size_t *before; /* n + 1: where its last segment begins */
    piece *now, *next;
    size_t count, built;
} search;

size_t atn_partition_size(size_t n)
{
    return (n + 1) * (2 * sizeof(double) + sizeof(size_t)) + 2 * (2 * n + 4) * sizeof(piece);
}

static void build(search *f, double high, size_t start)
{
    if (f->built > 0 && f->next[f->built - 1].start == start)
        f->built--;
    f->next[f->built++] = (piece) { high, start };
}

/* The levels from low to high of the older start are kept where it is no dearer than the newer. */
static void contest(search *f, double low, piece old, size_t newer)
{
    const atn_segments *s = f->s;
    double part = f->part[newer - old.start];
    double middle = (s->sum[newer] - s->sum[old.start]) * part;
    double dearer = f->best[newer] - s->square[newer] - (f->best[old.start] - s->square[old.start]);
    double room = middle * middle + dearer * part + 8.0 * DBL_EPSILON;
    if ((low - middle) * (low - middle) <= room &&
        (old.high - middle) * (old.high - middle) <= room) {
        build(f, old.high, old.start); /* all of it, as most are: no root is needed */
        return;
    }
    double half = room > 0.0 ? sqrt(room) : -1.0;
    double from = fmax(low, middle - half), to = fmin(old.high, middle + half);
    if (half < 0.0 || from >= to) {
        build(f, old.high, newer);
        return;
    }
    if (from > low)
        build(f, from, newer);
    build(f, to, old.start);
    if (to < old.high)
        build(f, old.high, newer);
}

static void enter(search *f, size_t newer)
{
    double low = -INFINITY;
    f->built = 0;
    for (size_t i = 0; i < f->count; i++) {
        contest(f, low, f->now[i], newer);
        low = f->now[i].high;
    }
    piece *held = f->now;
    f->now = f->next;
    f->next = held;
    f->count = f->built;
}

/* Of starts that cost the same but for rounding, the first in the list of levels stays. */
static void choose(search *f, size_t to)
{
    const atn_segments *s = f->s;
    double least = INFINITY;
    for (size_t i = 0; i < f->count; i++) {
        size_t from = f->now[i].start;
        double sum = s->sum[to] - s->sum[from];
        double cost = f->best[from] - s->square[from] - sum * sum * f->part[to - from];
        if (cost < least) {
            least = cost;
            f->before[to] = from;
        }
    }
    f->best[to] = least + s->square[to] + s->penalty;
}

void atn_search_partition(atn_segments *s, attune_changepoint_cost *cost)
{
    size_t n = s->n, least = (size_t)s->o->min_size;
    search f = { .s = s, .best = s->rest };
    f.part = f.best + n + 1;
    f.now = (piece *)(void *)(f.part + n + 1);
    f.next = f.now + 2 * n + 4;
    f.before = (size_t *)(void *)(f.next + 2 * n + 4);
    for (size_t i = 1; i <= n; i++)
        f.part[i] = 1.0 / (double)i;
    f.best[0] = -s->penalty;
    f.now[0] = (piece) { INFINITY, 0 };
    f.count = 1;
    for (size_t to = least; to <= n; to++) {
        if (to >= 2 * least)
            enter(&f, to - least);
        choose(&f, to);
    }
    s->count = 0;
    for (size_t at = n < least ? 0 : f.before[n]; at > 0; at = f.before[at])
        s->found[s->count++] = at;
    for (size_t i = 0; i < s->count / 2; i++) {
        size_t held = s->found[i];
        s->found[i] = s->found[s->count - 1 - i];
        s->found[s->count - 1 - i] = held;
    }
    cost->count = 0;
}

/* The best place to split from..to, and by how much squares fall there; 0: none. */
static double split(const atn_segments *s, size_t from, size_t to, size_t *at)
{
    size_t least = (size_t)s->o->min_size;
    double most = 0.0, whole = atn_squares_of(s, from, to);
    for (size_t i = from + least; i + least <= to; i++) {
        double fall = whole - atn_squares_of(s, from, i) - atn_squares_of(s, i, to);
        if (fall > most) {
            most = fall;
            *at = i;
        }
    }
    return most;
}

/* Keep the places rising. */
static void insert(atn_segments *s, size_t at)
{
    size_t i = s->count++;
    for (; i > 0 && s->found[i - 1] > at; i--)
        s->found[i] = s->found[i - 1];
    s->found[i] = at;
}

void atn_search_binary(atn_segments *s, attune_changepoint_cost *cost)
{
    double most = INFINITY, limit = fmax(s->penalty, s->nil);
    s->count = 0;
    while (most > limit && s->count < (size_t)s->o->max_changes) {
        size_t best = 0;
        most = 0.0;
        for (size_t i = 0; i <= s->count; i++) {
            size_t from = i > 0 ? s->found[i - 1] : 0, at = 0;
            double fall = split(s, from, i < s->count ? s->found[i] : s->n, &at);
            if (fall > most) {
                most = fall;
                best = at;
            }
        }
        if (most > limit)
            insert(s, best);
    }
    cost->count = 0;
}
