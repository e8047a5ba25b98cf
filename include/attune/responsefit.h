/* Fitting the expected response of a caseload: a mixed model, in time linear in forms (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_RESPONSEFIT_H
#define ATTUNE_RESPONSEFIT_H

#include <attune/export.h>
#include <attune/response.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is to be fitted; all zero but struct_size: correlated slopes on log session, by ML. */
typedef struct attune_response_options {
    uint32_t struct_size; /* set by the caller; a NULL pointer means the defaults of _INIT */
    int32_t time;         /* ATTUNE_TIME_* */
    int32_t structure;    /* ATTUNE_RESPONSE_* */
    int32_t reml;         /* 1: restricted maximum likelihood */
} attune_response_options;

#define ATTUNE_RESPONSE_OPTIONS_INIT                                                               \
    {                                                                                              \
        (uint32_t)sizeof(attune_response_options), ATTUNE_TIME_LOG, ATTUNE_RESPONSE_SLOPE, 1       \
    }

/*
 * Scratch memory that attune_response_fit wants, in bytes: about 16 a row and 64 a client. 0: too
 * large to count.
 */
ATTUNE_API size_t attune_response_work(size_t n_clients, size_t n_rows);

/*
 * Fits the model of attune/response.h to the forms of a caseload: Finch, Lambert & Schaalje 2001
 * (Clin Psychol Psychother 8:231-242) with a random intercept and slope. Maximised to 1e-13 of the
 * deviance; at a border (a variance of 0) the model is `singular` and its likelihood still right.
 *   starts   n_clients + 1 row numbers that never go down: client g is rows starts[g] up to
 *            starts[g + 1]; clients without a completed form do not count
 *   session  of each row, from 1 on, rising within a client; of a time by date: the days since the
 *            client's first completed form, from 0 on, which may stand still
 *   score    of each row; NaN: form not completed
 *   work     work_size bytes, any alignment; its content after the call means nothing
 *
 * Degenerate cases, under the numbers that the tests use:
 *   1  fewer than two clients with a completed form          ATTUNE_E_TOO_FEW, key "groups"
 *   2  no client with more forms than own figures (2, or 1
 *      with ATTUNE_RESPONSE_LEVEL)                           ATTUNE_E_TOO_FEW, key "rows"
 *   3  all forms at one session, or on one day               ATTUNE_E_NUMERIC, key "x"
 *   4  all scores equal, or exactly on their own lines       ATTUNE_E_NUMERIC, key "residual"
 *   5  squares of scores that a double does not hold, or a
 *      likelihood without a maximum                          ATTUNE_E_NUMERIC, key "fit"
 *   6  no variance between clients                           singular 1
 * ATTUNE_E_ARGUMENT for a NULL pointer, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for starts that do not
 * fit (err->index) or work_size too small; ATTUNE_E_OPTION; ATTUNE_E_VALUE, with err->index the
 * row, for an infinite score or a completed form before session 1 (by date before day 0);
 * ATTUNE_E_ORDER with err->index. On failure response is untouched. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_response_fit(const attune_response_options *options,
                                             const uint64_t *starts, size_t n_clients,
                                             const int32_t *session, const double *score,
                                             size_t n_rows, void *work, size_t work_size,
                                             attune_response *response, attune_error *err);

/*
 * The band that holds a share of normal scores about what is expected: level 0.8 gives the middle
 * 80 %, whose upper and lower ends are the 90 % points of either side. ATTUNE_E_OPTION for a level
 * outside 0.001..0.999999.
 */
ATTUNE_API attune_status attune_response_band(const attune_expected *expected, double level,
                                              double *low, double *high);

#ifdef __cplusplus
}
#endif

#endif
