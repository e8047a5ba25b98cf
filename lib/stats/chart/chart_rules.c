/* Run rules of Western Electric and Nelson on the last scores of a chart. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/chart/chart.h"

#include <math.h>

/* At least `need` of the last `of` on one side beyond `beyond` sd, the newest among them. */
static const struct zone {
    uint32_t bit;
    int need, of;
    double beyond; /* below 0: the chart's own width */
} zones[] = {
    { ATTUNE_CHART_WE1, 1, 1, -1 },     { ATTUNE_CHART_WE2, 2, 3, 2 },
    { ATTUNE_CHART_WE3, 4, 5, 1 },      { ATTUNE_CHART_WE4, 8, 8, 0 },
    { ATTUNE_CHART_NELSON1, 1, 1, -1 }, { ATTUNE_CHART_NELSON2, 9, 9, 0 },
    { ATTUNE_CHART_NELSON5, 2, 3, 2 },  { ATTUNE_CHART_NELSON6, 4, 5, 1 },
};

#define STEADY 6
#define TURNING 14
#define CALM 15
#define MIXED 8

/* 1 above, -1 below, 0 within `beyond` sd, limits included. */
static int place(const attune_chart_state *s, int back, double beyond)
{
    double y = s->recent[back];
    return (y > s->centre + beyond * s->sd) - (y < s->centre - beyond * s->sd);
}

static int counts(const attune_chart_state *s, int way)
{
    return s->options.side == ATTUNE_CHART_BOTH ||
           way == (s->options.side == ATTUNE_CHART_ABOVE ? 1 : -1);
}

static int in_zone(const attune_chart_state *s, const struct zone *zone)
{
    double beyond = zone->beyond < 0.0 ? s->options.width : zone->beyond;
    int way = place(s, 0, beyond), found = 0;
    if (s->n < zone->of || way == 0 || !counts(s, way))
        return 0;
    for (int i = 0; i < zone->of; i++)
        found += place(s, i, beyond) == way;
    return found >= zone->need;
}

/* The way from the score before to the one `back` scores ago. */
static int way_of(const attune_chart_state *s, int back)
{
    double to = s->recent[back], from = s->recent[back + 1];
    return (to > from) - (to < from);
}

/* n - 1 steps, none level, each the same way as the newest, or (turn -1) each the other way. */
static int runs(const attune_chart_state *s, int n, int turn)
{
    int way = s->n >= n ? way_of(s, 0) : 0;
    for (int i = 1; way != 0 && i < n - 1; i++)
        if (way_of(s, i) != way_of(s, i - 1) * turn)
            way = 0;
    return way;
}

static int calm(const attune_chart_state *s)
{
    int found = 0;
    for (int i = 0; i < CALM; i++)
        found += place(s, i, 1.0) == 0;
    return s->n >= CALM && found == CALM;
}

static int mixed(const attune_chart_state *s)
{
    int high = 0, low = 0;
    for (int i = 0; i < MIXED; i++) {
        high += place(s, i, 1.0) > 0;
        low += place(s, i, 1.0) < 0;
    }
    return s->n >= MIXED && high > 0 && low > 0 && high + low == MIXED;
}

uint32_t atn_chart_rules(const attune_chart_state *s)
{
    uint32_t hits = 0;
    int steady = runs(s, STEADY, 1);
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        hits |= in_zone(s, &zones[i]) ? zones[i].bit : 0;
    hits |= steady != 0 && counts(s, steady) ? ATTUNE_CHART_NELSON3 : 0;
    hits |= runs(s, TURNING, -1) != 0 ? ATTUNE_CHART_NELSON4 : 0;
    hits |= calm(s) ? ATTUNE_CHART_NELSON7 : 0;
    hits |= mixed(s) ? ATTUNE_CHART_NELSON8 : 0;
    return hits & s->options.rules;
}
