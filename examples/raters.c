/* attune raters: client and therapist side by side: bias, congruence, what they go with. */
/* SPDX-License-Identifier: MIT */
#include "examples/raters.h"

#include "examples/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const identity[] = { "client", "measure", "partner", "axis", NULL };
static const char *const of_surface[] = { "measure", "partner", "axis", "outcome",
                                          "n",       "centre",  NULL };
static const char *const axes[] = { "points", "share" };

static const struct table_view dyad_view[] = {
    { "client", "client", -1 },
    { "measure", "measure", -1 },
    { "n", "n", -1 },
    { "bias", "bias", 2 },
    { "bias_low", "low", 2 },
    { "bias_high", "high", 2 },
    { "congruence", "congruence", 2 },
    { "congruence_low", "low", 2 },
    { "congruence_high", "high", 2 },
    { "truth_force", "force", 2 },
    { "note", "", TABLE_BELOW },
    { NULL, NULL, 0 },
};
static const struct table_view surface_view[] = {
    { "measure", "measure", -1 },
    { "outcome", "outcome", -1 },
    { "n", "n", -1 },
    { "term", "term", -1 },
    { "value", "value", 3 },
    { "se", "se", 3 },
    { "t", "t", 2 },
    { "p", "p", TABLE_P },
    { "low", "low", 3 },
    { "high", "high", 3 },
    { NULL, NULL, 0 },
};

/* What one run writes, and from. */
struct writing {
    struct gathered g;
    struct table *table;
    const attune_field *fields;
    size_t n_fields;
};

/* All dyads of one pairing, one after the other. */
struct pool {
    uint64_t *starts;
    double *client, *therapist;
    void *work;
    size_t dyads, n;
};

static void free_pool(struct pool *p)
{
    free(p->starts);
    free(p->client);
    free(p->therapist);
    free(p->work);
}

static int make_pool(const struct gathered *g, size_t pairing, struct pool *p)
{
    size_t pairs = g->pairings[pairing].pairs, size = attune_dyads_work(g->n_dyads, pairs);
    *p = (struct pool) {
        .starts = calloc(g->n_dyads + 1, sizeof *p->starts),
        .client = calloc(pairs + 1, sizeof *p->client),
        .therapist = calloc(pairs + 1, sizeof *p->therapist),
        .work = size > 0 ? malloc(size) : NULL,
    };
    if (!p->starts || !p->client || !p->therapist || !p->work)
        return no_memory();
    for (size_t i = 0; i < g->n_dyads; i++) {
        const struct dyad *d = &g->dyads[i];
        if (d->pairing != pairing || d->n == 0)
            continue;
        memcpy(p->client + p->n, d->ratings, d->n * sizeof *d->ratings);
        memcpy(p->therapist + p->n, d->ratings + d->n, d->n * sizeof *d->ratings);
        p->n += d->n;
        p->starts[++p->dyads] = p->n;
    }
    return CODE_OK;
}

static void start_row(const struct writing *w, const struct pairing *p)
{
    table_text(w->table, p->client->id);
    table_text(w->table, p->therapist->id);
    table_text(w->table, axes[p->axis.unit]);
}

/* Why the row of one dyad says no more. */
static const char *note_of(const struct dyad *dyad, const attune_dyad *d)
{
    if (dyad->missing >= 0)
        return dyad->missing == ATTUNE_RATER_CLIENT ? "no form of the client's"
                                                    : "no form of the therapist's";
    if (d->n == 0)
        return dyad->n > 0 ? "the ratings are too large" : "no session that both completed";
    if (d->n < 3)
        return "fewer than three sessions that both completed";
    if (isnan(d->force))
        return "the client's ratings are all equal";
    return isnan(d->congruence) ? "the therapist's ratings are all equal" : NULL;
}

/* Of one pair the library says means and bias and leaves the rest missing; here these are too. */
static attune_dyad nothing(void)
{
    const double rating = 0;
    attune_dyad none = { .struct_size = sizeof none };
    (void)attune_dyad_fit(&rating, &rating, 1, &none, NULL);
    none.model = -1;
    none.dyads = none.n = 0;
    none.client_mean = none.therapist_mean = none.bias = NAN;
    return none;
}

