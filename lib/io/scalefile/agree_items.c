/* What a schema cannot say of a scale's items: that ranges, groups, table and rule go together. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/agree.h"
#include "lib/io/scalefile/total.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Twin of agree.py: the same checks in the same order with the same keys. */

static int has(const json_t *object, const char *key)
{
    return json_object_get(object, key) != NULL;
}

static int is_word(const json_t *object, const char *key, const char *word)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text && !strcmp(text, word);
}

static attune_status check_rising(struct atn_reading *reading, const json_t *numbers, double last,
                                  const char *path)
{
    double before = 0;
    for (size_t i = 0; i < json_array_size(numbers); i++) {
        double number = json_number_value(json_array_get(numbers, i));
        if (number > last || number <= before)
            return atn_refuse_key(reading, "expected rising item numbers up to the count of items",
                                  "%s[%zu]", path, i);
        before = number;
    }
    return ATTUNE_OK;
}

static int is_whole(double low, double high, double step)
{
    double steps = (high - low) / step;
    return fabs(steps - floor(steps + 0.5)) <= 1e-9 * steps;
}

/* Does list i of some share a number with one before it? key NULL: the entries are the lists. */
static int overlaps(const json_t *lists, size_t i, const char *key)
{
    const json_t *list = json_array_get(lists, i);
    const json_t *mine = key ? json_object_get(list, key) : list;
    for (size_t j = 0; j < i; j++) {
        const json_t *other = json_array_get(lists, j);
        for (size_t k = 0; k < json_array_size(mine); k++)
            if (atn_lists(key ? json_object_get(other, key) : other,
                          (int32_t)json_integer_value(json_array_get(mine, k))))
                return 1;
    }
    return 0;
}

static attune_status check_own(struct atn_reading *reading, const json_t *items)
{
    const json_t *own = json_object_get(items, "own");
    double step = atn_number(items, "step", 1);
    for (size_t i = 0; i < json_array_size(own); i++) {
        const json_t *row = json_array_get(own, i);
        double low = atn_number(row, "min", NAN), high = atn_number(row, "max", NAN);
        char path[ATN_PATH_MAX];
        snprintf(path, sizeof path, "items.own[%zu].items", i);
        ATN_TRY(check_rising(reading, json_object_get(row, "items"), atn_number(items, "count", 0),
                             path));
        if (json_array_size(json_object_get(row, "items")) == 0)
            return atn_refuse_key(reading, "expected at least one item", "%s", path);
        if (overlaps(own, i, "items"))
            return atn_refuse_key(reading, "expected each item in one range of its own", "%s",
                                  path);
        if (!(low < high))
            return atn_refuse_key(reading, "expected more than its min", "items.own[%zu].max", i);
        if (!is_whole(low, high, step))
            return atn_refuse_key(reading, "expected whole steps from its min",
                                  "items.own[%zu].max", i);
    }
    return ATTUNE_OK;
}

static attune_status check_values(struct atn_reading *reading, const json_t *items)
{
    const json_t *values = json_object_get(items, "values");
    double steps = (atn_number(items, "max", NAN) - atn_number(items, "min", NAN)) /
                   atn_number(items, "step", 1);
    struct atn_total worth = atn_worth(items);
    if (!values)
        return ATTUNE_OK;
    if (has(items, "own"))
        return atn_refuse_key(reading, "expected no such key beside items.own", "items.values");
    if (fabs(steps - ((double)json_array_size(values) - 1)) > 0.5)
        return atn_refuse_key(reading, "expected one value an answer", "items.values");
    if (!(worth.low < worth.high))
        return atn_refuse_key(reading, "expected values that differ", "items.values");
    return ATTUNE_OK;
}

static attune_status check_answers(struct atn_reading *reading, const json_t *items)
{
    double low = atn_number(items, "min", NAN);
    double high = atn_number(items, "max", NAN);
    if (!(low < high))
        return atn_refuse_key(reading, "expected more than items.min", "items.max");
    if (!is_whole(low, high, atn_number(items, "step", 1)))
        return atn_refuse_key(reading, "expected whole steps from items.min to items.max",
                              "items.step");
    ATN_TRY(check_own(reading, items));
    ATN_TRY(check_values(reading, items));
    return check_rising(reading, json_object_get(items, "reversed"), atn_number(items, "count", 0),
                        "items.reversed");
}

