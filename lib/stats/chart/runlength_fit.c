/* Run lengths of a whole course, with a prior from the course itself, and their false alarms. */
/* SPDX-License-Identifier: MIT */
#include <attune/runlength.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/chart/runlength.h"
#include "lib/stats/num/random.h"

#include <float.h>
#include <math.h>
#include <stdalign.h>

#define D2 1.1283791670955126     /* mean distance of two standard normals */
#define NOISE (8.0 * DBL_EPSILON) /* scaled scores that differ by less differ by rounding */

/* What a course says of its own level and spread; scores are read as (y 2^-exponent - mean) / sd.
 */
typedef struct look {
    int exponent;
    size_t n; /* completed */
    double mean, sd;
} look;

static double scaled(const look *l, double y)
{
    return scalbn(y, -l->exponent);
}

static look look_at(const double *y, size_t n)
{
    look l = { 0 };
    double most = 0.0, steps = 0.0, last = NAN, base = 0.0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(y[i])); /* fmax passes over NaN */
    frexp(most, &l.exponent);
    for (size_t i = 0; i < n; i++) {
        if (isnan(y[i]))
            continue;
        double score = scaled(&l, y[i]);
        base = l.n > 0 ? base : score;
        steps += l.n > 0 ? fabs(score - last) : 0.0;
        l.mean += score - base;
        l.n++;
        last = score;
    }
    if (l.n > 0)
        l.mean = base + l.mean / (double)l.n;
    if (l.n > 1)
        l.sd = steps / (double)(l.n - 1) / D2;
    return l;
}

/*
 * Options whose prior is known, and how scores are to be read for it: as they are when b was given,
 * else about the course's mean in its spreads, which no size of theirs can overflow. Equal scores
 * have no spread, and the same run lengths whatever it is taken for.
 */
static attune_runlength_options prior_of(const attune_runlength_options *o, look *l)
{
    attune_runlength_options prior = *o;
    if (!isnan(o->b)) {
        prior.m = isnan(o->m) ? scalbn(l->mean, l->exponent) : o->m;
        *l = (look) { .n = l->n, .sd = 1.0 };
        return prior;
    }
    if (!(l->sd > NOISE))
        l->sd = 1.0;
    prior.m = isnan(o->m) ? 0.0 : (scaled(l, o->m) - l->mean) / l->sd;
    prior.b = o->a;
    return prior;
}

static attune_status check_arguments(const attune_runlength_options *options, const double *y,
                                     size_t n, const void *work, const attune_runlength *runs,
                                     attune_error *err)
{
    if (!options || !work)
        return atn_fail(err, ATTUNE_E_ARGUMENT, options ? "work" : "options", "expected memory");
    if (n > 0 && (!y || !runs))
        return atn_fail(err, ATTUNE_E_ARGUMENT, y ? "runs" : "y", "expected an array");
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size must be set");
    if (n > 0 && atn_struct_size(runs) < sizeof *runs)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "runs", "struct_size must be set");
    if (n > INT32_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected fewer scores");
    return ATTUNE_OK;
}

/* The options themselves, with a prior that is to be looked for taken for any. */
static attune_status check_options(const attune_runlength_options *options, void *work, size_t size,
                                   attune_error *err)
{
    attune_runlength_options o = *options;
    o.m = isnan(o.m) ? 0.0 : o.m;
    o.b = isnan(o.b) ? 1.0 : o.b;
    return attune_runlength_start(work, size, &o, err);
}

