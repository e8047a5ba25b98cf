/* What an observed score says: likelihoods of rounded and cut-off readings, and the update. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/filter/filter.h"

#include <math.h>

static const double root_half = .7071067811865476; /* sqrt(1/2) */
static const double phi_0 = .3989422804014327;     /* 1 / sqrt(2 pi) */
static const double log_phi_0 = -.9189385332046727;
static const double far_out = 30; /* SDs beyond which erfc is left alone */

void atn_filter_read(const atn_population *p, double value, atn_reading *reading)
{
    const double tolerance = 1e-9 * p->half_step;
    *reading = (atn_reading) {
        .value = value,
        .half_step = p->half_step,
        .end = value >= p->top - tolerance      ? 1
               : value <= p->bottom + tolerance ? -1
                                                : 0,
        .weight = { [ATN_LEVEL] = 1, [ATN_DRIFT] = 1, [ATN_DEPTH] = -1 },
    };
    for (int s = 0; s < ATN_SPREADS; s++)
        reading->noise.of[s] = (1 - atn_carried_share) * p->spread.of[s] * p->spread.of[s];
}

/* n is given apart so that the compiler sees the usual one. */
static inline void foresee(const atn_lane *block, int n, const atn_reading *r, atn_forecast *f)
{
    f->mean = (atn_lane) { { 0 } };
    f->variance = r->noise;
    for (int a = 0; a < n; a++) {
        atn_lane with = { { 0 } };
        for (int b = 0; b < n; b++) {
            const atn_lane *shared = &block[a < b ? atn_place(n, a, b) : atn_place(n, b, a)];
            for (int s = 0; s < ATN_SPREADS; s++)
                with.of[s] += shared->of[s] * r->weight[b];
        }
        for (int s = 0; s < ATN_SPREADS; s++) {
            f->mean.of[s] += block[1 + a].of[s] * r->weight[a];
            f->variance.of[s] += with.of[s] * r->weight[a];
        }
        f->with[a] = with;
    }
}

/* A likelihood is factor * exp(-fall); rounding adds the variance of a step (Sheppard). */
static void weigh_inside(const atn_forecast *f, const atn_reading *r, atn_lane *factor,
                         atn_lane *fall, atn_lane *pull, atn_lane *shrink)
{
    for (int s = 0; s < ATN_SPREADS; s++) {
        double variance = f->variance.of[s] + r->half_step * r->half_step / 3;
        double off = r->value - f->mean.of[s];
        shrink->of[s] = 1 / variance;
        pull->of[s] = off * shrink->of[s];
        fall->of[s] = off * pull->of[s] / 2;
        factor->of[s] = sqrt(shrink->of[s]);
    }
}

/* The score says only that the unrounded one lies within half a step of the end or beyond it. */
static void weigh_end(const atn_forecast *f, const atn_reading *r, atn_lane *factor, atn_lane *fall,
                      atn_lane *pull, atn_lane *shrink)
{
    for (int s = 0; s < ATN_SPREADS; s++) {
        double sd = sqrt(f->variance.of[s]);
        double z = (r->end * (r->value - f->mean.of[s]) - r->half_step) / sd;
        double beyond = z > far_out ? phi_0 / z : erfc(z * root_half) / 2;
        double hazard =
            z > far_out ? z + 1 / z - 2 / (z * z * z) : phi_0 * exp(-z * z / 2) / beyond;
        fall->of[s] = z > far_out ? z * z / 2 : 0;
        factor->of[s] = beyond;
        pull->of[s] = r->end * hazard / sd;
        shrink->of[s] = hazard * (hazard - z) / f->variance.of[s];
    }
}

/* Turns likelihoods into weights that sum to 1; the best pair bears the scale. */
static void share_out(const atn_belief *belief, const atn_lane *factor, const atn_lane *fall,
                      atn_weighing *w)
{
    double least = INFINITY, sum = 0;
    for (int m = 0; m < ATN_MODES; m++)
        for (int s = 0; s < ATN_SPREADS; s++)
            if (atn_block(belief, m)[0].of[s] > 0 && fall[m].of[s] < least)
                least = fall[m].of[s];
    for (int m = 0; m < ATN_MODES; m++)
        for (int s = 0; s < ATN_SPREADS; s++) {
            w->weight[m].of[s] = atn_block(belief, m)[0].of[s] * factor[m].of[s] *
                                 exp(fmin(least - fall[m].of[s], 0));
            sum += w->weight[m].of[s];
        }
    for (int m = 0; m < ATN_MODES; m++)
        for (int s = 0; s < ATN_SPREADS; s++)
            w->weight[m].of[s] /= sum;
    w->log_density = log(sum) - least;
}

void atn_filter_weigh(const atn_belief *belief, const atn_reading *r, atn_weighing *w)
{
    atn_lane factor[ATN_MODES], fall[ATN_MODES];
    for (int m = 0; m < ATN_MODES; m++) {
        atn_forecast *f = &w->forecast[m];
        if (belief->n == ATN_OWN)
            foresee(atn_block(belief, m), ATN_OWN, r, f);
        else
            foresee(atn_block(belief, m), belief->n, r, f);
        if (r->end == 0)
            weigh_inside(f, r, &factor[m], &fall[m], &w->pull[m], &w->shrink[m]);
        else
            weigh_end(f, r, &factor[m], &fall[m], &w->pull[m], &w->shrink[m]);
    }
    share_out(belief, factor, fall, w);
    if (r->end == 0)
        w->log_density += log_phi_0;
}

static inline void learn(atn_lane *block, int n, const atn_weighing *w, int m)
{
    const atn_lane *with = w->forecast[m].with;
    int at = 1 + n;
    block[0] = w->weight[m];
    for (int a = 0; a < n; a++) {
        atn_lane shrunk;
        for (int s = 0; s < ATN_SPREADS; s++) {
            block[1 + a].of[s] += with[a].of[s] * w->pull[m].of[s];
            shrunk.of[s] = with[a].of[s] * w->shrink[m].of[s];
        }
        for (int b = a; b < n; b++, at++)
            for (int s = 0; s < ATN_SPREADS; s++)
                block[at].of[s] -= shrunk.of[s] * with[b].of[s];
    }
}

void atn_filter_learn(const atn_belief *belief, const atn_weighing *w)
{
    for (int m = 0; m < ATN_MODES; m++)
        if (belief->n == ATN_OWN)
            learn(atn_block(belief, m), ATN_OWN, w, m);
        else
            learn(atn_block(belief, m), belief->n, w, m);
}
