/* A steady world like a clinic's own courses: level, trend, spread, inertia and gaps by moments. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/simulate/world.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <math.h>

#define FORMS_LEAST 5 /* of a course, for a line and what lies about it */
#define PASSES 8      /* over the courses: each comes nearer to their inertia, by a factor of 4 */

/* A mean and the squares about it, as values come. */
typedef struct moments {
    double n, mean, squares;
} moments;

static void take(moments *m, double value)
{
    double off = value - m->mean;
    m->n++;
    m->mean += off / m->n;
    m->squares += off * (value - m->mean);
}

/* Sums over the courses. */
typedef struct sums {
    moments level, slope, total;
    moments variance, fourth;       /* of a course about its line; its square, sampling taken off */
    moments level_blur, slope_blur; /* sampling variance of either, in variances about the line */
    double beyond, pairs; /* neighbours' products beyond what is expected; variances of the pairs */
    double forms, sessions;
} sums;

/* One course, and what is thought of its inertia: scores d sessions apart correlate by rho^d. */
typedef struct course {
    const int32_t *session;
    const double *score;
    size_t count;
    double rho, n, centre; /* n: completed forms; centre: of their sessions, from the first on */
} course;

static course course_of(const int32_t *session, const double *score, size_t count, double rho)
{
    course c = { session, score, count, rho, 0, 0 };
    for (size_t i = 0; i < count; i++)
        if (!isnan(score[i])) {
            c.n++;
            c.centre += (session[i] - session[0] - c.centre) / c.n;
        }
    return c;
}

static double time_of(const course *c, size_t i)
{
    return c->session[i] - c->session[0] - c->centre;
}

/* What is multiplied: ones, or the sessions' times. */
enum { ONES, TIMES };

static double factor(const course *c, size_t i, int what)
{
    return what == ONES ? 1 : time_of(c, i);
}

/* v'Rw over the completed forms, R their correlations. */
static double across(const course *c, int v, int w)
{
    double sum = 0, carried_v = 0, carried_w = 0;
    for (size_t i = 0; i < c->count; i++) {
        double decay = i > 0 ? pow(c->rho, c->session[i] - c->session[i - 1]) : 0;
        carried_v *= decay;
        carried_w *= decay;
        if (isnan(c->score[i]))
            continue;
        sum += factor(c, i, v) * factor(c, i, w) + factor(c, i, v) * carried_w +
               factor(c, i, w) * carried_v;
        carried_v += factor(c, i, v);
        carried_w += factor(c, i, w);
    }
    return sum;
}

/* Row i of Rv. */
static double row(const course *c, size_t i, int v)
{
    double sum = 0;
    for (size_t j = 0; j < c->count; j++)
        if (!isnan(c->score[j]))
            sum += pow(c->rho, fabs(time_of(c, i) - time_of(c, j))) * factor(c, j, v);
    return sum;
}

/* The least squares line, and 1'R1, 1'Rt and t'Rt for what is uncertain of it. */
typedef struct line {
    double mean, slope, xx, variance;
    double ones, mixed, times;
} line;

static line fit(const course *c)
{
    line l = { .ones = across(c, ONES, ONES),
               .mixed = across(c, ONES, TIMES),
               .times = across(c, TIMES, TIMES) };
    double sum = 0, xy = 0, squares = 0;
    for (size_t i = 0; i < c->count; i++)
        if (!isnan(c->score[i])) {
            sum += c->score[i];
            l.xx += time_of(c, i) * time_of(c, i);
        }
    l.mean = sum / c->n;
    for (size_t i = 0; i < c->count; i++)
        xy += isnan(c->score[i]) ? 0 : time_of(c, i) * (c->score[i] - l.mean);
    l.slope = xy / l.xx;
    for (size_t i = 0; i < c->count; i++) {
        double off = c->score[i] - l.mean - l.slope * time_of(c, i);
        squares += isnan(off) ? 0 : off * off;
    }
    l.variance = squares / (c->n - l.ones / c->n - l.times / l.xx);
    return l;
}

/*
 * What the product of two residuals is expected to be, in variances: element i, j of MRM, where M
 * takes a least squares line off. Where nothing carries over it is below 0.
 */
static double expected(const course *c, const line *l, size_t i, size_t j)
{
    double a = time_of(c, i), b = time_of(c, j), n = c->n;
    double one_side = (row(c, i, ONES) + row(c, j, ONES)) / n +
                      (a * row(c, j, TIMES) + b * row(c, i, TIMES)) / l->xx;
    double both =
        l->ones / (n * n) + (a + b) * l->mixed / (n * l->xx) + a * b * l->times / (l->xx * l->xx);
    return c->rho - one_side + both;
}

