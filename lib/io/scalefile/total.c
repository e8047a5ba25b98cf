/* What totals a scale gives; the same operations as agree.py, so that both give the same bits. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/reading.h"

#include <math.h>
#include <string.h>

double atn_number(const json_t *object, const char *key, double otherwise)
{
    const json_t *value = json_object_get(object, key);
    return value ? json_number_value(value) : otherwise;
}

struct atn_total atn_total_of_items(const json_t *scale, size_t count)
{
    const json_t *items = json_object_get(scale, "items");
    const json_t *scoring = json_object_get(scale, "scoring");
    const char *rule = json_string_value(json_object_get(scoring, "rule"));
    double step = atn_number(items, "step", 1);
    double factor = atn_number(scoring, "factor", 1);
    int is_sum = rule && !strcmp(rule, "sum");
    if (is_sum)
        factor = (double)count;
    return (struct atn_total) {
        .low = factor * atn_number(items, "min", NAN),
        .high = factor * atn_number(items, "max", NAN),
        .step = is_sum ? step : factor * step / (double)count,
    };
}

struct atn_total atn_total_of(const json_t *scale)
{
    const json_t *range = json_object_get(scale, "range");
    const json_t *items = json_object_get(scale, "items");
    struct atn_total total = { NAN, NAN, atn_number(scale, "step", NAN) };
    if (items)
        total = atn_total_of_items(scale, (size_t)atn_number(items, "count", 0));
    if (range) {
        total.low = json_number_value(json_array_get(range, 0));
        total.high = json_number_value(json_array_get(range, 1));
    }
    return total;
}
