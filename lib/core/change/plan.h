/* What series are judged by: checked constants and options, and what follows from them. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_CHANGE_PLAN_H
#define ATN_CHANGE_PLAN_H

#include <attune/change.h>

typedef struct atn_change_plan {
    attune_constants c;
    attune_change_options o; /* the group's pointer is not followed any more */
    double m1, s1, m2, s2;   /* of the group; NaN: not known */
    double r, r2;            /* reliability; of the second score: given, or HA's own */
    double sem;
    double rdd;         /* of HA: reliability of the difference */
    double denominator; /* of the index; not above 0 or NaN: there is none */
    double cutoff;
    double slope; /* of HLM: of the series at hand, and of its error in denominator */
} atn_change_plan;

/* Are the sizes set of what the options point to? */
attune_status atn_change_parts_check(const attune_change_options *options, attune_error *err);

/* Checks and plans; a direction of 0 is taken where `lenient`. */
attune_status atn_change_plan_make(atn_change_plan *plan, const attune_constants *constants,
                                   const attune_change_options *options, int lenient,
                                   attune_error *err);

/* The denominator of the method and what it is made of; then the index of a pair, NaN: none. */
void atn_change_method(atn_change_plan *plan, const attune_change_group *group);
double atn_change_index(const atn_change_plan *plan, double first, double last);

/* HLM: the g-th series is to be judged next; nothing for other methods. */
void atn_change_series(atn_change_plan *plan, size_t g);

/* HA: how far a last score is beyond the cut-off; NaN for other methods. */
double atn_change_post_index(const atn_change_plan *plan, double last);

/* The cut-off of this type, NaN where something is missing. */
double atn_change_cutoff(const atn_change_plan *plan, int32_t type);

/* The change of one series; TOO_FEW and NUMERIC are all that can still fail. */
attune_status atn_change_of(const atn_change_plan *plan, const double *scores, size_t n,
                            attune_change *out, attune_error *err);

#endif
