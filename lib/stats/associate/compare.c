/* Two correlations of one sample or of two: closed forms, each under its author's name. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/correlation.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/num.h"
#include "lib/stats/num/small.h"

#define DEPENDENT 1e-12 /* of a measure's variance, left by the measures before it */

static double square(double v)
{
    return v * v;
}

static attune_status check_together(double a[][ATN_SMALL_MAX], size_t n, attune_error *err)
{
    if (!atn_cholesky(a, n, DEPENDENT))
        return atn_fail(err, ATTUNE_E_NUMERIC, "r",
                        "expected correlations that measures can have at once");
    return ATTUNE_OK;
}

/* Zou's interval of a - b, whose estimates correlate c; half is that of Fisher's z. */
static void zou(double a, double half_a, double b, double half_b, double c, double *low,
                double *high)
{
    double a_low = a - atn_fisher(a, -half_a), a_high = atn_fisher(a, half_a) - a;
    double b_low = b - atn_fisher(b, -half_b), b_high = atn_fisher(b, half_b) - b;
    *low = a - b - sqrt(fmax(0, square(a_low) + square(b_high) - 2 * c * a_low * b_high));
    *high = a - b + sqrt(fmax(0, square(a_high) + square(b_low) - 2 * c * a_high * b_low));
}

/* Covariance of two overlapping correlations, times n (Pearson & Filon 1898). */
static double overlap_covariance(double jk, double jh, double kh)
{
    double left = 1 - square(jk) - square(jh);
    return kh * left - 0.5 * jk * jh * (left - square(kh));
}

/* The z of a difference of Fisher's z whose estimates correlate c. */
static double z_of(double difference, double n, double c)
{
    return atn_over_sd(difference * sqrt(n - 3), 2 - 2 * c);
}

/* The same, both correlations taken as r. */
static double pooled_overlap(double difference, double r, double kh, double n)
{
    return z_of(difference, n, overlap_covariance(r, r, kh) / square(1 - square(r)));
}

/* det is the determinant of the three correlations. */
static void put_t(attune_overlap *o, double jk, double jh, double kh, double n, double det)
{
    double cube = square(1 - kh) * (1 - kh), mean = (jk + jh) / 2, d = jk - jh;
    o->df = n - 3;
    o->williams_t =
        d * sqrt((n - 1) * (1 + kh) / (2 * (n - 1) / (n - 3) * det + square(mean) * cube));
    o->hotelling_t = d * sqrt((n - 3) * (1 + kh) / (2 * det));
    o->hendrickson_t = d * sqrt((n - 3) * (1 + kh) / (2 * det + square(d) * cube / (4 * (n - 1))));
    o->williams_p = atn_t_p(o->williams_t, o->df);
    o->hotelling_p = atn_t_p(o->hotelling_t, o->df);
    o->hendrickson_p = atn_t_p(o->hendrickson_t, o->df);
}

static void put_z(attune_overlap *o, double jk, double jh, double kh, double n)
{
    double left = 1 - square(jk) - square(jh) - square(kh), d = o->z_difference;
    double jk_left = 1 - square(jk), jh_left = 1 - square(jh);
    double covariance = overlap_covariance(jk, jh, kh), both = square(jk_left) + square(jh_left);
    o->dunn_clark_z = z_of(d, n, covariance / (jk_left * jh_left));
    o->steiger_z = pooled_overlap(d, (jk + jh) / 2, kh, n);
    o->hittner_z = pooled_overlap(d, tanh((atanh(jk) + atanh(jh)) / 2), kh, n);
    o->pearson_filon_z = atn_over_sd(o->difference * sqrt(n), both - 2 * covariance);
    o->olkin_z = atn_over_sd(o->difference * sqrt(n),
                             both - 2 * square(kh) * kh - (2 * kh - jk * jh) * left);
    o->dunn_clark_p = atn_normal_p(o->dunn_clark_z);
    o->steiger_p = atn_normal_p(o->steiger_z);
    o->hittner_p = atn_normal_p(o->hittner_z);
    o->pearson_filon_p = atn_normal_p(o->pearson_filon_z);
    o->olkin_p = atn_normal_p(o->olkin_z);
}

static void put_meng(attune_overlap *o, double jk, double jh, double kh, double n)
{
    double mean = (square(jk) + square(jh)) / 2, f = fmin(1, (1 - kh) / (2 * (1 - mean)));
    double h = (1 - f * mean) / (1 - mean), se = sqrt(2 * (1 - kh) * h / (n - 3));
    o->meng_z = o->z_difference / se;
    o->meng_p = atn_normal_p(o->meng_z);
    o->meng_low = o->z_difference - ATN_Z_975 * se;
    o->meng_high = o->z_difference + ATN_Z_975 * se;
}

