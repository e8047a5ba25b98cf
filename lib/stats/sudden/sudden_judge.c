/* The three criteria of a sudden gain or loss, at one interval. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/num.h"
#include "lib/stats/sudden/sudden.h"

#include <float.h>
#include <math.h>

/* The observed scores on one side, less the score before the interval, scaled by a power of two. */
struct side {
    double score[ATN_SUDDEN_SIDE];
    size_t n;
    double mean, squares;
};

struct sides {
    struct side before, after;
    int cut; /* the rows begin or end here: one score on that side may do */
};

int atn_sudden_is_interval(const atn_sudden_course *c, size_t i)
{
    int at_end = i == 0 || i + 2 == c->n;
    if (at_end && !(c->o.flags & ATTUNE_SUDDEN_ENDS))
        return 0;
    return atn_sudden_session(c, i + 1) - atn_sudden_session(c, i) == 1;
}

static void add(const atn_sudden_course *c, struct side *side, size_t row)
{
    if (!isnan(c->score[row]))
        side->score[side->n++] = c->score[row];
}

static void gather(const atn_sudden_course *c, size_t i, struct sides *sides)
{
    int64_t n = atn_sudden_session(c, i);
    sides->before.n = sides->after.n = 0;
    for (size_t row = i + 1; row-- > 0 && n - atn_sudden_session(c, row) < ATN_SUDDEN_SIDE;)
        add(c, &sides->before, row);
    for (size_t row = i + 1; row < c->n && atn_sudden_session(c, row) - n <= ATN_SUDDEN_SIDE; row++)
        add(c, &sides->after, row);
    sides->cut = i == 0 || i + 2 == c->n;
}

/* Two scores on each side; at the ends of the rows the true test makes do with one on one side. */
static int can_compare(const atn_sudden_course *c, const struct sides *sides)
{
    size_t least = c->o.mode == ATTUNE_SUDDEN_T_TEST && sides->cut ? 1 : 2;
    size_t n1 = sides->before.n, n2 = sides->after.n;
    return n1 >= least && n2 >= least && n1 + n2 >= 3;
}

/* From differences to the first score: equal scores then have no spread at all. */
static void measure(struct side *side, double from, int exponent)
{
    double sum = 0.0;
    for (size_t k = 0; k < side->n; k++) {
        side->score[k] = scalbn(side->score[k] - from, -exponent);
        sum += side->score[k];
    }
    side->mean = sum / (double)side->n;
    side->squares = 0.0;
    for (size_t k = 0; k < side->n; k++) {
        double off = side->score[k] - side->mean;
        side->squares += off * off;
    }
    /* Whole multiples of a mean that is not a double leave rounding behind. */
    if (side->squares <= (double)side->n * DBL_EPSILON * DBL_EPSILON * side->mean * side->mean)
        side->squares = 0.0;
}

static int scale_of(const struct sides *sides, double from)
{
    const struct side *both[] = { &sides->before, &sides->after };
    double most = 0.0;
    int exponent = 0;
    for (size_t s = 0; s < 2; s++)
        for (size_t k = 0; k < both[s]->n; k++)
            most = fmax(most, fabs(both[s]->score[k] - from));
    frexp(most, &exponent);
    return exponent;
}

/*
 * The pooled two-sample t, positive in the kind's way; the package's lacks the last factor.
 * Without any spread a difference is infinitely many of them.
 */
static double t_of(const atn_sudden_course *c, struct sides *sides, double from, int way)
{
    struct side *a = &sides->before, *b = &sides->after;
    double n1 = (double)a->n, n2 = (double)b->n, pooled, difference;
    int exponent = scale_of(sides, from);
    measure(a, from, exponent);
    measure(b, from, exponent);
    difference = way * (a->mean - b->mean);
    pooled = sqrt((a->squares + b->squares) / (n1 + n2 - 2.0));
    if (c->o.mode == ATTUNE_SUDDEN_T_TEST)
        pooled *= sqrt(1.0 / n1 + 1.0 / n2);
    if (pooled > 0.0)
        return difference / pooled;
    return fabs(difference) > 0.0 ? copysign(INFINITY, difference) : 0.0;
}

