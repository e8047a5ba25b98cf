/* attune simulate: a caseload that never was, as a forms file, and the truth about it. */
/* SPDX-License-Identifier: MIT */
#include "examples/jobs.h"
#include "examples/options.h"
#include "examples/table.h"

#include <attune/simulate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const form_columns[] = { "client",    "session", "measure", "rater",
                                            "clinician", "score",   NULL };
static const char *const truth_identity[] = { "client", NULL };
static const char *const session_columns[] = { "client",        "session",    "before",
                                               "report",        "in_rupture", "withdrawal",
                                               "confrontation", "shift",      NULL };
static const struct table_view no_view[] = { { NULL, NULL, 0 } };

#define SLOTS 256 /* clients that are made before they are written */

/* What one client's simulation fills, as long as the longest course. */
struct slot {
    attune_simulation one;
    void *work;
    double *columns;
    int32_t *counts;
};

struct caseload {
    const struct options *options;
    attune_world world;
    const attune_field *fields;
    size_t field_count, work_size;
    struct table *forms, *truth, *sessions;
    struct options of_forms, of_truth, of_sessions; /* what the tables are written by */
    struct slot slots[SLOTS];
    int32_t first; /* client of the first slot */
};

static int make_room(struct slot *slot, size_t n, size_t work_size)
{
    slot->work = malloc(work_size);
    slot->columns = calloc(5 * n, sizeof *slot->columns);
    slot->counts = calloc(4 * n, sizeof *slot->counts);
    slot->one.struct_size = sizeof slot->one;
    slot->one.ruptures = calloc(n, sizeof *slot->one.ruptures);
    if (!slot->work || !slot->columns || !slot->counts || !slot->one.ruptures)
        return no_memory();
    slot->one.alliance = slot->columns;
    slot->one.therapist = slot->columns + n;
    slot->one.distress = slot->columns + 2 * n;
    slot->one.before = slot->columns + 3 * n;
    slot->one.report = slot->columns + 4 * n;
    slot->one.in_rupture = slot->counts;
    slot->one.withdrawal = slot->counts + n;
    slot->one.confrontation = slot->counts + 2 * n;
    slot->one.shift = slot->counts + 3 * n;
    slot->one.ruptures->struct_size = sizeof *slot->one.ruptures;
    return CODE_OK;
}

