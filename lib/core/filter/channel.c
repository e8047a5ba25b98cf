/* Another signal of a course: what it says of a rupture, and what is learnt of itself. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/filter/channel.h"

#include <math.h>

/* Sizes are attune's own prior; every client's course moves them. */
static const double wander = .02;    /* variance by which a level moves from form to form */
static const double known_forms = 5; /* forms that the voice's noise counts as, as in rule CR-1 */
static const double shock = 9;       /* one form's surprise counts as no more than three SD */

/* The noise of this client's signal: the voice's, moved by what surprised so far. */
static double noise_of(const atn_channel *c, const atn_voice *v)
{
    return v->noise * (known_forms + c->surprises) / (known_forms + c->forms);
}

void atn_channel_read(const atn_channel *c, const atn_voice *v, const atn_population *p,
                      const atn_said *said, atn_reading *r)
{
    int with = !isnan(said->client);
    double heard = v->loading * v->heard, rest = v->loading - (with ? heard : 0), t = said->time;
    double own =
        noise_of(c, v) + c->level_variance + 2 * t * c->covariance + t * t * c->slope_variance;
    double momentary = with ? 0 : said->among * heard * heard * (1 - atn_carried_share);
    *r = (atn_reading) {
        .value = said->value - (with ? heard * said->client : 0) - c->level - c->slope * t,
        .half_step = v->half_step,
        .weight = { [ATN_LEVEL] = with ? 0 : heard, [ATN_DRIFT] = rest, [ATN_DEPTH] = -rest },
    };
    for (int s = 0; s < ATN_SPREADS; s++)
        r->noise.of[s] = own + momentary * p->spread.of[s] * p->spread.of[s];
}

/* Mean and variance of a reading's weighted sum in one pair of a mode and a spread. */
static void weigh_pair(const atn_lane *block, int n, const atn_reading *r, int s, double *mean,
                       double *variance)
{
    *mean = *variance = 0;
    for (int a = 0; a < n; a++) {
        *mean += r->weight[a] * block[1 + a].of[s];
        for (int b = 0; b < n; b++)
            *variance += r->weight[a] * r->weight[b] *
                         block[a < b ? atn_place(n, a, b) : atn_place(n, b, a)].of[s];
    }
}

/* The same over all of them. */
static void weigh_all(const atn_belief *belief, const atn_reading *r, double *mean,
                      double *variance)
{
    double first = 0, second = 0, at, about;
    for (int m = 0; m < ATN_MODES; m++)
        for (int s = 0; s < ATN_SPREADS; s++) {
            const atn_lane *block = atn_block(belief, m);
            weigh_pair(block, belief->n, r, s, &at, &about);
            first += block[0].of[s] * at;
            second += block[0].of[s] * (about + at * at);
        }
    *mean = first;
    *variance = second - first * first;
}

/* Level and slope from what is left of a value once the client's part is taken off. */
static void settle(atn_channel *c, const atn_voice *v, double time, double off, double variance)
{
    double level = c->level_variance + time * c->covariance;
    double slope = c->covariance + time * c->slope_variance;
    double total = level + time * slope + noise_of(c, v) + variance;
    c->level += level / total * off;
    c->slope += slope / total * off;
    c->level_variance += wander - level * level / total;
    c->covariance -= level * slope / total;
    c->slope_variance -= slope * slope / total;
    c->surprises += fmin(off * off / total, shock);
    c->forms += c->forms < INT32_MAX;
}

/* The first form says where the signal stands; it could have stood anywhere. */
static void begin(atn_channel *c, const atn_voice *v, double time, double off, double variance)
{
    c->slope = v->slope;
    c->slope_variance = v->slope_sd * v->slope_sd;
    c->level = off - c->slope * time;
    c->covariance = -time * c->slope_variance;
    c->level_variance = v->noise + variance + time * time * c->slope_variance + wander;
    c->forms = 1;
}

void atn_channel_learn(atn_channel *c, const atn_voice *v, const atn_belief *belief,
                       const atn_said *said, const atn_reading *r)
{
    atn_weighing weighing;
    double mean = 0, variance = 0;
    if (atn_channel_speaks(c, r)) {
        atn_filter_weigh(belief, r, &weighing);
        atn_filter_learn(belief, &weighing);
    }
    if (r->weight[ATN_DRIFT] > 0)
        weigh_all(belief, r, &mean, &variance);
    if (c->forms == 0)
        begin(c, v, said->time, r->value - mean, variance);
    else
        settle(c, v, said->time, r->value - mean, variance);
}