static attune_status check_factor(struct atn_reading *reading, const json_t *scoring,
                                  const char *path)
{
    if (has(scoring, "factor") != is_word(scoring, "rule", "factor"))
        return atn_refuse_key(reading, "expected with the rule factor, and only there", "%s.factor",
                              path);
    return ATTUNE_OK;
}

static attune_status check_no_total(struct atn_reading *reading, const json_t *scale)
{
    static const char *const total_only[] = { "items", "maxima", "table" };
    const json_t *scoring = json_object_get(scale, "scoring");
    if (!is_word(scoring, "rule", "none"))
        return ATTUNE_OK;
    for (size_t i = 0; i < sizeof total_only / sizeof *total_only; i++)
        if (has(scoring, total_only[i]))
            return atn_refuse_key(reading, "expected no such key where there is no total",
                                  "scoring.%s", total_only[i]);
    if (has(scale, "range"))
        return atn_refuse_key(reading, "expected no such key where there is no total", "range");
    if (json_array_size(json_object_get(scale, "subscales")) == 0)
        return atn_refuse_key(reading, "expected at least one where there is no total",
                              "subscales");
    return ATTUNE_OK;
}

static attune_status check_groups(struct atn_reading *reading, const json_t *scoring, double count)
{
    const json_t *groups = json_object_get(scoring, "maxima");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        char path[ATN_PATH_MAX];
        snprintf(path, sizeof path, "scoring.maxima[%zu]", i);
        ATN_TRY(check_rising(reading, json_array_get(groups, i), count, path));
        if (json_array_size(json_array_get(groups, i)) < 2)
            return atn_refuse_key(reading, "expected at least two items", "%s", path);
        if (overlaps(groups, i, NULL))
            return atn_refuse_key(reading, "expected each item in one group", "%s", path);
    }
    return ATTUNE_OK;
}

static attune_status check_table(struct atn_reading *reading, const json_t *scale)
{
    const json_t *scoring = json_object_get(scale, "scoring");
    const json_t *table = json_object_get(scoring, "table");
    const json_t *values = json_object_get(table, "values");
    struct atn_total raw = atn_total_raw(scale);
    size_t n = json_array_size(values);
    if (!table)
        return ATTUNE_OK;
    if (!is_word(scoring, "rule", "sum"))
        return atn_refuse_key(reading, "expected with the rule sum, and only there",
                              "scoring.table");
    if (fabs((raw.high - raw.low) / raw.step - ((double)n - 1)) > 1e-6)
        return atn_refuse_key(reading, "expected one value a raw sum", "scoring.table.values");
    for (size_t i = 1; i < n; i++)
        if (!(json_number_value(json_array_get(values, i)) >
              json_number_value(json_array_get(values, i - 1))))
            return atn_refuse_key(reading, "expected rising values", "scoring.table.values[%zu]",
                                  i);
    if (has(table, "se") && json_array_size(json_object_get(table, "se")) != n)
        return atn_refuse_key(reading, "expected as many as values", "scoring.table.se");
    return ATTUNE_OK;
}

/* Only items of one range stand in for each other, and only where they are added or averaged. */
static int may_prorate(const json_t *scale)
{
    const json_t *scoring = json_object_get(scale, "scoring");
    return atn_has_one_range(json_object_get(scale, "items")) &&
           !is_word(scoring, "rule", "none") && !has(scoring, "maxima") && !has(scoring, "table");
}

static attune_status check_missing(struct atn_reading *reading, const json_t *scale)
{
    const json_t *missing = json_object_get(scale, "missing");
    const json_t *scored = json_object_get(json_object_get(scale, "scoring"), "items");
    double count = scored ? (double)json_array_size(scored)
                          : atn_number(json_object_get(scale, "items"), "count", 0);
    if (has(missing, "max") != is_word(missing, "rule", "prorate"))
        return atn_refuse_key(reading, "expected with the rule prorate, and only there",
                              "missing.max");
    if (is_word(missing, "rule", "prorate") && !may_prorate(scale))
        return atn_refuse_key(reading, "expected refuse, for no other answers can stand in",
                              "missing.rule");
    if (atn_number(missing, "max", 0) >= count)
        return atn_refuse_key(reading, "expected fewer than the count of items", "missing.max");
    return ATTUNE_OK;
}

