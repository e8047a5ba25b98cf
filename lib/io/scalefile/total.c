/* What totals a scale gives: twin of lib/core/scale/totals.py, operation by operation. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/total.h"

#include "lib/io/json/reading.h"

#include <attune/scale.h>

#include <math.h>
#include <string.h>

static const struct atn_total no_total = { NAN, NAN, NAN };

double atn_number(const json_t *object, const char *key, double otherwise)
{
    const json_t *value = json_object_get(object, key);
    return value ? json_number_value(value) : otherwise;
}

static double number_at(const json_t *list, size_t i)
{
    return json_number_value(json_array_get(list, i));
}

int atn_lists(const json_t *list, int32_t number)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_integer_value(json_array_get(list, i)) == number)
            return 1;
    return 0;
}

static double smallest_gap(const json_t *values)
{
    double gap = INFINITY;
    for (size_t i = 0; i < json_array_size(values); i++)
        for (size_t j = 0; j < json_array_size(values); j++)
            if (number_at(values, j) > number_at(values, i))
                gap = fmin(gap, number_at(values, j) - number_at(values, i));
    return isinf(gap) ? 1 : gap;
}

struct atn_total atn_worth(const json_t *items)
{
    const json_t *values = json_object_get(items, "values");
    struct atn_total worth = { atn_number(items, "min", NAN), atn_number(items, "max", NAN),
                               atn_number(items, "step", 1) };
    if (!values)
        return worth;
    worth.low = INFINITY;
    worth.high = -INFINITY;
    worth.step = smallest_gap(values);
    for (size_t i = 0; i < json_array_size(values); i++) {
        worth.low = fmin(worth.low, number_at(values, i));
        worth.high = fmax(worth.high, number_at(values, i));
    }
    return worth;
}

/* The item's own range where it has one. */
static struct atn_range own_or(const json_t *items, int32_t number, struct atn_range range)
{
    const json_t *own = json_object_get(items, "own");
    for (size_t i = 0; i < json_array_size(own); i++) {
        const json_t *row = json_array_get(own, i);
        if (!atn_lists(json_object_get(row, "items"), number))
            continue;
        range.low = atn_number(row, "min", NAN);
        range.high = atn_number(row, "max", NAN);
    }
    return range;
}

struct atn_range atn_answers_of(const json_t *items, int32_t number)
{
    const struct atn_range range = { atn_number(items, "min", NAN), atn_number(items, "max", NAN) };
    return own_or(items, number, range);
}

struct atn_range atn_item_range(const json_t *items, int32_t number)
{
    struct atn_total worth = atn_worth(items);
    const struct atn_range range = { worth.low, worth.high };
    return own_or(items, number, range);
}

int32_t atn_group_of(const json_t *scoring, int32_t number)
{
    const json_t *groups = json_object_get(scoring, "maxima");
    for (size_t i = 0; i < json_array_size(groups); i++)
        if (atn_lists(json_array_get(groups, i), number))
            return (int32_t)i + 1;
    return 0;
}

int atn_has_one_range(const json_t *items)
{
    return json_array_size(json_object_get(items, "own")) == 0;
}

/* The numbers of a list of items; without one, of all. */
struct numbers {
    int32_t item[ATTUNE_ITEMS_MAX];
    size_t count;
};

static struct numbers numbers_of(const json_t *list, double count)
{
    struct numbers numbers = { .count = list ? json_array_size(list) : (size_t)count };
    for (size_t i = 0; i < numbers.count; i++)
        numbers.item[i] =
            list ? (int32_t)json_integer_value(json_array_get(list, i)) : (int32_t)i + 1;
    return numbers;
}

/* A group stands at the place of its first item, with the largest of its members' ends. */
static struct atn_range unit_range(const json_t *items, const json_t *group, int32_t number)
{
    struct atn_range range = atn_item_range(items, number);
    for (size_t i = 0; i < json_array_size(group); i++) {
        struct atn_range member =
            atn_item_range(items, (int32_t)json_integer_value(json_array_get(group, i)));
        range.low = fmax(range.low, member.low);
        range.high = fmax(range.high, member.high);
    }
    return range;
}

