/* Quantiles of Student's t at any level. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_STUDENT_H
#define ATN_STATS_STUDENT_H

/*
 * The t that |T| stays below with probability `level`, 0 < level < 1; by bisection, to the last
 * bits of its p. NaN for nu outside 1..1e6.
 */
double atn_student_quantile(double level, double nu);

#endif
