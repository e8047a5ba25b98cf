/* The worlds in which the filter is judged: the simulator's own, and others around them. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_NIGHTLY_WORLDS_H
#define TESTS_NIGHTLY_WORLDS_H

#include <attune/simulate.h>
#include <attune/watch.h>

#include <stddef.h>

extern const size_t accuracy_worlds;

const char *accuracy_name(size_t i);

/* The i-th world, and the constants of the measure that its clients fill in. 0 when it failed. */
int accuracy_world(size_t i, attune_world *world, attune_constants *constants);

/* Lets therapist and distress follow what they follow in this world of the simulator's. */
int accuracy_follow(const char *name, attune_world *world);

#endif
