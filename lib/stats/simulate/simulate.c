/* One simulated client: checks, the course of alliance, and which of its columns are asked for. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/simulate/world.h"

#include "lib/core/base/error.h"

#include <math.h>

/* Scratch: the generator's state, then effect, dev, moment and shift; each begins where any type
 * may. */
static size_t state_room(void)
{
    return (atn_random_size() + 15u) & ~(size_t)15u;
}

static size_t work_of(const attune_world *world)
{
    return 16 + state_room() + 4 * sizeof(double) * (size_t)world->sessions_max;
}

size_t attune_simulate_work(const attune_world *world)
{
    if (!world || world->struct_size < sizeof *world || atn_world_check(world, NULL) != ATTUNE_OK)
        return 0;
    return work_of(world);
}

void atn_stream_of(atn_client *client, uint64_t number, uint32_t which)
{
    atn_random_stream(client->random, (uint32_t)(number * ATN_STREAMS) + which);
}

void atn_client_stream(atn_client *client, uint32_t which)
{
    atn_stream_of(client, client->number, which);
}

double atn_on_scale(double score, double low, double high, double steps)
{
    double rounded = steps > 0 ? floor(score * steps + 0.5) / steps : score;
    return fmin(high, fmax(low, rounded));
}

/* ---- The course of alliance ---- */

static void draw_person(atn_client *client)
{
    const attune_world *world = client->world;
    atn_random *random = client->random;
    double c = sqrt(log(1 + world->within_cv * world->within_cv));
    atn_client_stream(client, ATN_STREAM_COURSE);
    client->planned = client->n =
        (int32_t)atn_random_between(random, world->sessions_min, world->sessions_max);
    client->level = world->level_mean + world->level_sd * atn_random_normal(random);
    client->spread = world->within_sd * exp(c * atn_random_normal(random));
    client->slope = world->slope_mean + world->slope_sd * atn_random_normal(random);
}

/* What carries over and what does not; the stream stands behind the person's draws. */
static void draw_deviations(atn_client *client)
{
    const attune_world *world = client->world;
    double carried = sqrt(world->ar_share) * client->spread;
    double other = sqrt(1 - world->ar_share) * client->spread;
    double fresh = sqrt(1 - world->ar_phi * world->ar_phi);
    double a = atn_random_normal(client->random);
    for (int32_t i = 0; i < client->planned; i++) {
        if (i > 0)
            a = world->ar_phi * a + fresh * atn_random_normal(client->random);
        client->moment[i] = other * atn_random_normal(client->random);
        client->dev[i] = carried * a + client->moment[i];
    }
}

/* Which forms are missing, into the column when there is one, and where the client leaves. */
static void draw_leaving(atn_client *client, attune_simulation *out)
{
    const attune_world *world = client->world;
    atn_client_stream(client, ATN_STREAM_LEAVING);
    for (int32_t i = 0; i < client->n; i++) {
        int missing = atn_random_chance(client->random, world->missing);
        int leaves = atn_random_chance(
            client->random, client->effect[i] > 0 ? world->dropout_rupture : world->dropout);
        if (out->alliance)
            out->alliance[i] = missing ? NAN : 0;
        if (leaves && i + 1 >= world->first_onset)
            client->n = i + 1;
    }
}

static void fill_alliance(const atn_client *client, double *to)
{
    const attune_world *world = client->world;
    for (int32_t i = 0; i < client->n; i++)
        to[i] += atn_on_scale(client->level + client->slope * i + client->dev[i], world->low,
                              world->high, world->steps);
}

static void fill_distress(atn_client *client, attune_simulation *out)
{
    atn_client_shifts(client);
    for (int32_t i = 0; out->shift && i < client->n; i++) {
        double moved = client->shift[i] - (i > 0 ? client->shift[i - 1] : 0);
        out->shift[i] = (moved > 0) - (moved < 0);
    }
    if (out->distress)
        atn_client_distress(client, out->distress);
}

static void fill_columns(atn_client *client, attune_simulation *out)
{
    if (out->alliance)
        fill_alliance(client, out->alliance);
    if (out->therapist)
        atn_client_therapist(client, out->therapist);
    if (out->distress || out->shift)
        fill_distress(client, out);
    if (out->report)
        atn_client_report(client, out->report);
    if (out->before || out->withdrawal || out->confrontation)
        atn_client_beside(client, out);
    for (int32_t i = 0; out->in_rupture && i < client->n; i++)
        out->in_rupture[i] = client->effect[i] > 0;
}

static void make(atn_client *client, attune_simulation *out)
{
    draw_person(client);
    draw_deviations(client);
    atn_client_ruptures(client, out);
    draw_leaving(client, out);
    if (client->n < client->planned)
        atn_client_ruptures(client, out);
    for (int32_t i = 0; i < client->n; i++)
        client->dev[i] -= client->effect[i];
    fill_columns(client, out);
}

/* ---- The call ---- */

static attune_status check_call(const attune_world *world, uint64_t client, const void *work,
                                const attune_simulation *out, attune_error *err)
{
    if (!world || !work || !out)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "world, work and out must be given");
    if (world->struct_size < sizeof *world || out->struct_size < sizeof *out ||
        (out->ruptures && out->ruptures->struct_size < sizeof *out->ruptures))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (client >= ATTUNE_WORLD_CLIENTS_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "client", "expected the number of a client");
    return ATTUNE_OK;
}

attune_status attune_simulate(const attune_world *world, uint64_t seed, uint64_t client, void *work,
                              size_t work_size, attune_simulation *out, attune_error *err)
{
    attune_status status = check_call(world, client, work, out, err);
    atn_random random;
    if (status == ATTUNE_OK)
        status = atn_world_check(world, err);
    if (status != ATTUNE_OK)
        return status;
    if (work_size < work_of(world))
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_simulate_work bytes");
    char *at = (char *)work + (16 - (uintptr_t)work % 16) % 16;
    atn_client one = { .world = world, .random = &random, .number = client };
    one.effect = (double *)(void *)(at + state_room());
    one.dev = one.effect + world->sessions_max;
    one.moment = one.dev + world->sessions_max;
    one.shift = one.moment + world->sessions_max;
    atn_random_begin(&random, at, seed);
    make(&one, out);
    out->sessions = one.n;
    out->dropped_out = one.n < one.planned;
    out->therapist_number = (int32_t)(client / (uint64_t)world->caseload);
    out->level = one.level;
    out->spread = one.spread;
    out->slope = one.slope;
    return ATTUNE_OK;
}
