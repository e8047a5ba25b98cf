/* Sudden gains and losses between two neighbouring sessions of one client's series (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_SUDDEN_H
#define ATTUNE_SUDDEN_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/scale.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A sudden gain between sessions n and n + 1 (Tang & DeRubeis 1999, J Consult Clin Psychol
 * 67:894-904) is a change for the better that is
 *   1  large in score points: at least `cutoff`;
 *   2  large beside the score before it: at least `proportion` of its magnitude;
 *   3  large beside the fluctuation: the sessions n - 2, n - 1, n differ from n + 1, n + 2, n + 3
 *      by a pooled two-sample t test.
 * A sudden loss is the same for the worse. Sessions that were not completed, or whose numbers the
 * series skips, are missing: of the three before and the three after, two each are enough, but n
 * and n + 1 must be there.
 *
 *     attune_sudden_options how = ATTUNE_SUDDEN_OPTIONS_INIT;
 *     double score[] = { 30, 31, 29, 16, 15, 14, 14, 13 };
 *     attune_sudden found[14] = { { .struct_size = sizeof found[0] } };
 *     size_t n;
 *     how.cutoff = 7;
 *     if (attune_sudden_fit(&how, NULL, score, 8, found, 14, &n, NULL, 0, NULL, NULL) == ATTUNE_OK)
 *         printf("%zu, after session %d\n", n, found[0].from_session); // 1, after session 3
 *
 * The mode says what is done where the R package suddengains 0.7.2 (Wiedemann, Thew, Stott &
 * Ehlers 2020, PLOS ONE 15:e0230276) does otherwise than its sources:
 *
 *                       T_TEST (the default)              PACKAGE
 *   criterion 2         change >= proportion * |before|   gain: as written; a rise of the score:
 *                                                         before - after <= proportion * before,
 *                                                         which every rise meets
 *   criterion 3         t > t(1 - alpha / 2), with        mean difference > t(1 - alpha / 2) * SD:
 *                       t = difference /                  sqrt(1/n1 + 1/n2) is missing, so that 3
 *                       (SD * sqrt(1/n1 + 1/n2))          and 3 sessions need |t| > 3.40
 *   equality            at the cutoff or the proportion   the same, compared as doubles are
 *                       counts, rounding allowed for
 *   reversal            any session after n + 1           any session after n + 2; with the flag
 *                                                         BASELINE any after n + 1
 *   proportion          of first - last observed score,   of the first row's score - the last
 *                       when it goes the same way; else   row's, |magnitude| over it for a rise;
 *                       NaN                               NaN when it is 0 or a row is missing
 *   smallest, largest   by magnitude                      by signed magnitude: of rises, the
 *                                                         "largest" is the smallest
 */
#define ATTUNE_SUDDEN_T_TEST 0
#define ATTUNE_SUDDEN_PACKAGE 1

/* Bits of `criteria`. */
#define ATTUNE_SUDDEN_FIRST 1u
#define ATTUNE_SUDDEN_SECOND 2u
#define ATTUNE_SUDDEN_THIRD 4u

/*
 * Bits of `flags`.
 *   ENDS      the first and the last interval count too. One session stands on one side of them:
 *             with T_TEST it is tested against the other side's spread alone; with PACKAGE
 *             criterion 3 cannot be had there
 *   BASELINE  the first row was taken before the first session (identify_sg_1to2 of the package,
 *             whose reversals are then right)
 */
#define ATTUNE_SUDDEN_ENDS 1u
#define ATTUNE_SUDDEN_BASELINE 2u

typedef struct attune_sudden_options {
    uint32_t struct_size; /* set by the caller */
    int32_t mode;         /* ATTUNE_SUDDEN_T_TEST or _PACKAGE */
    int32_t direction;    /* ATTUNE_HIGHER_*: which way is a gain */
    uint32_t criteria;    /* ATTUNE_SUDDEN_FIRST... that must be met; at least one */
    uint32_t flags;       /* ATTUNE_SUDDEN_ENDS... */
    int32_t reserved;
    double cutoff;     /* score points, above 0; needed when criterion 1 is asked for */
    double proportion; /* 0 or NaN: .25 */
    double alpha;      /* two-sided; 0 or NaN: .05 */
    double critical;   /* t to be beaten whatever the number of sessions; 0 or NaN: Student's */
} attune_sudden_options;

#define ATTUNE_SUDDEN_OPTIONS_INIT                                                                 \
    {                                                                                              \
        (uint32_t)sizeof(attune_sudden_options), ATTUNE_SUDDEN_T_TEST, ATTUNE_HIGHER_WORSE,        \
            ATTUNE_SUDDEN_FIRST | ATTUNE_SUDDEN_SECOND | ATTUNE_SUDDEN_THIRD, 0u, 0, 0.0, 0.0,     \
            0.0, 0.0                                                                               \
    }

#define ATTUNE_SUDDEN_GAIN 0
#define ATTUNE_SUDDEN_LOSS 1

