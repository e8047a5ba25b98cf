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

/*
 * How a change x1 to x2 is judged. S1, M1, S2, M2 are SDs and means of the scores before and after
 * in a group of clients, r12 their correlation; r the reliability, r2 that of the second score; SEM
 * is S1 * sqrt(1 - r), d +1 when higher is better, else -1.
 *
 *   JT       (x2 - x1) / (sqrt(2) * SEM); S1: `sd` of the constants, else of the group
 *   GLN      ((x2 - M1) - r (x1 - M1)) / (S1 sqrt(1 - r^2))
 *   HLL      ((x2 - M2) - r (x1 - M1)) / (S1 sqrt(1 - r^2)): beside the change of the group, so
 *            that about as many get worse as better
 *   EN       (x2 - (r (x1 - M1) + M1)) / SEM
 *   NK       (x2 - (r (x1 - M1) + M1)) / sqrt(r^2 S1^2 (1 - r) + S1^2 (1 - r2))
 *   HA       ((x2 - x1) rdd + (M2 - M1)(1 - rdd)) / (sqrt(rdd) sqrt(2) SEM), where
 *            rk = 1 - SEM^2 / Sk^2 and
 *            rdd = (S1^2 r1 + S2^2 r2 - 2 S1 S2 r12) / (S1^2 + S2^2 - 2 S1 S2 r12).
 *            Its limit is one-sided, z 1.645. Cut-offs are those of true scores, each SD times the
 *            square root of that population's rk; the last score is beyond one when
 *            d (M2 + (x2 - M2) r2 - cut-off) / (sqrt(r2) SEM) is above z
 *   PERCENTAGE   (x2 - x1) / |x1|, at least `percent_improved` or `percent_deteriorated`
 *   ANCHOR       x2 - x1, at least `points_improved` or `points_deteriorated`: a minimal important
 *                difference
 *   MAASSEN  (x2 - x1) / sqrt((S1^2 + S2^2)(1 - r))
 *   MCNEMAR  (x2 - x1) / sqrt(S1^2 (1 - r) + S2^2 (1 - r2))
 *   HLM      (b1 + u1) / sqrt(var u1): the client's own slope on session, with all sessions of all
 *            clients, in score = b0 + b1 session + u0 + u1 session + e; `slopes` of the options
 *            holds it (attune/changeslope.h fits it)
 *
 * JT: Jacobson & Truax 1991, J Consult Clin Psychol 59:12-19. HA: Hageman & Arrindell 1999. Names
 * (Gulliksen-Lord-Novick, Hsu-Lin-Lord, Edwards-Nunnally, Nunnally-Kotsch) and formulas of JT to
 * HA and HLM as the R package clinicalsignificance 2.1.0 has them (HLM: Speer & Greenbaum 1995), of
 * MAASSEN and MCNEMAR as ReliableTrendIndex 0.2.0. All but JT with `sd`, PERCENTAGE, ANCHOR and HLM
 * need a group; HLM needs one where a cut-off a or c is to be had without clinical norms.
 */
#define ATTUNE_METHOD_JT 0
#define ATTUNE_METHOD_GLN 1
#define ATTUNE_METHOD_HLL 2
#define ATTUNE_METHOD_EN 3
#define ATTUNE_METHOD_NK 4
#define ATTUNE_METHOD_HA 5
#define ATTUNE_METHOD_PERCENTAGE 6
#define ATTUNE_METHOD_ANCHOR 7
#define ATTUNE_METHOD_MAASSEN 8
#define ATTUNE_METHOD_MCNEMAR 9
#define ATTUNE_METHOD_HLM 10

/*
 * Where the package clinicalsignificance does otherwise than its sources:
 *
 *                 CORRECTED (the default)          PACKAGE
 *   cut-off b     functional mean - d * 2          functional mean - d * 2 clinical SD
 *                 functional SD
 *   HA            harmed: from the functional      harmed: deteriorated from the functional side,
 *                 side to one that is not beyond   wherever the last score is
 *                 the cut-off by more than error
 *   HLM           the client's slope, b1 + u1      its deviation from the average slope, u1: who
 *                                                  improves as all do is unchanged
 *
 * In both, PERCENTAGE of a first score of 0 is not defined; the package calls it improved, and
 * where lower is better deteriorated too.
 */
#define ATTUNE_CHANGE_CORRECTED 0
#define ATTUNE_CHANGE_PACKAGE 1

/* Scores before and after in a group of clients, those alone that have both; SDs by n - 1. */
typedef struct attune_change_group {
    uint32_t struct_size; /* set by the caller */
    int32_t n;            /* clients */
    double pre_mean, pre_sd, post_mean, post_sd;
    double correlation; /* NaN when either has no spread */
} attune_change_group;

/*
 * One client's slope by a model of all clients of a caseload, for HLM: score points per session.
 * The error is that of u1 given the model's parameters (lme4's conditional SD): that b1 is
 * estimated too is not in it.
 */
typedef struct attune_change_slope {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t n;            /* scores that it rests on */
    double slope;         /* b1 + u1; NaN: none could be had */
    double deviation;     /* u1 */
    double slope_se;      /* NaN or 0: none, and no index */
} attune_change_slope;

/*
 * Means, SDs and correlation of n pairs; a pair with a NaN is left out. ATTUNE_E_ARGUMENT for a
 * NULL pointer, ATTUNE_E_STRUCT_SIZE, ATTUNE_E_COUNT for an n beyond int32_t, ATTUNE_E_VALUE for an
 * infinite score with err->index its pair, ATTUNE_E_TOO_FEW for fewer than two whole pairs,
 * ATTUNE_E_NUMERIC when a figure is too large.
 */