static attune_dyad fit(const struct dyad *d)
{
    attune_dyad found = nothing();
    if (d->n > 0)
        (void)attune_dyad_fit(d->ratings, d->ratings + d->n, d->n, &found, NULL);
    return found;
}

/* Of a measure that nobody's therapist rates there is nothing to say. */
static const struct pairing *pairing_of(const struct gathered *g, const struct dyad *d)
{
    for (size_t i = 0; i < g->n_pairings; i++)
        if ((d->pairing == i || d->pairing == SIZE_MAX) && g->pairings[i].pairs > 0 &&
            strcmp(g->pairings[i].client->id, d->measure) == 0)
            return &g->pairings[i];
    return NULL;
}

static void put_dyads(const struct writing *w)
{
    for (size_t i = 0; i < w->g.n_dyads; i++) {
        const struct dyad *d = &w->g.dyads[i];
        const struct pairing *p = pairing_of(&w->g, d);
        attune_dyad found = fit(d);
        if (!p)
            continue;
        table_text(w->table, d->client);
        start_row(w, p);
        table_values(w->table, w->fields, w->n_fields, &found);
        table_text(w->table, note_of(d, &found));
        table_end_row(w->table);
    }
}

static int put_pool(const struct writing *w, size_t pairing)
{
    attune_dyad found = { .struct_size = sizeof found };
    struct pool p;
    int code = make_pool(&w->g, pairing, &p);
    if (code == CODE_OK &&
        attune_dyads_fit(p.starts, p.dyads, p.client, p.therapist, p.n, p.work,
                         attune_dyads_work(p.dyads, p.n), &found, NULL) == ATTUNE_OK) {
        table_text(w->table, NULL);
        start_row(w, &w->g.pairings[pairing]);
        table_values(w->table, w->fields, w->n_fields, &found);
        table_text(w->table, found.model == ATTUNE_DYAD_MIXED
                                 ? "all of them, by the truth-and-bias model"
                                 : "all of them, by least squares with cluster-robust errors");
        table_end_row(w->table);
    }
    free_pool(&p);
    return code;
}

static int put_all_dyads(struct writing *w)
{
    int code = CODE_OK;
    w->fields = attune_dyad_fields(&w->n_fields);
    table_columns(w->table, identity);
    table_fields(w->table, w->fields, w->n_fields);
    table_column(w->table, "note");
    put_dyads(w);
    for (size_t i = 0; i < w->g.n_pairings && code == CODE_OK; i++)
        code = put_pool(w, i);
    table_note(w->table, "Bias is the therapist's rating less the client's, congruence their "
                         "correlation over sessions, force how far the therapist goes along when "
                         "the client moves by one. Limits hold 95 %.");
    return code;
}

/* The middle of the range that both are on; NaN: their common mean. */
static double centre_of(const struct pairing *p)
{
    const attune_constants *c = &p->client->constants;
    return p->axis.unit == ATTUNE_AXIS_SHARE ? 0.5 : (c->score_min + c->score_max) / 2;
}

static void put_terms(const struct writing *w, const struct pairing *p, const attune_surface *s)
{
    attune_surface_term terms[ATTUNE_SURFACE_TERMS] = { { .struct_size = sizeof terms[0] } };
    if (attune_surface_terms(s->b, s->b_cov, s->df, terms, ATTUNE_SURFACE_TERMS, NULL) != ATTUNE_OK)
        return;
    for (size_t i = 0; i < ATTUNE_SURFACE_TERMS; i++) {
        start_row(w, p);
        table_text(w->table, w->g.options->outcome);
        table_count(w->table, s->n);
        table_real(w->table, s->centre);
        table_values(w->table, w->fields, w->n_fields, &terms[i]);
        table_end_row(w->table);
    }
}

