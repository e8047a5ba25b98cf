/* attune scales --estimate: what its files share. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_ESTIMATE_H
#define EXAMPLES_ESTIMATE_H

#include "examples/options.h"

#include <attune/psychometrics.h>
#include <attune/scalefile.h>

#define ESTIMATE_FEW                                                                               \
    20 /* clients below which a set is unconfirmed: it waits for the clinic's word */

/* The whole and its items of the total, or of one subscale. */
struct estimate_part {
    int32_t subscale; /* -1: the total */
    attune_estimate *rows;
    size_t count;
};

struct estimates {
    struct estimate_part parts[ATTUNE_SUBSCALES_MAX + 1];
    size_t count;
};

/* attune scales --estimate: own holds the scales that --scales names. Returns CODE_*. */
int estimate_run(const struct options *options, const attune_scale_set *own);

/* The scale as a scale file says it, with the estimates as a set of constants; CODE_*. */
int estimate_write(const struct options *options, const attune_scale *scale,
                   const struct estimates *found);

#endif
