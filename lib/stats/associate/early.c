/* Early alliance and what became of distress, and a second measure against the same outcome. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/parts.h"

enum { EARLY, OTHER, OUTCOME, FIRST, LAST };
enum { EARLY_ROWS };

#define VARIABLES 4 /* two early means, the outcome, and what is partialled out of them */

/* The client's mean over the early sessions; NaN without a form there. */
static double early_mean(const atn_caseload *c, size_t g, const double *score, double *forms)
{
    double sum = 0, n = 0;
    for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++) {
        int counts = !isnan(score[i]) && c->session[i] <= c->early;
        sum += counts ? score[i] : 0;
        n += counts;
    }
    *forms = n;
    return n > 0 ? sum / n : NAN;
}

/* The first outcome form, and the last one when it comes after it and after the early sessions. */
static void take_ends(const atn_caseload *c, size_t g)
{
    const double *y = c->y.score;
    uint64_t first = c->starts[g], last = c->starts[g + 1];
    int later;
    while (first < last && isnan(y[first]))
        first++;
    while (last > first && isnan(y[last - 1]))
        last--;
    later = last > first + 1 && c->session[last - 1] > c->early;
    c->person[FIRST][g] = later ? y[first] : NAN;
    c->person[LAST][g] = later ? y[last - 1] : NAN;
}

/* Of each client who has all; returns the mean number of early forms of them. */
static double take_people(const atn_caseload *c)
{
    double forms = 0, clients = 0;
    for (size_t g = 0; g < c->n_clients; g++) {
        double n, n_other;
        take_ends(c, g);
        c->person[EARLY][g] = early_mean(c, g, c->x.score, &n);
        c->person[OTHER][g] =
            c->technique.score ? early_mean(c, g, c->technique.score, &n_other) : 0;
        if (isnan(c->person[EARLY][g] + c->person[FIRST][g]))
            continue;
        forms += n;
        clients++;
    }
    return clients > 0 ? forms / clients : 0;
}

/* Sums of squares and products of the variables over clients who have all of them. */
typedef struct sums {
    double s[VARIABLES][VARIABLES], n;
} sums;

static int has_all(const double *const *v, size_t g)
{
    return !isnan(v[0][g] + v[1][g] + v[2][g] + v[3][g]);
}

static sums sums_of(const double *const *v, size_t n_clients)
{
    sums all = { .n = 0 };
    double mean[VARIABLES] = { 0 };
    for (size_t g = 0; g < n_clients; g++) {
        all.n += has_all(v, g);
        for (size_t i = 0; i < VARIABLES; i++)
            mean[i] += has_all(v, g) ? v[i][g] : 0;
    }
    for (size_t g = 0; g < n_clients; g++)
        for (size_t i = 0; i < VARIABLES && has_all(v, g); i++)
            for (size_t j = 0; j < VARIABLES; j++)
                all.s[i][j] += atn_deviation(v[i][g], mean[i] / all.n) *
                               atn_deviation(v[j][g], mean[j] / all.n);
    return all;
}

/* The first outcome partialled out of the others; nothing where it does not vary. */
static void partial_out(sums *all)
{
    double own = all->s[FIRST][FIRST];
    for (size_t i = 0; i < FIRST && atn_varies(own, all->n); i++)
        for (size_t j = 0; j < FIRST; j++) {
            double with = all->s[i][FIRST] * all->s[j][FIRST] / own;
            all->s[i][j] = i == j ? atn_left_of(all->s[i][i], with) : all->s[i][j] - with;
        }
}

/* adjusted 0: the change from the first to the last; 1: the last, the first partialled out. */
static sums outcome_sums(const atn_caseload *c, const double *other, int adjusted)
{
    const double *v[VARIABLES] = { c->person[EARLY], other, c->person[OUTCOME], c->person[FIRST] };
    sums all;
    for (size_t g = 0; g < c->n_clients; g++)
        c->person[OUTCOME][g] = c->person[LAST][g] - (adjusted ? 0 : c->person[FIRST][g]);
    all = sums_of(v, c->n_clients);
    if (adjusted)
        partial_out(&all);
    return all;
}

static attune_association correlated(const sums *all, size_t i, size_t j, int adjusted)
{
    atn_products s = { all->s[i][i], all->s[j][j], all->s[i][j], all->n };
    return atn_counted(atn_correlated(&s, all->n, adjusted ? 1 : 0), all->n, all->n);
}

