/* Each client's own slope by a model of the whole caseload, for reliable change by HLM (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_CHANGESLOPE_H
#define ATTUNE_CHANGESLOPE_H

#include <attune/change.h>
#include <attune/export.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATTUNE_CHANGE_SLOPE_LEAST 3 /* scores that a client must have to be in the model */

/*
 * Scratch memory that attune_change_slope_fit wants, in bytes: about 16 a row and 64 a series. 0:
 * too large to count. Thread-safe.
 */
ATTUNE_API size_t attune_change_slope_work(size_t n_groups, size_t n_rows);

/*
 * The slopes that ATTUNE_METHOD_HLM judges by: empirical Bayes estimates of
 *     score = b0 + b1 session + u0 + u1 session + e
 * with (u0, u1) of each client normal and correlated, by restricted maximum likelihood; Speer and
 * Greenbaum's method of 1995 (on which see Hsu 1999, J Consult Clin Psychol 67:594), as the R
 * package clinicalsignificance 2.1.0 fits it with lme4. Clients with fewer than three scores are
 * not in the model and have no slope: its n counts their scores, all else is NaN.
 *
 *     attune_change_slope slopes[G] = { { .struct_size = sizeof *slopes } };
 *     attune_status fitted;
 *     attune_change_slope_fit(1, NULL, starts, G, session, score, starts[G], work, size, slopes,
 *                             &fitted, NULL);
 *     attune_change_options by_slope = ATTUNE_CHANGE_OPTIONS_INIT;
 *     by_slope.method = ATTUNE_METHOD_HLM;
 *     by_slope.slopes = slopes;
 *
 *   kinds      how many models: one a measure and rater, say
 *   kind       of each series; NULL: the first for all
 *   starts     n_groups + 1 row numbers that never go down: series g is rows starts[g] up to
 *              starts[g + 1]
 *   session    of each row, rising within a series; score of each row, NaN: form not completed
 *   work       work_size bytes, any alignment; its content after the call means nothing
 *   slopes     n_groups results; struct_size set in the first, for all
 *   statuses   one a kind; where it is not ATTUNE_OK, no series of the kind has a slope
 *
 * Degenerate cases, under the numbers that the tests use:
 *   1  fewer than two clients with three scores          status ATTUNE_E_TOO_FEW
 *   2  all at one session                                status ATTUNE_E_NUMERIC
 *   3  scores all equal, or exactly on their own lines   status ATTUNE_E_NUMERIC
 *   4  squares of scores that a double does not hold     status ATTUNE_E_NUMERIC
 *   5  slopes that do not differ from client to client   slope b1 for all, deviation 0, slope_se
 *      (their variance is estimated as 0)                NaN: nobody's own slope is measured, and
 *                                                        no index is made of it
 * ATTUNE_E_ARGUMENT for a NULL pointer, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for kinds 0, for
 * starts or kinds that do not fit (err->index) and for work_size too small; ATTUNE_E_VALUE, with
 * err->index the row, for an infinite score; ATTUNE_E_ORDER with err->index. On failure slopes and
 * statuses are untouched. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_change_slope_fit(size_t kinds, const uint32_t *kind,
                                                 const uint64_t *starts, size_t n_groups,
                                                 const int32_t *session, const double *score,
                                                 size_t n_rows, void *work, size_t work_size,
                                                 attune_change_slope *slopes,
                                                 attune_status *statuses, attune_error *err);

#ifdef __cplusplus
}
#endif

#endif
