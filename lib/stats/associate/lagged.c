/* From one session to the next within clients: robust least squares, and the usual mixed model. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/parts.h"

#include "lib/stats/associate/cluster.h"
#include "lib/stats/associate/gee.h"

#define CLIENTS_LEAST 4 /* clusters that errors can be had of with two columns and a constant */
#define PAIRS_LEAST 5   /* pairs beyond the four figures that are fitted */
#define EXACT 1e-20     /* of the squares of what is predicted, left by a perfect fit */

enum { FROM_X, FROM_Y, NEXT, MEAN, TIME };

/* How deviations are taken: from the own mean or line, of clients with so many forms. */
typedef struct usual {
    int line;
    double forms_least;
    int32_t working; /* of estimating equations: ATN_GEE_* */
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

/* Deviations from own means, those means, log session of the later form; NEXT not centred. */
static void take_model(const atn_caseload *c, usual how)
{
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
}

/* The model's coefficients after the constant, and what each is a rate of. */
static const struct {
    const char *name;
    int of_x, of_y;
} slopes[] = {
    { "lag_effect", 1, 1 },
    { "autoregression", 0, 0 },
    { "between_slope", 1, 1 },
    { "time_slope", 0, 1 },
};

#define SLOPES (sizeof slopes / sizeof *slopes)

static double unit_of(const atn_caseload *c, size_t k)
{
    return ldexp(1, slopes[k].of_y * c->y.exponent - slopes[k].of_x * c->x.exponent);
}

/* The usual mixed model. */
static void put_model(const atn_caseload *c, atn_sink *sink, usual how)
{
    const double *x[] = { c->column[FROM_X], c->column[FROM_Y], c->column[MEAN], c->column[TIME] };
    atn_mixed fit = { .p = 0 };
    const char *reason;
    take_model(c, how);
    reason = atn_model_fit(c, c->column[NEXT], x, SLOPES, c->reml, &fit);
    for (size_t k = 0; k < SLOPES; k++)
        atn_put_figure(sink, slopes[k].name, atn_model_slope(&fit, reason, k + 1, unit_of(c, k)));
}

/* The same columns by estimating equations. */
static void put_equations(const atn_caseload *c, atn_sink *sink, usual how)
{
    const double *x[] = { c->column[FROM_X], c->column[FROM_Y], c->column[MEAN], c->column[TIME] };
    const atn_gee_data data = { c->column[NEXT], x,          SLOPES, c->session, c->starts,
                                c->n_clients,    how.working };
    atn_gee fit;
    const char *reason;
    double n, g;
    take_model(c, how);
    reason = atn_gee_fit(&data, &fit);
    n = (double)fit.n;
    g = (double)fit.clusters;
    if (reason == atn_no_model)
        reason = atn_model_reason(c, c->column[NEXT], x, SLOPES);
    for (size_t k = 0; k < SLOPES; k++) {
        attune_association f = atn_figure(NAN, reason);
        if (!reason)
            f = atn_estimated(fit.b[k + 1], sqrt(fit.cov[k + 1][k + 1]), g - 1, unit_of(c, k));
        atn_put_figure(sink, slopes[k].name, atn_counted(f, n, g));
    }
    if (how.working != ATN_GEE_INDEPENDENT)
        atn_put_figure(sink, "working_r",
                       atn_counted(atn_figure(reason ? NAN : fit.r, reason), n, g));
}

void atn_put_lagged(const atn_caseload *c, atn_sink *sink)
{
    static const struct {
        const char *part;
        usual how;
        void (*put)(const atn_caseload *c, atn_sink *sink, usual how);
    } ways[] = {
        { "lagged", { 0, 3, 0 }, put_direction },
        { "lagged_detrended", { 1, 4, 0 }, put_direction },
        { "lagged_model", { 0, 1, 0 }, put_model },
        { "lagged_independent", { 0, 1, ATN_GEE_INDEPENDENT }, put_equations },
        { "lagged_exchangeable", { 0, 1, ATN_GEE_EXCHANGEABLE }, put_equations },
        { "lagged_ar1", { 0, 1, ATN_GEE_AR1 }, put_equations },
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
