/* attune simulate: a caseload that never was, as a forms file, and the truth about it. */
/* SPDX-License-Identifier: MIT */
#include "examples/options.h"
#include "examples/table.h"

#include <attune/simulate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const form_columns[] = {
    "client", "session", "measure", "rater", "score", NULL
};
static const char *const truth_identity[] = { "client", NULL };
static const struct table_view no_view[] = { { NULL, NULL, 0 } };

/* What one client's simulation fills, as long as the longest course. */
struct caseload {
    attune_world world;
    attune_simulation one;
    const attune_field *fields;
    size_t field_count, work_size;
    struct table *forms, *truth;
    void *work;
    double *columns;
};

static int make_room(struct caseload *c)
{
    size_t n = (size_t)c->world.sessions_max;
    c->work_size = attune_simulate_work(&c->world);
    c->work = malloc(c->work_size);
    c->columns = calloc(3 * n, sizeof *c->columns);
    c->one.ruptures = calloc(n, sizeof *c->one.ruptures);
    if (!c->work || !c->columns || !c->one.ruptures)
        return no_memory();
    c->one.alliance = c->columns;
    c->one.therapist = c->columns + n;
    c->one.distress = c->columns + 2 * n;
    c->one.ruptures->struct_size = sizeof *c->one.ruptures;
    return CODE_OK;
}

static int know_world(struct caseload *c, const char *name)
{
    if (attune_world_describe(name, &c->world) == ATTUNE_OK)
        return CODE_OK;
    fprintf(stderr, "attune simulate: --world: expected one of");
    for (size_t i = 0; i < attune_world_count(); i++)
        fprintf(stderr, "%s %s", i > 0 ? "," : "", attune_world_name(i));
    fprintf(stderr, "\n");
    return CODE_USAGE;
}

static void put_series(struct caseload *c, const char *client, const char *measure,
                       const char *rater, const double *scores)
{
    for (int32_t s = 0; s < c->one.sessions; s++) {
        table_text(c->forms, client);
        table_count(c->forms, s + 1);
        table_text(c->forms, measure);
        table_text(c->forms, rater);
        table_real(c->forms, scores[s]);
        table_end_row(c->forms);
    }
}

static void put_truth(struct caseload *c, const char *client)
{
    for (int32_t i = 0; i < c->one.n_ruptures; i++) {
        table_text(c->truth, client);
        table_values(c->truth, c->fields, c->field_count, &c->one.ruptures[i]);
        table_end_row(c->truth);
    }
}

static int make_clients(struct caseload *c, const struct options *options)
{
    int32_t clients = options->clients > 0 ? options->clients : 100;
    for (int32_t i = 0; i < clients; i++) {
        attune_error err = ATTUNE_ERROR_INIT;
        char client[32];
        if (attune_simulate(&c->world, (uint64_t)options->seed, (uint64_t)i, c->work, c->work_size,
                            &c->one, &err) != ATTUNE_OK) {
            fprintf(stderr, "attune: %s: %s\n", err.key, err.text);
            return CODE_INTERNAL;
        }
        (void)snprintf(client, sizeof client, "S-%07ld", (long)i + 1);
        put_series(c, client, "demo-alliance", "client", c->one.alliance);
        put_series(c, client, "demo-alliance", "therapist", c->one.therapist);
        put_series(c, client, "demo-distress", "client", c->one.distress);
        if (c->truth)
            put_truth(c, client);
    }
    return CODE_OK;
}

static int open_tables(struct caseload *c, const struct options *forms, const struct options *truth)
{
    int code = table_new(&c->forms, forms, no_view, NULL);
    if (code != CODE_OK)
        return code;
    table_columns(c->forms, form_columns);
    if (!truth->output)
        return CODE_OK;
    code = table_new(&c->truth, truth, no_view, NULL);
    if (code != CODE_OK)
        return code;
    c->fields = attune_rupture_fields(&c->field_count);
    table_columns(c->truth, truth_identity);
    table_fields(c->truth, c->fields, c->field_count);
    return CODE_OK;
}

static int write_all(struct caseload *c, const struct options *options)
{
    struct options forms = *options, truth = *options;
    int code;
    forms.format = truth.format = FORMAT_CSV;
    truth.output = options->truth;
    code = open_tables(c, &forms, &truth);
    if (code == CODE_OK)
        code = make_clients(c, options);
    if (code == CODE_OK && c->truth)
        code = table_commit(c->truth);
    return code == CODE_OK ? table_commit(c->forms) : code;
}

static int run(const struct options *options)
{
    struct caseload c = { .world = { .struct_size = sizeof c.world },
                          .one = { .struct_size = sizeof c.one } };
    int code = know_world(&c, options->world ? options->world : "default");
    if (code == CODE_OK)
        code = make_room(&c);
    if (code == CODE_OK)
        code = write_all(&c, options);
    table_free(c.forms);
    table_free(c.truth);
    free(c.work);
    free(c.columns);
    free(c.one.ruptures);
    return code;
}

const struct command command_simulate = {
    .name = "simulate",
    .usage = "[options]",
    .summary = "A synthetic caseload with known truth, as a forms file",
    .text = "Forms of demo-alliance by client and therapist and of demo-distress, as CSV; --truth "
            "writes one row a rupture: onset, last session, shape, status and depth. The same seed "
            "and world give the same caseload; a client is the same however many follow.\n"
            "Worlds: default, steady (no ruptures), shallow, inertia, low-hazard, high-hazard, "
            "deteriorating, gradual, partial and drop-out. attune/simulate.h states the model: how "
            "often a rule errs in it is not how often it errs with people.",
    .takes = TAKES(OPTION_CSV) | TAKES(OPTION_OUTPUT),
    .takes_more = TAKES_MORE(OPTION_WORLD) | TAKES_MORE(OPTION_CLIENTS) | TAKES_MORE(OPTION_SEED) |
                  TAKES_MORE(OPTION_TRUTH),
    .operands_min = 0,
    .operands_max = 0,
    .run = run,
};
