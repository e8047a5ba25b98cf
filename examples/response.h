/* What the actions of attune response share, and reading a norm file for any command. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_RESPONSE_H
#define EXAMPLES_RESPONSE_H

#include "examples/options.h"

#include <attune/norm.h>

/* The actions; options->operands[0] is the forms file. */
int response_fit(const struct options *options);
int response_predict(const struct options *options);

/* Reads --response FILE into norm; says on stderr what is wrong with it. */
int response_read(const struct options *options, attune_norm *norm);

/* "Norm made up: 60 clients, sessions 1 to 10; file SHA-256 0f3a….": what is kept with results.
   For programs the hash is written in full, for people its first digits. */
#define RESPONSE_NOTE_MAX 320
void response_note(const struct options *options, const attune_norm *norm,
                   char text[RESPONSE_NOTE_MAX]);

#endif
