/* Reliable and clinically significant change between two scores. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_CHANGE_H
#define ATTUNE_CHANGE_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/scale.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATTUNE_METHOD_JT 0 /* Jacobson & Truax 1991, J Consult Clin Psychol 59:12-19 */

/*
 * Clinical cut-offs of Jacobson & Truax 1991; d is +1 when higher is better, else -1.
 *   published  the scale's default cut-off
 *   a          clinical mean + d * 2 clinical SD
 *   b          functional mean - d * 2 functional SD
 *   c          (clinical SD * functional mean + functional SD * clinical mean) / (sum of the SDs)
 */
#define ATTUNE_CUTOFF_PUBLISHED 0
#define ATTUNE_CUTOFF_A 1
#define ATTUNE_CUTOFF_B 2
#define ATTUNE_CUTOFF_C 3

#define ATTUNE_RELIABLE_UNCHANGED 0
#define ATTUNE_RELIABLE_IMPROVED 1
#define ATTUNE_RELIABLE_DETERIORATED 2

/*
 * recovered     reliably improved, from the clinical to the functional side of the cut-off
 * improved      reliably improved otherwise
 * unchanged     no reliable change
 * deteriorated  reliably deteriorated otherwise
 * harmed        reliably deteriorated, from the functional to the clinical side
 */
#define ATTUNE_CLASS_RECOVERED 0
#define ATTUNE_CLASS_IMPROVED 1
#define ATTUNE_CLASS_UNCHANGED 2
#define ATTUNE_CLASS_DETERIORATED 3
#define ATTUNE_CLASS_HARMED 4

/* What decided that a change is reliable. */
#define ATTUNE_BASIS_NONE 0      /* nothing: the constants are not known */
#define ATTUNE_BASIS_PUBLISHED 1 /* the published threshold */
#define ATTUNE_BASIS_FORMULA 2   /* |rci| > z, strictly */

typedef struct attune_change_options {
    uint32_t struct_size; /* set by the caller; a NULL options pointer means the defaults */
    int32_t method;       /* ATTUNE_METHOD_*; default JT */
    int32_t cutoff_type;  /* ATTUNE_CUTOFF_*; default PUBLISHED, or C when none is published */
    int32_t basis;        /* ATTUNE_BASIS_PUBLISHED, _FORMULA, or NONE: published when known */
    double z;             /* of the formula; 0 or NaN: 1.959963984540054 (two-sided .05) */
} attune_change_options;

#define ATTUNE_CHANGE_OPTIONS_INIT                                                                 \
    {                                                                                              \
        (uint32_t)sizeof(attune_change_options), ATTUNE_METHOD_JT, -1, ATTUNE_BASIS_NONE, 0.0      \
    }

/* The change from the first to the last observed score of a series. */
typedef struct attune_change {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t method;       /* ATTUNE_METHOD_* */
    double first, last;   /* first and last observed score */
    double change;        /* last - first */
    double rci;           /* (last - first) / (sqrt(2) * sd * sqrt(1 - reliability)); NaN */
    double threshold;     /* |change| that counts as reliable; NaN when not known */
    double cutoff;        /* NaN when not known */
    int32_t cutoff_type;  /* ATTUNE_CUTOFF_*; -1 when cutoff is NaN */
    int32_t reliable;     /* ATTUNE_RELIABLE_*; -1 when it cannot be said */
    int32_t class_;       /* ATTUNE_CLASS_*; -1 when it cannot be said */
    int32_t basis;        /* ATTUNE_BASIS_* */
} attune_change;

/*
 * Reliable change over one series: n scores in session order, NaN where a form was not completed.
 * The rci is computed whenever sd and reliability are known, also where a published threshold
 * decides. A score that lies exactly on the cut-off of type a, b or c is on neither side (strict
 * on both); a published cut-off counts as its own bound says.
 *
 * Degenerate cases, under the numbers that the tests use:
 *   1  no observed score, or one    ATTUNE_E_TOO_FEW
 *   2  no constants at all          change is given; reliable and class are -1, basis NONE
 *   3  sd 0 or reliability 1        rci NaN; the published threshold decides, if there is one
 *   4  no cut-off known             reliable is given; class is improved/unchanged/deteriorated
 *   5  both scores equal            rci 0, unchanged
 * ATTUNE_E_OPTION for an unknown method, cut-off type or basis, for sd < 0, and for a reliability
 * outside 0..1; ATTUNE_E_CONSTANT when a cut-off type or a basis is asked for by name and its
 * constants are missing (err->key names one); ATTUNE_E_VALUE for an infinite score;
 * ATTUNE_E_NUMERIC when a figure is too large for a double.
 * Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_change_fit(const attune_constants *constants,
                                           const attune_change_options *options,
                                           const double *scores, size_t n, attune_change *change,
                                           attune_error *err);

/*
 * The words of attune_change as columns: first, last, change, method, rci, reliable, cutoff,
 * cutoff_type, class.
 */
ATTUNE_API const attune_field *attune_change_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
