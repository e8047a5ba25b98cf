/* One dyad: bias, congruence and truth force of two raters over the sessions both rated. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/dyad_parts.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/num.h"

#include <math.h>

static int is_pair(const double *client, const double *therapist, size_t i)
{
    return !isnan(client[i]) && !isnan(therapist[i]);
}

/* Counted from the first pair: what is constant then comes to exactly 0. */
static void take_means(atn_dyad_sums *s, const double *client, const double *therapist, size_t from,
                       size_t to)
{
    double first_c = 0, first_t = 0, c = 0, t = 0, bias = 0;
    for (size_t i = from; i < to; i++) {
        if (!is_pair(client, therapist, i))
            continue;
        if (s->n++ == 0) {
            first_c = client[i];
            first_t = therapist[i];
        }
        c += client[i] - first_c;
        t += therapist[i] - first_t;
        bias += (therapist[i] - client[i]) - (first_t - first_c);
    }
    if (s->n == 0)
        return;
    s->c = first_c + c / (double)s->n;
    s->t = first_t + t / (double)s->n;
    s->bias = (first_t - first_c) + bias / (double)s->n;
}

atn_dyad_sums atn_dyad_sum(const double *client, const double *therapist, size_t from, size_t to)
{
    atn_dyad_sums s = { .n = 0 };
    take_means(&s, client, therapist, from, to);
    for (size_t i = from; i < to; i++) {
        double c = client[i] - s.c, t = therapist[i] - s.t, d = therapist[i] - client[i] - s.bias;
        if (!is_pair(client, therapist, i))
            continue;
        s.cc += c * c;
        s.tt += t * t;
        s.ct += c * t;
        s.bias_ss += d * d;
    }
    return s;
}

double atn_dyad_sse(const double *client, const double *therapist, size_t from, size_t to,
                    const atn_dyad_sums *s, double slope)
{
    double sse = 0;
    for (size_t i = from; i < to; i++) {
        double e = (therapist[i] - s->t) - slope * (client[i] - s->c);
        sse += isnan(e) ? 0.0 : e * e;
    }
    return sse;
}

attune_status atn_ratings_check(const double *rating, size_t n, const char *key, attune_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (isinf(rating[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, key, "expected a finite figure or NaN");
    return ATTUNE_OK;
}

int atn_ratings_beyond(const double *rating, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(rating[i]) > ATN_RATING_MAX)
            return 1;
    return 0;
}

void atn_limits(double value, double se, double df, double *low, double *high)
{
    double half = atn_student_975(fmin(df, 1e6)) * se;
    *low = value - half;
    *high = value + half;
}

void atn_limits_r(double r, double quantile, double z_se, double *low, double *high)
{
    double z = atanh(r), half = quantile * z_se;
    *low = tanh(z - half);
    *high = tanh(z + half);
}

static void put_force(attune_dyad *d, const atn_dyad_sums *s, const double *client,
                      const double *therapist, size_t n)
{
    double df = (double)s->n - 2, sse;
    d->force = s->ct / s->cc;
    sse = atn_dyad_sse(client, therapist, 0, n, s, d->force);
    d->residual_sd = sqrt(sse / df);
    d->force_se = d->residual_sd / sqrt(s->cc);
    atn_limits(d->force, d->force_se, df, &d->force_low, &d->force_high);
}

static void put_congruence(attune_dyad *d, const atn_dyad_sums *s)
{
    double r = s->ct / (sqrt(s->cc) * sqrt(s->tt));
    d->congruence = fmax(-1.0, fmin(1.0, r));
    if (s->n > 3 && fabs(d->congruence) <= ATN_CONGRUENCE_MAX)
        atn_limits_r(d->congruence, ATN_Z_975, 1.0 / sqrt((double)s->n - 3), &d->congruence_low,
                     &d->congruence_high);
}

static attune_dyad describe(const atn_dyad_sums *s, const double *client, const double *therapist,
                            size_t n)
{
    attune_dyad d = {
        .model = ATTUNE_DYAD_OWN,
        .dyads = 1,
        .n = (int32_t)s->n,
        .client_mean = s->c,
        .therapist_mean = s->t,
        .bias = s->bias,
        .bias_se = NAN,
        .bias_low = NAN,
        .bias_high = NAN,
        .congruence = NAN,
        .congruence_low = NAN,
        .congruence_high = NAN,
        .force = NAN,
        .force_se = NAN,
        .force_low = NAN,
        .force_high = NAN,
        .bias_sd = NAN,
        .force_sd = NAN,
        .bias_force_r = NAN,
        .residual_sd = NAN,
    };
    double pairs = (double)s->n;
    if (s->n < 2)
        return d;
    d.bias_se = sqrt(s->bias_ss / (pairs - 1) / pairs);
    atn_limits(d.bias, d.bias_se, pairs - 1, &d.bias_low, &d.bias_high);
    if (s->n < 3 || !(s->cc > 0))
        return d;
    put_force(&d, s, client, therapist, n);
    if (s->tt > 0)
        put_congruence(&d, s);
    return d;
}

attune_status attune_dyad_fit(const double *client, const double *therapist, size_t n,
                              attune_dyad *dyad, attune_error *err)
{
    attune_status status;
    attune_dyad found;
    atn_dyad_sums sums;
    if (!dyad || (n > 0 && (!client || !therapist)))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "both raters and room must be given");
    if (dyad->struct_size < sizeof *dyad)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (n > INT32_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected fewer than 2^31 rows");
    status = atn_ratings_check(client, n, "client", err);
    if (status == ATTUNE_OK)
        status = atn_ratings_check(therapist, n, "therapist", err);
    if (status != ATTUNE_OK)
        return status;
    if (atn_ratings_beyond(client, n) || atn_ratings_beyond(therapist, n))
        return atn_fail(err, ATTUNE_E_NUMERIC, "ratings", "the ratings are too large");
    sums = atn_dyad_sum(client, therapist, 0, n);
    if (sums.n == 0)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "pairs", "expected a session that both rated");
    found = describe(&sums, client, therapist, n);
    atn_give(dyad, &found, sizeof found);
    return ATTUNE_OK;
}
