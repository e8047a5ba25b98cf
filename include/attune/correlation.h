/* Correlations: intervals, and comparisons of two that share a sample or do not (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_CORRELATION_H
#define ATTUNE_CORRELATION_H

#include <attune/export.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * All intervals hold 95 %, all p are two-sided; where Student's t has more than 1e6 degrees of
 * freedom those of 1e6 are taken. None of the calls allocates; all are thread-safe; on failure
 * outputs are untouched.
 *
 * In every call ATTUNE_E_ARGUMENT for a NULL result, ATTUNE_E_STRUCT_SIZE, ATTUNE_E_VALUE for a
 * correlation that is NaN or outside -1..1 (err->key names it), and then, under the numbers that
 * the tests use:
 *   1  n, less the controls, is 3 or below                    ATTUNE_E_TOO_FEW, key "n"
 *   2  a correlation of 1 or -1                               ATTUNE_E_NUMERIC, its key
 *   3  correlations that no data have at once, or of measures
 *      of which one follows exactly from the others           ATTUNE_E_NUMERIC, key "r"
 *   4  a variance that an approximation puts at 0 or below    that z and its p are NaN
 */

/* One correlation, or a partial one. */
typedef struct attune_correlation {
    uint32_t struct_size; /* set by the caller */
    double r;
    double low, high; /* tanh(atanh r -+ 1.96 / sqrt(n - controls - 3)): Fisher 1921 */
    double t, df, p;  /* against 0, with n - controls - 2 degrees of freedom */
    double d;         /* 2 r / sqrt(1 - r^2): as a difference of two halves in SD */
} attune_correlation;

/*
 * r of n pairs, after `controls` variables were partialled out of both (0: a plain r).
 *
 *     attune_correlation c = { .struct_size = sizeof c };
 *     if (attune_correlation_of(-.278, 200, 0, &c, NULL) == ATTUNE_OK)
 *         printf("%.2f, from %.2f to %.2f\n", c.r, c.low, c.high);
 */
ATTUNE_API attune_status attune_correlation_of(double r, uint64_t n, uint64_t controls,
                                               attune_correlation *correlation, attune_error *err);

/*
 * The dependability of a mean of `sessions` sessions, from that of one (Spearman 1910, Brown 1910):
 * sessions single / (1 + (sessions - 1) single). ATTUNE_E_ARGUMENT for a NULL result;
 * ATTUNE_E_VALUE for single outside 0..1, or sessions not finite or below 1.
 */
ATTUNE_API attune_status attune_dependability_of(double single, double sessions,
                                                 double *dependability, attune_error *err);

/*
 * Two correlations of one sample that share a measure j: r_jk against r_jh, k and h correlating
 * r_kh. Turn signs first so that higher means the same of k and of h. williams_t, meng_z and Zou's
 * interval are what is usually read; the others are there for comparison with other work.
 * hotelling_t is valid only for the k and h at hand, pearson_filon_z and olkin_z find differences
 * too easily in small samples.
 */
typedef struct attune_overlap {
    uint32_t struct_size;          /* set by the caller */
    double difference;             /* r_jk - r_jh */
    double z_difference;           /* atanh r_jk - atanh r_jh */
    double df;                     /* of the t: n - 3 */
    double williams_t, williams_p; /* Williams 1959, JRSS B 21:396-399 */
    double steiger_z, steiger_p;   /* Steiger 1980, Psychol Bull 87:245-251, formula 14 */
    double meng_z, meng_p;         /* Meng, Rosenthal & Rubin 1992, Psychol Bull 111:172-175 */
    double meng_low, meng_high;    /* of z_difference */
    double zou_low, zou_high;      /* of difference: Zou 2007, Psychol Methods 12:399-413 */
    double dunn_clark_z;           /* Dunn & Clark 1969, JASA 64:366-377 */
    double dunn_clark_p;
    double hittner_z, hittner_p; /* Hittner, May & Silver 2003, J Gen Psychol 130:149-168 */
    double hotelling_t;          /* Hotelling 1940, Ann Math Stat 11:271-283 */
    double hotelling_p;
    double hendrickson_t; /* Hendrickson, Stanley & Hills 1970, Am Educ Res J 7:189-195 */
    double hendrickson_p;
    double pearson_filon_z; /* Pearson & Filon 1898, as Steiger's formula 4 */
    double pearson_filon_p;
    double olkin_z, olkin_p; /* Olkin 1967, as corrected by Hendrickson & Collins 1970 */
} attune_overlap;

ATTUNE_API attune_status attune_overlap_compare(double r_jk, double r_jh, double r_kh, uint64_t n,
                                                attune_overlap *overlap, attune_error *err);

/* The six correlations of four measures of one sample. */
typedef struct attune_quartet {
    uint32_t struct_size; /* set by the caller */
    double r_jk, r_hm;    /* the two that are compared */
    double r_jh, r_jm, r_kh, r_km;
} attune_quartet;

/* Two correlations of one sample that share no measure: r_jk against r_hm. */
typedef struct attune_nonoverlap {
    uint32_t struct_size;        /* set by the caller */
    double difference;           /* r_jk - r_hm */
    double z_difference;         /* atanh r_jk - atanh r_hm */
    double steiger_z, steiger_p; /* Steiger 1980, formula 15 */
    double zou_low, zou_high;    /* of difference: Zou 2007 */
    double dunn_clark_z;         /* Dunn & Clark 1969; Raghunathan, Rosenthal & Rubin 1996 is the */
    double dunn_clark_p;         /* same */
    double silver_z, silver_p;   /* Silver, Hittner & May 2004, J Exp Educ 73:53-69 */
    double pearson_filon_z;      /* Pearson & Filon 1898, as Steiger's formula 5 */
    double pearson_filon_p;
} attune_nonoverlap;

ATTUNE_API attune_status attune_nonoverlap_compare(const attune_quartet *r, uint64_t n,
                                                   attune_nonoverlap *nonoverlap,
                                                   attune_error *err);

/* Two correlations of two samples. */
typedef struct attune_independent {
    uint32_t struct_size; /* set by the caller */
    double difference;    /* r1 - r2 */
    double z, p;          /* (atanh r1 - atanh r2) / sqrt(1 / (n1 - 3) + 1 / (n2 - 3)) */
    double low, high;     /* of difference: Zou 2007 */
} attune_independent;

/* Case 1 is that of the smaller sample. */
ATTUNE_API attune_status attune_independent_compare(double r1, uint64_t n1, double r2, uint64_t n2,
                                                    attune_independent *independent,
                                                    attune_error *err);

#ifdef __cplusplus
}
#endif

#endif
