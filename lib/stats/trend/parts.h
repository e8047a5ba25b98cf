/* The parts of a trend: each fills its own members and leaves NaN where it has no answer. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_PARTS_H
#define ATN_STATS_PARTS_H

#include "lib/stats/trend/series.h"

/*
 * A part is given a series of at least one row and a trend whose figures are all NaN. It may use
 * the scratch of the series, and finds there what another left. Serial comes after rank: it reads
 * S and its variance from the trend and Sen's slope from the series. Prais and robust come after
 * line: they start from its least squares.
 */
void atn_trend_rank(atn_series *series, attune_trend *trend);
void atn_trend_serial(atn_series *series, attune_trend *trend);
void atn_trend_line(atn_series *series, attune_trend *trend);
void atn_trend_log(atn_series *series, attune_trend *trend);
void atn_trend_prais(atn_series *series, attune_trend *trend);
void atn_trend_robust(atn_series *series, attune_trend *trend);

#endif
