/* Forms files out of texts: opened at any block size, and written down whole for comparison. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_IO_OPEN_H
#define TESTS_UNIT_IO_OPEN_H

#include "lib/io/forms/reader.h"

#include <stdio.h>

/* A reader of n bytes of text, block bytes at a time. */
attune_status open_text(attune_forms **out, const char *text, size_t n, size_t block,
                        const attune_forms_options *options, const attune_allocator *allocator,
                        attune_error *err);

/* Walk to the end, and the same of a text in blocks of the usual size. */
attune_status read_all(attune_forms *forms, attune_error *err);
attune_status read_text(const char *text, size_t n, const attune_forms_options *options,
                        attune_error *err);

/*
 * Everything that comes out of a text, form by form, then how it ended and what was left out. To be
 * freed by the caller.
 */
char *write_down(const char *text, size_t n, size_t block, const attune_forms_options *options);

#endif
