/* Two phases of one series: pairs counted for Tau-U, and the baseline's trend taken out. */
/* SPDX-License-Identifier: MIT */
#include <attune/phase.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/num.h"
#include "lib/stats/num/select.h"

#include <float.h>
#include <math.h>

#define Y_MAX 1e300 /* differences of scores within it are finite */
#define LEVEL 0.05  /* of the baseline's trend: Tarlow 2016 */

/* Rows of both phases, one after the other; x is what the scores are held against. */
typedef struct rows {
    double *y;
    size_t n, n_a;
    double noise;
} rows;

typedef struct kendall {
    double tau, z;
} kendall;

static int way(double difference, double noise)
{
    return (difference > noise) - (difference < -noise);
}

/* Later less earlier over the pairs of rows first..last with rows from..to. NaN is no pair. */
static double count(const rows *r, size_t first, size_t last, size_t from, size_t to)
{
    double s = 0.0;
    for (size_t i = first; i < last; i++)
        for (size_t j = from > i ? from : i + 1; j < to; j++)
            s += way(r->y[j] - r->y[i], r->noise);
    return s;
}

static size_t completed(const rows *r, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += isnan(r->y[i]) ? 0 : 1;
    return n;
}

/* Sums over tied groups of t (t - 1), t (t - 1) (t - 2) and t (t - 1) (2 t + 5). */
typedef struct ties {
    double two, three, five;
} ties;

static void add_group(ties *sums, double t, double share)
{
    sums->two += share * t * (t - 1.0);
    sums->three += share * t * (t - 1.0) * (t - 2.0);
    sums->five += share * t * (t - 1.0) * (2.0 * t + 5.0);
}

static ties ties_of(const rows *r, size_t to)
{
    ties sums = { 0.0, 0.0, 0.0 };
    for (size_t i = 0; i < to; i++) {
        double t = 0.0;
        for (size_t j = 0; j < to; j++)
            t += fabs(r->y[j] - r->y[i]) <= r->noise;
        add_group(&sums, t, t > 0.0 ? 1.0 / t : 0.0); /* each of t rows adds its share */
    }
    return sums;
}

/* tau-b and z of S among n completed rows with these ties (Kendall 1970). */
static kendall judge(double s, double n, const ties *x, const ties *y)
{
    double pairs = n * (n - 1.0), left = (pairs - x->two) * (pairs - y->two);
    double var = (pairs * (2.0 * n + 5.0) - x->five - y->five) / 18.0;
    if (!(left > 0.0))
        return (kendall) { NAN, NAN };
    if (n > 2.0)
        var += x->three * y->three / (9.0 * pairs * (n - 2.0));
    var += x->two * y->two / (2.0 * pairs);
    return (kendall) { 2.0 * s / sqrt(left), s / sqrt(var) };
}

/* Scores against the phase: a tie of two groups. */
static kendall by_phase(const rows *r, double s, double n_a, double n_b)
{
    ties phases = { 0.0, 0.0, 0.0 }, scores = ties_of(r, r->n);
    add_group(&phases, n_a, 1.0);
    add_group(&phases, n_b, 1.0);
    return judge(s, n_a + n_b, &phases, &scores);
}

static double over(double s, double pairs)
{
    return pairs > 0.0 ? s / pairs : NAN;
}

static double sen_slope(const rows *r, double *slopes)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_a; i++)
        for (size_t j = i + 1; j < r->n_a; j++)
            if (!isnan(r->y[j] - r->y[i]))
                slopes[n++] = (r->y[j] - r->y[i]) / (double)(j - i);
    return n > 0 ? atn_median(slopes, n) : NAN;
}

