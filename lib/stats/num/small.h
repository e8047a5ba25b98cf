/* Small symmetric positive definite systems: a handful of columns, in place, on the stack. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_SMALL_H
#define ATN_STATS_SMALL_H

#include <stddef.h>

#define ATN_SMALL_MAX 8 /* columns of the largest system */

/*
 * The lower Cholesky factor of the n x n matrix a (rows of ATN_SMALL_MAX, lower triangle read and
 * overwritten). 0: a pivot falls to `least` of its diagonal or below; a is then of no use.
 */
int atn_cholesky(double a[][ATN_SMALL_MAX], size_t n, double least);

/* Solves L L' x = b in place, L from atn_cholesky. */
void atn_cholesky_solve(double l[][ATN_SMALL_MAX], size_t n, double *b);

/* The inverse of L L'. */
void atn_cholesky_invert(double l[][ATN_SMALL_MAX], size_t n, double inverse[][ATN_SMALL_MAX]);

/* The logarithm of the determinant of L L'. */
double atn_cholesky_log_det(double l[][ATN_SMALL_MAX], size_t n);

#endif
