/* Control charts of one client's series: individuals and ranges, EWMA, CUSUM, run rules (GSL). */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_CHART_H
#define ATTUNE_CHART_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A control chart asks of each score whether it lies where this client's own scores usually lie:
 * about `centre`, with a spread `sd` that is told from the steps between neighbouring scores.
 *
 *     attune_chart_options how = ATTUNE_CHART_OPTIONS_INIT;
 *     double y[] = { 5.4, 5.6, 5.7, 5.6, 5.8, 4.2 };
 *     attune_chart chart = { .struct_size = sizeof chart };
 *     attune_chart_point point[6] = { { .struct_size = sizeof point[0] } };
 *     double work[12];
 *     if (attune_chart_fit(&how, y, 6, work, &chart, point, NULL) == ATTUNE_OK)
 *         printf("%g, %g to %g\n", chart.centre, point[5].lower, point[5].upper);
 *
 * Scores of NaN are forms not completed: they have a point without figures, and what is carried
 * from score to score passes over them.
 *
 * XMR    each score against centre -+ width * sd (Shewhart), with the run rules chosen in `rules`
 * EWMA   z = lambda y + (1 - lambda) z from z = centre (Roberts 1959), against
 *        centre -+ width * sd * sqrt(lambda / (2 - lambda) * (1 - (1 - lambda)^(2 t))), t the
 *        number of scores so far
 * CUSUM  high = max(0, high + u - k), low = max(0, low - u - k) of u = (y - centre) / sd
 *        (Page 1954), against h; both start at `head_start` (fast initial response, Lucas &
 *        Crosier 1982)
 */
#define ATTUNE_CHART_XMR 0
#define ATTUNE_CHART_EWMA 1
#define ATTUNE_CHART_CUSUM 2

/*
 * What sd is made of, over the baseline's scores:
 *   MEAN_RANGE      mean step between neighbours / d2
 *   SCREENED_RANGE  the same without steps above D4 times their mean, looked for once
 *                   (qicharts2's rule; D4 = 1 + 3 d3 / d2)
 *   MEDIAN_RANGE    median step / d4, the median of the steps of a normal series of sd 1
 *   SD              standard deviation / c4(n)
 */
#define ATTUNE_CHART_MEAN_RANGE 0
#define ATTUNE_CHART_SCREENED_RANGE 1
#define ATTUNE_CHART_MEDIAN_RANGE 2
#define ATTUNE_CHART_SD 3

/*
 * EXACT: d2 = 2 / sqrt(pi) = 1.1283792, D4 = 3.2665319, d4 = 0.9538726; THREE: 1.128, 3.267 and
 * 0.954 as printed in tables, and used by qcc and qicharts2. c4 is exact in both.
 */
#define ATTUNE_CHART_EXACT 0
#define ATTUNE_CHART_THREE 1

/* Which side counts: low values alone are of interest where low is worse. */
#define ATTUNE_CHART_BOTH 0
#define ATTUNE_CHART_BELOW 1
#define ATTUNE_CHART_ABOVE 2

/*
 * Bits of `rules` and `hits`: Western Electric 1956 and Nelson 1984 (J Qual Technol 16:237-239),
 * as R's qcc 3.0 counts them. The point that completes a pattern is hit, and so is each later one
 * for which the pattern still holds. "Beyond" is strictly beyond, of the side that counts; a score
 * at the centre is on neither side. A pattern "of the last three" needs three scores.
 *   WE1, NELSON1   beyond 3 sd (of XMR: width)
 *   WE2, NELSON5   beyond 2 sd, as were two of the last three, this one among them, on one side
 *   WE3, NELSON6   beyond 1 sd, as were four of the last five, this one among them, on one side
 *   WE4 / NELSON2  eight / nine in a row on one side
 *   NELSON3        six in a row, each higher (lower) than the one before
 *   NELSON4        fourteen in a row, up and down in turn
 *   NELSON7        fifteen in a row within 1 sd, limits included
 *   NELSON8        eight in a row beyond 1 sd, on both sides
 *   LIMIT          EWMA or CUSUM beyond its limit; not a rule of XMR
 * NELSON4, 7 and 8 have no side, and take no heed of `side`.
 */
