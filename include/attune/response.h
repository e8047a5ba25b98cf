/* Expected response: a model of how clients' scores go, and what it expects of one client. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_RESPONSE_H
#define ATTUNE_RESPONSE_H

#include <attune/export.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What x stands for in the model: by session number... */
#define ATTUNE_TIME_LOG 0     /* ln(session): 0 at session 1 */
#define ATTUNE_TIME_SESSION 1 /* session - 1: 0 at session 1 */
#define ATTUNE_TIME_ROOT 2    /* sqrt(session): 1 at session 1 */
/*
 * ...or by date, with w the weeks (days / 7) since the client's first completed form that has a
 * date, at a session from 1 on. Of forms a week apart, w is session - 1 and the models are the
 * same.
 */
#define ATTUNE_TIME_LOG_WEEK 3  /* ln(1 + w): 0 at the first form */
#define ATTUNE_TIME_WEEK 4      /* w */
#define ATTUNE_TIME_ROOT_WEEK 5 /* sqrt(1 + w): 1 at the first form */

/* What differs from client to client. */
#define ATTUNE_RESPONSE_LEVEL 0    /* the intercept */
#define ATTUNE_RESPONSE_SLOPE 1    /* intercept and slope, correlated */
#define ATTUNE_RESPONSE_DIAGONAL 2 /* intercept and slope, uncorrelated where x is 0 */

/*
 * A fitted model of a caseload:
 *     score = intercept + slope x + u0 + u1 x + e
 * with (u0, u1) of each client normal about 0 and e normal. Intercept and slope are in score
 * points and score points per unit of x; variances in squares of those. attune_response_fit (in
 * attune/responsefit.h, with GSL) makes one; attune_norm_load reads one from a norm file.
 */
typedef struct attune_response {
    uint32_t struct_size; /* set by the caller */
    int32_t time;         /* ATTUNE_TIME_* */
    int32_t structure;    /* ATTUNE_RESPONSE_* */
    int32_t reml;         /* 1: restricted maximum likelihood, 0: maximum likelihood */
    int32_t first_session, last_session; /* the sessions it was fitted to; by date: the days since
                                            the first form, from 0 on */
    int32_t singular;                    /* 1: a variance of 0, or a correlation of 1 */
    int32_t iterations;                  /* of Newton's method */
    uint64_t n_clients, n_forms;         /* with a score */
    double intake_low, intake_high;      /* range of the clients' first scores */
    double intercept, slope;             /* of the average client */
    double intercept_se, slope_se;       /* their standard errors */
    double fixed_cov;                    /* their covariance */
    double intercept_var, slope_var;     /* between clients; slope_var is 0 without slopes */
    double intercept_slope_cov;          /* between clients */
    double residual_var;                 /* of a score about its client's own line */
    double log_likelihood, aic, bic;     /* aic = -2 ll + 2 k, bic = -2 ll + k ln(n_forms); k counts
                                            intercept, slope and every variance and covariance;
                                            under REML the restricted ll, as R's lme4 */
} attune_response;

/* A model and where it comes from. Texts are UTF-8 and end with NUL; "" where it is not said. */
typedef struct attune_norm {
    uint32_t struct_size;     /* set by the caller */
    int32_t rater;            /* ATTUNE_RATER_* */
    char measure[64];         /* id of the measure: "core-10" */
    char name[96];            /* what reports call it: "Northside clinic 2026" */
    char who[128];            /* who fitted it */
    char at[16];              /* when: "2026-11-03" */
    char population[256];     /* whose forms these are, in words */
    char software[32];        /* that fitted it: "attune 0.1.0" */
    attune_response response; /* the model, with the numbers of clients and forms, the sessions and
                                 the intake range that it was fitted to */
    char hash[65];            /* SHA-256 of the file it was read from, 64 hexadecimal digits; "" of
                                 a norm that was read from none. attune_norm_write ignores it */
} attune_norm;

/*
 * What a model expects of one client at one session, given the forms so far: best linear unbiased
 * prediction. Of a normal score, the mean and its spreads; "given" means that intercept and slope
 * are taken as known, the others add their uncertainty.
 */
typedef struct attune_expected {
    uint32_t struct_size; /* set by the caller */
    int32_t n;            /* forms that it rests on */
    double mean;
    double mean_se_given, mean_se;   /* of the client's own line there */
    double score_se_given, score_se; /* of a score there */
    double u0, u1;                   /* this client's deviation from the average client */
    double u0_se, u1_se, u0_u1_cov;  /* its conditional SDs and covariance */
} attune_expected;

/*
 * Is a model one that can be worked with? ATTUNE_E_OPTION, with err->key the member, for a time or
 * structure that is none of the above, sessions that do not rise from 1 on (by date: days from 0
 * on), an intake range that falls, a figure that is not finite, a variance or standard error below
 * 0, a residual_var of 0, and a covariance beyond what its variances allow.
 */
ATTUNE_API attune_status attune_response_check(const attune_response *response, attune_error *err);

/*
 * Predicts the score at session `at` from n earlier forms: session[i] rising from 1 on, score[i]
 * NaN where a form was not completed. n = 0: what is expected of a client of whom nothing is known
 * (session and score may be NULL). The first form alone gives the expected response from intake.
 * Of a model by date, at and session[i] are days since the first form, which may stand still.
 *
 *     attune_expected e = { .struct_size = sizeof e };
 *     int32_t session[] = { 1 }; double score[] = { 24 };
 *     attune_response_predict(&response, session, score, 1, 6, &e, NULL);
 *     printf("%g, 80 %% of such clients above %g and below %g\n", e.mean,
 *            e.mean - 1.2816 * e.score_se, e.mean + 1.2816 * e.score_se);
 *
 * ATTUNE_E_ARGUMENT for a NULL pointer, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_OPTION as in
 * attune_response_check, and with err->key "at" for a session outside those that the model was
 * fitted to: nothing is extrapolated; ATTUNE_E_VALUE with err->index for an infinite score and for
 * a completed form at such a session; ATTUNE_E_ORDER with err->index. Allocates nothing.
 * Thread-safe.
 */
ATTUNE_API attune_status attune_response_predict(const attune_response *response,
                                                 const int32_t *session, const double *score,
                                                 size_t n, int32_t at, attune_expected *expected,
                                                 attune_error *err);

/* "log", "session", "root", "log-week", "week", "root-week"; "" for any other number. */
ATTUNE_API const char *attune_time_name(int32_t time);

/* 1: one of the times by date; 0: by session number, or any other number. */
ATTUNE_API int32_t attune_time_by_date(int32_t time);

/* "level", "slope", "diagonal"; "" for any other number. */
ATTUNE_API const char *attune_structure_name(int32_t structure);

#ifdef __cplusplus
}
#endif

#endif
