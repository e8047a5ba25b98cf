/* What others say of a simulated course: the therapist, the distress measure, the direct report. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/simulate/world.h"

#include <math.h>

void atn_client_therapist(atn_client *client, double *to)
{
    const attune_world *world = client->world;
    atn_random *random = client->random;
    double between = world->therapist_between, within = world->therapist_within;
    double sd = sqrt(world->level_sd * world->level_sd + world->within_sd * world->within_sd);
    atn_client_stream(client, ATN_STREAM_THERAPIST);
    double level = world->level_mean + world->therapist_shift * sd +
                   between * (client->level - world->level_mean) +
                   sqrt(1 - between * between) * world->level_sd * atn_random_normal(random);
    for (int32_t i = 0; i < client->n; i++) {
        double dev = within * client->dev[i] / world->within_sd +
                     sqrt(1 - within * within) * atn_random_normal(random);
        int missing = atn_random_chance(random, world->missing);
        to[i] = missing ? NAN
                        : atn_on_scale(level + client->slope * i + world->therapist_sd * dev,
                                       world->low, world->high, world->steps);
    }
}

void atn_client_distress(atn_client *client, double *to)
{
    const attune_world *world = client->world;
    atn_random *random = client->random;
    double fresh = sqrt(1 - world->distress_phi * world->distress_phi);
    atn_client_stream(client, ATN_STREAM_DISTRESS);
    double start =
        world->distress_start_mean + world->distress_start_sd * atn_random_normal(random);
    double slope = world->distress_log_mean + world->distress_log_sd * atn_random_normal(random);
    double carried = atn_random_normal(random);
    for (int32_t i = 0; i < client->n; i++) {
        double moved = 0;
        if (i > 0) {
            carried = world->distress_phi * carried + fresh * atn_random_normal(random);
            moved = world->distress_alliance * client->dev[i - 1] / world->within_sd;
        }
        int missing = atn_random_chance(random, world->missing);
        to[i] =
            missing
                ? NAN
                : atn_on_scale(start + slope * log(i + 1) + world->distress_sd * (carried + moved),
                               world->distress_low, world->distress_high, world->distress_steps);
    }
}

void atn_client_report(atn_client *client, double *to)
{
    const attune_world *world = client->world;
    atn_client_stream(client, ATN_STREAM_REPORT);
    for (int32_t i = 0; i < client->n; i++) {
        int deep = client->effect[i] > 0 && client->effect[i] >= world->report_depth;
        int reported =
            atn_random_chance(client->random, deep ? world->report_hit : world->report_base);
        int missing = atn_random_chance(client->random, world->missing);
        to[i] = missing ? NAN : (double)reported;
    }
}