static void free_room(struct slot *slot)
{
    free(slot->work);
    free(slot->columns);
    free(slot->counts);
    free(slot->one.ruptures);
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

/* Who a row is about: the client and the therapist. */
struct who {
    char client[32], clinician[32];
};

static void put_series(struct caseload *c, const struct who *who, const char *measure,
                       const char *rater, int32_t sessions, const double *scores)
{
    for (int32_t s = 0; s < sessions; s++) {
        table_text(c->forms, who->client);
        table_count(c->forms, s + 1);
        table_text(c->forms, measure);
        table_text(c->forms, rater);
        table_text(c->forms, who->clinician);
        table_real(c->forms, scores[s]);
        table_end_row(c->forms);
    }
}

static void put_sessions(struct caseload *c, const char *client, const attune_simulation *one)
{
    for (int32_t s = 0; s < one->sessions; s++) {
        table_text(c->sessions, client);
        table_count(c->sessions, s + 1);
        table_real(c->sessions, one->before[s]);
        table_real(c->sessions, one->report[s]);
        table_count(c->sessions, one->in_rupture[s]);
        table_count(c->sessions, one->withdrawal[s]);
        table_count(c->sessions, one->confrontation[s]);
        table_text(c->sessions, one->shift[s] < 0 ? "gain" : one->shift[s] > 0 ? "loss" : NULL);
        table_end_row(c->sessions);
    }
}

static void put_client(struct caseload *c, int32_t number, const attune_simulation *one)
{
    struct who who;
    (void)snprintf(who.client, sizeof who.client, "S-%07ld", (long)number + 1);
    (void)snprintf(who.clinician, sizeof who.clinician, "T-%06ld", (long)one->therapist_number + 1);
    put_series(c, &who, "demo-alliance", "client", one->sessions, one->alliance);
    put_series(c, &who, "demo-alliance", "therapist", one->sessions, one->therapist);
    put_series(c, &who, "demo-distress", "client", one->sessions, one->distress);
    for (int32_t i = 0; c->truth && i < one->n_ruptures; i++) {
        table_text(c->truth, who.client);
        table_values(c->truth, c->fields, c->field_count, &one->ruptures[i]);
        table_end_row(c->truth);
    }
    if (c->sessions)
        put_sessions(c, who.client, one);
}

/* Job: the client of one slot. */
static int make_client(void *of, size_t i)
{
    struct caseload *c = of;
    struct slot *slot = &c->slots[i];
    attune_error err = ATTUNE_ERROR_INIT;
    int code = slot->work ? CODE_OK : make_room(slot, (size_t)c->world.sessions_max, c->work_size);
    if (code == CODE_OK &&
        attune_simulate(&c->world, (uint64_t)c->options->seed, (uint64_t)c->first + i, slot->work,
                        c->work_size, &slot->one, &err) != ATTUNE_OK) {
        fprintf(stderr, "attune: %s: %s\n", err.key, err.text);
        code = CODE_INTERNAL;
    }
    return code;
}

/* Clients are made side by side, and written in their order. */
static int make_clients(struct caseload *c)
{
    int32_t clients = c->options->clients > 0 ? c->options->clients : 100;
    int32_t threads = c->options->threads > 0 ? c->options->threads : 1;
    int code = CODE_OK;
    for (c->first = 0; c->first < clients && code == CODE_OK; c->first += SLOTS) {
        int32_t n = clients - c->first < SLOTS ? clients - c->first : SLOTS;
        code = jobs_run((size_t)n, threads, make_client, c);
        for (int32_t i = 0; i < n && code == CODE_OK; i++)
            put_client(c, c->first + i, &c->slots[i].one);
    }
    return code;
}

static int open_table(struct table **table, struct options *own, const char *output,
                      const char *const *columns)
{
    int code;
    own->format = FORMAT_CSV;
    own->output = output;
    code = table_new(table, own, no_view, NULL);
    if (code == CODE_OK)
        table_columns(*table, columns);
    return code;
}

static int open_tables(struct caseload *c)
{
    const struct options *o = c->options;
    int code;
    c->of_forms = c->of_truth = c->of_sessions = *o;
    code = open_table(&c->forms, &c->of_forms, o->output, form_columns);
    if (code == CODE_OK && o->truth)
        code = open_table(&c->truth, &c->of_truth, o->truth, truth_identity);
    if (code == CODE_OK && o->truth) {
        c->fields = attune_rupture_fields(&c->field_count);
        table_fields(c->truth, c->fields, c->field_count);
    }
    if (code == CODE_OK && o->each_session)
        code = open_table(&c->sessions, &c->of_sessions, o->each_session, session_columns);
    return code;
}

static int write_all(struct caseload *c)
{
    int code = open_tables(c);
    if (code == CODE_OK)
        code = make_clients(c);
    if (code == CODE_OK && c->truth)
        code = table_commit(c->truth);
    if (code == CODE_OK && c->sessions)
        code = table_commit(c->sessions);
    return code == CODE_OK ? table_commit(c->forms) : code;
}

static int run(const struct options *options)
{
    struct caseload *c = calloc(1, sizeof *c);
    int code;
    if (!c)
        return no_memory();
    c->options = options;
    c->world.struct_size = sizeof c->world;
    code = know_world(c, options->world ? options->world : "default");
    c->work_size = attune_simulate_work(&c->world);
    if (code == CODE_OK)
        code = write_all(c);
    table_free(c->forms);
    table_free(c->truth);
    table_free(c->sessions);
    for (size_t i = 0; i < SLOTS; i++)
        free_room(&c->slots[i]);
    free(c);
    return code;
}

const struct command command_simulate = {
    .name = "simulate",
    .usage = "[options]",
    .summary = "A synthetic caseload with known truth, as a forms file",
    .text = "Forms of demo-alliance by client and therapist and of demo-distress, as CSV; --truth "
            "writes one row a rupture: onset, last session, shape, status and depth. --sessions "
            "writes one row a session: alliance before it, the client's direct report, whether it "
            "is in a rupture, whether an observer sees withdrawal or confrontation, and where "
            "distress shifts suddenly. The same seed and world give the same caseload; a client "
            "is the same however many follow.\n"
            "Worlds: default, steady (no ruptures), shallow, inertia, low-hazard, high-hazard, "
            "deteriorating, gradual, partial, drop-out and echo (others follow the moment, too). "
            "attune/simulate.h states the model: how often a rule errs in it is not how often it "
            "errs with people.",
    .takes = TAKES(OPTION_CSV) | TAKES(OPTION_OUTPUT) | TAKES(OPTION_THREADS),
    .takes_more = TAKES_MORE(OPTION_WORLD) | TAKES_MORE(OPTION_CLIENTS) | TAKES_MORE(OPTION_SEED) |
                  TAKES_MORE(OPTION_TRUTH) | TAKES_MORE(OPTION_SESSIONS),
    .operands_min = 0,
    .operands_max = 0,
    .run = run,
};