/* One row a client: the means of the sessions that both rated, and the outcome. */
static int put_surface(const struct writing *w, size_t pairing)
{
    const struct pairing *p = &w->g.pairings[pairing];
    size_t rows = w->g.n_dyads, n = 0, size = attune_surface_work(rows);
    double *data = rows < SIZE_MAX / 32 ? calloc(3 * rows + 1, sizeof *data) : NULL;
    void *work = size > 0 ? malloc(size) : NULL;
    attune_surface surface = { .struct_size = sizeof surface };
    attune_error err = ATTUNE_ERROR_INIT;
    int code = data && work ? CODE_OK : no_memory();
    for (size_t i = 0; i < rows && code == CODE_OK; i++) {
        attune_dyad found = fit(&w->g.dyads[i]);
        if (w->g.dyads[i].pairing != pairing || found.n == 0)
            continue;
        data[n] = found.client_mean;
        data[rows + n] = found.therapist_mean;
        data[2 * rows + n++] = w->g.dyads[i].outcome;
    }
    if (code == CODE_OK && attune_surface_fit(data, data + rows, data + 2 * rows, n, centre_of(p),
                                              work, size, &surface, &err) == ATTUNE_OK)
        put_terms(w, p, &surface);
    else if (code == CODE_OK)
        measure_say(p->client, MEASURE_SAID_CHANGE, err.text);
    free(data);
    free(work);
    return code;
}

static int put_surfaces(struct writing *w)
{
    int code = CODE_OK;
    w->fields = attune_surface_fields(&w->n_fields);
    table_columns(w->table, of_surface);
    table_fields(w->table, w->fields, w->n_fields);
    for (size_t i = 0; i < w->g.n_pairings && code == CODE_OK; i++)
        if (w->g.pairings[i].pairs > 0)
            code = put_surface(w, i);
    table_note(w->table, "Ratings are each client's and therapist's means, less the centre; the "
                         "outcome is the last score less the first. a1, a2: slope and curvature "
                         "where the raters agree; a3, a4: where they differ, from therapist "
                         "higher to client higher. Limits hold 95 %.");
    return code;
}

static size_t pairs(const struct gathered *g)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n_pairings; i++)
        n += g->pairings[i].pairs;
    return n;
}

static int check(const struct options *o)
{
    if (!o->partner || (o->measure && strcmp(o->measure, o->partner) != 0))
        return CODE_OK;
    fprintf(stderr, "attune raters: --partner is the therapist's measure beside another one: "
                    "--measure says which\n");
    return CODE_USAGE;
}

static int run(const struct options *options)
{
    struct writing w = { .table = NULL };
    const char *note;
    int code = check(options);
    if (code != CODE_OK)
        return code;
    code = table_new(&w.table, options, options->outcome ? surface_view : dyad_view, NULL);
    if (code == CODE_OK)
        code = raters_gather(&w.g, options);
    if (code == CODE_OK)
        code = options->outcome ? put_surfaces(&w) : put_all_dyads(&w);
    if (code == CODE_OK && pairs(&w.g) == 0)
        fprintf(stderr, "attune raters: no session was rated by client and therapist\n");
    for (size_t i = 0; code == CODE_OK && (note = measures_note(w.g.measures, i)); i++)
        table_note(w.table, note);
    if (code == CODE_OK)
        code = table_commit(w.table);
    raters_free(&w.g);
    table_free(w.table);
    return code;
}

const struct command command_raters = {
    .name = "raters",
    .usage = "FORMS [options]",
    .summary = "Client and therapist on one axis",
    .text =
        "One row a client and measure that both rate, over the sessions that both completed: the "
        "therapist's rating less the client's (directional bias), their correlation over the "
        "sessions (congruence), and how far the therapist goes along when the client moves by one "
        "(truth force); then one row, without a client, of all clients by the truth-and-bias model "
        "(West and Kenny 2011), each client's ratings about that client's own mean.\n"
        "Forms of one measure are compared, or of a therapist's form that is called as the "
        "client's with -t at the end (wai-36 and wai-36-t), or of --measure and --partner; in "
        "points when they have one range, else as shares of their ranges (column axis).\n"
        "With --outcome ID one row a term of the response surface: the change of that measure from "
        "first to last form on both raters' means, their squares and their product. These are "
        "figures about a caseload, not about what caused what.",
    .takes = TAKES_FORMS | TAKES_TABLE,
    .takes_more = TAKES_MORE(OPTION_PARTNER) | TAKES_MORE(OPTION_OUTCOME),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
