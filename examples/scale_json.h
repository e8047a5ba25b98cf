/* A scale as the object of a scale file. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_SCALE_JSON_H
#define EXAMPLES_SCALE_JSON_H

#include <attune/scale.h>

#include <jansson.h>

/* Everything that is known of a scale, said as the loader reads it. */
json_t *scale_json(const attune_scale *scale);

/* Its cut-offs, reliable changes, reliabilities, spreads and norms. */
void scale_put_facts(json_t *to, const attune_scale *scale);

/* What is not known (NULL, NaN, an empty list) stays out; a list is taken. */
void scale_put_text(json_t *object, const char *key, const char *text);
void scale_put_real(json_t *object, const char *key, double real);
void scale_put_whole(json_t *object, const char *key, int32_t whole);
void scale_put_list(json_t *object, const char *key, json_t *list);

/* The id of the subscale that a row is about; nothing for the total. */
void scale_put_subscale(json_t *row, const attune_scale *scale, int32_t subscale);

#endif
