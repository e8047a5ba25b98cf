/* A form's answers: are they on the scale's grid, and what is each worth once keyed? */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_SCALE_ANSWERS_H
#define ATN_SCALE_ANSWERS_H

#include "lib/core/scale/row.h"

#include <attune/status.h>

/* What item i (from 0) may be answered with. */
struct atn_range atn_range_of(const attune_scale *scale, size_t i);

/* n_forms forms of item_count answers; err->index is the first bad answer's place among all. */
attune_status atn_check_answers(const attune_scale *scale, const double *items, size_t n_forms,
                                attune_error *err);

/*
 * One checked form with reversed items turned and answers put at what they are worth, in room for
 * all of them; items itself where there is nothing to do. NaN stays NaN.
 */
const double *atn_key_answers(const attune_scale *scale, const double *items, double *room);

#endif
