/* Reading a forms file for a command: opening, walking, and saying what is wrong with it. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_INPUT_H
#define EXAMPLES_INPUT_H

#include "examples/options.h"

#include <attune/forms.h>
#include <attune/scale.h>
#include <attune/scalefile.h>

struct input {
    const char *path; /* as it was given */
    attune_forms *forms;
    attune_scale_set *scales;
};

/*
 * Open operands[0] with --scales and --skip-bad. All three return CODE_*; what is wrong
 * was said on stderr. At the end input_next gives count 0. keep_items 1: with the answers.
 */
int input_open(struct input *input, const struct options *options, int32_t keep_items);
int input_next(struct input *input, attune_client_forms *client);
int input_close(struct input *input); /* lists the rows that --skip-bad left out */

/* A scale file's text and length, at most one byte more than allowed; NULL, said on stderr. */
char *input_text(const char *path, size_t *n);

/* Visit a file, or a folder's files *.json by name, while the visit returns CODE_OK; CODE_*. */
typedef int input_visit(void *context, const char *path);
int input_walk(const char *path, input_visit *visit, void *context);

/*
 * Load --scales, a file or a folder, with what --accept-licence, --accept-unconfirmed and --norms
 * state, into *set; it stays NULL when none was given.
 */
int input_scales(attune_scale_set **set, const struct options *options);

/* "attune: forms.csv:12:5 (rater): expected ..." on stderr; the code that follows from it. */
int input_fail(const char *path, const attune_error *err);

#endif
