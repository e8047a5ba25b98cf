/* Spread and stability of totals: first scores, change, retest, variance within and between. */
/* SPDX-License-Identifier: MIT */
#include <attune/psychometrics.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/moments.h"
#include "lib/stats/num/select.h"
#include "lib/stats/response/mixed.h"

#include <math.h>

#define LEAST ATTUNE_PSYCHOMETRICS_LEAST

/* What a call was given. */
struct given {
    const uint64_t *starts;
    size_t n_clients;
    const double *scores;
    const int32_t *session; /* NULL: not given */
    const double *day;      /* NULL: not given */
    size_t n_scores;
    double reliability;
};

/* What the courses come to, in the caller's scratch. */
struct courses {
    double *first;           /* score, one a client */
    double *before, *second; /* the first two scores, of clients with two or more */
    double *change;          /* last less first, of the same */
    double *gap, *days;      /* between the two, where known */
    double *step;            /* one a pair of successive scores */
    double *all;             /* completed scores */
    double *rest;            /* scratch of the mixed model */
    size_t clients, pairs, gaps, day_gaps, steps, scores;
    double squares; /* within clients */
};

#define BY_CLIENT 6 /* arrays */
#define BY_SCORE 2

size_t attune_stability_work(size_t n_clients, size_t n_scores)
{
    const size_t most = ATTUNE_PSYCHOMETRICS_FORMS_MAX;
    if (n_clients > most || n_scores > most)
        return 0;
    return (BY_CLIENT * n_clients + BY_SCORE * n_scores + atn_mixed_work(n_clients, 0) + 1) *
           sizeof(double);
}

static attune_status check_call(const struct given *g, const void *work,
                                const attune_stability *stability, attune_error *err)
{
    if (!g->starts || !g->scores || !work || !stability)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "scores, scratch and room must be given");
    if (stability->struct_size < sizeof *stability)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    return ATTUNE_OK;
}

static attune_status check_counts(const struct given *g, size_t work_size, attune_error *err)
{
    size_t wanted = attune_stability_work(g->n_clients, g->n_scores);
    if (wanted == 0 || work_size < wanted)
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_stability_work bytes");
    for (size_t c = 0; c < g->n_clients; c++)
        if (g->starts[c] > g->starts[c + 1] || g->starts[c + 1] > g->n_scores)
            return atn_fail_at(err, ATTUNE_E_COUNT, c + 1, "starts",
                               "expected rising row numbers within the scores");
    if (g->reliability < 0 || g->reliability > 1)
        return atn_fail(err, ATTUNE_E_OPTION, "reliability", "expected 0 to 1, or NaN");
    return ATTUNE_OK;
}

static attune_status check_values(const double *values, size_t n, const char *key,
                                  attune_error *err)
{
    for (size_t i = 0; values && i < n; i++)
        if (fabs(values[i]) > ATTUNE_PSYCHOMETRICS_VALUE_MAX)
            return atn_fail_at(err, ATTUNE_E_VALUE, i, key, "expected finite values, or NaN");
    return ATTUNE_OK;
}

static attune_status check(const struct given *g, const void *work, size_t work_size,
                           const attune_stability *stability, attune_error *err)
{
    attune_status status = check_call(g, work, stability, err);
    if (status == ATTUNE_OK)
        status = check_counts(g, work_size, err);
    if (status == ATTUNE_OK)
        status = check_values(g->scores, g->n_scores, "scores", err);
    return status == ATTUNE_OK ? check_values(g->day, g->n_scores, "day", err) : status;
}

static struct courses lay_out(const struct given *g, void *work)
{
    uintptr_t place = (uintptr_t)work;
    struct courses s = { .squares = 0 };
    double **arrays[] = { &s.first, &s.before, &s.second, &s.change, &s.gap, &s.days };
    double *at;
    place = (place + sizeof(double) - 1) / sizeof(double) * sizeof(double);
    at = (double *)place;
    for (size_t i = 0; i < BY_CLIENT; i++, at += g->n_clients)
        *arrays[i] = at;
    s.step = at;
    s.all = s.step + g->n_scores;
    s.rest = s.all + g->n_scores;
    return s;
}

static void take_pair(struct courses *s, const struct given *g, size_t first, size_t second)
{
    s->before[s->pairs] = g->scores[first];
    s->second[s->pairs] = g->scores[second];
    if (g->session)
        s->gap[s->gaps++] = (double)g->session[second] - (double)g->session[first];
    if (g->day && !isnan(g->day[first]) && !isnan(g->day[second]))
        s->days[s->day_gaps++] = g->day[second] - g->day[first];
}

