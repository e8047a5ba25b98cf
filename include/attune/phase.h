/* Two phases of one client's series, baseline and intervention: Tau-U and its corrected kin. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_PHASE_H
#define ATTUNE_PHASE_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * How far the scores of phase B stand above those of phase A, with what trend within either adds
 * or takes. Every pair of completed scores counts 1 when the later is higher, -1 when it is lower.
 *
 *     double a[] = { 2, 3, 5, 3 }, b[] = { 4, 5, 5, 7, 6 }, work[32];
 *     attune_phase phase = { .struct_size = sizeof phase };
 *     if (attune_phase_fit(a, 4, b, 5, work, 32, &phase, NULL) == ATTUNE_OK)
 *         printf("%g\n", phase.tau_u); // 0.555556
 *
 * s_*   the counts: of A against B, within A, within B
 * tau_* over the pairs (Parker, Vannest, Davis & Sauber 2011, Behav Ther 42:284-299):
 *   tau_ab, tau_a, tau_b   each by its own pairs
 *   tau_ab_less_a          (s_ab - s_a) over the pairs of A against B, as printed there: beyond
 *                          -1 or 1 where A trends steeply
 *   tau_ab_and_b           (s_ab + s_b) over the pairs of both
 *   tau_u                  (s_ab + s_b - s_a) over all pairs: never beyond -1 or 1
 * tau_ab_ties   tau-b of the scores and the phase: ties leave the pairs
 * baseline_*    Kendall's tau-b of A and its row, with its two-sided normal p (variance corrected
 *               for ties, no continuity correction), and Theil-Sen's slope of A a row
 * corrected_*   Tarlow 2016 (Behav Modif 41:427-467): tau-b, z and p of scores and phase, after
 *               the baseline's slope is taken out of all scores where baseline_p is at most .05;
 *               `corrected` says whether it was
 *
 * Scores of NaN are forms not completed; rows keep their places. Scores closer than rounding are
 * tied. NaN: a phase without completed scores (all of what needs it); fewer than two in it (its
 * tau); all scores tied (tau-b, z and p).
 */
typedef struct attune_phase {
    uint32_t struct_size; /* set by the caller */
    int32_t n_a, n_b;     /* completed scores */
    int32_t corrected;    /* 1: the baseline's slope was taken out */
    double s_ab, s_a, s_b;
    double tau_ab, tau_a, tau_b, tau_ab_less_a, tau_ab_and_b, tau_u, tau_ab_ties;
    double baseline_tau, baseline_p, baseline_slope;
    double corrected_tau, corrected_z, corrected_p;
} attune_phase;

#define ATTUNE_PHASE_ROWS_MAX 2048

/*
 *   a, b   n_a and n_b scores in row order, B's first row following A's last; NULL when none
 *   work   scratch of `capacity` doubles, at least (n_a + n_b) + n_a (n_a + 1) / 2
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for more than ATTUNE_PHASE_ROWS_MAX rows
 * in either or too little scratch; ATTUNE_E_VALUE, with err->index the row counted through both,
 * for an infinite score; ATTUNE_E_TOO_FEW when no score of either is completed; ATTUNE_E_NUMERIC
 * for scores beyond 1e300. On failure phase is untouched. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_phase_fit(const double *a, size_t n_a, const double *b, size_t n_b,
                                          double *work, size_t capacity, attune_phase *phase,
                                          attune_error *err);

/* The words of attune_phase as columns. Constant; count may be NULL. Thread-safe. */
ATTUNE_API const attune_field *attune_phase_fields(size_t *count);

/*
 * Why figures of a phase that attune_phase_fit filled are NaN, in a few words; the gravest where
 * there are several. NULL: none is. Constant. Thread-safe.
 */
ATTUNE_API const char *attune_phase_reason(const attune_phase *phase);

#ifdef __cplusplus
}
#endif

#endif
