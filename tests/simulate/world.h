/* A population of simulated clients for the tests that measure it. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SIMULATE_WORLD_H
#define TESTS_SIMULATE_WORLD_H

#include "tests/unit/near.h"

#include <attune/simulate.h>
#include <attune/watch.h>

#include <stdlib.h>

#define SESSIONS 32

typedef struct client {
    attune_simulation sim;
    double y[SESSIONS], therapist[SESSIONS], distress[SESSIONS], report[SESSIONS];
    double before[SESSIONS];
    int32_t in[SESSIONS], withdrawal[SESSIONS], confrontation[SESSIONS], shift[SESSIONS];
    attune_rupture ruptures[SESSIONS];
} client;

static inline attune_world world_named(const char *name)
{
    attune_world world = { .struct_size = sizeof world };
    assert_int_equal(attune_world_describe(name, &world), ATTUNE_OK);
    return world;
}

static inline void make(const attune_world *world, uint64_t number, void *work, client *c,
                        attune_simulation columns)
{
    c->ruptures[0].struct_size = sizeof c->ruptures[0];
    c->sim = columns;
    c->sim.struct_size = sizeof c->sim;
    c->sim.alliance = c->y;
    c->sim.in_rupture = c->in;
    c->sim.ruptures = c->ruptures;
    assert_int_equal(
        attune_simulate(world, 4711, number, work, attune_simulate_work(world), &c->sim, NULL),
        ATTUNE_OK);
}

/* With every column, and with the client's alliance only. */
static inline void make_client(const attune_world *world, uint64_t number, void *work, client *c)
{
    make(world, number, work, c,
         (attune_simulation) { .therapist = c->therapist,
                               .distress = c->distress,
                               .report = c->report,
                               .before = c->before,
                               .withdrawal = c->withdrawal,
                               .confrontation = c->confrontation,
                               .shift = c->shift });
}

static inline void make_course(const attune_world *world, uint64_t number, void *work, client *c)
{
    make(world, number, work, c, (attune_simulation) { 0 });
}

#endif