/* Forms of neighbouring sessions: how far their products go beyond the inertia thought of. */
static void take_neighbours(sums *s, const course *c, const line *l)
{
    for (size_t i = 1; i < c->count; i++) {
        double left = c->score[i - 1] - l->mean - l->slope * time_of(c, i - 1);
        double right = c->score[i] - l->mean - l->slope * time_of(c, i);
        if (isnan(left * right) || c->session[i] - c->session[i - 1] > 1)
            continue;
        s->beyond += left * right - l->variance * expected(c, l, i - 1, i);
        s->pairs += l->variance;
    }
}

static void take_line(sums *s, const course *c)
{
    line l = fit(c);
    double of_slope = l.times / (l.xx * l.xx);
    take(&s->level, l.mean - l.slope * c->centre);
    take(&s->slope, l.slope);
    take(&s->level_blur, l.ones / (c->n * c->n) + c->centre * c->centre * of_slope -
                             2 * c->centre * l.mixed / (c->n * l.xx));
    take(&s->slope_blur, of_slope);
    take(&s->variance, l.variance);
    take(&s->fourth, l.variance * l.variance / (1 + 2 / (c->n - 2)));
    take_neighbours(s, c, &l);
}

static void take_course(sums *s, const course *c)
{
    s->forms += c->n;
    s->sessions += c->count > 0 ? c->session[c->count - 1] - c->session[0] + 1 : 0;
    for (size_t i = 0; i < c->count; i++)
        if (!isnan(c->score[i]))
            take(&s->total, c->score[i]);
    if (c->n >= FORMS_LEAST)
        take_line(s, c);
}

/* SD between clients: what is seen, less what single courses are uncertain by. */
static double between(const moments *seen, const moments *blur, double variance)
{
    return sqrt(fmax(0, seen->squares / (seen->n - 1) - variance * blur->mean));
}

static double within_range(double value, double low, double high)
{
    return fmin(high, fmax(low, value));
}

/* The autocorrelation about the lines, nearer than the last thought; no neighbours: none. */
static double inertia(const sums *s, double rho)
{
    return s->pairs > 0 ? within_range(rho + s->beyond / s->pairs, 0, 0.95) : 0;
}

static void write_world(const sums *s, double rho, attune_world *world)
{
    double variance = s->variance.mean;
    double log_cv = fmax(0, log(s->fourth.mean / (variance * variance)) / 4);
    attune_world made = *world;
    made.level_mean = s->level.mean;
    made.level_sd = between(&s->level, &s->level_blur, variance);
    made.slope_mean = s->slope.mean;
    made.slope_sd = between(&s->slope, &s->slope_blur, variance);
    made.within_sd = sqrt(variance) / exp(log_cv);
    made.within_cv = sqrt(exp(log_cv) - 1);
    made.ar_share = 1;
    made.ar_phi = rho;
    made.missing = 1 - s->forms / s->sessions;
    made.hazard = made.dropout = made.dropout_rupture = 0;
    atn_give(world, &made, sizeof made);
}

static attune_status check_call(const size_t *starts, size_t courses, const int32_t *session,
                                const double *score, const attune_world *world,
                                const attune_world_facts *facts, attune_error *err)
{
    if (!starts || !session || !score || !world || !facts)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "courses, world and facts must be given");
    if (world->struct_size < sizeof *world || facts->struct_size < sizeof *facts)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    for (size_t c = 0; c < courses; c++)
        for (size_t i = starts[c]; i < starts[c + 1]; i++) {
            if (isinf(score[i]))
                return atn_fail_at(err, ATTUNE_E_VALUE, i, "score", "expected a finite score");
            if (i > starts[c] && session[i] <= session[i - 1])
                return atn_fail_at(err, ATTUNE_E_ORDER, i, "session", "expected a later session");
        }
    return ATTUNE_OK;
}

attune_status attune_world_estimate(const size_t *starts, size_t courses, const int32_t *session,
                                    const double *score, attune_world *world,
                                    attune_world_facts *facts, attune_error *err)
{
    attune_status status = check_call(starts, courses, session, score, world, facts, err);
    sums s;
    double rho = 0;
    if (status != ATTUNE_OK)
        return status;
    for (int pass = 0; pass < PASSES; pass++) {
        s = (sums) { 0 };
        for (size_t c = 0; c < courses; c++) {
            const course one =
                course_of(session + starts[c], score + starts[c], starts[c + 1] - starts[c], rho);
            take_course(&s, &one);
        }
        rho = inertia(&s, rho);
    }
    if (s.level.n < ATTUNE_WORLD_COURSES_LEAST)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "courses",
                        "expected 20 courses of five completed forms or more");
    if (!(s.variance.mean > 0))
        return atn_fail(err, ATTUNE_E_NUMERIC, "score", "expected scores that vary");
    const attune_world_facts found = {
        .courses = (int32_t)s.level.n,
        .forms = (int32_t)s.forms,
        .total_sd = sqrt(s.total.squares / (s.total.n - 1)),
    };
    write_world(&s, rho, world);
    atn_give(facts, &found, sizeof found);
    return ATTUNE_OK;
}
