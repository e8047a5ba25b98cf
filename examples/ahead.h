/* Reading ahead: a thread of its own reads the forms while the one before works on them. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_AHEAD_H
#define EXAMPLES_AHEAD_H

#include "examples/input.h"

struct ahead;

/* Start reading an open input; nobody else may touch it until ahead_free. CODE_*. */
int ahead_new(struct ahead **out, struct input *input);

/*
 * The next client, as input_next gives it, living until the next call; count 0 at the end. What is
 * wrong is said when its place is reached, after everything before it.
 */
int ahead_next(struct ahead *ahead, attune_client_forms *client);

/* Stop and wait for the thread. */
void ahead_free(struct ahead *ahead);

/* 1 when the options and this machine let a second thread help. */
int ahead_helps(const struct options *options);

#endif
