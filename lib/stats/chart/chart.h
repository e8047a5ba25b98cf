/* What the files of a control chart share. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_CHART_H
#define ATN_STATS_CHART_H

#include <attune/chart.h>

#define ATN_CHART_WINDOW 15   /* scores that the longest rule looks at */
#define ATN_CHART_Y_MAX 1e300 /* sums of differences of scores within it are finite */

/* Pointers and sizes come first: the options alone are judged here. */
attune_status atn_chart_check(const attune_chart_options *options, attune_error *err);

/* Centre and sd of n >= 1 completed scores; sd NaN when it cannot be had. steps: scratch of n. */
void atn_chart_measure(const attune_chart_options *options, const double *y, size_t n,
                       double *steps, attune_chart *chart);

/* Ready to push scores, about this centre with this sd, NaN and 0 included. */
void atn_chart_begin(attune_chart_state *state, const attune_chart_options *options, double centre,
                     double sd);

/* One completed score. */
void atn_chart_push(attune_chart_state *state, double y, attune_chart_point *point);

/* The bits of the rules that the newest of the state's recent scores completes. */
uint32_t atn_chart_rules(const attune_chart_state *state);

/* A point of a form that was not completed. */
attune_chart_point atn_chart_nothing(void);

#endif
