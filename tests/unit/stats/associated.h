/* Caseloads for the tests of associations, and their figures by name. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_ASSOCIATED_H
#define TESTS_ASSOCIATED_H

#include <attune/associate.h>

#include "tests/unit/near.h"

#include <stdlib.h>

enum { CLIENTS_MAX = 40, ROWS_MAX = 400 };

typedef struct caseload {
    attune_sessions sessions;
    attune_associate_options how;
    uint64_t starts[CLIENTS_MAX + 1];
    int32_t session[ROWS_MAX];
    double alliance[ROWS_MAX], outcome[ROWS_MAX], technique[ROWS_MAX];
    attune_association found[ATTUNE_ASSOCIATIONS_MAX];
    size_t n;
} caseload;

static inline void begin(caseload *c, int technique)
{
    static const attune_associate_options usual = ATTUNE_ASSOCIATE_OPTIONS_INIT;
    memset(c, 0, sizeof *c);
    c->how = usual;
    c->sessions = (attune_sessions) {
        sizeof c->sessions, 0,           0,          c->starts,
        c->session,         c->alliance, c->outcome, technique ? c->technique : NULL
    };
    c->found[0].struct_size = sizeof c->found[0];
}

static inline void add_client(caseload *c)
{
    c->sessions.n_clients++;
    c->starts[c->sessions.n_clients] = c->sessions.n_rows;
}

static inline void add_row(caseload *c, int32_t session, double alliance, double outcome,
                           double technique)
{
    uint64_t i = c->sessions.n_rows++;
    assert_true(i < ROWS_MAX);
    c->session[i] = session;
    c->alliance[i] = alliance;
    c->outcome[i] = outcome;
    c->technique[i] = technique;
    c->starts[c->sessions.n_clients] = c->sessions.n_rows;
}

static inline attune_status fit(caseload *c, attune_error *err)
{
    size_t size = attune_associate_work(c->sessions.n_clients, c->sessions.n_rows) + 8;
    char *work = malloc(size);
    attune_status status = attune_associate_fit(&c->how, &c->sessions, work + 3, size - 3, c->found,
                                                ATTUNE_ASSOCIATIONS_MAX, &c->n, err);
    free(work);
    return status;
}

static inline const attune_association *figure(const caseload *c, const char *part,
                                               const char *direction, const char *statistic)
{
    for (size_t i = 0; i < c->n; i++) {
        const attune_association *f = &c->found[i];
        if (strcmp(f->part, part) == 0 && strcmp(f->statistic, statistic) == 0 &&
            strcmp(f->direction ? f->direction : "", direction) == 0)
            return f;
    }
    fail_msg("no figure %s %s %s", part, direction, statistic);
    return NULL;
}

/* One that is missing, and why. */
static inline void assert_missing(const caseload *c, const char *part, const char *direction,
                                  const char *statistic, const char *reason)
{
    const attune_association *f = figure(c, part, direction, statistic);
    assert_non_null(f->reason);
    assert_string_equal(f->reason, reason);
    assert_true(isnan(f->estimate) && isnan(f->se) && isnan(f->p));
}

static inline unsigned draw(unsigned *random, unsigned below)
{
    *random = *random * 1664525u + 1013904223u;
    return (*random >> 8) % below;
}

/* So many clients of so many sessions: noise about levels of their own. */
static inline void add_noise(caseload *c, unsigned random, int clients, int sessions)
{
    for (int g = 0; g < clients; g++) {
        double level = draw(&random, 30) / 10.0;
        add_client(c);
        for (int s = 1; s <= sessions; s++) {
            double x = 3 + level + draw(&random, 20) / 10.0;
            add_row(c, s, x, 30 - 2 * level - x + draw(&random, 60) / 10.0,
                    2 + level / 2 + draw(&random, 15) / 10.0);
        }
    }
}

#endif
