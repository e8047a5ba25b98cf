/* Response surface: an outcome on two raters' ratings, by least squares. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/dyad_parts.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/lsq.h"
#include "lib/stats/num/moments.h"

#include <math.h>

enum { P = ATTUNE_SURFACE_COEFFICIENTS };

/* The rows, and those of them that have all three. */
struct rows {
    const double *client, *therapist, *outcome;
    size_t n;
    double centre;
    double *x, *z; /* P columns a row, and the outcome */
    size_t used;
};

size_t attune_surface_work(size_t n)
{
    size_t rows = n < P + 1 ? P + 1 : n;
    if (n > SIZE_MAX / 1024)
        return 0;
    return rows * (P + 1) * sizeof(double) + atn_lsq_size(rows, P) + sizeof(double);
}

static int is_whole(const struct rows *r, size_t i)
{
    return !isnan(r->client[i]) && !isnan(r->therapist[i]) && !isnan(r->outcome[i]);
}

/* Both raters' mean, from the first row on in one pass. */
static double common_mean(const struct rows *r)
{
    double mean = 0, k = 0;
    for (size_t i = 0; i < r->n; i++)
        if (is_whole(r, i))
            mean += ((r->client[i] + r->therapist[i]) / 2 - mean) / ++k;
    return mean;
}

static void lay_out(struct rows *r, double centre)
{
    r->centre = isnan(centre) ? common_mean(r) : centre;
    for (size_t i = 0; i < r->n; i++) {
        double *row = r->x + r->used * P;
        double x = r->client[i] - r->centre, y = r->therapist[i] - r->centre;
        if (!is_whole(r, i))
            continue;
        row[0] = 1.0;
        row[1] = x;
        row[2] = y;
        row[3] = x * x;
        row[4] = x * y;
        row[5] = y * y;
        r->z[r->used++] = r->outcome[i];
    }
}

static attune_status check_call(const struct rows *r, const void *work, size_t work_size,
                                const attune_surface *surface, attune_error *err)
{
    if (!surface || !work || (r->n > 0 && (!r->client || !r->therapist || !r->outcome)))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "ratings, scratch and room must be given");
    if (surface->struct_size < sizeof *surface)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (r->n > INT32_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected fewer than 2^31 rows");
    if (work_size < attune_surface_work(r->n))
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_surface_work bytes");
    if (isinf(r->centre))
        return atn_fail(err, ATTUNE_E_OPTION, "centre", "expected a finite centre or NaN");
    return ATTUNE_OK;
}

static attune_status check_rows(const struct rows *r, attune_error *err)
{
    const double *const columns[] = { r->client, r->therapist, r->outcome };
    static const char *const keys[] = { "client", "therapist", "outcome" };
    int beyond = fabs(r->centre) > ATN_RATING_MAX;
    size_t whole = 0;
    for (size_t j = 0; j < 3; j++) {
        attune_status status = atn_ratings_check(columns[j], r->n, keys[j], err);
        if (status != ATTUNE_OK)
            return status;
        beyond |= atn_ratings_beyond(columns[j], r->n);
    }
    for (size_t i = 0; i < r->n; i++)
        whole += (size_t)is_whole(r, i);
    if (whole < P + 1)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "rows", "expected seven rows with all three");
    return beyond ? atn_fail(err, ATTUNE_E_NUMERIC, "ratings", "the figures are too large")
                  : ATTUNE_OK;
}

static attune_surface describe(const atn_lsq *fit, const atn_lsq_given *given, double centre)
{
    attune_surface s = { .n = (int32_t)given->n, .df = (int32_t)(given->n - P), .centre = centre };
    double squares = atn_squares(given->y, given->n);
    double variance = fit->sse / (double)s.df;
    s.r2 = squares > 0 ? 1.0 - fit->sse / squares : NAN;
    s.residual_sd = sqrt(variance);
    atn_lsq_covariance(fit, given, s.b_cov);
    for (size_t j = 0; j < P; j++)
        s.b[j] = fit->b[j];
    for (size_t j = 0; j < P * P; j++)
        s.b_cov[j] *= variance;
    return s;
}

attune_status attune_surface_fit(const double *client, const double *therapist,
                                 const double *outcome, size_t n, double centre, void *work,
                                 size_t work_size, attune_surface *surface, attune_error *err)
{
    struct rows r = { client, therapist, outcome, n, centre, NULL, NULL, 0 };
    uintptr_t place = (uintptr_t)work;
    attune_surface found;
    atn_lsq_given given;
    atn_lsq fit;
    attune_status status = check_call(&r, work, work_size, surface, err);
    if (status == ATTUNE_OK)
        status = check_rows(&r, err);
    if (status != ATTUNE_OK)
        return status;
    place = (place + sizeof(double) - 1) / sizeof(double) * sizeof(double);
    r.x = (double *)place;
    r.z = r.x + n * P;
    lay_out(&r, centre);
    given = (atn_lsq_given) { .x = r.x, .y = r.z, .n = r.used, .p = P };
    if (atn_lsq_fit(&fit, &given, r.z + n) < P)
        return atn_fail(err, ATTUNE_E_NUMERIC, "rank",
                        "expected ratings that tell level, difference and curvature apart");
    found = describe(&fit, &given, r.centre);
    atn_give(surface, &found, sizeof found);
    return ATTUNE_OK;
}
