/* Reading vector files: JSON with a mandatory tier and source. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_GOLDEN_VECTORS_H
#define TESTS_GOLDEN_VECTORS_H

#include <jansson.h>
#include <stddef.h>

/* Calls visit for each *.json in folder, in order of name; returns how many there were. */
size_t vectors_each(const char *folder, void (*visit)(const char *name, json_t *file, void *data),
                    void *data);

/* 1 for `published` and `oracle`, 0 for `pin`; aborts the run on a missing tier or source. */
int vectors_counts(const char *name, json_t *vector);

/* A number, or NaN for null and for an absent key. */
double vectors_number(json_t *object, const char *key);

/* An array of numbers into to[0..room); null is NaN. Returns its length; aborts when too long. */
size_t vectors_numbers(json_t *array, double *to, size_t room);

#endif