static void put_taus(attune_phase *p, const rows *r)
{
    double a = p->n_a, b = p->n_b, within_a = a * (a - 1.0) / 2.0, within_b = b * (b - 1.0) / 2.0;
    double both = a * b > 0.0 ? 1.0 : 0.0; /* without one phase nothing is told of both */
    p->s_ab = count(r, 0, r->n_a, r->n_a, r->n);
    p->s_a = count(r, 0, r->n_a, 0, r->n_a);
    p->s_b = count(r, r->n_a, r->n, r->n_a, r->n);
    p->tau_ab = over(p->s_ab, a * b);
    p->tau_a = over(p->s_a, within_a);
    p->tau_b = over(p->s_b, within_b);
    p->tau_ab_less_a = over(p->s_ab - p->s_a, a * b);
    p->tau_ab_and_b = over(p->s_ab + p->s_b, both * (a * b + within_b));
    p->tau_u = over(p->s_ab + p->s_b - p->s_a, both * (a * b + within_a + within_b));
    p->tau_ab_ties = by_phase(r, p->s_ab, a, b).tau;
}

static void put_corrected(attune_phase *p, rows *r, double *slopes)
{
    const ties none = { 0.0, 0.0, 0.0 };
    ties baseline = ties_of(r, r->n_a);
    kendall trend = judge(p->s_a, p->n_a, &none, &baseline);
    p->baseline_tau = trend.tau;
    p->baseline_p = atn_normal_p(trend.z);
    p->baseline_slope = sen_slope(r, slopes);
    p->corrected = p->baseline_p <= LEVEL;
    for (size_t i = 0; p->corrected && i < r->n; i++)
        r->y[i] -= p->baseline_slope * (double)i;
    double s = count(r, 0, r->n_a, r->n_a, r->n);
    kendall found = by_phase(r, s, p->n_a, p->n_b);
    p->corrected_tau = found.tau;
    p->corrected_z = found.z;
    p->corrected_p = atn_normal_p(found.z);
}

static attune_status check_call(const double *a, size_t n_a, const double *b, size_t n_b,
                                const double *work, size_t capacity, const attune_phase *phase,
                                attune_error *err)
{
    if ((!a && n_a > 0) || (!b && n_b > 0))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "a", "expected arrays of scores");
    if (!work || !phase)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "phase", "expected scratch, and room");
    if (atn_struct_size(phase) < sizeof *phase)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "phase", "struct_size must be set");
    if (n_a > ATTUNE_PHASE_ROWS_MAX || n_b > ATTUNE_PHASE_ROWS_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n_a", "expected fewer rows");
    if (capacity < n_a + n_b + n_a * (n_a + 1) / 2)
        return atn_fail(err, ATTUNE_E_COUNT, "capacity", "expected more scratch");
    return ATTUNE_OK;
}

static attune_status check_scores(const double *y, size_t n, size_t before, double *most,
                                  attune_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (isinf(y[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, before + i, "y",
                               "expected a finite score or NaN");
        *most = fmax(*most, fabs(y[i])); /* fmax passes over NaN */
    }
    return ATTUNE_OK;
}

static void take(rows *r, const double *a, const double *b, size_t n_b, double most)
{
    for (size_t i = 0; i < r->n_a; i++)
        r->y[i] = a[i];
    for (size_t i = 0; i < n_b; i++)
        r->y[r->n_a + i] = b[i];
    r->noise = 8.0 * DBL_EPSILON * most;
}

attune_status attune_phase_fit(const double *a, size_t n_a, const double *b, size_t n_b,
                               double *work, size_t capacity, attune_phase *phase,
                               attune_error *err)
{
    double most = -1.0;
    attune_status status = check_call(a, n_a, b, n_b, work, capacity, phase, err);
    if (status == ATTUNE_OK)
        status = check_scores(a, n_a, 0, &most, err);
    if (status == ATTUNE_OK)
        status = check_scores(b, n_b, n_a, &most, err);
    if (status != ATTUNE_OK)
        return status;
    if (most < 0.0)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "a", "expected a completed score");
    if (most > Y_MAX)
        return atn_fail(err, ATTUNE_E_NUMERIC, "a", "the scores are too large");
    rows r = { .y = work, .n = n_a + n_b, .n_a = n_a };
    attune_phase found = { .struct_size = (uint32_t)sizeof found };
    take(&r, a, b, n_b, most);
    found.n_a = (int32_t)completed(&r, 0, n_a);
    found.n_b = (int32_t)completed(&r, n_a, r.n);
    put_taus(&found, &r);
    put_corrected(&found, &r, work + r.n);
    atn_give(phase, &found, sizeof found);
    return ATTUNE_OK;
}
