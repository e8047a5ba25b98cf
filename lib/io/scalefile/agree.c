/* What a schema cannot say of a scale: that its parts agree. Twin of lib/core/scale/agree.py. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/reading.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The same checks in the same order with the same keys as agree.py: a test holds them together. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        attune_status status_ = (call);                                                            \
        if (status_)                                                                               \
            return status_;                                                                        \
    } while (0)

static const char no_key_beside_scores[] = "expected no such key where score_only is true";

/* Refuse a key of this scale, given as its path within the scale. */
static attune_status refuse(struct atn_reading *reading, const char *expected, const char *path,
                            ...)
{
    char key[ATN_PATH_MAX];
    va_list arguments;
    va_start(arguments, path);
    vsnprintf(key, sizeof key, path, arguments);
    va_end(arguments);
    atn_path_key(reading, key);
    return atn_refuse(reading, ATTUNE_E_FORMAT, expected);
}

static int is_word(const json_t *object, const char *key, const char *word)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text && !strcmp(text, word);
}

static int is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fabs(b));
}

static attune_status check_score_only(struct atn_reading *reading, const json_t *scale)
{
    static const char *const items_only[] = { "items", "scoring", "missing", "subscales",
                                              "safety" };
    for (size_t i = 0; i < sizeof items_only / sizeof *items_only; i++)
        if (json_object_get(scale, items_only[i]))
            return refuse(reading, no_key_beside_scores, "%s", items_only[i]);
    if (!json_object_get(scale, "range"))
        return refuse(reading, "expected this key, which is required where score_only is true",
                      "range");
    return ATTUNE_OK;
}

static attune_status check_frame(struct atn_reading *reading, const json_t *scale)
{
    const json_t *range = json_object_get(scale, "range");
    if (json_is_true(json_object_get(scale, "score_only")))
        TRY(check_score_only(reading, scale));
    else if (!json_object_get(scale, "items"))
        return refuse(reading, "expected this key, or score_only true", "items");
    else if (!json_object_get(scale, "scoring"))
        return refuse(reading, "expected this key, which is required beside items", "scoring");
    else if (json_object_get(scale, "step"))
        return refuse(reading, "expected no such key beside items: it follows from items.step",
                      "step");
    if (range && !(json_number_value(json_array_get(range, 0)) <
                   json_number_value(json_array_get(range, 1))))
        return refuse(reading, "expected more than the lowest score", "range[1]");
    return ATTUNE_OK;
}

static attune_status check_rising(struct atn_reading *reading, const json_t *numbers, double last,
                                  const char *path)
{
    double before = 0;
    for (size_t i = 0; i < json_array_size(numbers); i++) {
        double number = json_number_value(json_array_get(numbers, i));
        if (number > last || number <= before)
            return refuse(reading, "expected rising item numbers up to the count of items",
                          "%s[%zu]", path, i);
        before = number;
    }
    return ATTUNE_OK;
}

static attune_status check_answers(struct atn_reading *reading, const json_t *items)
{
    double low = atn_number(items, "min", NAN);
    double high = atn_number(items, "max", NAN);
    double steps = (high - low) / atn_number(items, "step", 1);
    if (!(low < high))
        return refuse(reading, "expected more than items.min", "items.max");
    if (fabs(steps - nearbyint(steps)) > 1e-9 * steps)
        return refuse(reading, "expected whole steps from items.min to items.max", "items.step");
    return check_rising(reading, json_object_get(items, "reversed"), atn_number(items, "count", 0),
                        "items.reversed");
}

static attune_status check_rules(struct atn_reading *reading, const json_t *scale)
{
    const json_t *scoring = json_object_get(scale, "scoring");
    const json_t *missing = json_object_get(scale, "missing");
    double count = atn_number(json_object_get(scale, "items"), "count", 0);
    if ((json_object_get(scoring, "factor") != NULL) != is_word(scoring, "rule", "factor"))
        return refuse(reading, "expected with the rule factor, and only there", "scoring.factor");
    if ((json_object_get(missing, "max") != NULL) != is_word(missing, "rule", "prorate"))
        return refuse(reading, "expected with the rule prorate, and only there", "missing.max");
    if (atn_number(missing, "max", 0) >= count)
        return refuse(reading, "expected fewer than the count of items", "missing.max");
    return ATTUNE_OK;
}