/* Sums of the ends of all that is added, and how many that is in step. */
static struct atn_total add_ends(const json_t *items, const struct numbers *numbers,
                                 const json_t *scoring)
{
    const json_t *groups = json_object_get(scoring, "maxima");
    unsigned char met[ATTUNE_ITEMS_MAX + 1] = { 0 };
    struct atn_total ends = { 0, 0, 0 };
    for (size_t i = 0; i < numbers->count; i++) {
        int32_t group = atn_group_of(scoring, numbers->item[i]);
        const json_t *members = group > 0 ? json_array_get(groups, (size_t)group - 1) : NULL;
        struct atn_range range = unit_range(items, members, numbers->item[i]);
        if (met[group])
            continue;
        met[group] = group > 0;
        ends.low += range.low;
        ends.high += range.high;
        ends.step += 1;
    }
    return ends;
}

static const char *rule_of(const json_t *scoring)
{
    const char *rule = json_string_value(json_object_get(scoring, "rule"));
    return rule ? rule : "sum";
}

/* The items as rule says; groups NULL when scoring is a subscale's. */
static struct atn_total combine(const json_t *items, const json_t *list, const json_t *scoring,
                                const json_t *groups)
{
    struct numbers numbers = numbers_of(list, atn_number(items, "count", 0));
    struct atn_total worth = atn_worth(items);
    struct atn_total ends = add_ends(items, &numbers, groups);
    double factor = atn_number(scoring, "factor", 1);
    double n = ends.step;
    if (!strcmp(rule_of(scoring), "none"))
        return no_total;
    if (atn_has_one_range(items)) {
        ends.low = n * worth.low;
        ends.high = n * worth.high;
    }
    if (!strcmp(rule_of(scoring), "sum"))
        return (struct atn_total) { ends.low, ends.high, worth.step };
    if (atn_has_one_range(items))
        return (struct atn_total) { factor * worth.low, factor * worth.high,
                                    factor * worth.step / n };
    return (struct atn_total) { factor * ends.low / n, factor * ends.high / n,
                                factor * worth.step / n };
}

struct atn_total atn_total_raw(const json_t *scale)
{
    const json_t *scoring = json_object_get(scale, "scoring");
    return combine(json_object_get(scale, "items"), json_object_get(scoring, "items"), scoring,
                   scoring);
}

static struct atn_total converted(const json_t *values)
{
    size_t last = json_array_size(values) - 1;
    struct atn_total total = { number_at(values, 0), number_at(values, last), INFINITY };
    for (size_t i = 1; i <= last; i++)
        total.step = fmin(total.step, number_at(values, i) - number_at(values, i - 1));
    return total;
}

struct atn_total atn_total_of_items(const json_t *scale)
{
    const json_t *table = json_object_get(json_object_get(scale, "scoring"), "table");
    return table ? converted(json_object_get(table, "values")) : atn_total_raw(scale);
}

const json_t *atn_subscale_scoring(const json_t *scale, const json_t *sub)
{
    return json_object_get(sub, "rule") ? sub : json_object_get(scale, "scoring");
}

struct atn_total atn_total_of_subscale(const json_t *scale, const json_t *sub)
{
    return combine(json_object_get(scale, "items"), json_object_get(sub, "items"),
                   atn_subscale_scoring(scale, sub), NULL);
}

struct atn_total atn_total_of(const json_t *scale)
{
    const json_t *range = json_object_get(scale, "range");
    struct atn_total total = { NAN, NAN, atn_number(scale, "step", NAN) };
    if (json_object_get(scale, "items"))
        total = atn_total_of_items(scale);
    if (range) {
        total.low = number_at(range, 0);
        total.high = number_at(range, 1);
    }
    return total;
}
