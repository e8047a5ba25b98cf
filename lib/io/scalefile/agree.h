/* What a schema cannot say of a scale. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_SCALEFILE_AGREE_H
#define ATN_SCALEFILE_AGREE_H

#include "lib/io/json/reading.h"

/* Do the parts of a scale, each of which fits, agree with each other? */
attune_status atn_agree(struct atn_reading *reading, const json_t *scale);

/* The parts of it that are kept in their own file, of a scale with items. */
attune_status atn_agree_scoring(struct atn_reading *reading, const json_t *scale);
attune_status atn_agree_subscales(struct atn_reading *reading, const json_t *scale);

#endif