attune_status atn_agree_scoring(struct atn_reading *reading, const json_t *scale)
{
    const json_t *items = json_object_get(scale, "items");
    const json_t *scoring = json_object_get(scale, "scoring");
    const json_t *scored = json_object_get(scoring, "items");
    double count = atn_number(items, "count", 0);
    ATN_TRY(check_answers(reading, items));
    ATN_TRY(check_factor(reading, scoring, "scoring"));
    ATN_TRY(check_no_total(reading, scale));
    ATN_TRY(check_rising(reading, scored, count, "scoring.items"));
    if (scored && json_array_size(scored) == 0)
        return atn_refuse_key(reading, "expected at least one item", "scoring.items");
    ATN_TRY(check_groups(reading, scoring, count));
    ATN_TRY(check_table(reading, scale));
    return check_missing(reading, scale);
}

static int is_taken(const json_t *subscales, size_t i)
{
    const char *id = json_string_value(json_object_get(json_array_get(subscales, i), "id"));
    for (size_t j = 0; j < i; j++)
        if (is_word(json_array_get(subscales, j), "id", id))
            return 1;
    return 0;
}

static attune_status check_subscale_rule(struct atn_reading *reading, const json_t *scale,
                                         const json_t *sub, const char *path)
{
    double count = (double)json_array_size(json_object_get(sub, "items"));
    if (is_word(atn_subscale_scoring(scale, sub), "rule", "none"))
        return atn_refuse_key(reading, "expected a rule that gives a score", "%s.rule", path);
    if (has(sub, "rule") || has(sub, "factor"))
        ATN_TRY(check_factor(reading, sub, path));
    if (atn_number(sub, "missing_max", 0) >= count)
        return atn_refuse_key(reading, "expected fewer than the subscale's items", "%s.missing_max",
                              path);
    if (has(sub, "missing_max") && !atn_has_one_range(json_object_get(scale, "items")))
        return atn_refuse_key(reading, "expected no such key, for no other answers can stand in",
                              "%s.missing_max", path);
    return ATTUNE_OK;
}

static attune_status check_subscales(struct atn_reading *reading, const json_t *scale)
{
    const json_t *subscales = json_object_get(scale, "subscales");
    double count = atn_number(json_object_get(scale, "items"), "count", 0);
    for (size_t i = 0; i < json_array_size(subscales); i++) {
        const json_t *sub = json_array_get(subscales, i);
        const json_t *items = json_object_get(sub, "items");
        char path[ATN_PATH_MAX];
        if (is_taken(subscales, i))
            return atn_refuse_key(reading, "expected each id once", "subscales[%zu].id", i);
        snprintf(path, sizeof path, "subscales[%zu].items", i);
        ATN_TRY(check_rising(reading, items, count, path));
        if (json_array_size(items) == 0)
            return atn_refuse_key(reading, "expected at least one item", "%s", path);
        snprintf(path, sizeof path, "subscales[%zu]", i);
        ATN_TRY(check_subscale_rule(reading, scale, sub, path));
    }
    return ATTUNE_OK;
}

static attune_status check_safety(struct atn_reading *reading, const json_t *scale)
{
    const json_t *items = json_object_get(scale, "items");
    const json_t *safety = json_object_get(scale, "safety");
    for (size_t i = 0; i < json_array_size(safety); i++) {
        const json_t *row = json_array_get(safety, i);
        double threshold = atn_number(row, "threshold", NAN);
        struct atn_range range;
        if (atn_number(row, "item", 0) > atn_number(items, "count", 0))
            return atn_refuse_key(reading, "expected an item of the scale", "safety[%zu].item", i);
        range = atn_answers_of(items, (int32_t)atn_number(row, "item", 0));
        if (!(threshold >= range.low && threshold <= range.high))
            return atn_refuse_key(reading, "expected an answer that items take",
                                  "safety[%zu].threshold", i);
    }
    return ATTUNE_OK;
}

attune_status atn_agree_subscales(struct atn_reading *reading, const json_t *scale)
{
    ATN_TRY(check_subscales(reading, scale));
    return check_safety(reading, scale);
}
