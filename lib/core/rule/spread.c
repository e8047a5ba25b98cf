/* Usual level and usual spread of one client: the pieces that several rules share. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>
#include <string.h>

/* Mean range of two normal scores in units of their SD: 2 / sqrt(pi). */
static const double d2 = 1.1283791670955126;

void atn_ring_put(atn_ring *ring, double up, int32_t session, int32_t window)
{
    ring->up[ring->next] = up;
    ring->session[ring->next] = session;
    ring->next = (ring->next + 1) % window;
    ring->count = ring->count < window ? ring->count + 1 : window;
}

/* Where the i-th oldest stands: next is where a full ring begins, and the count of one growing. */
static int32_t place(const atn_ring *ring, int32_t i)
{
    return (ring->next + i) % ring->count;
}

double atn_ring_mean(const atn_ring *ring)
{
    double sum = 0;
    for (int32_t i = 0; i < ring->count; i++)
        sum += ring->up[place(ring, i)];
    return sum / ring->count;
}

int32_t atn_ring_session(const atn_ring *ring, int32_t i)
{
    return ring->session[place(ring, i)];
}

void atn_range_take(atn_range *range, double up)
{
    if (range->count > 0)
        range->sum += fabs(up - range->last);
    range->last = up;
    if (range->count < INT32_MAX)
        range->count++;
}

double atn_range_sd(const atn_range *range)
{
    return range->count > 1 ? range->sum / (range->count - 1) / d2 : NAN;
}

void atn_moments_take(atn_moments *moments, double up)
{
    double off = up - moments->mean;
    moments->count++;
    moments->mean += off / (double)moments->count;
    moments->squares += off * (up - moments->mean);
}

double atn_moments_sd(const atn_moments *moments)
{
    return moments->count > 1 ? sqrt(moments->squares / (double)(moments->count - 1)) : NAN;
}

double atn_spread(const attune_constants *constants, const atn_range *range, double prior_weight)
{
    double weight = range->count - 1;
    double own = atn_range_sd(range);
    double spread;
    if (isnan(constants->within_sd))
        spread = own;
    else if (isnan(own))
        spread = constants->within_sd;
    else
        spread =
            sqrt((prior_weight * constants->within_sd * constants->within_sd + weight * own * own) /
                 (prior_weight + weight));
    if (spread < constants->sem)
        spread = constants->sem;
    return spread > 0 ? spread : constants->within_sd;
}

attune_mark *atn_mark_add(atn_finding *finding, int32_t kind, int32_t level, const atn_form *form)
{
    attune_mark *mark = &finding->marks[finding->n_marks++];
    memset(mark, 0, sizeof *mark);
    mark->kind = kind;
    mark->level = level;
    mark->observed = form->up;
    mark->limit = NAN;
    mark->statistic = finding->statistic;
    mark->reference = NAN;
    mark->spread = NAN;
    mark->expected_low = mark->expected_high = mark->tail = NAN;
    finding->state = ATTUNE_STATE_MARKED;
    return mark;
}