/* One sudden gain or loss. */
typedef struct attune_sudden {
    uint32_t struct_size; /* of an array, set by the caller in the first element, for all */
    int32_t kind;         /* ATTUNE_SUDDEN_GAIN or _LOSS */
    int32_t from_session, to_session; /* n and n + 1 */
    int32_t reversed;                 /* 1: a later score took more than half of it back */
    int32_t n_before, n_after;        /* sessions that criterion 3 compared */
    int32_t reserved;
    double before, after;  /* the scores of n and n + 1 */
    double magnitude;      /* before - after: negative where the score rose */
    double proportion;     /* of the whole course's change; NaN where that is not defined */
    double reversal_value; /* after + magnitude / 2: what a later score must be strictly beyond */
    double t;              /* of criterion 3, positive in the kind's way; infinite without spread,
                              NaN with fewer sessions than it needs */
} attune_sudden;

/* How one interval was judged for one kind; criteria are 1 met, 0 not met, -1 not known. */
typedef struct attune_sudden_trace {
    uint32_t struct_size; /* as of attune_sudden */
    int32_t kind;
    int32_t from_session, to_session;
    int32_t first, second, third; /* -1 also where the criterion is not asked for */
    int32_t met;                  /* all that were asked for; -1 when one of them is not known */
    int32_t n_before, n_after;
    double t; /* as of attune_sudden */
} attune_sudden_trace;

/*
 * Sudden gains and losses of one series, in session order.
 *   session   n session numbers that rise strictly; NULL: 1, 2, 3...
 *   score     n scores, NaN where a form was not completed; may be NULL when n is 0
 *   found     room for capacity results, at least 2 (n - 1): what was found, n_found of them
 *   traces    NULL: none are wanted; else room for trace_capacity, at least 2 (n - 1): a gain and
 *             a loss for each interval whose two sessions are both among the rows
 *
 * An interval is n, n + 1 by number. Without ENDS the first and the last that the rows span are
 * left out, as in the sources: give rows of NaN for sessions that were planned but not completed.
 *
 * Degenerate cases, under the numbers that the tests use:
 *   1  no row, or one, or none completed       nothing is found
 *   2  no spread in either three               any difference meets criterion 3; t is infinite
 *   3  all equal                               nothing is found; t 0
 *   4  fewer than two completed on a side      criterion 3 is not known: nothing is found
 *   5  the score before is 0                   criterion 2 is met by any change, or none
 *   6  the whole course's change is 0, or goes
 *      the other way                           proportion NaN
 *
 * ATTUNE_E_ARGUMENT for a NULL pointer; ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT when a capacity is
 * too small; ATTUNE_E_OPTION for a mode, direction, criteria or flags that do not exist, a
 * proportion or critical value below 0, an alpha outside 0..1, or a figure that is infinite;
 * ATTUNE_E_CONSTANT when criterion 1 has no cutoff above 0; ATTUNE_E_VALUE, with err->index the
 * row, for an infinite score; ATTUNE_E_ORDER, with err->index the row; ATTUNE_E_NUMERIC for scores
 * beyond 1e300. Outputs are then untouched. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_sudden_fit(const attune_sudden_options *options,
                                           const int32_t *session, const double *score, size_t n,
                                           attune_sudden *found, size_t capacity, size_t *n_found,
                                           attune_sudden_trace *traces, size_t trace_capacity,
                                           size_t *n_traces, attune_error *err);

/*
 * How many intervals of the series can be judged by the criteria asked for; 0 when the series is
 * too short or too gappy, or when an argument is not what attune_sudden_fit would take. A course
 * without a sudden gain says something only where this is not 0. Thread-safe.
 */
ATTUNE_API size_t attune_sudden_intervals(const attune_sudden_options *options,
                                          const int32_t *session, const double *score, size_t n);

/* Which one of several stands for a client. */
#define ATTUNE_SUDDEN_SELECT_FIRST 0
#define ATTUNE_SUDDEN_SELECT_LAST 1
#define ATTUNE_SUDDEN_SELECT_SMALLEST 2
#define ATTUNE_SUDDEN_SELECT_LARGEST 3

/*
 * Index of the one of this kind that `which` asks for, the earlier of two equal ones; n when there
 * is none, or when kind, which or mode does not exist. found is what attune_sudden_fit filled.
 */
ATTUNE_API size_t attune_sudden_select(const attune_sudden *found, size_t n, int32_t kind,
                                       int32_t which, int32_t mode);

/*
 * The cutoff that a measure's own constants give: its published reliable change, else
 * 1.96 * sqrt(2) * sd * sqrt(1 - reliability) (Stiles et al. 2003, J Consult Clin Psychol
 * 71:14-21, ask for a reliable change; 1.96 as Jacobson & Truax 1991 print it). NaN when neither
 * is known. Thread-safe.
 */
ATTUNE_API double attune_sudden_cutoff(const attune_constants *constants);

/*
 * The words of attune_sudden as columns: kind, from_session, to_session, magnitude, proportion,
 * reversed.
 */
ATTUNE_API const attune_field *attune_sudden_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