#define ATTUNE_CHART_WE1 UINT32_C(1)
#define ATTUNE_CHART_WE2 UINT32_C(2)
#define ATTUNE_CHART_WE3 UINT32_C(4)
#define ATTUNE_CHART_WE4 UINT32_C(8)
#define ATTUNE_CHART_NELSON1 UINT32_C(16)
#define ATTUNE_CHART_NELSON2 UINT32_C(32)
#define ATTUNE_CHART_NELSON3 UINT32_C(64)
#define ATTUNE_CHART_NELSON4 UINT32_C(128)
#define ATTUNE_CHART_NELSON5 UINT32_C(256)
#define ATTUNE_CHART_NELSON6 UINT32_C(512)
#define ATTUNE_CHART_NELSON7 UINT32_C(1024)
#define ATTUNE_CHART_NELSON8 UINT32_C(2048)
#define ATTUNE_CHART_LIMIT UINT32_C(4096)
#define ATTUNE_CHART_WE UINT32_C(15)       /* the four of Western Electric */
#define ATTUNE_CHART_NELSON UINT32_C(4080) /* the eight of Nelson */

/* How to chart. ATTUNE_CHART_OPTIONS_INIT holds the defaults; each row says what it takes. */
typedef struct attune_chart_options {
    uint32_t struct_size;
    int32_t kind;      /* ATTUNE_CHART_XMR, _EWMA, _CUSUM */
    int32_t spread;    /* ATTUNE_CHART_MEAN_RANGE... */
    int32_t constants; /* ATTUNE_CHART_EXACT, _THREE */
    int32_t side;      /* ATTUNE_CHART_BOTH, _BELOW, _ABOVE */
    int32_t baseline;  /* completed scores, from the first, that tell centre and sd; 0: all */
    uint32_t rules;    /* XMR: bits of ATTUNE_CHART_WE and _NELSON */
    int32_t centred;   /* 1: centre is known beforehand; 0: it is the baseline's mean */
    double centre;     /* where centred is 1 */
    double sd;         /* known beforehand; 0: from the baseline */
    double sd_floor;   /* sd is at least this, such as the scale's error of measurement; 0: none */
    double width;      /* XMR, EWMA: limits in sd, above 0 */
    double lambda;     /* EWMA: weight of the newest, above 0, at most 1 */
    double k, h;       /* CUSUM: allowance, 0 or above, and limit, above 0, in sd */
    double head_start; /* CUSUM: 0 to h; h / 2 is usual for a fast initial response */
} attune_chart_options;

#define ATTUNE_CHART_OPTIONS_INIT                                                                  \
    {                                                                                              \
        (uint32_t)sizeof(attune_chart_options), ATTUNE_CHART_XMR, ATTUNE_CHART_MEAN_RANGE,         \
            ATTUNE_CHART_EXACT, ATTUNE_CHART_BOTH, 0, ATTUNE_CHART_WE, 0, 0.0, 0.0, 0.0, 3.0, 0.2, \
            0.5, 5.0, 0.0                                                                          \
    }

/* The chart as a whole. */
typedef struct attune_chart {
    uint32_t struct_size; /* set by the caller */
    int32_t n;            /* completed scores */
    int32_t hits;         /* of them hit by any rule */
    int32_t first_hit;    /* row, from 0, of the first; -1: none */
    double centre, sd;
    double range;       /* mean step of the baseline; screened: of what was kept; NaN: no step */
    double range_limit; /* D4 times that: limit of a chart of the steps */
} attune_chart;

/*
 * One score on the chart. NaN where a figure does not exist:
 *   1  score not completed          n 0, hits 0, all else NaN
 *   2  sd cannot be had: one score
 *      and no sd given              value, step; statistic of XMR; the rest NaN, no hits
 *   3  sd 0: no two neighbours of
 *      the baseline differ beyond
 *      rounding                     lower and upper of XMR and EWMA are the centre, CUSUM's
 *                                   figures are NaN; no hits: give sd_floor where that is too mild
 */
