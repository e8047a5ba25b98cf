/* The format of scale files, made from data/scale.schema.json by tables.py. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_SCALEFILE_SHAPE_H
#define ATN_SCALEFILE_SHAPE_H

#include "lib/io/json/shape.h"

extern const struct atn_kind atn_kind_scale;

/* The words that codes stand for, in the schema's order, ended by NULL. */
extern const char *const atn_words_construct[];
extern const char *const atn_words_rater[];
extern const char *const atn_words_direction[];
extern const char *const atn_words_rule[];
extern const char *const atn_words_missing_rule[];
extern const char *const atn_words_bound[];
extern const char *const atn_words_group[];

#endif
