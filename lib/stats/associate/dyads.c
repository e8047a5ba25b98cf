/* Several dyads: the truth-and-bias model of all of them, and congruence within them. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/dyad_parts.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/num.h"
#include "lib/stats/response/mixed.h"

#include <math.h>

/* What is asked for, and the two columns of the model: y = T - Cmean, x = C - Cmean. */
struct pool {
    const uint64_t *starts;
    const double *client, *therapist;
    size_t groups, rows;
    double *y, *x, *rest;          /* NaN in y and 0 in x where a row is no pair */
    size_t n, dyads, double_dyads; /* pairs; dyads with one; dyads with two */
    double cc, tt, ct;
};

size_t attune_dyads_work(size_t n_dyads, size_t n_rows)
{
    if (n_dyads > SIZE_MAX / 1024 || n_rows > SIZE_MAX / 64)
        return 0;
    return (atn_mixed_work(n_dyads, 1) + 2 * n_rows + 1) * sizeof(double);
}

/* The sums of one dyad, and its rows into the columns. */
static void take(struct pool *p, size_t g)
{
    size_t from = (size_t)p->starts[g], to = (size_t)p->starts[g + 1];
    atn_dyad_sums s = atn_dyad_sum(p->client, p->therapist, from, to);
    for (size_t i = from; i < to; i++) {
        double x = p->client[i] - s.c;
        p->y[i] = p->therapist[i] - s.c + 0.0 * x; /* NaN in either: no pair */
        p->x[i] = isnan(p->y[i]) ? 0.0 : x;
    }
    p->n += s.n;
    p->dyads += s.n > 0;
    p->double_dyads += s.n > 1;
    p->cc += s.cc;
    p->tt += s.tt;
    p->ct += s.ct;
}

static double mean_where_paired(const struct pool *p, const double *rating)
{
    double mean = 0, k = 0;
    for (size_t i = 0; i < p->rows; i++)
        if (!isnan(p->y[i]))
            mean += (rating[i] - mean) / ++k;
    return mean;
}

/* The dyads' parts in a sum of 0, squared: what a cluster-robust variance is made of. */
static double congruence_variance(const struct pool *p, double r)
{
    double scale = sqrt(p->cc) * sqrt(p->tt), sum = 0;
    for (size_t g = 0; g < p->groups; g++) {
        atn_dyad_sums s =
            atn_dyad_sum(p->client, p->therapist, (size_t)p->starts[g], (size_t)p->starts[g + 1]);
        double part = s.ct / scale - r / 2 * (s.cc / p->cc + s.tt / p->tt);
        sum += part * part;
    }
    return sum;
}

static void put_congruence(attune_dyad *d, const struct pool *p)
{
    double r, se, g = (double)p->double_dyads;
    if (!(p->cc > 0 && p->tt > 0))
        return;
    r = fmax(-1.0, fmin(1.0, p->ct / (sqrt(p->cc) * sqrt(p->tt))));
    d->congruence = r;
    if (p->double_dyads < 2 || fabs(r) > ATN_CONGRUENCE_MAX)
        return;
    se = sqrt(g / (g - 1) * congruence_variance(p, r));
    atn_limits_r(r, atn_student_975(fmin(g - 1, 1e6)), se / (1 - r * r), &d->congruence_low,
                 &d->congruence_high);
}

static int put_mixed(attune_dyad *d, const struct pool *p)
{
    atn_mixed m;
    atn_mixed_data data = {
        .y = p->y,
        .x = { p->x },
        .n_x = 1,
        .z = p->x,
        .starts = p->starts,
        .n_groups = p->groups,
        .structure = ATN_MIXED_SLOPE,
        .reml = 1,
    };
    if (atn_mixed_fit(&data, p->rest, &m, NULL) != ATTUNE_OK)
        return 0;
    d->model = ATTUNE_DYAD_MIXED;
    d->bias = m.b[0];
    d->bias_se = sqrt(m.b_cov[0][0]);
    d->force = m.b[1];
    d->force_se = sqrt(m.b_cov[1][1]);
    d->bias_sd = sqrt(m.d00);
    d->force_sd = sqrt(m.d11);
    if (!m.singular)
        d->bias_force_r = m.d01 / (d->bias_sd * d->force_sd);
    d->residual_sd = sqrt(m.s2);
    return 1;
}