static void take_course(struct courses *s, const struct given *g, size_t from, size_t to)
{
    double *own = s->all + s->scores;
    size_t n = 0, first = from;
    for (size_t i = from; i < to; i++) {
        if (isnan(g->scores[i]))
            continue;
        if (n == 0)
            first = i;
        if (n == 1)
            take_pair(s, g, first, i);
        if (n > 0)
            s->step[s->steps++] = g->scores[i] - own[n - 1];
        own[n++] = g->scores[i];
    }
    if (n == 0)
        return;
    s->first[s->clients++] = own[0];
    s->scores += n;
    s->squares += atn_squares(own, n);
    if (n > 1)
        s->change[s->pairs++] = own[n - 1] - own[0];
}

static double correlation(const double *x, const double *y, size_t n)
{
    double mean_x = atn_mean(x, n), mean_y = atn_mean(y, n), xy = 0;
    double xx = atn_squares(x, n), yy = atn_squares(y, n);
    for (size_t i = 0; i < n; i++)
        xy += (x[i] - mean_x) * (y[i] - mean_y);
    return xx > 0 && yy > 0 ? fmax(-1, fmin(1, xy / sqrt(xx) / sqrt(yy))) : NAN;
}

static void take_change(struct courses *s, attune_stability *found)
{
    int enough = s->pairs >= LEAST;
    found->change_mean = enough ? atn_mean(s->change, s->pairs) : NAN;
    found->change_sd = enough ? atn_sd(s->change, s->pairs) : NAN;
    found->step_sd = enough ? atn_sd(s->step, s->steps) : NAN;
    found->retest_r = enough ? correlation(s->before, s->second, s->pairs) : NAN;
    found->retest_sessions = enough && s->gaps > 0 ? atn_median(s->gap, s->gaps) : NAN;
    found->retest_days = enough && s->day_gaps > 0 ? atn_median(s->days, s->day_gaps) : NAN;
}

/* Mean squares of one-way analysis of variance: all squares are those within and those between. */
static void take_squares(const struct courses *s, attune_stability *found)
{
    double between = fmax(0, atn_squares(s->all, s->scores) - s->squares);
    int repeated = s->scores > s->clients;
    found->ms_between = repeated ? between / (double)(s->clients - 1) : NAN;
    found->ms_within = repeated ? s->squares / (double)(s->scores - s->clients) : NAN;
}

static void take_variances(const struct courses *s, const struct given *g, attune_stability *found)
{
    const atn_mixed_data data = {
        .y = g->scores, .starts = g->starts, .n_groups = g->n_clients, .reml = 1
    };
    atn_mixed m;
    int good = atn_mixed_fit(&data, s->rest, &m, NULL) == ATTUNE_OK;
    found->within_var = good ? m.s2 : NAN;
    found->between_var = good ? m.d00 : NAN;
    found->within_sd = sqrt(found->within_var);
    found->icc = found->between_var / (found->between_var + found->within_var);
}

attune_status attune_stability_fit(const uint64_t *starts, size_t n_clients, const double *scores,
                                   const int32_t *session, const double *day, size_t n_scores,
                                   double reliability, void *work, size_t work_size,
                                   attune_stability *stability, attune_error *err)
{
    const struct given g = { starts, n_clients, scores, session, day, n_scores, reliability };
    attune_stability found = { .struct_size = sizeof found };
    struct courses s;
    attune_status status = check(&g, work, work_size, stability, err);
    if (status != ATTUNE_OK)
        return status;
    s = lay_out(&g, work);
    for (size_t c = 0; c < n_clients; c++)
        take_course(&s, &g, (size_t)starts[c], (size_t)starts[c + 1]);
    if (s.clients < LEAST)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "n_clients",
                        "expected completed forms of three clients");
    found.n_clients = (int32_t)s.clients;
    found.n_scores = (int32_t)s.scores;
    found.n_repeated = (int32_t)s.pairs;
    found.mean = atn_mean(s.first, s.clients);
    found.sd = atn_sd(s.first, s.clients);
    found.sem = found.sd * sqrt(1 - reliability);
    take_change(&s, &found);
    take_squares(&s, &found);
    take_variances(&s, &g, &found);
    atn_give(stability, &found, sizeof found);
    return ATTUNE_OK;
}
