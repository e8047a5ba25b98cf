/* Reading a file of scales: parsed, each scale checked, each id once. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_SCALEFILE_READ_H
#define ATN_SCALEFILE_READ_H

#include "lib/io/json/reading.h"

#include <attune/scalefile.h>

/* A file is a list of scales, or one scale that stands for a list of one. */
size_t atn_scales_in(const json_t *root);
json_t *atn_scale_in(json_t *root, size_t i);

/* The checked file into *root, NULL when it has no text or is refused. */
attune_status atn_read_scales(json_t **root, const attune_scale_set_options *options,
                              const struct atn_reading *file);

#endif
