/* Within clients and between them: correlations, and a random intercept model of both at once. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/parts.h"

#define LN_2 0.69314718055994530942

/* Sums over the rows that have both, and their means by client; NaN where a client has none. */
typedef struct sums {
    atn_products total, within, between;
    double clients;
} sums;

/* Which column of the caseload's scratch holds what. */
enum { OUTCOME, ALLIANCE, WITHIN, BETWEEN, TIME };
enum { MEAN_X, MEAN_Y, SIZE, LATENT };

static void take_both(const atn_caseload *c)
{
    for (uint64_t i = c->starts[0]; i < c->starts[c->n_clients]; i++) {
        int both = !isnan(c->x.score[i] + c->y.score[i]);
        c->column[ALLIANCE][i] = both ? c->x.score[i] : NAN;
        c->column[OUTCOME][i] = both ? c->y.score[i] : NAN;
        c->column[TIME][i] = atn_log_session(c, i);
    }
}

static void take_means(const atn_caseload *c, size_t g)
{
    double x = 0, y = 0, n = 0;
    for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++) {
        if (isnan(c->column[OUTCOME][i]))
            continue;
        x += c->column[ALLIANCE][i];
        y += c->column[OUTCOME][i];
        n++;
    }
    c->person[MEAN_X][g] = n > 0 ? x / n : NAN;
    c->person[MEAN_Y][g] = n > 0 ? y / n : NAN;
    c->person[SIZE][g] = n;
}

/* Deviations from the client's own mean into WITHIN, the mean into BETWEEN. */
static void add_within(const atn_caseload *c, size_t g, atn_products *s)
{
    for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++) {
        double x = atn_deviation(c->column[ALLIANCE][i], c->person[MEAN_X][g]);
        double y = atn_deviation(c->column[OUTCOME][i], c->person[MEAN_Y][g]);
        c->column[WITHIN][i] = x;
        c->column[BETWEEN][i] = c->person[MEAN_X][g];
        if (isnan(y))
            continue;
        s->xx += x * x;
        s->yy += y * y;
        s->xy += x * y;
        s->n++;
    }
}

static sums take_sums(const atn_caseload *c)
{
    sums s = { .clients = 0 };
    uint64_t first = c->starts[0];
    take_both(c);
    for (size_t g = 0; g < c->n_clients; g++) {
        take_means(c, g);
        add_within(c, g, &s.within);
        s.clients += c->person[SIZE][g] > 0;
    }
    s.total = atn_products_of(c->column[ALLIANCE] + first, c->column[OUTCOME] + first,
                              (size_t)(c->starts[c->n_clients] - first));
    s.between = atn_products_of(c->person[MEAN_X], c->person[MEAN_Y], c->n_clients);
    return s;
}

/* Means weighted by their sessions: what of all sums does not lie within. */
static attune_association weighted(const sums *s)
{
    atn_products rest = { atn_left_of(s->total.xx, s->within.xx),
                          atn_left_of(s->total.yy, s->within.yy), s->total.xy - s->within.xy,
                          s->total.n };
    attune_association f = atn_correlated(&rest, s->clients, 0);
    return atn_figure(f.estimate, f.reason);
}

static void put_correlations(const sums *s, atn_sink *sink)
{
    double n = s->total.n, k = s->clients;
    attune_association total = atn_correlated(&s->total, n, 0);
    /* rows of one client depend on each other: no interval of r_total would be right */
    atn_put_figure(sink, "r_total", atn_counted(atn_figure(total.estimate, total.reason), n, k));
    atn_put_figure(sink, "r_within", atn_counted(atn_correlated(&s->within, n - k + 1, 0), n, k));
    atn_put_figure(sink, "r_between", atn_counted(atn_correlated(&s->between, k, 0), n, k));
    atn_put_figure(sink, "r_between_weighted", atn_counted(weighted(s), n, k));
}

/* The log likelihood of scores in their own units; two columns are alliance's. */
static double unscaled(const atn_caseload *c, const atn_mixed *fit)
{
    double p = c->reml ? (double)fit->p : 0, columns = c->reml ? 2 : 0;
    return fit->log_likelihood -
           LN_2 * (((double)fit->n_rows - p) * c->y.exponent + columns * c->x.exponent);
}