/* A decimal score is known to half a unit in its last place; the package compares as it stands. */
static double slack(const atn_sudden_course *c, double before, double after)
{
    if (c->o.mode == ATTUNE_SUDDEN_PACKAGE)
        return 0.0;
    return 4.0 * DBL_EPSILON * fmax(fabs(before), fabs(after));
}

static int32_t first(const atn_sudden_course *c, size_t i, int way)
{
    double before = c->score[i], after = c->score[i + 1];
    if (!(c->o.criteria & ATTUNE_SUDDEN_FIRST) || isnan(before) || isnan(after))
        return -1;
    return way * (before - after) >= c->o.cutoff - slack(c, before, after);
}

static int32_t second(const atn_sudden_course *c, size_t i, int way)
{
    double before = c->score[i], after = c->score[i + 1];
    if (!(c->o.criteria & ATTUNE_SUDDEN_SECOND) || isnan(before) || isnan(after))
        return -1;
    if (c->o.mode == ATTUNE_SUDDEN_PACKAGE)
        return way > 0 ? before - after >= c->o.proportion * before
                       : before - after <= c->o.proportion * before;
    return way * (before - after) >= c->o.proportion * fabs(before) - slack(c, before, after);
}

static int32_t third(const atn_sudden_course *c, double t, double degrees)
{
    if (c->o.critical > 0.0)
        return t > c->o.critical;
    return t > 0.0 && atn_student_p(t, degrees) < c->o.alpha;
}

int atn_sudden_is_known(const atn_sudden_course *c, size_t i)
{
    struct sides sides;
    gather(c, i, &sides);
    if (c->o.criteria & ATTUNE_SUDDEN_THIRD && !can_compare(c, &sides))
        return 0;
    if (!(c->o.criteria & (ATTUNE_SUDDEN_FIRST | ATTUNE_SUDDEN_SECOND)))
        return 1;
    return !isnan(c->score[i] - c->score[i + 1]);
}

int atn_sudden_is_large(const atn_sudden_course *c, size_t i, int32_t kind)
{
    int way = atn_sudden_way(&c->o, kind);
    uint32_t met = (first(c, i, way) > 0 ? ATTUNE_SUDDEN_FIRST : 0) |
                   (second(c, i, way) > 0 ? ATTUNE_SUDDEN_SECOND : 0) | ATTUNE_SUDDEN_THIRD;
    return (c->o.criteria & ~met) == 0;
}

/* As R multiplies 1, 0 and NA: one that is not known makes the whole not known. */
static int32_t all_of(uint32_t criteria, const int32_t each[3])
{
    int32_t met = 1;
    for (int k = 0; k < 3; k++)
        if (criteria >> k & 1u)
            met = each[k] < 0 || met < 0 ? -1 : met & each[k];
    return met;
}

attune_sudden_trace atn_sudden_judge(const atn_sudden_course *c, size_t i, int32_t kind)
{
    int way = atn_sudden_way(&c->o, kind);
    attune_sudden_trace trace = {
        .kind = kind,
        .from_session = (int32_t)atn_sudden_session(c, i),
        .to_session = (int32_t)atn_sudden_session(c, i + 1),
        .first = first(c, i, way),
        .second = second(c, i, way),
        .third = -1,
        .t = NAN,
    };
    struct sides sides;
    gather(c, i, &sides);
    trace.n_before = (int32_t)sides.before.n;
    trace.n_after = (int32_t)sides.after.n;
    if (can_compare(c, &sides)) {
        trace.t = t_of(c, &sides, sides.before.score[0], way);
        if (c->o.criteria & ATTUNE_SUDDEN_THIRD)
            trace.third = third(c, trace.t, (double)(sides.before.n + sides.after.n - 2));
    }
    trace.met = all_of(c->o.criteria, (int32_t[]) { trace.first, trace.second, trace.third });
    return trace;
}
