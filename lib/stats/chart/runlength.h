/* What a state of run lengths and a whole course of them share. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_RUNLENGTH_H
#define ATN_STATS_RUNLENGTH_H

#define ATN_RUNLENGTH_SCORE_MAX 1e100 /* squares of distances within it are finite */

#endif
