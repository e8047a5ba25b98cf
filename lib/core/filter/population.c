/* What is known of a client before the first form, from the constants of the scale. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/filter/filter.h"

#include <math.h>
#include <string.h>

/*
 * The shares of the within-person variance and the chances of a rupture's course are those of the
 * courses that attune simulates; where these leave a range, its middle. None is fitted to a clinic.
 */
static const double slope_sd = .07;   /* .03 a session where the SD is .44 */
static const double depth_cv = .37;   /* about the .36 of the default world */
static const double mean_share = .75; /* where in the range a clinic's mean stands */
static const double unsure = 1.3; /* clients lie so much wider where that is all that is known */

/* Total over within-person SD where a session's dependability is .77: 1 / sqrt(1 - .77). */
static const double sd_ratio = 2.0851441405707476;

/* Nodes and weights of Gauss-Hermite quadrature over the standard normal, four points. */
static const atn_lane node = { { -2.3344142183389773, -.7419637843027259, .7419637843027259,
                                 2.3344142183389773 } };
static const atn_lane node_weight = { { .04587585476806849, .45412414523193151, .45412414523193151,
                                        .04587585476806849 } };

static double between_sd(const attune_constants *c)
{
    double total = c->sd / c->within_sd;
    if (!(total > 1))
        total = sd_ratio;
    return sqrt(total * total - 1);
}

/* Without a norm and without a range, the first form itself says where the client stands. */
static double mean_level(const attune_constants *c, double bottom, double top, double first_up)
{
    if (!isnan(c->clinical_mean))
        return c->direction * c->clinical_mean;
    if (isfinite(top - bottom))
        return bottom + mean_share * (top - bottom);
    return first_up;
}

void atn_population_of(atn_population *p, const attune_constants *c, const atn_prior *prior,
                       double first_up)
{
    double bottom = c->direction > 0 ? c->score_min : -c->score_max;
    double top = c->direction > 0 ? c->score_max : -c->score_min;
    double log_sd = sqrt(log(1 + prior->spread_cv * prior->spread_cv));
    p->unit = c->within_sd;
    p->origin = first_up;
    p->hazard = prior->hazard;
    p->slope = prior->slope;
    p->depth = prior->depth;
    p->depth_sd = depth_cv * prior->depth;
    p->level = atn_filter_score(p, mean_level(c, bottom, top, first_up));
    p->level_sd = between_sd(c) * (isnan(c->clinical_mean) ? unsure : 1);
    p->bottom = atn_filter_score(p, bottom);
    p->top = atn_filter_score(p, top);
    p->half_step = isnan(c->score_step) ? 0 : c->score_step / p->unit / 2;
    for (int s = 0; s < ATN_SPREADS; s++)
        p->spread.of[s] = exp(log_sd * node.of[s]);
}

static void fill(atn_lane *lane, double value)
{
    for (int s = 0; s < ATN_SPREADS; s++)
        lane->of[s] = value;
}

void atn_filter_begin(const atn_population *p, const atn_belief *belief)
{
    int n = belief->n;
    atn_lane *steady;
    memset(belief->lane, 0, (size_t)ATN_BELIEF(n) * sizeof *belief->lane);
    steady = atn_block(belief, ATN_STEADY);
    steady[0] = node_weight;
    fill(&steady[1 + ATN_LEVEL], p->level);
    fill(&steady[1 + ATN_SLOPE], p->slope);
    fill(&steady[atn_place(n, ATN_LEVEL, ATN_LEVEL)], p->level_sd * p->level_sd);
    fill(&steady[atn_place(n, ATN_SLOPE, ATN_SLOPE)], slope_sd * slope_sd);
    for (int s = 0; s < ATN_SPREADS; s++)
        steady[atn_place(n, ATN_DRIFT, ATN_DRIFT)].of[s] =
            atn_carried_share * p->spread.of[s] * p->spread.of[s];
}