typedef struct attune_chart_point {
    uint32_t struct_size; /* set by the caller, in the first element, for all */
    int32_t n;            /* completed scores up to and with this one */
    double value;         /* the score */
    double step;          /* its distance from the one before, never negative; NaN: the first */
    double statistic;     /* XMR: the score; EWMA: z; CUSUM: high or -low, the larger in size */
    double centre, lower, upper; /* of the statistic */
    double high, low;            /* CUSUM: both sums, in sd */
    int32_t run_high, run_low;   /* CUSUM: scores since the sum was last 0; -1: no CUSUM */
    double estimate; /* CUSUM: the shifted mean, centre +- sd * (k + sum / run) of the larger */
    uint32_t hits;   /* bits of ATTUNE_CHART_* */
    uint32_t spare;  /* 0 */
} attune_chart_point;

/* What a chart remembers between scores: plain memory, to be copied and kept at will. */
typedef struct attune_chart_state {
    uint32_t struct_size; /* attune_chart_start sets it */
    int32_t n;
    int32_t run_high, run_low;
    attune_chart_options options;
    double centre, sd, ewma, remains, high, low;
    double recent[15]; /* the last scores, the newest first */
} attune_chart_state;

/*
 * Charts n scores in row order: centre and sd from the baseline, then attune_chart_push of each.
 *   y       n scores, NaN where not completed; NULL when n is 0
 *   chart   what is true of the whole, or NULL
 *   points  n points, or NULL
 *   work    scratch of 2 n doubles, aligned for double; NULL when n is 0
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for n above 2^31 - 1; ATTUNE_E_OPTION
 * for an option outside what its row says; ATTUNE_E_VALUE, with err->index the row, for a score
 * that is infinite; ATTUNE_E_TOO_FEW when no score is completed; ATTUNE_E_NUMERIC when a score is
 * beyond 1e300. On failure all outputs are untouched. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_chart_fit(const attune_chart_options *options, const double *y,
                                          size_t n, double *work, attune_chart *chart,
                                          attune_chart_point *points, attune_error *err);

/*
 * The same, live. Start with a centre and an sd that are known (options->centred 1, sd above 0;
 * else ATTUNE_E_OPTION), then push score by score: the point comes out to the bit as
 * attune_chart_fit makes it with the same options. A score of NaN leaves the state alone.
 * attune_chart_push: ATTUNE_E_VALUE for an infinite score, ATTUNE_E_NUMERIC beyond 1e300; then
 * neither state nor point is touched.
 */
ATTUNE_API attune_status attune_chart_start(attune_chart_state *state,
                                            const attune_chart_options *options, attune_error *err);
ATTUNE_API attune_status attune_chart_push(attune_chart_state *state, double y,
                                           attune_chart_point *point, attune_error *err);

/* Scratch memory that attune_chart_alarm wants for n scores, in bytes. */
ATTUNE_API size_t attune_chart_alarm_work(size_t n);

/*
 * How often such a chart cries wolf: the share of series of n scores, independent and normal with
 * one mean and one sd throughout, in which any point is hit, found by simulating `rounds` of them
 * from `seed`, with centre and sd taken from each as the options say. `rate` is the share, `error`
 * the standard error of the simulation, sqrt(rate (1 - rate) / rounds). Scores that are rounded,
 * bounded or correlated from session to session have another rate: correlation makes it larger.
 *   work    scratch of attune_chart_alarm_work(n) bytes, aligned for any type
 * Options with centred 1 or sd above 0 stand for the true mean, 0, or sd, 1, of the simulation.
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for n or rounds of 0 or n above
 * 2^31 - 1; ATTUNE_E_OPTION. The same seed gives the same rate on every machine.
 */
ATTUNE_API attune_status attune_chart_alarm(const attune_chart_options *options, size_t n,
                                            size_t rounds, uint64_t seed, void *work, double *rate,
                                            double *error, attune_error *err);

/* The words of attune_chart_point as columns. Constant; count may be NULL. Thread-safe. */
ATTUNE_API const attune_field *attune_chart_fields(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
