/* The distress of a simulated course: its therapist's part, sudden shifts, what alliance does. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/simulate/world.h"

#include <math.h>

/* What the therapist adds to the change of all clients of a caseload. */
static double therapist_part(atn_client *client)
{
    uint64_t caseload = (uint64_t)client->world->caseload;
    atn_stream_of(client, client->number / caseload * caseload, ATN_STREAM_SHIFTS);
    return client->world->caseload_sd * atn_random_normal(client->random);
}

/* Down at a gain, up at a loss, else 0. */
static double draw_shift(atn_client *client)
{
    const attune_world *world = client->world;
    double at = atn_random_uniform(client->random);
    double size = world->shift_median * exp(world->shift_sdlog * atn_random_normal(client->random));
    return at < world->gain ? -size : at < world->gain + world->loss ? size : 0;
}

void atn_client_shifts(atn_client *client)
{
    double shift = 0;
    atn_client_stream(client, ATN_STREAM_SHIFTS);
    (void)atn_random_normal(client->random);
    for (int32_t i = 0; i < client->n; i++) {
        double moved = draw_shift(client);
        shift += i + 1 >= client->world->first_onset ? moved : 0;
        client->shift[i] = shift;
    }
}

void atn_client_distress(atn_client *client, double *to)
{
    const attune_world *world = client->world;
    atn_random *random = client->random;
    double fresh = sqrt(1 - world->distress_phi * world->distress_phi);
    double usual = world->distress_log_mean + therapist_part(client);
    atn_client_stream(client, ATN_STREAM_DISTRESS);
    double start =
        world->distress_start_mean + world->distress_start_sd * atn_random_normal(random);
    double slope = usual + world->distress_log_sd * atn_random_normal(random);
    double carried = atn_random_normal(random);
    for (int32_t i = 0; i < client->n; i++) {
        double moved = 0;
        if (i > 0) {
            carried = world->distress_phi * carried + fresh * atn_random_normal(random);
            moved = world->distress_alliance * atn_heard(client, i - 1) / world->within_sd;
        }
        int missing = atn_random_chance(random, world->missing);
        double score =
            start + slope * log(i + 1) + client->shift[i] + world->distress_sd * (carried + moved);
        to[i] = missing ? NAN
                        : atn_on_scale(score, world->distress_low, world->distress_high,
                                       world->distress_steps);
    }
}
