/* From one session to the next within clients: robust least squares, and the usual mixed model. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/parts.h"

#include "lib/stats/associate/cluster.h"

#define CLIENTS_LEAST 4 /* clusters that errors can be had of with two columns and a constant */
#define PAIRS_LEAST 5   /* pairs beyond the four figures that are fitted */
#define EXACT 1e-20     /* of the squares of what is predicted, left by a perfect fit */

enum { FROM_X, FROM_Y, NEXT, MEAN, TIME };

/* How deviations are taken: from the own mean or line, of clients with so many forms. */
typedef struct usual {
    int line;
    double forms_least;
} usual;

/* A client's own line on session, or mean: level at middle, and slope. */
typedef struct own {
    double n, mean, middle, slope;
} own;

static own own_of(const atn_caseload *c, const double *v, size_t g, int line)
{
    own o = { 0, 0, 0, 0 };
    double squares = 0, product = 0;
    for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++) {
        int known = !isnan(v[i]);
        o.n += known;
        o.mean += known ? v[i] : 0;
        o.middle += known ? c->session[i] : 0;
    }
    o.mean /= fmax(o.n, 1);
    o.middle /= fmax(o.n, 1);
    for (uint64_t i = c->starts[g]; line && i < c->starts[g + 1]; i++) {
        double off = c->session[i] - o.middle;
        squares += isnan(v[i]) ? 0 : off * off;
        product += isnan(v[i]) ? 0 : off * (v[i] - o.mean);
    }
    o.slope = squares > 0 ? product / squares : 0;
    return o;
}

/* Deviations of all clients; NaN where there is no form, or too few of the client. */
static void take_deviations(const atn_caseload *c, const double *v, usual how, double *to)
{
    for (size_t g = 0; g < c->n_clients; g++) {
        own o = own_of(c, v, g, how.line);
        for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++)
            to[i] = o.n < how.forms_least
                        ? (double)NAN
                        : atn_deviation(v[i], o.mean + o.slope * (c->session[i] - o.middle));
    }
}

/* Into NEXT what comes one session later, where this session has both. */
static void take_next(const atn_caseload *c, const double *later)
{
    for (size_t g = 0; g < c->n_clients; g++)
        for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++) {
            int follows = i + 1 < c->starts[g + 1] && c->session[i + 1] - c->session[i] == 1;
            double now = c->column[FROM_X][i] + c->column[FROM_Y][i];
            c->column[NEXT][i] = follows && !isnan(now) ? later[i + 1] : NAN;
        }
}

/* What a lagged fit is read from, and the spreads of its columns over the same pairs. */
typedef struct lagged {
    atn_cluster fit;
    atn_products x, y;
    const char *reason;
} lagged;

static const char *refusal(const lagged *l, int fitted)
{
    if (l->fit.clusters < CLIENTS_LEAST || l->fit.n < PAIRS_LEAST)
        return atn_few;
    if (!atn_varies(l->x.xx, l->x.n) || !atn_varies(l->x.yy, l->x.n) ||
        !atn_varies(l->y.xx, l->y.n))
        return atn_constant;
    if (!fitted)
        return atn_no_model;
    return l->fit.sse > EXACT * l->x.yy ? NULL : atn_perfect;
}

static lagged fit_pairs(const atn_caseload *c)
{
    const double *x[] = { c->column[FROM_X], c->column[FROM_Y] };
    uint64_t first = c->starts[0], rows = c->starts[c->n_clients] - first;
    const atn_cluster_data data = { c->column[NEXT], x, 2, c->starts, c->n_clients };
    lagged l = {
        .x = atn_products_of(x[0] + first, c->column[NEXT] + first, (size_t)rows),
        .y = atn_products_of(x[1] + first, c->column[NEXT] + first, (size_t)rows),
    };
    l.reason = refusal(&l, atn_cluster_fit(&data, &l.fit));
    return l;
}

