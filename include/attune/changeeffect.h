/* What the mean change of a group amounts to beside a difference that matters (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_CHANGEEFFECT_H
#define ATTUNE_CHANGEEFFECT_H

#include <attune/change.h>
#include <attune/export.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Where the interval of a mean difference lies beside 0 and beside the least difference that
 * matters, M; "better" as the direction says, L to H the interval turned so that better is above 0:
 *
 *   NOT_SIGNIFICANT  L <= 0 <= H
 *   NOT_RELEVANT     0 < L and H < M
 *   NOT_BELOW        0 < L, difference < M <= H: not significantly less than what matters
 *   PROBABLE         L <= M <= difference
 *   LARGE            M < L
 *
 * A group that is significantly worse (H < 0) is judged alike by how much it is worse, beside the
 * least deterioration that matters, and `way` is -1. Classes of the R package clinicalsignificance
 * 2.1.0 (cs_anchor of a group); where it does otherwise, ATTUNE_CHANGE_PACKAGE does as it does:
 *
 *                         CORRECTED (the default)      PACKAGE
 *   significantly worse   judged as above              NOT_RELEVANT
 *   one group, higher     as lower is better           no NOT_SIGNIFICANT: NOT_BELOW or PROBABLE
 *   is better                                          where H is above M, else no class
 *   an end on 0 or M      as above                     no class where M is hit exactly
 */
#define ATTUNE_EFFECT_NOT_SIGNIFICANT 0
#define ATTUNE_EFFECT_NOT_RELEVANT 1
#define ATTUNE_EFFECT_NOT_BELOW 2
#define ATTUNE_EFFECT_PROBABLE 3
#define ATTUNE_EFFECT_LARGE 4

typedef struct attune_change_effect_options {
    uint32_t struct_size; /* set by the caller */
    int32_t direction;    /* ATTUNE_HIGHER_BETTER or _WORSE */
    double improvement;   /* M in score points, above 0 */
    double deterioration; /* the same for the worse; 0 or NaN: as improvement */
    double coverage;      /* of the interval, .001 to .999999; 0 or NaN: .95 */
    int32_t convention;   /* ATTUNE_CHANGE_CORRECTED or _PACKAGE */
    int32_t reserved;
} attune_change_effect_options;

typedef struct attune_change_effect {
    uint32_t struct_size; /* set by the caller */
    int32_t class_;       /* ATTUNE_EFFECT_*; -1: none */
    int32_t way;          /* 1 significantly better, -1 worse, 0 neither */
    int32_t n;            /* clients: with both scores, or in the group that is compared */
    int32_t n_reference;  /* clients in the other group; 0 where there is one group */
    int32_t reserved;
    double difference; /* mean of last - first, or of group - reference */
    double se, df;     /* its standard error, and degrees of freedom of its t */
    double low, high;  /* the interval */
} attune_change_effect;

/*
 * One group: differences post - pre of n clients, t with n - 1 degrees of freedom. NaN: no score,
 * and the client is left out.
 *
 * Degenerate cases, under the numbers that the tests use:
 *   1  fewer than two clients with both scores      ATTUNE_E_TOO_FEW
 *   2  all differences equal                        se 0 and the interval is the difference itself
 *   3  squares that a double does not hold          ATTUNE_E_NUMERIC
 * ATTUNE_E_ARGUMENT for a NULL pointer, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for counts beyond
 * int32_t; ATTUNE_E_OPTION with err->key the member; ATTUNE_E_VALUE, with err->index, for an
 * infinite score. On failure effect is untouched. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_change_effect_within(const attune_change_effect_options *options,
                                                     const double *pre, const double *post,
                                                     size_t n, attune_change_effect *effect,
                                                     attune_error *err);

/*
 * Two groups at one time: scores of n clients beside those of a reference group, Welch's t with
 * Satterthwaite's degrees of freedom. Cases and statuses as above, of two scores in each group.
 */
ATTUNE_API attune_status attune_change_effect_between(const attune_change_effect_options *options,
                                                      const double *reference, size_t n_reference,
                                                      const double *scores, size_t n,
                                                      attune_change_effect *effect,
                                                      attune_error *err);

/* The columns of an effect: n, difference, low, high, class. */
ATTUNE_API const attune_field *attune_change_effect_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
