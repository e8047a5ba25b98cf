/* One score on a chart: what XmR, EWMA and CUSUM make of it, and what is remembered. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/chart/chart.h"

#include <math.h>
#include <string.h>

#define FAR 1e150 /* distances in sd beyond it are taken as it: their sums stay finite */

attune_chart_point atn_chart_nothing(void)
{
    attune_chart_point point = { .struct_size = (uint32_t)sizeof point };
    point.value = point.step = point.statistic = point.centre = point.lower = point.upper = NAN;
    point.high = point.low = point.estimate = NAN;
    point.run_high = point.run_low = -1;
    return point;
}

void atn_chart_begin(attune_chart_state *state, const attune_chart_options *options, double centre,
                     double sd)
{
    memset(state, 0, sizeof *state);
    state->struct_size = (uint32_t)sizeof *state;
    state->options = *options;
    state->centre = state->ewma = centre;
    state->sd = sd;
    state->remains = 1.0;
    state->high = state->low = options->head_start;
}

static void remember(attune_chart_state *s, double y, attune_chart_point *point)
{
    *point = atn_chart_nothing();
    point->value = y;
    if (s->n > 0)
        point->step = fabs(y - s->recent[0]);
    memmove(s->recent + 1, s->recent, (ATN_CHART_WINDOW - 1) * sizeof *s->recent);
    s->recent[0] = y;
    point->n = ++s->n;
}

static void put_limits(const attune_chart_state *s, double half, attune_chart_point *point)
{
    point->centre = s->centre;
    point->lower = s->centre - half;
    point->upper = s->centre + half;
}

static int is_beyond(const attune_chart_state *s, const attune_chart_point *point)
{
    return (point->statistic > point->upper && s->options.side != ATTUNE_CHART_BELOW) ||
           (point->statistic < point->lower && s->options.side != ATTUNE_CHART_ABOVE);
}

static void step_xmr(attune_chart_state *s, attune_chart_point *point)
{
    point->statistic = point->value;
    put_limits(s, s->options.width * s->sd, point);
    if (s->sd > 0.0)
        point->hits = atn_chart_rules(s);
}

static void step_ewma(attune_chart_state *s, attune_chart_point *point)
{
    double lambda = s->options.lambda, rest = 1.0 - lambda;
    s->ewma = lambda * point->value + rest * s->ewma;
    s->remains *= rest * rest;
    point->statistic = s->ewma;
    put_limits(s, s->options.width * s->sd * sqrt(lambda / (2.0 - lambda) * (1.0 - s->remains)),
               point);
    if (s->sd > 0.0 && is_beyond(s, point))
        point->hits = ATTUNE_CHART_LIMIT;
}

/* The sum after a distance, and how many scores it has been above 0. */
static double gather(double sum, double distance, int32_t *run)
{
    double next = fmax(0.0, sum + distance);
    *run = next > 0.0 ? *run + 1 : 0;
    return next;
}

static void step_cusum(attune_chart_state *s, attune_chart_point *point)
{
    if (!(s->sd > 0.0))
        return;
    double u = fmax(-FAR, fmin(FAR, (point->value - s->centre) / s->sd)), k = s->options.k;
    point->high = s->high = gather(s->high, u - k, &s->run_high);
    point->low = s->low = gather(s->low, -u - k, &s->run_low);
    point->run_high = s->run_high;
    point->run_low = s->run_low;
    int up = s->high >= s->low;
    double sum = up ? s->high : s->low;
    point->statistic = up ? sum : -sum;
    point->centre = 0.0;
    point->lower = -s->options.h;
    point->upper = s->options.h;
    if (sum > 0.0) {
        double shift = s->sd * (k + sum / (double)(up ? s->run_high : s->run_low));
        point->estimate = s->centre + (up ? shift : -shift);
    }
    if ((s->high > s->options.h && s->options.side != ATTUNE_CHART_BELOW) ||
        (s->low > s->options.h && s->options.side != ATTUNE_CHART_ABOVE))
        point->hits = ATTUNE_CHART_LIMIT;
}

static void (*const steps[])(attune_chart_state *, attune_chart_point *) = {
    [ATTUNE_CHART_XMR] = step_xmr,
    [ATTUNE_CHART_EWMA] = step_ewma,
    [ATTUNE_CHART_CUSUM] = step_cusum,
};

void atn_chart_push(attune_chart_state *state, double y, attune_chart_point *point)
{
    remember(state, y, point);
    if (!isnan(state->sd))
        steps[state->options.kind](state, point);
    else if (state->options.kind == ATTUNE_CHART_XMR)
        point->statistic = y;
}