/* Within each dyad x sums to 0: bias is the mean of y, force a ratio of sums. */
static void put_robust(attune_dyad *d, const struct pool *p)
{
    int moves = p->cc > 0;
    double n = (double)p->n, g = (double)p->dyads, cc = moves ? p->cc : NAN;
    double bias = mean_where_paired(p, p->y), force = p->ct / cc, slope = moves ? force : 0.0;
    double factor = g / (g - 1) * ((n - 1) / (n - 1 - moves)), var_bias = 0, var_force = 0;
    for (size_t j = 0; j < p->groups; j++) {
        double of_bias = 0, of_force = 0;
        for (size_t i = (size_t)p->starts[j]; i < p->starts[j + 1]; i++) {
            double e = isnan(p->y[i]) ? 0.0 : p->y[i] - bias - slope * p->x[i];
            of_bias += e;
            of_force += e * p->x[i];
        }
        var_bias += of_bias / n * (of_bias / n);
        var_force += of_force / cc * (of_force / cc);
    }
    d->model = ATTUNE_DYAD_ROBUST;
    d->bias = bias;
    d->bias_se = sqrt(factor * var_bias);
    d->force = force;
    d->force_se = sqrt(factor * var_force);
}

static attune_dyad describe(const struct pool *p)
{
    double df = (double)p->dyads - 1;
    attune_dyad d = {
        .dyads = (int32_t)p->dyads,
        .n = (int32_t)p->n,
        .client_mean = mean_where_paired(p, p->client),
        .therapist_mean = mean_where_paired(p, p->therapist),
        .congruence = NAN,
        .congruence_low = NAN,
        .congruence_high = NAN,
        .bias_sd = NAN,
        .force_sd = NAN,
        .bias_force_r = NAN,
        .residual_sd = NAN,
    };
    put_congruence(&d, p);
    if (p->double_dyads < ATTUNE_DYADS_MIXED || !put_mixed(&d, p))
        put_robust(&d, p);
    atn_limits(d.bias, d.bias_se, df, &d.bias_low, &d.bias_high);
    atn_limits(d.force, d.force_se, df, &d.force_low, &d.force_high);
    return d;
}

static attune_status check_counts(const struct pool *p, size_t work_size, attune_error *err)
{
    size_t wanted = attune_dyads_work(p->groups, p->rows);
    if (p->rows > INT32_MAX || p->groups > INT32_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n_rows", "expected fewer than 2^31 rows and dyads");
    if (work_size < wanted)
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_dyads_work bytes");
    for (size_t g = 0; g < p->groups; g++)
        if (p->starts[g] > p->starts[g + 1] || p->starts[g + 1] > p->rows)
            return atn_fail_at(err, ATTUNE_E_COUNT, g + 1, "starts",
                               "expected rising row numbers within the rows");
    return ATTUNE_OK;
}

static attune_status check_call(const struct pool *p, const void *work, const attune_dyad *dyad,
                                attune_error *err)
{
    if (!p->starts || !work || !dyad || (p->rows > 0 && (!p->client || !p->therapist)))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "both raters, scratch and room must be given");
    if (dyad->struct_size < sizeof *dyad)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    return ATTUNE_OK;
}

static attune_status check(const struct pool *p, const void *work, size_t work_size,
                           const attune_dyad *dyad, attune_error *err)
{
    attune_status status = check_call(p, work, dyad, err);
    if (status == ATTUNE_OK)
        status = check_counts(p, work_size, err);
    if (status == ATTUNE_OK)
        status = atn_ratings_check(p->client, p->rows, "client", err);
    if (status == ATTUNE_OK)
        status = atn_ratings_check(p->therapist, p->rows, "therapist", err);
    return status;
}

attune_status attune_dyads_fit(const uint64_t *starts, size_t n_dyads, const double *client,
                               const double *therapist, size_t n_rows, void *work, size_t work_size,
                               attune_dyad *dyad, attune_error *err)
{
    struct pool p = { .starts = starts,
                      .client = client,
                      .therapist = therapist,
                      .groups = n_dyads,
                      .rows = n_rows };
    uintptr_t place = (uintptr_t)work;
    attune_dyad found;
    attune_status status = check(&p, work, work_size, dyad, err);
    if (status != ATTUNE_OK)
        return status;
    if (atn_ratings_beyond(client, n_rows) || atn_ratings_beyond(therapist, n_rows))
        return atn_fail(err, ATTUNE_E_NUMERIC, "ratings", "the ratings are too large");
    place = (place + sizeof(double) - 1) / sizeof(double) * sizeof(double);
    p.y = (double *)place;
    p.x = p.y + n_rows;
    p.rest = p.x + n_rows;
    for (size_t i = 0; i < n_rows; i++)
        p.y[i] = NAN; /* rows that no dyad holds */
    for (size_t g = 0; g < n_dyads; g++)
        take(&p, g);
    if (p.dyads < 2)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "dyads", "expected two dyads with a pair");
    found = describe(&p);
    atn_give(dyad, &found, sizeof found);
    return ATTUNE_OK;
}