static attune_status check_scores(const attune_runlength_options *o, const double *y, size_t n,
                                  attune_error *err)
{
    size_t completed = 0, too_large = 0;
    for (size_t i = 0; i < n; i++) {
        if (isinf(y[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "y", "expected a finite score or NaN");
        completed += isnan(y[i]) ? 0 : 1;
        too_large += !isnan(o->b) && fabs(y[i]) > ATN_RUNLENGTH_SCORE_MAX;
    }
    if (completed == 0)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "y", "expected at least one completed score");
    if (too_large > 0)
        return atn_fail(err, ATTUNE_E_NUMERIC, "y", "a score is too large");
    return ATTUNE_OK;
}

attune_status attune_runlength_fit(const attune_runlength_options *options, const double *y,
                                   size_t n, void *work, size_t size, attune_runlength *runs,
                                   attune_error *err)
{
    attune_status status = check_arguments(options, y, n, work, runs, err);
    if (status == ATTUNE_OK)
        status = check_options(options, work, size, err);
    if (status == ATTUNE_OK)
        status = check_scores(options, y, n, err);
    if (status != ATTUNE_OK)
        return status;
    look l = look_at(y, n);
    attune_runlength_options prior = prior_of(options, &l);
    uint32_t stride = runs->struct_size;
    status = attune_runlength_start(work, size, &prior, err);
    if (status != ATTUNE_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        attune_runlength run = { .struct_size = sizeof run };
        attune_runlength_push(work, (scaled(&l, y[i]) - l.mean) / l.sd, &run, NULL);
        atn_give_at(runs, stride, i, &run, sizeof run);
    }
    return ATTUNE_OK;
}

static size_t state_size(void)
{
    size_t unit = alignof(max_align_t);
    return (atn_random_size() + unit - 1) / unit * unit;
}

size_t attune_runlength_alarm_work(int32_t cap, size_t n)
{
    if (attune_runlength_work(cap) == 0 || n > INT32_MAX)
        return 0;
    return state_size() + attune_runlength_work(cap) +
           n * (sizeof(double) + sizeof(attune_runlength));
}

static attune_status check_alarm(const attune_runlength_options *options, size_t n, size_t rounds,
                                 void *work, size_t size, const double *rate, const double *error,
                                 attune_error *err)
{
    if (!options || !work || !rate || !error)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "rate", "expected options, scratch, and room");
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size must be set");
    if (n == 0 || n > INT32_MAX || rounds == 0)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected scores and rounds");
    attune_status status = check_options(options, work, size, err);
    if (status == ATTUNE_OK && size < attune_runlength_alarm_work(options->cap, n))
        status = atn_fail(err, ATTUNE_E_COUNT, "size", "expected attune_runlength_alarm_work");
    return status;
}

/* A given prior of a series whose mean is 0 and whose sd is 1. */
static attune_runlength_options standard(const attune_runlength_options *options)
{
    attune_runlength_options o = *options;
    o.m = isnan(o.m) ? NAN : 0.0;
    o.b = isnan(o.b) ? NAN : o.a;
    return o;
}

attune_status attune_runlength_alarm(const attune_runlength_options *options, size_t n,
                                     size_t rounds, uint64_t seed, void *work, size_t size,
                                     double *rate, double *error, attune_error *err)
{
    attune_status status = check_alarm(options, n, rounds, work, size, rate, error, err);
    if (status != ATTUNE_OK)
        return status;
    const attune_runlength_options o = standard(options);
    char *place = (char *)work + state_size();
    size_t state = attune_runlength_work(o.cap), alarms = 0;
    double *y = (double *)(void *)(place + state);
    attune_runlength *runs = (attune_runlength *)(void *)(y + n);
    atn_random random;
    atn_random_begin(&random, work, seed);
    for (size_t round = 0; round < rounds; round++) {
        int32_t changed = 0;
        for (size_t i = 0; i < n; i++)
            y[i] = atn_random_normal(&random);
        runs->struct_size = (uint32_t)sizeof *runs;
        attune_runlength_fit(&o, y, n, place, state, runs, NULL);
        for (size_t i = 0; i < n; i++)
            changed |= runs[i].change;
        alarms += changed != 0;
    }
    *rate = (double)alarms / (double)rounds;
    *error = sqrt(*rate * (1.0 - *rate) / (double)rounds);
    return ATTUNE_OK;
}
