/* Pieces of work that do not touch each other, done by several threads. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_JOBS_H
#define EXAMPLES_JOBS_H

#include <stddef.h>
#include <stdint.h>

/* Piece i of the work; returns CODE_*. */
typedef int job(void *context, size_t i);

/*
 * Does pieces 0 to count - 1 and returns CODE_OK, or the code of the lowest piece that failed; then
 * pieces that nobody had begun are left. threads 0: as many as the machine has processors. With
 * fewer threads than asked for, when there are no more to be had, the work is done all the same.
 */
int jobs_run(size_t count, int32_t threads, job *one, void *context);

#endif