/* How well one early session tells a client's early level, and how well their mean does. */
static void put_dependability(const atn_caseload *c, atn_sink *sink, double forms)
{
    double *x = c->column[EARLY_ROWS], mean = 0;
    atn_mixed fit = { .p = 0 };
    const char *reason;
    attune_association icc;
    for (uint64_t i = c->starts[0]; i < c->starts[c->n_clients]; i++)
        x[i] = c->session[i] <= c->early ? c->x.score[i] : NAN;
    icc = atn_model_icc(c, x, &fit, &reason);
    atn_put_figure(sink, "dependability_session", icc);
    if (!reason && attune_dependability_of(icc.estimate, forms, &mean, NULL) != ATTUNE_OK)
        reason = atn_few;
    atn_put_figure(sink, "dependability_early", atn_model_amount(&fit, reason, mean));
}

static void put_alone(const atn_caseload *c, atn_sink *sink)
{
    double forms = take_people(c);
    sums change, adjusted;
    attune_association r, d;
    /* the second measure is not asked for here: a column that everybody has stands in for it */
    change = outcome_sums(c, c->person[EARLY], 0);
    adjusted = outcome_sums(c, c->person[EARLY], 1);
    r = correlated(&change, EARLY, OUTCOME, 0);
    d = atn_counted(atn_figure(NAN, r.reason), change.n, change.n);
    if (!r.reason)
        d.estimate = 2 * r.estimate / sqrt((1 - r.estimate) * (1 + r.estimate));
    atn_put_figure(sink, "early_forms",
                   atn_counted(forms > 0 ? atn_figure(forms, NULL) : atn_figure(NAN, atn_few),
                               change.n, change.n));
    put_dependability(c, sink, forms);
    atn_put_figure(sink, "r_change", r);
    atn_put_figure(sink, "d_change", d);
    atn_put_figure(sink, "r_adjusted", correlated(&adjusted, EARLY, OUTCOME, 1));
}

static attune_association turned(attune_association f, int32_t sign)
{
    double low = f.low;
    if (sign > 0)
        return f;
    f.estimate = -f.estimate;
    f.low = -f.high;
    f.high = -low;
    return f;
}

static attune_association tested(const char *reason, double estimate, double p, double df)
{
    if (!reason && isnan(estimate))
        reason = atn_no_variance;
    attune_association f = atn_figure(reason ? NAN : estimate, reason);
    f.p = reason ? NAN : p;
    f.df = reason ? NAN : df;
    return f;
}

static attune_association between(const char *reason, double estimate, double low, double high)
{
    attune_association f = tested(reason, estimate, NAN, NAN);
    f.low = reason ? NAN : low;
    f.high = reason ? NAN : high;
    return f;
}

static void put_comparison(atn_sink *sink, const char *reason, const attune_overlap *o, double n)
{
    const struct {
        const char *name;
        attune_association figure;
    } rows[] = {
        { "difference", between(reason, o->difference, o->zou_low, o->zou_high) },
        { "z_difference", between(reason, o->z_difference, o->meng_low, o->meng_high) },
        { "williams_t", tested(reason, o->williams_t, o->williams_p, o->df) },
        { "steiger_z", tested(reason, o->steiger_z, o->steiger_p, NAN) },
        { "meng_z", tested(reason, o->meng_z, o->meng_p, NAN) },
        { "dunn_clark_z", tested(reason, o->dunn_clark_z, o->dunn_clark_p, NAN) },
        { "hittner_z", tested(reason, o->hittner_z, o->hittner_p, NAN) },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        atn_put_figure(sink, rows[i].name, atn_counted(rows[i].figure, n, n));
}

static void put_against(const atn_caseload *c, atn_sink *sink, int adjusted)
{
    sums all = outcome_sums(c, c->person[OTHER], adjusted);
    attune_association jk =
        turned(correlated(&all, EARLY, OUTCOME, adjusted), c->sign[0] * c->sign[1]);
    attune_association jh =
        turned(correlated(&all, OTHER, OUTCOME, adjusted), c->sign[2] * c->sign[1]);
    attune_association kh =
        turned(correlated(&all, EARLY, OTHER, adjusted), c->sign[0] * c->sign[2]);
    const char *reason = jk.reason ? jk.reason : jh.reason ? jh.reason : kh.reason;
    attune_overlap o = { .struct_size = sizeof o };
    if (!reason &&
        attune_overlap_compare(jk.estimate, jh.estimate, kh.estimate,
                               (uint64_t)all.n - (adjusted ? 1 : 0), &o, NULL) != ATTUNE_OK)
        reason = atn_dependent;
    atn_put_figure(sink, "r_alliance", jk);
    atn_put_figure(sink, "r_against", jh);
    atn_put_figure(sink, "r_measures", kh);
    put_comparison(sink, reason, &o, all.n);
}

void atn_put_early(const atn_caseload *c, atn_sink *sink)
{
    sink->part = "early";
    put_alone(c, sink);
    if (!c->technique.score)
        return;
    sink->part = "against";
    put_against(c, sink, 0);
    sink->part = "against_adjusted";
    put_against(c, sink, 1);
}
