/* Scoring: one form's answers to a total, its subscales, its band, and what to know about it. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_SCORE_H
#define ATTUNE_SCORE_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/scale.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Why there is no score. */
#define ATTUNE_REASON_NONE 0       /* there is one */
#define ATTUNE_REASON_EMPTY 1      /* no item is answered */
#define ATTUNE_REASON_INCOMPLETE 2 /* more items are unanswered than the scale's rule bears */
#define ATTUNE_REASON_NO_TOTAL 3   /* the scale has subscales and no total */

/* What to know about a score. */
#define ATTUNE_SCORE_PRORATED 1u       /* unanswered items stand at the mean of the others */
#define ATTUNE_SCORE_GIVEN 2u          /* the total was given, not computed from items */
#define ATTUNE_SCORE_OFF_STEP 4u       /* no complete form gives this total, rounding allowed for */
#define ATTUNE_SCORE_SAFETY 8u         /* a safety item is answered at or above its threshold */
#define ATTUNE_SCORE_DEMONSTRATION 16u /* the scale is not for clinical use */
#define ATTUNE_SCORE_UNCONFIRMED 32u   /* the scale has no second source or second reading */
#define ATTUNE_SCORE_LICENSED 64u      /* the scale may be used by holders of its licence alone */

/* One total or one subscale of one form. */
typedef struct attune_score {
    uint32_t struct_size;        /* set by the caller; of an array, in the first element, for all */
    int32_t subscale;            /* index in the scale; -1 is the total */
    double score;                /* NaN when there is none */
    int32_t n_items, n_answered; /* of a given total: the scale's items, and -1 */
    int32_t complete;            /* 1: every item answered; -1: not known, the total was given */
    int32_t band;   /* index in the scale's bands; -1 when it has none or there is no score */
    uint32_t flags; /* ATTUNE_SCORE_* */
    int32_t reason; /* ATTUNE_REASON_* */
} attune_score;

/*
 * Score one form.
 *   items      the answers in item order; NaN is not answered
 *   n_items    must equal the scale's item count
 *   total      filled
 *   subscales  room for at least subscale_capacity results, filled in the scale's order; may be
 *              NULL when subscale_capacity is 0; a capacity below the scale's subscale count
 *              that is not 0 is ATTUNE_E_COUNT
 * A form that is empty or incomplete is not an error: score is NaN and reason says why.
 * ATTUNE_E_ARGUMENT, _STRUCT_SIZE; ATTUNE_E_ACCEPT when the scale needs something accepted first
 * (attune_scale_open); ATTUNE_E_CONSTANT when it takes totals only; ATTUNE_E_COUNT;
 * ATTUNE_E_VALUE with err->index when an answer is infinite, out of range or off the answer grid.
 * Allocates nothing. Thread-safe.
 *
 *     double answers[9] = { 3, 0, 1, 2, 0, 0, 1, 0, 3 };
 *     attune_score total = { .struct_size = sizeof total };
 *     attune_status s = attune_form_score(attune_scale_find("phq-9"), answers, 9, &total, NULL, 0,
 *                                         NULL);
 */
ATTUNE_API attune_status attune_form_score(const attune_scale *scale, const double *items,
                                           size_t n_items, attune_score *total,
                                           attune_score *subscales, size_t subscale_capacity,
                                           attune_error *err);

/*
 * The same for n_forms forms at once: form f's answers are items[f * n_items ...], its total is
 * totals[f], its subscales (when subscales is not NULL) start at subscales[f * subscale count].
 * Either every form is scored or, at the first refused answer, none: err->index is then the
 * answer's place in items.
 */
ATTUNE_API attune_status attune_forms_score(const attune_scale *scale, const double *items,
                                            size_t n_items, size_t n_forms, attune_score *totals,
                                            attune_score *subscales, attune_error *err);

/*
 * Judge a total that was given instead of items: range, grid, band. NaN is a form not completed
 * (ATTUNE_REASON_EMPTY). ATTUNE_E_VALUE when it is infinite, given to a scale without a total, or
 * outside
 * score_min..score_max by half a step or more: totals that others imputed may miss it by less.
 * Where totals differ by less than 1, one within .05 of a possible total is taken as rounded, not
 * as off the grid.
 */
ATTUNE_API attune_status attune_total_score(const attune_scale *scale, double given,
                                            attune_score *total, attune_error *err);

/*
 * For whoever looks at items (attune/psychometrics.h): how many parts the scale's total (subscale
 * -1), or a subscale, is put together from: its items; of a group of which only the largest counts,
 * one part. 0 for a NULL scale, one that takes totals only or has no total, and a subscale that it
 * does not have. At most ATTUNE_ITEMS_MAX.
 */
ATTUNE_API size_t attune_parts_count(const attune_scale *scale, int32_t subscale);

/*
 * The parts of n_forms forms: reversed items turned within their range, answers put at what they
 * are worth, of a group the largest answered. NaN: not answered.
 *   items    answers in item order, form after form, n_items each: the scale's item count
 *   parts    room for n_forms times attune_parts_count, form after form
 *   numbers  room for attune_parts_count item numbers (from 1; of a group its first item), or NULL
 * items may be NULL when n_forms is 0: numbers alone. ATTUNE_E_ARGUMENT; ATTUNE_E_ACCEPT when the
 * scale needs something accepted first; ATTUNE_E_UNKNOWN when there are no parts; ATTUNE_E_COUNT
 * when n_items is not the scale's; ATTUNE_E_VALUE with err->index for an answer that the scale does
 * not take. On failure nothing is written. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_parts_score(const attune_scale *scale, int32_t subscale,
                                            const double *items, size_t n_items, size_t n_forms,
                                            double *parts, int32_t *numbers, attune_error *err);

/*
 * The columns subscale, score, n_items, n_answered, complete, band, flags, reason. The words of
 * subscale and band are the scale's own, so their names are NULL: the code is an index in the
 * scale's subscales (-1: the total) and bands.
 */
ATTUNE_API const attune_field *attune_score_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
