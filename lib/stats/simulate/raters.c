/* Who else says something of a simulated session: the therapist, an observer, the client asked. */
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
        double dev = within * atn_heard(client, i) / world->within_sd +
                     sqrt(1 - within * within) * atn_random_normal(random);
        int missing = atn_random_chance(random, world->missing);
        to[i] = missing ? NAN
                        : atn_on_scale(level + client->slope * i + world->therapist_sd * dev,
                                       world->low, world->high, world->steps);
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

/* A session at which a rupture begins or comes on further. */
static int drops(const atn_client *client, int32_t i)
{
    return client->effect[i] > (i > 0 ? client->effect[i - 1] : 0);
}

/* What is left of the session before, with a moment of its own. */
static double before_session(const atn_client *client, int32_t i, double moment)
{
    const attune_world *world = client->world;
    double state = client->dev[i - 1] - client->moment[i - 1];
    double momentary = sqrt(1 - world->ar_share) * client->spread * moment;
    return atn_on_scale(client->level + client->slope * (i - 1) + state - world->before_fall +
                            momentary,
                        world->low, world->high, world->steps);
}

/* Every session takes the same draws, whichever columns are asked for. */
void atn_client_beside(atn_client *client, attune_simulation *out)
{
    const attune_world *world = client->world;
    atn_client_stream(client, ATN_STREAM_BESIDE);
    for (int32_t i = 0; i < client->n; i++) {
        double confrontation = drops(client, i) ? world->confrontation_drop : world->confrontation;
        int withdrew = atn_random_chance(client->random, world->withdrawal);
        int confronted = atn_random_chance(client->random, confrontation);
        int missing = atn_random_chance(client->random, world->missing);
        double moment = atn_random_normal(client->random);
        if (out->before)
            out->before[i] = missing || i == 0 ? NAN : before_session(client, i, moment);
        if (out->withdrawal)
            out->withdrawal[i] = withdrew;
        if (out->confrontation)
            out->confrontation[i] = confronted;
    }
}
