/* The ideal: a particle filter that knows the world that made the course. */
/* SPDX-License-Identifier: MIT */
#include "tests/simulate/ideal.h"

#include <math.h>

static particle born(const attune_world *w, atn_random *r)
{
    double c = sqrt(log(1 + w->within_cv * w->within_cv));
    return (particle) {
        .level = w->level_mean + w->level_sd * atn_random_normal(r),
        .slope = w->slope_mean + w->slope_sd * atn_random_normal(r),
        .spread = w->within_sd * exp(c * atn_random_normal(r)),
        .carried = atn_random_normal(r),
        .free_from = w->first_onset,
    };
}

static void rupture(particle *p, const attune_world *w, atn_random *r, int32_t t)
{
    p->depth = fmax(w->depth_min, w->depth_median * exp(w->depth_sdlog * atn_random_normal(r)));
    p->onset = p->last = t;
    while (p->last < t + ATTUNE_WORLD_SESSIONS_MAX && atn_random_chance(r, w->longer))
        p->last++;
    p->back = atn_random_chance(r, w->repaired);
    p->partial = atn_random_chance(r, w->partial) && !p->back;
    p->gradual = atn_random_chance(r, w->gradual) && p->last > t;
    p->free_from = p->back ? p->last + 1 + w->refractory : INT32_MAX;
}

static double effect(const particle *p, int32_t t)
{
    if (p->onset == 0 || (p->back && t > p->last))
        return 0;
    if (t > p->last)
        return p->partial ? p->depth / 2 : p->depth;
    return p->gradual ? p->depth * (t - p->onset + 1) / (p->last - p->onset + 1) : p->depth;
}

/* To session t; what it moves the score by, the noise left out. */
static double move(particle *p, const attune_world *w, atn_random *r, int32_t t)
{
    double lost;
    if (t > 1)
        p->carried =
            w->ar_phi * p->carried + sqrt(1 - w->ar_phi * w->ar_phi) * atn_random_normal(r);
    if (t >= p->free_from && atn_random_chance(r, w->hazard))
        rupture(p, w, r, t);
    lost = effect(p, t);
    p->in = lost > 0;
    return p->level + p->slope * (t - 1) + sqrt(w->ar_share) * p->spread * p->carried - lost;
}

static double upper_tail(double z)
{
    return erfc(z / sqrt(2)) / 2;
}

/* P(the rounded and cut score), up to a factor common to all particles. */
static double likelihood(const attune_world *w, double y, double mean, double sd)
{
    double half = w->steps > 0 ? .5 / w->steps : 0, tiny = 1e-9, z;
    if (y >= w->high - tiny)
        return upper_tail((w->high - half - mean) / sd) + 1e-12;
    if (y <= w->low + tiny)
        return upper_tail((mean - w->low - half) / sd) + 1e-12;
    sd = sqrt(sd * sd + half * half / 3);
    z = (y - mean) / sd;
    return exp(-z * z / 2) / sd * (half > 0 ? 2 * half : 1) * .39894228040143268 + 1e-12;
}

static double weigh(ideal *p, const attune_world *w, const course *c, int32_t t)
{
    double total = 0, noise = sqrt(1 - w->ar_share);
    for (int32_t i = 0; i < p->n; i++) {
        particle *one = &p->particle[i];
        double stays = t - 1 < w->first_onset ? 1 : 1 - (one->in ? w->dropout_rupture : w->dropout);
        double mean = move(one, w, &p->random, t);
        p->weight[i] *= stays;
        if (!isnan(c->y[t - 1]))
            p->weight[i] *= likelihood(w, c->y[t - 1], mean, noise * one->spread);
        total += p->weight[i];
    }
    return total;
}

typedef struct chances {
    double now, last, open;
} chances;

static chances share_out(ideal *p, double total, int32_t t, double *concentration)
{
    chances sum = { 0 };
    *concentration = 0;
    for (int32_t i = 0; i < p->n; i++) {
        const particle *one = &p->particle[i];
        double weight = p->weight[i] /= total;
        *concentration += weight * weight;
        sum.now += one->onset == t ? weight : 0;
        sum.last += one->onset == t - 1 && t > 1 ? weight : 0;
        sum.open += one->in ? weight : 0;
    }
    return sum;
}

/* Systematic resampling. */
static void draw_again(ideal *p)
{
    double at = atn_random_uniform(&p->random) / p->n, reached = p->weight[0];
    particle *swap = p->particle;
    int32_t from = 0;
    for (int32_t i = 0; i < p->n; i++, at += 1.0 / p->n) {
        while (reached < at && from + 1 < p->n)
            reached += p->weight[++from];
        p->drawn[i] = p->particle[from];
    }
    p->particle = p->drawn;
    p->drawn = swap;
    for (int32_t i = 0; i < p->n; i++)
        p->weight[i] = 1.0 / p->n;
}

static void say(const chances *sum, double *before, int32_t t, int completed, verdict *v)
{
    double none = fmax(1 - sum->open, 1e-9), either = (sum->now + sum->last) / none;
    double odds = either > 2 * *before ? either : sum->now / none;
    v->statistic[t - 1] = completed ? odds : NAN;
    v->began[t - 1] = completed ? sum->now + sum->last : NAN;
    v->open[t - 1] = completed ? sum->open : NAN;
    *before = odds;
}

void ideal_judge(ideal *p, const attune_world *world, const course *c, verdict *v)
{
    double before = 0, concentration;
    int32_t completed = 0;
    atn_random_stream(&p->random, (uint32_t)c->number);
    for (int32_t i = 0; i < p->n; i++) {
        p->particle[i] = born(world, &p->random);
        p->weight[i] = 1.0 / p->n;
    }
    for (int32_t t = 1; t <= c->n; t++) {
        double total = weigh(p, world, c, t);
        chances sum = share_out(p, total, t, &concentration);
        completed += !isnan(c->y[t - 1]);
        say(&sum, &before, t, completed > 2 && !isnan(c->y[t - 1]), v);
        if (concentration * p->n > 2)
            draw_again(p);
    }
}
