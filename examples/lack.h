/* Which constants a measure lacks, in words, with the options that give them. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_LACK_H
#define EXAMPLES_LACK_H

#include "examples/plan.h"

#include <attune/scale.h>

#include <stddef.h>
#include <stdint.h>

#define LACK_TEXT_MAX 1024

/* ATTUNE_CONSTANT_* bits that a measure lacks. */
uint32_t lack_bits(const attune_constants *constants);

/* "own_range, drop need a within-person SD (--within-sd X); ..."; "" when no rule lacks any. */
void lack_rules(char *text, const attune_constants *constants, const struct plan *plan);

/*
 * Why reliable change or clinical significance cannot be said. cutoff_type is the one that was
 * asked for, or -1; has_change and has_cutoff say what is there.
 */
void lack_change(char *text, const attune_constants *constants, int32_t cutoff_type, int has_change,
                 int has_cutoff);

#endif
