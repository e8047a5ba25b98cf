/* Rules under trial: watches with settings of their own, and what they say of a course. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_NIGHTLY_RULES_H
#define TESTS_NIGHTLY_RULES_H

#include "tests/simulate/tally.h"

#include <attune/watch.h>

#include <stddef.h>

/* Ends the program with what is wrong, unless it is well. */
void require(int ok, const char *what);

/* Memory, or the end of the program. */
void *room(size_t size);

/*
 * One rule with its parameters set as "name=value", up to a NULL; sets may be NULL. A joint watch
 * is given the therapist's ratings and the distress of each session.
 */
attune_watch *watch_of(const char *rule, const attune_constants *constants, int joint,
                       const char *const *sets);

/* rupture_filter with what it learns from so many courses of the world. */
attune_watch *watch_learnt(const attune_constants *constants, const attune_world *world,
                           uint64_t seed, size_t courses);

void scan(const attune_watch *watch, const course *c, verdict *v);

#endif
