/* The format of rule sets, made from data/ruleset.schema.json by tables.py. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_RULEFILE_SHAPE_H
#define ATN_RULEFILE_SHAPE_H

#include "lib/io/json/reading.h"
#include "lib/io/json/shape.h"

extern const struct atn_kind atn_kind_ruleset;

/* What the schema cannot say: there are such rules and parameters, and each stands once. */
attune_status atn_agree_ruleset(struct atn_reading *reading, const json_t *root);

#endif
