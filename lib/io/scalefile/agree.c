/* What a schema cannot say of a scale: that its parts agree. Twin of lib/core/scale/agree.py. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/agree.h"
#include "lib/io/scalefile/total.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The same checks in the same order with the same keys as agree.py: a test holds them together. */

static const char no_key_beside_scores[] = "expected no such key where score_only is true";

/* Where refusals are collected: how many there are. What stands on refused parts is not checked. */
static size_t found(const struct atn_reading *reading)
{
    return reading->problems ? reading->problems->count : 0;
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
            return atn_refuse_key(reading, no_key_beside_scores, "%s", items_only[i]);
    if (!json_object_get(scale, "range"))
        return atn_refuse_key(
            reading, "expected this key, which is required where score_only is true", "range");
    return ATTUNE_OK;
}

static attune_status check_frame(struct atn_reading *reading, const json_t *scale)
{
    const json_t *range = json_object_get(scale, "range");
    if (json_is_true(json_object_get(scale, "score_only")))
        ATN_TRY(check_score_only(reading, scale));
    else if (!json_object_get(scale, "items"))
        return atn_refuse_key(reading, "expected this key, or score_only true", "items");
    else if (!json_object_get(scale, "scoring"))
        return atn_refuse_key(reading, "expected this key, which is required beside items",
                              "scoring");
    else if (json_object_get(scale, "step"))
        return atn_refuse_key(
            reading, "expected no such key beside items: it follows from items.step", "step");
    if (range && !(json_number_value(json_array_get(range, 0)) <
                   json_number_value(json_array_get(range, 1))))
        return atn_refuse_key(reading, "expected more than the lowest score", "range[1]");
    return ATTUNE_OK;
}

static attune_status check_range(struct atn_reading *reading, const json_t *scale)
{
    const json_t *range = json_object_get(scale, "range");
    struct atn_total total = atn_total_of_items(scale);
    if (range && !is_near(json_number_value(json_array_get(range, 0)), total.low))
        return atn_refuse_key(reading, "expected the range that the items give", "range[0]");
    if (range && !is_near(json_number_value(json_array_get(range, 1)), total.high))
        return atn_refuse_key(reading, "expected the range that the items give", "range[1]");
    return ATTUNE_OK;
}

static const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    return text ? text : "";
}

static int has_total(const json_t *scale)
{
    return strcmp(text_of(json_object_get(scale, "scoring"), "rule"), "none") != 0;
}

static const json_t *subscale_called(const json_t *scale, const char *id)
{
    const json_t *subscales = json_object_get(scale, "subscales");
    for (size_t i = 0; i < json_array_size(subscales); i++)
        if (!strcmp(text_of(json_array_get(subscales, i), "id"), id))
            return json_array_get(subscales, i);
    return NULL;
}

/* The total that row i of a list is about: the whole scale's, or its subscale's. */
static attune_status total_for(struct atn_reading *reading, const json_t *scale, const char *list,
                               size_t i, struct atn_total *total)
{
    const json_t *row = json_array_get(json_object_get(scale, list), i);
    const json_t *sub = NULL;
    if (!json_object_get(row, "subscale")) {
        *total = atn_total_of(scale);
        return has_total(scale)
                   ? ATTUNE_OK
                   : atn_refuse_key(reading, "expected this key, for there is no total",
                                    "%s[%zu].subscale", list, i);
    }
    sub = subscale_called(scale, text_of(row, "subscale"));
    if (!sub)
        return atn_refuse_key(reading, "expected the id of a subscale", "%s[%zu].subscale", list,
                              i);
    *total = atn_total_of_subscale(scale, sub);
    return ATTUNE_OK;
}

/* The lowest score of the last band before row i that is about the same; NaN: there is none. */
static double band_before(const json_t *bands, size_t i)
{
    const char *id = text_of(json_array_get(bands, i), "subscale");
    double low = NAN;
    for (size_t j = 0; j < i; j++)
        if (!strcmp(text_of(json_array_get(bands, j), "subscale"), id))
            low = atn_number(json_array_get(bands, j), "low", NAN);
    return low;
}

static attune_status check_bands(struct atn_reading *reading, const json_t *scale)
{
    const json_t *bands = json_object_get(scale, "bands");
    for (size_t i = 0; i < json_array_size(bands); i++) {
        double low = atn_number(json_array_get(bands, i), "low", NAN);
        double before = band_before(bands, i);
        struct atn_total total;
        ATN_TRY(total_for(reading, scale, "bands", i, &total));
        if (isnan(before) && !is_near(low, total.low))
            return atn_refuse_key(reading, "expected the lowest score", "bands[%zu].low", i);
        if (!isnan(before) && !(before < low && low <= total.high))
            return atn_refuse_key(reading, "expected rising scores within the range",
                                  "bands[%zu].low", i);
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
                                  const struct inside *inside)
{
    const json_t *rows = json_object_get(scale, inside->list);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        struct atn_total total;
        double least, most, value;
        ATN_TRY(total_for(reading, scale, inside->list, i, &total));
        least = inside->about == SCORE ? total.low : 0;
        most = inside->about == SCORE ? total.high : total.high - total.low;
        value = atn_number(json_array_get(rows, i), inside->key, least);
        if (!(value >= least && value <= most))
            return atn_refuse_key(reading, "expected a value that the range allows", "%s[%zu].%s",
                                  inside->list, i, inside->key);
    }
    return ATTUNE_OK;
}

/* Of such rows one is the default: of one subscale, and of norms of one group. */
static int is_kin(const json_t *a, const json_t *b)
{
    return !strcmp(text_of(a, "subscale"), text_of(b, "subscale")) &&
           !strcmp(text_of(a, "group"), text_of(b, "group"));
}

static attune_status check_default(struct atn_reading *reading, const json_t *scale,
                                   const char *list)
{
    const json_t *rows = json_object_get(scale, list);
    for (size_t i = 0; i < json_array_size(rows); i++)
        for (size_t j = 0; j < i; j++) {
            const json_t *row = json_array_get(rows, i), *other = json_array_get(rows, j);
            if (is_kin(row, other) && json_is_true(json_object_get(row, "default")) &&
                json_is_true(json_object_get(other, "default")))
                return atn_refuse_key(reading, "expected one default at most", "%s[%zu].default",
                                      list, i);
        }
    return ATTUNE_OK;
}

attune_status atn_agree(struct atn_reading *reading, const json_t *scale)
{
    static const char *const with_default[] = { "cutoffs", "reliable_change", "spread", "norms" };
    size_t before = found(reading);
    ATN_TRY(check_frame(reading, scale));
    if (found(reading) > before)
        return ATTUNE_OK;
    if (json_object_get(scale, "items")) {
        ATN_TRY(atn_agree_scoring(reading, scale));
        if (found(reading) > before)
            return ATTUNE_OK;
        ATN_TRY(check_range(reading, scale));
        ATN_TRY(atn_agree_subscales(reading, scale));
    }
    ATN_TRY(check_bands(reading, scale));
    for (size_t i = 0; i < sizeof insides / sizeof *insides; i++)
        ATN_TRY(check_inside(reading, scale, &insides[i]));
    for (size_t i = 0; i < sizeof with_default / sizeof *with_default; i++)
        ATN_TRY(check_default(reading, scale, with_default[i]));
    return ATTUNE_OK;
}
