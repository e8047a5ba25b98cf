/* Therapist and service level: what lies between therapists, with its uncertainty; never a rank. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_THERAPIST_H
#define ATTUNE_THERAPIST_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATTUNE_CASELOAD_FEW 15 /* clients below which a therapist's figures are mostly chance */
#define ATTUNE_SMALL_CELL 10   /* clients below which a rate is not shown */

/*
 * One outcome of each client, in groups of one therapist's clients each: a random intercept model
 *     outcome = mean + therapist + client
 * by restricted maximum likelihood. With equal caseloads that is one-way analysis of variance.
 */
typedef struct attune_service {
    uint32_t struct_size;             /* set by the caller */
    int32_t singular;                 /* 1: no variance between therapists was found */
    uint64_t n_therapists, n_clients; /* with an outcome */
    double mean, mean_se;             /* of the average therapist */
    double between_var;               /* between therapists, tau */
    double within_var;                /* between the clients of one therapist, s2 */
    double icc;                       /* tau / (tau + s2): the share that lies between therapists */
    double overdispersion; /* mean of ((therapist's mean - mean)^2 n / s2): 1 by chance alone */
    double log_likelihood; /* restricted */
} attune_service;

/* One therapist, in the order given: a list of conversations to have, not an order of merit. */
typedef struct attune_therapist {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t n;            /* clients with an outcome */
    int32_t few;          /* 1: fewer than ATTUNE_CASELOAD_FEW: differences are mostly chance */
    int32_t outside;      /* 1: the mean lies outside the limits of chance and of usual
                             differences between therapists; 0 when few */
    double mean;          /* as observed; NaN when n is 0 */
    double effect;        /* tau / (tau + s2 / n) (mean - service mean): shrunken */
    double effect_se;     /* its conditional SD */
    double low, high;     /* service mean -+ z sqrt(s2 / n): limits of chance alone */
    double wide_low, wide_high; /* service mean -+ z sqrt(tau + s2 / n): of chance and of the
                                   differences that are usual between therapists */
} attune_therapist;

/* Scratch memory of attune_service_fit, in bytes; 0: too large to count. */
ATTUNE_API size_t attune_service_work(size_t n_therapists);

/*
 * Fits the model to n_therapists groups: group g is outcomes starts[g] up to starts[g + 1], NaN
 * where a client has none. z: 1.96 for limits that one therapist in twenty lies beyond by chance,
 * 3.09 for one in five hundred (funnel limits, Spiegelhalter 2005, Stat Med 24:1185-1202).
 *   therapists  room for n_therapists rows, or NULL
 * Degenerate cases, under the numbers that the tests use:
 *   1  fewer than two therapists with an outcome       ATTUNE_E_TOO_FEW, key "therapists"
 *   2  no therapist with two outcomes                  ATTUNE_E_TOO_FEW, key "clients"
 *   3  outcomes all equal, or equal within therapists  ATTUNE_E_NUMERIC, key "outcomes"
 *   4  squares that a double does not hold             ATTUNE_E_NUMERIC, key "outcomes"
 *   5  therapists alike                                tau 0, singular 1, icc 0, effects 0
 *   6  a therapist without an outcome                  n 0, mean and limits NaN, effect 0
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for starts that do not fit (err->index)
 * or work_size too small; ATTUNE_E_OPTION for z not above 0 or above 10; ATTUNE_E_VALUE with
 * err->index for an infinite outcome. On failure nothing is written. Allocates nothing.
 * Thread-safe.
 */
ATTUNE_API attune_status attune_service_fit(const uint64_t *starts, size_t n_therapists,
                                            const double *outcomes, size_t n_outcomes, double z,
                                            void *work, size_t work_size, attune_service *service,
                                            attune_therapist *therapists, attune_error *err);

/* A share of n with the interval of Wilson 1927 (J Am Stat Assoc 22:209-212), both in 0..1. */
typedef struct attune_rate {
    uint32_t struct_size; /* set by the caller */
    int32_t hidden;       /* 1: n is below ATTUNE_SMALL_CELL, and rate, low and high are NaN */
    uint64_t count, n;    /* hidden: count is 0 */
    double rate, low, high;
} attune_rate;

/*
 * count of n at z (1.96: 95 %). ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT when count
 * is above n, n above 2^53; ATTUNE_E_OPTION for z not above 0 or above 10. n 0: hidden.
 */
ATTUNE_API attune_status attune_rate_of(uint64_t count, uint64_t n, double z, attune_rate *rate,
                                        attune_error *err);

/* n, few, outside, mean, effect, effect_se, low, high, wide_low, wide_high as columns, in that
 * order. */
ATTUNE_API const attune_field *attune_therapist_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