static double points(const atn_caseload *c)
{
    return ldexp(1, c->y.exponent - c->x.exponent);
}

static void put_model(const atn_caseload *c, atn_sink *sink, size_t n_x)
{
    const double *x[] = { c->column[WITHIN], c->column[BETWEEN], c->column[TIME] };
    atn_mixed fit = { .p = 0 };
    const char *reason = atn_model_fit(c, c->column[OUTCOME], x, n_x, c->reml, &fit);
    double square = ldexp(1, 2 * c->y.exponent);
    atn_put_figure(sink, "within_slope", atn_model_slope(&fit, reason, 1, points(c)));
    atn_put_figure(sink, "between_slope", atn_model_slope(&fit, reason, 2, points(c)));
    atn_put_figure(sink, "context_slope", atn_model_contrast(&fit, reason, 2, 1, points(c)));
    if (n_x > 2)
        atn_put_figure(sink, "time_slope",
                       atn_model_slope(&fit, reason, 3, ldexp(1, c->y.exponent)));
    atn_put_figure(sink, "between_variance", atn_model_amount(&fit, reason, fit.d00 * square));
    atn_put_figure(sink, "within_variance", atn_model_amount(&fit, reason, fit.s2 * square));
    atn_put_figure(sink, "log_likelihood", atn_model_amount(&fit, reason, unscaled(c, &fit)));
}

/* Each client's mean shrunken as a random intercept has it; returns the mean of their lambda. */
static double shrink(const atn_caseload *c, const atn_mixed *fit)
{
    double sum = 0;
    for (size_t g = 0; g < c->n_clients; g++) {
        double n = c->person[SIZE][g];
        atn_mixed_effect e;
        atn_mixed_effect_at(fit, g, &e);
        c->person[LATENT][g] = fit->b[0] + e.u0;
        sum += n > 0 ? fit->d00 / (fit->d00 + fit->s2 / n) : 0;
    }
    return sum / (double)fit->n_groups;
}

/* The sessions' deviations from the shrunken means, and those means. */
static void take_latent(const atn_caseload *c)
{
    for (size_t g = 0; g < c->n_clients; g++)
        for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++) {
            c->column[WITHIN][i] = c->column[ALLIANCE][i] - c->person[LATENT][g];
            c->column[BETWEEN][i] = c->person[LATENT][g];
        }
}

static void put_latent(const atn_caseload *c, atn_sink *sink)
{
    const double *x[] = { c->column[WITHIN], c->column[BETWEEN] };
    atn_mixed fit = { .p = 0 };
    const char *reason;
    attune_association icc = atn_model_icc(c, c->column[OUTCOME], &fit, &reason);
    atn_put_figure(sink, "icc_outcome", icc);
    atn_put_figure(sink, "icc_alliance", atn_model_icc(c, c->column[ALLIANCE], &fit, &reason));
    atn_put_figure(sink, "reliability_alliance",
                   atn_model_amount(&fit, reason, reason ? 0 : shrink(c, &fit)));
    if (!reason && fit.singular)
        reason = atn_no_between;
    if (!reason) {
        take_latent(c);
        reason = atn_model_fit(c, c->column[OUTCOME], x, 2, c->reml, &fit);
    }
    atn_put_figure(sink, "latent_within_slope", atn_model_slope(&fit, reason, 1, points(c)));
    atn_put_figure(sink, "latent_between_slope", atn_model_slope(&fit, reason, 2, points(c)));
    atn_put_figure(sink, "latent_context_slope", atn_model_contrast(&fit, reason, 2, 1, points(c)));
}

void atn_put_levels(const atn_caseload *c, atn_sink *sink)
{
    sums s = take_sums(c);
    sink->part = "levels";
    put_correlations(&s, sink);
    put_model(c, sink, 2);
    put_latent(c, sink);
    for (size_t g = 0; g < c->n_clients; g++)
        add_within(c, g, &s.within); /* the columns again, which the latent means have used */
    sink->part = "levels_time";
    put_model(c, sink, 3);
}