static attune_status check_range(struct atn_reading *reading, const json_t *scale)
{
    const json_t *range = json_object_get(scale, "range");
    double count = atn_number(json_object_get(scale, "items"), "count", 0);
    struct atn_total total = atn_total_of_items(scale, (size_t)count);
    if (range && !is_near(json_number_value(json_array_get(range, 0)), total.low))
        return refuse(reading, "expected the range that the items give", "range[0]");
    if (range && !is_near(json_number_value(json_array_get(range, 1)), total.high))
        return refuse(reading, "expected the range that the items give", "range[1]");
    return ATTUNE_OK;
}

static int is_taken(const json_t *subscales, size_t i)
{
    const char *id = json_string_value(json_object_get(json_array_get(subscales, i), "id"));
    for (size_t j = 0; j < i; j++)
        if (is_word(json_array_get(subscales, j), "id", id))
            return 1;
    return 0;
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
            return refuse(reading, "expected each id once", "subscales[%zu].id", i);
        snprintf(path, sizeof path, "subscales[%zu].items", i);
        TRY(check_rising(reading, items, count, path));
        if (json_array_size(items) == 0)
            return refuse(reading, "expected at least one item", "%s", path);
        if (atn_number(sub, "missing_max", 0) >= (double)json_array_size(items))
            return refuse(reading, "expected fewer than the subscale's items",
                          "subscales[%zu].missing_max", i);
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
        if (atn_number(row, "item", 0) > atn_number(items, "count", 0))
            return refuse(reading, "expected an item of the scale", "safety[%zu].item", i);
        if (!(threshold >= atn_number(items, "min", NAN) &&
              threshold <= atn_number(items, "max", NAN)))
            return refuse(reading, "expected an answer that items take", "safety[%zu].threshold",
                          i);
    }
    return ATTUNE_OK;
}

static attune_status check_bands(struct atn_reading *reading, const json_t *scale,
                                 const struct atn_total *total)
{
    const json_t *bands = json_object_get(scale, "bands");
    double before = NAN;
    for (size_t i = 0; i < json_array_size(bands); i++) {
        double low = atn_number(json_array_get(bands, i), "low", NAN);
        if (i == 0 && !is_near(low, total->low))
            return refuse(reading, "expected the lowest score", "bands[0].low");
        if (i > 0 && !(before < low && low <= total->high))
            return refuse(reading, "expected rising scores within the range", "bands[%zu].low", i);
        before = low;
    }
    return ATTUNE_OK;
}

enum about { SCORE, DISTANCE };

static const struct inside {
    const char *list, *key;
    enum about about;
} insides[] = {
    { "cutoffs", "value", SCORE },
    { "reliable_change", "value", DISTANCE },
    { "reliable_change", "sd", DISTANCE },
    { "reliability", "sd", DISTANCE },
    { "spread", "within_sd", DISTANCE },
    { "spread", "sem", DISTANCE },
    { "norms", "mean", SCORE },
    { "norms", "sd", DISTANCE },
};

static attune_status check_inside(struct atn_reading *reading, const json_t *scale,
                                  const struct inside *inside, const struct atn_total *total)
{
    const json_t *rows = json_object_get(scale, inside->list);
    double least = inside->about == SCORE ? total->low : 0;
    double most = inside->about == SCORE ? total->high : total->high - total->low;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        double value = atn_number(json_array_get(rows, i), inside->key, least);
        if (!(value >= least && value <= most))
            return refuse(reading, "expected a value that the range allows", "%s[%zu].%s",
                          inside->list, i, inside->key);
    }
    return ATTUNE_OK;
}

static attune_status check_default(struct atn_reading *reading, const json_t *scale,
                                   const char *list)
{
    const json_t *rows = json_object_get(scale, list);
    int defaults = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        defaults += json_is_true(json_object_get(json_array_get(rows, i), "default"));
        if (defaults > 1)
            return refuse(reading, "expected one default at most", "%s[%zu].default", list, i);
    }
    return ATTUNE_OK;
}

static attune_status check_items(struct atn_reading *reading, const json_t *scale)
{
    TRY(check_answers(reading, json_object_get(scale, "items")));
    TRY(check_rules(reading, scale));
    TRY(check_range(reading, scale));
    TRY(check_subscales(reading, scale));
    return check_safety(reading, scale);
}

attune_status atn_agree(struct atn_reading *reading, const json_t *scale)
{
    struct atn_total total;
    TRY(check_frame(reading, scale));
    if (json_object_get(scale, "items"))
        TRY(check_items(reading, scale));
    total = atn_total_of(scale);
    TRY(check_bands(reading, scale, &total));
    for (size_t i = 0; i < sizeof insides / sizeof *insides; i++)
        TRY(check_inside(reading, scale, &insides[i], &total));
    TRY(check_default(reading, scale, "cutoffs"));
    return check_default(reading, scale, "reliable_change");
}
