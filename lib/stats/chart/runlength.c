/* Bayesian online change points: the probability of every run length, score after score. */
/* SPDX-License-Identifier: MIT */
#include <attune/runlength.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/chart/runlength.h"

#include <math.h>

#define CAP_MAX 4096
#define LIKELY 0.5 /* a recent change is likelier than none */
#define PI 3.14159265358979323846

typedef struct state {
    attune_runlength_options o;
    int64_t n;
    size_t used; /* run lengths 0 to used - 1 are possible */
} state;

/* Behind the state, cap + 1 places each. */
typedef struct arrays {
    double *p, *m, *b, *gamma; /* gamma: ln Gamma(a + 1/2) - ln Gamma(a) of a = a0 + r / 2 */
} arrays;

size_t attune_runlength_work(int32_t cap)
{
    if (cap < 3 || cap > CAP_MAX)
        return 0;
    return sizeof(state) + 4 * ((size_t)cap + 1) * sizeof(double);
}

static arrays arrays_of(state *s)
{
    size_t places = (size_t)s->o.cap + 1;
    double *first = (double *)(void *)(s + 1);
    return (arrays) { first, first + places, first + 2 * places, first + 3 * places };
}

static int is_within(double value, double low, double high)
{
    return value >= low && value <= high;
}

static attune_status check_options(const attune_runlength_options *o, size_t size,
                                   attune_error *err)
{
    const struct {
        const char *key;
        double value, low, high;
    } reals[] = {
        { "lambda", o->lambda, 1.000001, 1e6 },
        { "m", o->m, -ATN_RUNLENGTH_SCORE_MAX, ATN_RUNLENGTH_SCORE_MAX },
        { "k", o->k, 1e-6, 1e6 },
        { "a", o->a, 0.001, 100.0 },
        { "b", o->b, 1e-100, ATN_RUNLENGTH_SCORE_MAX },
    };
    size_t wanted = attune_runlength_work(o->cap);
    if (wanted > 0 && size < wanted)
        return atn_fail(err, ATTUNE_E_COUNT, "size", "expected attune_runlength_work(cap) bytes");
    if (wanted == 0)
        return atn_fail(err, ATTUNE_E_OPTION, "cap", "expected 3 to 4096");
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        if (!is_within(reals[i].value, reals[i].low, reals[i].high))
            return atn_fail(err, ATTUNE_E_OPTION, reals[i].key,
                            "expected a number in the documented range");
    return ATTUNE_OK;
}

static void restart(state *s)
{
    arrays at = arrays_of(s);
    s->used = 1;
    at.p[0] = 1.0;
    at.m[0] = s->o.m;
    at.b[0] = s->o.b;
}

attune_status attune_runlength_start(void *work, size_t size,
                                     const attune_runlength_options *options, attune_error *err)
{
    if (!work || !options)
        return atn_fail(err, ATTUNE_E_ARGUMENT, work ? "options" : "work", "expected memory");
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size must be set");
    attune_status status = check_options(options, size, err);
    if (status != ATTUNE_OK)
        return status;
    state *s = work;
    *s = (state) { .o = *options };
    arrays at = arrays_of(s);
    at.gamma[0] = log(tgamma(options->a + 0.5) / tgamma(options->a));
    for (size_t r = 0; r < (size_t)options->cap; r++)
        at.gamma[r + 1] = log(options->a + 0.5 * (double)r) - at.gamma[r];
    restart(s);
    return ATTUNE_OK;
}

/* ln of Student's density of y after a run of r. */
static double ln_density(const state *s, const arrays *at, size_t r, double y)
{
    double a = s->o.a + 0.5 * (double)r, k = s->o.k + (double)r;
    double squares = 2.0 * at->b[r] * (k + 1.0) / k, distance = y - at->m[r];
    return at->gamma[r] - 0.5 * log(PI * squares) -
           (a + 0.5) * log1p(distance * distance / squares);
}

/* Mean and rate of the run that grows from r by y; the last place stays as long as it is. */
static void learn(const state *s, const arrays *at, size_t r, double y)
{
    double k = s->o.k + (double)r, distance = y - at->m[r], a = s->o.a + 0.5 * (double)r;
    at->m[r] += distance / (k + 1.0);
    at->b[r] += 0.5 * k * distance / (k + 1.0) * distance;
    if (r == (size_t)s->o.cap)
        at->b[r] *= a / (a + 0.5);
}

/* Probabilities times what each run says of y, in proportion to the largest; their sum. */
static double weigh(const state *s, const arrays *at, double y)
{
    double most = -INFINITY, sum = 0.0;
    for (size_t r = 0; r < s->used; r++) {
        at->p[r] = log(at->p[r]) + ln_density(s, at, r, y);
        most = fmax(most, at->p[r]);
    }
    for (size_t r = 0; r < s->used; r++) {
        at->p[r] = exp(at->p[r] - most);
        sum += at->p[r];
    }
    return sum;
}

/* Runs that reach the cap join the one there; the likelier of both says what is known. */
static void join_cap(const arrays *at, size_t cap)
{
    double older = at->p[cap], newer = at->p[cap - 1];
    if (newer > older) {
        at->m[cap] = at->m[cap - 1];
        at->b[cap] = at->b[cap - 1];
    }
    at->p[cap] = older + newer;
}

static void grow(state *s, const arrays *at, double y, double sum)
{
    size_t cap = (size_t)s->o.cap, last = s->used;
    double hazard = 1.0 / s->o.lambda;
    for (size_t r = 0; r < s->used; r++) {
        at->p[r] *= (1.0 - hazard) / sum;
        learn(s, at, r, y);
    }
    if (last > cap) {
        join_cap(at, cap);
        last = cap - 1;
    } else {
        s->used++;
    }
    for (size_t r = last; r > 0; r--) {
        at->p[r] = at->p[r - 1];
        at->m[r] = at->m[r - 1];
        at->b[r] = at->b[r - 1];
    }
    at->p[0] = hazard;
    at->m[0] = s->o.m;
    at->b[0] = s->o.b;
}

static attune_runlength say(const state *s, const arrays *at)
{
    attune_runlength run = { .struct_size = (uint32_t)sizeof run, .n = (int32_t)s->n };
    for (size_t r = 0; r < s->used; r++) {
        run.recent += r <= 2 ? at->p[r] : 0.0;
        if (at->p[r] > run.probability) {
            run.probability = at->p[r];
            run.likeliest = (int32_t)r;
        }
    }
    run.change = run.n > 2 && run.recent >= LIKELY;
    run.one = s->used > 1 ? at->p[1] : 0.0;
    run.capped = s->used > (size_t)s->o.cap ? at->p[s->o.cap] : 0.0;
    return run;
}

attune_status attune_runlength_push(void *work, double y, attune_runlength *run, attune_error *err)
{
    state *s = work;
    if (!work || !run)
        return atn_fail(err, ATTUNE_E_ARGUMENT, work ? "run" : "work", "expected memory");
    if (run->struct_size < sizeof *run)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "run", "struct_size must be set");
    if (isinf(y))
        return atn_fail(err, ATTUNE_E_VALUE, "y", "expected a finite score or NaN");
    if (fabs(y) > ATN_RUNLENGTH_SCORE_MAX)
        return atn_fail(err, ATTUNE_E_NUMERIC, "y", "the score is too large");
    arrays at = arrays_of(s);
    if (!isnan(y)) {
        s->n++;
        grow(s, &at, y, weigh(s, &at, y));
    }
    attune_runlength found = say(s, &at);
    atn_give(run, &found, sizeof found);
    return ATTUNE_OK;
}
