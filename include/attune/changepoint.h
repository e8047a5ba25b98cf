/* Where the level of one client's series changes: partitions, breaks, Chow and sup-F (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_CHANGEPOINT_H
#define ATTUNE_CHANGEPOINT_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Between change points the scores have one mean (or, for a search of breaks, one line over the
 * session's place). Scores of NaN are forms not completed, and passed over: order counts, not
 * time. A change is known by the row, from 0, of the first score after it, which is also the
 * number of rows before it: the "last index of the left segment" of R's strucchange and changepoint
 * and of Python's ruptures, counted from 1.
 *
 *     attune_changepoint_options how = ATTUNE_CHANGEPOINT_OPTIONS_INIT;
 *     double y[] = { 5.4, 5.6, 5.7, 5.6, 3.8, 4.2, 4.0 };
 *     attune_changepoint found[7] = { { .struct_size = sizeof found[0] } };
 *     size_t n, size = attune_changepoint_work(&how, 7);
 *     void *work = malloc(size);
 *     if (attune_changepoint_fit(&how, y, 7, work, size, found, 7, &n, NULL, NULL) == ATTUNE_OK)
 *         printf("%zu: from row %d, %g\n", n, found[0].row, found[0].after);
 *
 * PARTITION  the partition of least sum of squares + penalty per change, exactly (optimal
 *            partitioning of Jackson et al. 2005 with the functional pruning of Maidstone et al.
 *            2017, Stat Comput 27:519-533: the optimum is that of PELT, Killick et al. 2012)
 * BINARY     one split after another, each where squares fall most, while they fall by more than
 *            the penalty
 * BREAKS     for 0 to max_changes changes the partition of least sum of squares (Bai & Perron
 *            2003, J Appl Econom 18:1-22), and the number of changes by the criterion
 */
#define ATTUNE_CHANGEPOINT_PARTITION 0
#define ATTUNE_CHANGEPOINT_BINARY 1
#define ATTUNE_CHANGEPOINT_BREAKS 2

/*
 * BIC: n (ln(RSS / n) + 1 + ln 2 pi) + ln n (k + 1) (m + 1) of m changes and k coefficients a
 * segment (strucchange); LWZ: ln(RSS / (n - p)) + p / n 0.299 (ln n)^2.1 with p = (m + 1) k + m
 * (Liu, Wu & Zidek 1997, Stat Sinica 7:497-525, as in Bai & Perron 2003), which finds fewer.
 */
#define ATTUNE_CHANGEPOINT_BIC 0
#define ATTUNE_CHANGEPOINT_LWZ 1

#define ATTUNE_CHANGEPOINT_MEAN 0
#define ATTUNE_CHANGEPOINT_LINE 1

typedef struct attune_changepoint_options {
    uint32_t struct_size;
    int32_t search;       /* ATTUNE_CHANGEPOINT_PARTITION... */
    int32_t criterion;    /* BREAKS: ATTUNE_CHANGEPOINT_BIC, _LWZ */
    int32_t model;        /* BREAKS: ATTUNE_CHANGEPOINT_MEAN, _LINE; else MEAN */
    int32_t min_size;     /* completed scores that a segment has at least; 1 or more, LINE 2 */
    int32_t max_changes;  /* BREAKS, BINARY: at most so many, 0 to 64 */
    int32_t permutations; /* for p; 0: none, up to 1000000 */
    uint32_t spare;       /* 0 */
    uint64_t seed;        /* of the permutations */
    double penalty;       /* squared score points a change; 0: factor ln(n) sd^2, with sd the mean
                             step between neighbours / d2 (see chart.h) */
    double factor;        /* above 0; 2 is BIC's of a known sd, 3 keeps false alarms rare */
} attune_changepoint_options;

#define ATTUNE_CHANGEPOINT_OPTIONS_INIT                                                            \
    {                                                                                              \
        (uint32_t)sizeof(attune_changepoint_options), ATTUNE_CHANGEPOINT_PARTITION,                \
            ATTUNE_CHANGEPOINT_BIC, ATTUNE_CHANGEPOINT_MEAN, 2, 5, 0, 0, 1, 0.0, 3.0               \
    }

/*
 * One change. statistic is F of the two segments that it parts, as of Chow 1960 with an unknown
 * spread: the fall of squares over the squares left, times their degrees of freedom, N - 2k; NaN
 * where nothing is left, as of a perfect step. p tells how often as large a
 * largest F, over the places min_size from the ends, comes about among random orders of the scores
 * of both segments, this one counted in (of LINE: orders of what one line leaves). It does not know
 * that the segments were chosen. NaN: no permutations.
 */
typedef struct attune_changepoint {
    uint32_t struct_size;      /* set by the caller, in the first element, for all */
    int32_t row;               /* of the first score after the change, from 0 */
    int32_t n_before, n_after; /* completed scores of the two segments */
    double before, after;      /* their means */
    double statistic, p;
} attune_changepoint;

/* What a partition costs; of BREAKS, the best for each number of changes up to what fits. */
typedef struct attune_changepoint_cost {
    uint32_t struct_size; /* set by the caller */
    int32_t count;        /* BREAKS: entries filled below, max_changes + 1 or as many as fit */
    double squares;       /* within the segments, of the partition found */
    double penalty;       /* a change; BREAKS: NaN */
    double rss[65], bic[65], lwz[65];
} attune_changepoint_cost;

