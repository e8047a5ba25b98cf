/* The catalogue as a page of Markdown. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_PAGE_H
#define EXAMPLES_PAGE_H

#include "examples/output.h"

#include <attune/scale.h>

#include <stddef.h>

/* One table of all, one section each, and what is not built in. scales: as many as count. */
void page_write(struct output *output, const attune_scale *const *scales, size_t count);

#endif
