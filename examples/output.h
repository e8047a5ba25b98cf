/* Output that appears whole or not at all: kept aside until every row was read without error. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_OUTPUT_H
#define EXAMPLES_OUTPUT_H

#include <stddef.h>

/* Bytes kept in memory, and beyond some size in an unnamed temporary file. */
struct output;

/* NULL when there is no memory (said on stderr). */
struct output *output_new(void);
void output_free(struct output *output);

/* Failures are remembered and come out of output_commit. */
void output_bytes(struct output *output, const char *bytes, size_t n);
void output_text(struct output *output, const char *text);

/* Read back what was written, from the start; the rest of the calls come after the last read. */
void output_rewind(struct output *output);
size_t output_read(struct output *output, char *bytes, size_t capacity);

/* All that was written to from, after what stands in output, and its failure with it. */
void output_append(struct output *output, struct output *from);

/*
 * Write everything to path, NULL or "-" being standard output, and return CODE_OK, or
 * CODE_INTERNAL having said why. A reader that went away (EPIPE) is CODE_INTERNAL without a word.
 */
int output_commit(struct output *output, const char *path);

#endif
