/* The worlds in which the filter is judged: the simulator's own, and others around them. */
/* SPDX-License-Identifier: MIT */
#include "tests/nightly/accuracy/worlds.h"

#include <attune/scale.h>

#include <string.h>

#define CHANGES 3

/* A world of the simulator with some of its parameters set otherwise. */
static const struct entry {
    const char *name, *from;
    struct {
        const char *field;
        double value;
    } change[CHANGES];
    int believed; /* 1: the measure's constants stay those of the default world */
} entries[] = {
    { "default", "default", { { 0 } }, 0 },
    { "shallow", "shallow", { { 0 } }, 0 },
    { "inertia", "inertia", { { 0 } }, 0 },
    { "low-hazard", "low-hazard", { { 0 } }, 0 },
    { "high-hazard", "high-hazard", { { 0 } }, 0 },
    { "deteriorating", "deteriorating", { { 0 } }, 0 },
    { "gradual", "gradual", { { 0 } }, 0 },
    { "partial", "partial", { { 0 } }, 0 },
    { "drop-out", "drop-out", { { 0 } }, 0 },
    { "ceiling", "default", { { "level_mean", 6.4 } }, 0 },
    { "low level", "default", { { "level_mean", 4.5 } }, 0 },
    { "missing .25", "default", { { "missing", .25 } }, 0 },
    { "8 sessions", "default", { { "sessions_min", 8 }, { "sessions_max", 8 } }, 0 },
    { "30 sessions", "default", { { "sessions_min", 30 }, { "sessions_max", 30 } }, 0 },
    { "deep", "default", { { "depth_median", 1.4 } }, 0 },
    { "unlike spreads", "default", { { "within_cv", .6 } }, 0 },
    { "coarse steps", "default", { { "steps", 2 } }, 0 },
    { "no slopes", "default", { { "slope_mean", 0 }, { "slope_sd", 0 } }, 0 },
    { "mostly repaired", "default", { { "repaired", .8 } }, 0 },
    { "seldom repaired", "default", { { "repaired", .35 } }, 0 },
    { "shallow gradual", "gradual", { { "depth_median", .7 } }, 0 },
    { "SD too large", "default", { { "within_sd", .36 } }, 1 },
    { "SD too small", "default", { { "within_sd", .53 } }, 1 },
};
const size_t accuracy_worlds = sizeof entries / sizeof *entries;

const char *accuracy_name(size_t i)
{
    return entries[i].name;
}

static int set(attune_world *world, const char *name, double value)
{
    size_t n;
    const attune_field *fields = attune_world_fields(&n);
    for (size_t i = 0; i < n; i++) {
        char *at = (char *)world + fields[i].offset;
        int32_t whole = (int32_t)value;
        if (strcmp(fields[i].name, name) != 0)
            continue;
        if (fields[i].type == ATTUNE_FIELD_COUNT)
            memcpy(at, &whole, sizeof whole);
        else
            memcpy(at, &value, sizeof value);
        return 1;
    }
    return 0;
}

int accuracy_world(size_t i, attune_world *world, attune_constants *constants)
{
    const struct entry *e = &entries[i];
    world->struct_size = sizeof *world;
    constants->struct_size = sizeof *constants;
    if (attune_world_describe(e->from, world) != ATTUNE_OK ||
        attune_scale_constants(attune_scale_find("demo-alliance"), constants) != ATTUNE_OK)
        return 0;
    for (int c = 0; c < CHANGES && e->change[c].field; c++)
        if (!set(world, e->change[c].field, e->change[c].value))
            return 0;
    constants->score_step = 1 / world->steps;
    if (!e->believed)
        constants->within_sd = world->within_sd;
    return 1;
}

int accuracy_follow(const char *name, attune_world *world)
{
    attune_world other = { .struct_size = sizeof other };
    if (attune_world_describe(name, &other) != ATTUNE_OK)
        return 0;
    world->heard = other.heard;
    world->therapist_within = other.therapist_within;
    world->distress_alliance = other.distress_alliance;
    return 1;
}
