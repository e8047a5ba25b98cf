/* A client in the making: what the parts of the simulator hand to each other. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_WORLD_H
#define ATN_STATS_WORLD_H

#include "lib/stats/num/random.h"

#include <attune/simulate.h>

/* Why a world's parameters cannot be used, or ATTUNE_OK. */
attune_status atn_world_check(const attune_world *world, attune_error *err);

/* What is drawn from which stream of a client, so that no part moves another's draws. */
enum {
    ATN_STREAM_COURSE,
    ATN_STREAM_RUPTURES,
    ATN_STREAM_LEAVING,
    ATN_STREAM_THERAPIST,
    ATN_STREAM_DISTRESS,
    ATN_STREAM_REPORT,
    ATN_STREAM_SHIFTS, /* first, of the first client of a caseload, what its therapist is like */
    ATN_STREAM_BESIDE,
    ATN_STREAMS
};

typedef struct atn_client {
    const attune_world *world;
    atn_random *random;
    uint64_t number;
    double level, spread, slope;
    double *effect; /* sessions_max: how deep in a rupture each session is */
    double *dev;    /* sessions_max: the client's deviation from the own course */
    double *moment; /* sessions_max: the part of dev that is of this session alone */
    double *shift;  /* sessions_max: what sudden gains and losses have moved distress by */
    int32_t n;      /* sessions */
    int32_t planned;
} atn_client;

/* Go to the beginning of one of the client's streams, or of another client's. */
void atn_client_stream(atn_client *client, uint32_t which);
void atn_stream_of(atn_client *client, uint64_t number, uint32_t which);

/* What of the client's deviation therapist and distress follow. */
static inline double atn_heard(const atn_client *client, int32_t i)
{
    return client->dev[i] - (1 - client->world->heard) * client->moment[i];
}

/* Ruptures of the planned sessions into effect, and those of the n that took place into out. */
void atn_client_ruptures(atn_client *client, attune_simulation *out);

/* How a score on a scale comes out: rounded to the steps, cut to the ends. */
double atn_on_scale(double score, double low, double high, double steps);

/* The columns that are asked for. */
void atn_client_therapist(atn_client *client, double *to);
void atn_client_distress(atn_client *client, double *to);
void atn_client_report(atn_client *client, double *to);
void atn_client_shifts(atn_client *client); /* before distress */
void atn_client_beside(atn_client *client, attune_simulation *out);

#endif