ATTUNE_API attune_status attune_change_group_fit(const double *pre, const double *post, size_t n,
                                                 attune_change_group *group, attune_error *err);

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
#define ATTUNE_BASIS_SHARE 3     /* method PERCENTAGE or ANCHOR: at least so much */

typedef struct attune_change_options {
    uint32_t struct_size; /* set by the caller; a NULL options pointer means the defaults */
    int32_t method;       /* ATTUNE_METHOD_*; default JT */
    int32_t cutoff_type;  /* ATTUNE_CUTOFF_*; default PUBLISHED, or C when none is published */
    int32_t basis;        /* ATTUNE_BASIS_PUBLISHED, _FORMULA, or NONE: published when known; of
                             JT alone, other methods have but one */
    double z;             /* of the formula; 0 or NaN: 1.959963984540054 (two-sided .05), for HA
                             1.644853626951472 (one-sided) */
    int32_t convention;   /* ATTUNE_CHANGE_CORRECTED or _PACKAGE */
    int32_t reserved;
    const attune_change_group *group; /* NULL: not known */
    double reliability_post;          /* r2 of NK and MCNEMAR; 0 or NaN: as the first */
    double percent_improved, percent_deteriorated; /* shares: .5 is half; 0 or NaN: not given */
    double points_improved, points_deteriorated;   /* the same in score points */
    const attune_change_slope *slopes; /* of HLM, NULL: not known; attune_change_fit reads the
                                          first, attune_change_scan that of the series */
} attune_change_options;

#define ATTUNE_CHANGE_OPTIONS_INIT                                                                 \
    {                                                                                              \
        (uint32_t)sizeof(attune_change_options), ATTUNE_METHOD_JT, -1, ATTUNE_BASIS_NONE, 0.0,     \
            ATTUNE_CHANGE_CORRECTED, 0, (const attune_change_group *)0, 0.0, 0.0, 0.0, 0.0, 0.0,   \
            (const attune_change_slope *)0                                                         \
    }

/* The change from the first to the last observed score of a series. */
typedef struct attune_change {
    uint32_t struct_size;  /* set by the caller; of an array, in the first element, for all */
    int32_t method;        /* ATTUNE_METHOD_* */
    double first, last;    /* first and last observed score */
    double change;         /* last - first */
    double rci;            /* the method's index, above 0 where the score rose; NaN: none */
    double threshold;      /* |change| that counts as reliable; NaN when not known, or when it
                              depends on the first score */
    double cutoff;         /* NaN when not known */
    int32_t cutoff_type;   /* ATTUNE_CUTOFF_*; -1 when cutoff is NaN */
    int32_t reliable;      /* ATTUNE_RELIABLE_*; -1 when it cannot be said */
    int32_t class_;        /* ATTUNE_CLASS_*; -1 when it cannot be said */
    int32_t basis;         /* ATTUNE_BASIS_* */
    double rci_p;          /* two-sided normal p of rci: how often error of measurement alone brings
                              as much; NaN when rci is */
    double post_index;     /* HA: how far the last score is beyond the cut-off; else NaN */
    int64_t confirmed_row; /* first score that differs reliably from the first, and whose next
                              observed score does so in the same way; -1: none */
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
 *   5  both scores equal            JT: rci 0, unchanged
 *   6  a figure of the group that   rci NaN, reliable -1: no group, no spread, or an rdd, r1 or r2
 *      the method needs is missing  that is not above 0
 *   7  first score 0, PERCENTAGE    not defined: reliable -1
 *   8  HLM without slopes, or with  rci NaN, reliable -1
 *      one that has no error
 * HLM judges a course as a whole: confirmed_row is -1.
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
 * The same for many series in one call, each to the bit as alone: series g is the scores
 * starts[g] up to, not including, starts[g + 1].
 *   kinds       how many elements constants and options have: of a measure and rater, say
 *   kind        of each series: which of them it goes by; NULL: the first for all
 *   changes     n_groups results; struct_size set in the first, for all
 * What cannot be had of one series is left out of its result, and is no failure of the call:
 *   fewer than two observed scores  first and last are the one there is, or NaN; all else missing
 *   direction 0 in the constants    not known which way is good: change and rci alone
 *   a cut-off asked for by name     cutoff NaN, class -1
 * ATTUNE_E_COUNT, with err->index the place, for starts or kinds that do not fit; ATTUNE_E_VALUE,
 * with err->index the score; else as attune_change_fit with err->index the kind. ATTUNE_E_NUMERIC,
 * with err->index the series, may come after results before it were written. Allocates nothing.
 */
ATTUNE_API attune_status attune_change_scan(const attune_constants *constants,
                                            const attune_change_options *options, size_t kinds,
                                            const uint32_t *kind, const uint64_t *starts,
                                            size_t n_groups, const double *scores, size_t n_rows,
                                            attune_change *changes, attune_error *err);

/*
 * The words of attune_change as columns: first, last, change, method, rci, reliable, cutoff,
 * cutoff_type, class.
 */
ATTUNE_API const attune_field *attune_change_fields(size_t *count);

/* Further ones, for who wants to know more: rci_p, threshold, post_index. */
ATTUNE_API const attune_field *attune_change_details(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