/* A coefficient with CR1 errors: the sandwich for as many clients and figures as there are. */
static attune_association coefficient(const lagged *l, size_t k, double scale)
{
    double n = (double)l->fit.n, g = (double)l->fit.clusters;
    if (l->reason)
        return atn_counted(atn_figure(NAN, l->reason), n, g);
    double se = sqrt(l->fit.cov[k][k] * g / (g - 1) * (n - 1) / (n - 3));
    return atn_counted(atn_estimated(l->fit.b[k], se, g - 1, scale), n, g);
}

static attune_association nickell(const lagged *l)
{
    double n = (double)l->fit.n, g = (double)l->fit.clusters, pairs = n / fmax(g, 1);
    const char *reason = l->reason ? l->reason : pairs > 1 ? NULL : atn_few;
    return atn_counted(atn_figure(reason ? NAN : -(1 + l->fit.b[2]) / (pairs - 1), reason), n, g);
}

static void put_direction(const atn_caseload *c, atn_sink *sink, usual how)
{
    lagged l;
    take_deviations(c, c->x.score, how, c->column[FROM_X]);
    take_deviations(c, c->y.score, how, c->column[FROM_Y]);
    take_next(c, c->column[FROM_Y]);
    l = fit_pairs(c);
    atn_put_figure(sink, "lag_effect", coefficient(&l, 1, ldexp(1, c->y.exponent - c->x.exponent)));
    atn_put_figure(sink, "lag_effect_sd", coefficient(&l, 1, l.reason ? 0 : sqrt(l.x.xx / l.x.yy)));
    atn_put_figure(sink, "autoregression", coefficient(&l, 2, 1));
    atn_put_figure(sink, "nickell_bias", nickell(&l));
}

/* The usual mixed model: deviations from own means, those means, log session of the later form. */
static void put_model(const atn_caseload *c, atn_sink *sink, usual how)
{
    const double *x[] = { c->column[FROM_X], c->column[FROM_Y], c->column[MEAN], c->column[TIME] };
    double points = ldexp(1, c->y.exponent - c->x.exponent);
    atn_mixed fit = { .p = 0 };
    const char *reason;
    take_deviations(c, c->x.score, how, c->column[FROM_X]);
    take_deviations(c, c->y.score, how, c->column[FROM_Y]);
    take_next(c, c->y.score);
    for (size_t g = 0; g < c->n_clients; g++) {
        own o = own_of(c, c->x.score, g, 0);
        for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++) {
            c->column[MEAN][i] = o.mean;
            c->column[TIME][i] = log(2.0 + c->session[i] - c->first_session);
        }
    }
    reason = atn_model_fit(c, c->column[NEXT], x, 4, c->reml, &fit);
    atn_put_figure(sink, "lag_effect", atn_model_slope(&fit, reason, 1, points));
    atn_put_figure(sink, "autoregression", atn_model_slope(&fit, reason, 2, 1));
    atn_put_figure(sink, "between_slope", atn_model_slope(&fit, reason, 3, points));
    atn_put_figure(sink, "time_slope", atn_model_slope(&fit, reason, 4, ldexp(1, c->y.exponent)));
}

void atn_put_lagged(const atn_caseload *c, atn_sink *sink)
{
    static const struct {
        const char *part;
        usual how;
        void (*put)(const atn_caseload *c, atn_sink *sink, usual how);
    } ways[] = {
        { "lagged", { 0, 3 }, put_direction },
        { "lagged_detrended", { 1, 4 }, put_direction },
        { "lagged_model", { 0, 1 }, put_model },
    };
    atn_caseload back = *c;
    back.x = c->y;
    back.y = c->x;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        sink->part = ways[i].part;
        sink->direction = "alliance_to_outcome";
        ways[i].put(c, sink, ways[i].how);
        sink->direction = "outcome_to_alliance";
        ways[i].put(&back, sink, ways[i].how);
    }
    sink->direction = NULL;
}