#define ATTUNE_CHANGEPOINT_ROWS_MAX 4096

/* Scratch memory for n rows, in bytes; 0: n is above ATTUNE_CHANGEPOINT_ROWS_MAX. */
ATTUNE_API size_t attune_changepoint_work(const attune_changepoint_options *options, size_t n);

/*
 * Finds the changes of n scores, in row order.
 *   y      n scores, NaN where not completed; NULL when n is 0
 *   work   size bytes, aligned for any type
 *   found  room for capacity changes; what is found is in *count, also when it is more
 *   cost   or NULL
 * Scores that are all equal, or fewer than 2 min_size, have no change. ATTUNE_E_ARGUMENT;
 * ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for n above ATTUNE_CHANGEPOINT_ROWS_MAX, size below
 * attune_changepoint_work, or capacity below n; ATTUNE_E_OPTION; ATTUNE_E_VALUE, with err->index
 * the row, for an infinite score; ATTUNE_E_TOO_FEW when none is completed. On failure all outputs
 * are untouched. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_changepoint_fit(const attune_changepoint_options *options,
                                                const double *y, size_t n, void *work, size_t size,
                                                attune_changepoint *found, size_t capacity,
                                                size_t *count, attune_changepoint_cost *cost,
                                                attune_error *err);

/*
 * How often a change is found among n independent normal scores that have none: see
 * attune_chart_alarm. The options' penalty counts in squared sd. work and size as above.
 */
ATTUNE_API attune_status attune_changepoint_alarm(const attune_changepoint_options *options,
                                                  size_t n, size_t rounds, uint64_t seed,
                                                  void *work, size_t size, double *rate,
                                                  double *error, attune_error *err);

/*
 * Chow's test (1960, Econometrica 28:591-605) of one change whose place is known beforehand: F of
 * squares within both segments against those of one, with k and N - 2k degrees of freedom.
 *   row    of the first score after the change; both sides need more than k completed scores
 *   model  ATTUNE_CHANGEPOINT_MEAN (k 1) or _LINE (k 2) over the places of the completed scores
 * f and p are NaN where nothing is left within the segments. Statuses as of attune_changepoint_fit;
 * ATTUNE_E_TOO_FEW too where a side has too few scores. Allocates nothing, needs no scratch.
 */
typedef struct attune_chow {
    uint32_t struct_size; /* set by the caller */
    int32_t n_before, n_after;
    int32_t df; /* N - 2k */
    double f, p;
} attune_chow;

ATTUNE_API attune_status attune_chow_fit(int32_t model, const double *y, size_t n, size_t row,
                                         attune_chow *chow, attune_error *err);

/*
 * The same for a place that is not known (Andrews 1993, Econometrica 61:821-856): k F at each
 * place from floor(trim N) to N - floor(trim N) scores before the change (at least k + 1 and at
 * most N - k - 1, as R's strucchange), its largest value, its mean and its exponential mean, and
 * p of the largest by random orders of the scores (of LINE: of what the line leaves), instead of
 * the asymptotic p, which is wrong at such lengths.
 */
typedef struct attune_supf {
    uint32_t struct_size; /* set by the caller */
    int32_t row;          /* of the first score after the likeliest change; -1: what one mean, or
                             one line, leaves is rounding */
    int32_t places;       /* where something is left within the two segments */
    int32_t spare;        /* 0 */
    double sup, ave, exp; /* NaN without such a row, and where nothing is left after it */
    double p;             /* NaN without permutations */
} attune_supf;

/* Scratch of attune_supf_fit in bytes, aligned for any type; 0: n is too large. */
ATTUNE_API size_t attune_supf_work(size_t n);

/* trim is above 0 and below .5, .15 being usual; permutations from 0 to 1000000. */
ATTUNE_API attune_status attune_supf_fit(int32_t model, double trim, int32_t permutations,
                                         uint64_t seed, const double *y, size_t n, void *work,
                                         size_t size, attune_supf *supf, attune_error *err);

/*
 * Both tests as one change point, n_before and n_after being all scores on either side, statistic F
 * (sup / k of sup-F) and p that of the test. There is one also where the test cannot be had, with
 * NaN for its figures and for the mean of a side without scores:
 *   chow  row is n where no completed score stands at or after the row asked for
 *   supf  row is -1 where there is no likeliest change; all scores then count as before it
 * Arguments and statuses as above, but ATTUNE_E_TOO_FEW only when no score is completed.
 */
ATTUNE_API attune_status attune_chow_change(int32_t model, const double *y, size_t n, size_t row,
                                            attune_changepoint *found, attune_error *err);
ATTUNE_API attune_status attune_supf_change(int32_t model, double trim, int32_t permutations,
                                            uint64_t seed, const double *y, size_t n, void *work,
                                            size_t size, attune_changepoint *found,
                                            attune_error *err);

/* Why the statistic of a change is NaN, in words; NULL where it is not. Constant. */
ATTUNE_API const char *attune_changepoint_reason(int32_t model, const attune_changepoint *found);

/* The words of attune_changepoint as columns. Constant; count may be NULL. Thread-safe. */
ATTUNE_API const attune_field *attune_changepoint_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