attune_status attune_overlap_compare(double r_jk, double r_jh, double r_kh, uint64_t n,
                                     attune_overlap *overlap, attune_error *err)
{
    const atn_given_r given[] = { { "r_jk", r_jk }, { "r_jh", r_jh }, { "r_kh", r_kh } };
    double a[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 1 }, { r_jk, 1 }, { r_jh, r_kh, 1 } };
    attune_overlap found = { .struct_size = sizeof found, .difference = r_jk - r_jh };
    double half, c;
    attune_status status = atn_check_room(overlap, sizeof *overlap, err);
    if (status == ATTUNE_OK)
        status = atn_check_r(given, 3, n, 0, err);
    if (status == ATTUNE_OK)
        status = check_together(a, 3, err);
    if (status != ATTUNE_OK)
        return status;
    found.z_difference = atanh(r_jk) - atanh(r_jh);
    put_t(&found, r_jk, r_jh, r_kh, (double)n, square(a[1][1] * a[2][2]));
    put_z(&found, r_jk, r_jh, r_kh, (double)n);
    put_meng(&found, r_jk, r_jh, r_kh, (double)n);
    half = ATN_Z_975 / sqrt((double)n - 3);
    c = overlap_covariance(r_jk, r_jh, r_kh) / ((1 - square(r_jk)) * (1 - square(r_jh)));
    zou(r_jk, half, r_jh, half, c, &found.zou_low, &found.zou_high);
    atn_give(overlap, &found, sizeof found);
    return ATTUNE_OK;
}

/* Twice the covariance of r_jk and r_hm, times n; their own values may be pooled ones. */
static double apart_covariance(const attune_quartet *r, double jk, double hm)
{
    return (r->r_jh - jk * r->r_kh) * (r->r_km - r->r_kh * hm) +
           (r->r_jm - r->r_jh * hm) * (r->r_kh - jk * r->r_jh) +
           (r->r_jh - r->r_jm * hm) * (r->r_km - jk * r->r_jm) +
           (r->r_jm - jk * r->r_km) * (r->r_kh - r->r_km * hm);
}

static double pooled_apart(const attune_quartet *q, double difference, double r, double n)
{
    return z_of(difference, n, apart_covariance(q, r, r) / (2 * square(1 - square(r))));
}

static attune_nonoverlap apart_of(const attune_quartet *r, double n)
{
    attune_nonoverlap found = { .struct_size = sizeof found, .difference = r->r_jk - r->r_hm };
    double jk = r->r_jk, hm = r->r_hm, z_jk = atanh(jk), z_hm = atanh(hm), d = z_jk - z_hm;
    double jk_left = 1 - square(jk), hm_left = 1 - square(hm);
    double twice = apart_covariance(r, jk, hm), c = twice / (2 * jk_left * hm_left);
    double half = ATN_Z_975 / sqrt(n - 3);
    found.z_difference = d;
    found.dunn_clark_z = z_of(d, n, c);
    found.steiger_z = pooled_apart(r, d, (jk + hm) / 2, n);
    found.silver_z = pooled_apart(r, d, tanh((z_jk + z_hm) / 2), n);
    found.pearson_filon_z =
        atn_over_sd(found.difference * sqrt(n), square(jk_left) + square(hm_left) - twice);
    found.dunn_clark_p = atn_normal_p(found.dunn_clark_z);
    found.steiger_p = atn_normal_p(found.steiger_z);
    found.silver_p = atn_normal_p(found.silver_z);
    found.pearson_filon_p = atn_normal_p(found.pearson_filon_z);
    zou(jk, half, hm, half, c, &found.zou_low, &found.zou_high);
    return found;
}

attune_status attune_nonoverlap_compare(const attune_quartet *r, uint64_t n,
                                        attune_nonoverlap *nonoverlap, attune_error *err)
{
    attune_nonoverlap found;
    attune_status status = r ? atn_check_room(nonoverlap, sizeof *nonoverlap, err)
                             : atn_fail(err, ATTUNE_E_ARGUMENT, "r", "expected six correlations");
    if (status == ATTUNE_OK && r->struct_size < sizeof *r)
        status = atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (status != ATTUNE_OK)
        return status;
    const atn_given_r given[] = { { "r_jk", r->r_jk }, { "r_hm", r->r_hm }, { "r_jh", r->r_jh },
                                  { "r_jm", r->r_jm }, { "r_kh", r->r_kh }, { "r_km", r->r_km } };
    double a[ATN_SMALL_MAX][ATN_SMALL_MAX] = {
        { 1 }, { r->r_jk, 1 }, { r->r_jh, r->r_kh, 1 }, { r->r_jm, r->r_km, r->r_hm, 1 }
    };
    status = atn_check_r(given, 6, n, 0, err);
    if (status == ATTUNE_OK)
        status = check_together(a, 4, err);
    if (status != ATTUNE_OK)
        return status;
    found = apart_of(r, (double)n);
    atn_give(nonoverlap, &found, sizeof found);
    return ATTUNE_OK;
}

attune_status attune_independent_compare(double r1, uint64_t n1, double r2, uint64_t n2,
                                         attune_independent *independent, attune_error *err)
{
    const atn_given_r given[] = { { "r1", r1 }, { "r2", r2 } };
    attune_independent found = { .struct_size = sizeof found, .difference = r1 - r2 };
    double var1, var2;
    attune_status status = atn_check_room(independent, sizeof *independent, err);
    if (status == ATTUNE_OK)
        status = atn_check_r(given, 2, n1 < n2 ? n1 : n2, 0, err);
    if (status != ATTUNE_OK)
        return status;
    var1 = 1 / ((double)n1 - 3);
    var2 = 1 / ((double)n2 - 3);
    found.z = (atanh(r1) - atanh(r2)) / sqrt(var1 + var2);
    found.p = atn_normal_p(found.z);
    zou(r1, ATN_Z_975 * sqrt(var1), r2, ATN_Z_975 * sqrt(var2), 0, &found.low, &found.high);
    atn_give(independent, &found, sizeof found);
    return ATTUNE_OK;
}
