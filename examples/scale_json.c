/* A scale as the object of a scale file: its frame, its items and how they are scored. */
/* SPDX-License-Identifier: MIT */
#include "examples/scale_json.h"

#include <attune/score.h>

#include <math.h>
#include <string.h>

static const char *const rules[] = { "sum", "mean", "factor", "none" };

void scale_put_text(json_t *object, const char *key, const char *text)
{
    if (text)
        json_object_set_new(object, key, json_string(text));
}

void scale_put_real(json_t *object, const char *key, double real)
{
    if (isfinite(real))
        json_object_set_new(object, key, json_real(real));
}

void scale_put_whole(json_t *object, const char *key, int32_t whole)
{
    json_object_set_new(object, key, json_integer(whole));
}

/* A list goes in only where it holds something; takes the list. */
void scale_put_list(json_t *object, const char *key, json_t *list)
{
    if (json_array_size(list) > 0)
        json_object_set(object, key, list);
    json_decref(list);
}

void scale_put_subscale(json_t *row, const attune_scale *scale, int32_t subscale)
{
    attune_subscale_info sub = { .struct_size = sizeof sub };
    if (subscale >= 0 && attune_scale_subscale(scale, (size_t)subscale, &sub) == ATTUNE_OK)
        scale_put_text(row, "subscale", sub.id);
}

static json_t *numbers(const int32_t *items, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_integer(items[i]));
    return list;
}

static attune_item_info item_at(const attune_scale *scale, int32_t i)
{
    attune_item_info item = { .struct_size = sizeof item };
    (void)attune_scale_item(scale, (size_t)i, &item);
    return item;
}

/* Items that share a range other than most have, each range once. */
static json_t *own_ranges(const attune_scale *scale, const attune_scale_info *info)
{
    json_t *own = json_array();
    char done[ATTUNE_ITEMS_MAX] = { 0 };
    for (int32_t i = 0; i < info->item_count; i++) {
        attune_item_info item = item_at(scale, i);
        json_t *row, *items;
        if (done[i] || (!(item.min < info->item_min || item.min > info->item_min) &&
                        !(item.max < info->item_max || item.max > info->item_max)))
            continue;
        row = json_pack("{s:f, s:f, s:[]}", "min", item.min, "max", item.max, "items");
        items = json_object_get(row, "items");
        for (int32_t j = i; j < info->item_count; j++) {
            attune_item_info other = item_at(scale, j);
            if (other.min < item.min || other.min > item.min || other.max < item.max ||
                other.max > item.max)
                continue;
            done[j] = 1;
            json_array_append_new(items, json_integer(j + 1));
        }
        json_array_append_new(own, row);
    }
    return own;
}

/* What one answer to one item is worth, when that item is alone: NaN where no part tells. */
static double worth_of(const attune_scale *scale, const attune_scale_info *info, int32_t i,
                       double answer)
{
    double items[ATTUNE_ITEMS_MAX], parts[ATTUNE_ITEMS_MAX];
    for (int32_t j = 0; j < info->item_count; j++)
        items[j] = j == i ? answer : NAN;
    for (int32_t sub = -1; sub < (int32_t)info->subscale_count; sub++) {
        size_t n = attune_parts_count(scale, sub);
        if (n == 0 || attune_parts_score(scale, sub, items, (size_t)info->item_count, 1, parts,
                                         NULL, NULL) != ATTUNE_OK)
            continue;
        for (size_t j = 0; j < n; j++)
            if (!isnan(parts[j]))
                return parts[j];
    }
    return NAN;
}

/* The worths of the answers, where an answer counts something else than itself. */
static json_t *worths(const attune_scale *scale, const attune_scale_info *info)
{
    json_t *list = json_array();
    int32_t i = 0, other = 0;
    while (i < info->item_count - 1 && item_at(scale, i).reversed)
        i++;
    if (info->item_count == 0 || item_at(scale, i).reversed)
        return list;
    for (int32_t k = 0; info->item_min + k * info->item_step <= info->item_max + 1e-9; k++) {
        double answer = info->item_min + k * info->item_step;
        double worth = worth_of(scale, info, i, fmin(answer, info->item_max));
        other |= fabs(worth - answer) > 1e-9;
        if (!isnan(worth) && k < 1024)
            json_array_append_new(list, json_real(worth));
    }
    if (!other)
        json_array_clear(list);
    return list;
}

static json_t *items_of(const attune_scale *scale, const attune_scale_info *info)
{
    json_t *items = json_object(), *reversed = json_array();
    int32_t item;
    scale_put_whole(items, "count", info->item_count);
    scale_put_real(items, "min", info->item_min);
    scale_put_real(items, "max", info->item_max);
    scale_put_real(items, "step", info->item_step);
    scale_put_list(items, "own", own_ranges(scale, info));
    scale_put_list(items, "values", worths(scale, info));
    for (size_t i = 0; (item = attune_scale_reversed(scale, i)) > 0; i++)
        json_array_append_new(reversed, json_integer(item));
    json_object_set_new(items, "reversed", reversed);
    return items;
}

/* Items of the total where they are not all, and groups of which the largest counts. */
static void put_scored(json_t *scoring, const attune_scale *scale, const attune_scale_info *info)
{
    json_t *scored = json_array(), *groups = json_array();
    for (int32_t i = 0; i < info->item_count; i++) {
        attune_item_info item = item_at(scale, i);
        if (item.scored)
            json_array_append_new(scored, json_integer(i + 1));
        while (item.group > 0 && json_array_size(groups) < (size_t)item.group)
            json_array_append_new(groups, json_array());
        if (item.group > 0)
            json_array_append_new(json_array_get(groups, (size_t)item.group - 1),
                                  json_integer(i + 1));
    }
    if (info->rule != ATTUNE_RULE_NONE && info->scored_count < info->item_count)
        json_object_set(scoring, "items", scored);
    json_decref(scored);
    scale_put_list(scoring, "maxima", groups);
}

static void put_table(json_t *scoring, const attune_scale *scale)
{
    json_t *values = json_array(), *se = json_array();
    attune_conversion_info row = { .struct_size = sizeof row };
    for (size_t i = 0; attune_scale_conversion(scale, i, &row) == ATTUNE_OK; i++) {
        json_array_append_new(values, json_real(row.score));
        if (!isnan(row.error))
            json_array_append_new(se, json_real(row.error));
    }
    if (json_array_size(values) > 0) {
        json_t *table = json_object();
        json_object_set(table, "values", values);
        if (json_array_size(se) == json_array_size(values))
            json_object_set(table, "se", se);
        json_object_set_new(scoring, "table", table);
    }
    json_decref(values);
    json_decref(se);
}

static json_t *scoring_of(const attune_scale *scale, const attune_scale_info *info)
{
    json_t *scoring = json_object();
    scale_put_text(scoring, "rule", rules[info->rule]);
    if (info->rule == ATTUNE_RULE_FACTOR)
        scale_put_real(scoring, "factor", info->factor);
    put_scored(scoring, scale, info);
    put_table(scoring, scale);
    return scoring;
}

static json_t *missing_of(const attune_scale_info *info)
{
    int prorated = info->missing == ATTUNE_MISSING_PRORATE;
    json_t *missing = json_pack("{s:s}", "rule", prorated ? "prorate" : "refuse");
    if (prorated)
        scale_put_whole(missing, "max", info->missing_max);
    scale_put_text(missing, "source", info->missing_source);
    return missing;
}

static const char *direction(int32_t code)
{
    return code == ATTUNE_HIGHER_WORSE ? "higher is worse" : "higher is better";
}

static json_t *subscales_of(const attune_scale *scale)
{
    json_t *list = json_array();
    attune_subscale_info sub = { .struct_size = sizeof sub };
    for (size_t i = 0; attune_scale_subscale(scale, i, &sub) == ATTUNE_OK; i++) {
        json_t *row = json_object();
        scale_put_text(row, "id", sub.id);
        scale_put_text(row, "title", sub.title);
        json_object_set_new(row, "items", numbers(sub.items, sub.item_count));
        scale_put_text(row, "rule", rules[sub.rule]);
        if (sub.rule == ATTUNE_RULE_FACTOR)
            scale_put_real(row, "factor", sub.factor);
        scale_put_text(row, "direction", direction(sub.direction));
        if (sub.missing_max > 0)
            scale_put_whole(row, "missing_max", sub.missing_max);
        scale_put_text(row, "source", sub.source);
        json_array_append_new(list, row);
    }
    return list;
}

static void put_bands(json_t *to, const attune_scale *scale)
{
    json_t *list = json_array();
    attune_band_info b = { .struct_size = sizeof b };
    for (size_t i = 0; attune_scale_band(scale, i, &b) == ATTUNE_OK; i++) {
        json_t *row = json_object();
        scale_put_subscale(row, scale, b.subscale);
        scale_put_real(row, "low", b.low);
        scale_put_text(row, "label", b.label);
        scale_put_text(row, "source", b.source);
        json_array_append_new(list, row);
    }
    scale_put_list(to, "bands", list);
}

static void put_safety(json_t *to, const attune_scale *scale)
{
    json_t *list = json_array();
    attune_safety_info s = { .struct_size = sizeof s };
    for (size_t i = 0; attune_scale_safety(scale, i, &s) == ATTUNE_OK; i++) {
        json_t *row = json_pack("{s:i, s:f}", "item", (int)s.item, "threshold", s.threshold);
        scale_put_text(row, "source", s.source);
        json_array_append_new(list, row);
    }
    scale_put_list(to, "safety", list);
}

static void put_codes(json_t *to, const attune_scale *scale)
{
    json_t *list = json_array();
    attune_code_info c = { .struct_size = sizeof c };
    for (size_t i = 0; attune_scale_code(scale, i, &c) == ATTUNE_OK; i++) {
        json_t *row = json_object(), *items = json_array();
        scale_put_text(row, "system", c.system);
        scale_put_text(row, "panel", c.panel);
        scale_put_text(row, "score", c.score);
        for (uint32_t j = 0; j < c.item_count; j++)
            json_array_append_new(items, json_string(c.items[j]));
        scale_put_list(row, "items", items);
        scale_put_text(row, "source", c.source);
        json_array_append_new(list, row);
    }
    scale_put_list(to, "codes", list);
}

static void put_texts(json_t *to, const char *key, const attune_scale *scale,
                      const char *(*get)(const attune_scale *scale, size_t i))
{
    json_t *list = json_array();
    for (size_t i = 0; get(scale, i); i++)
        json_array_append_new(list, json_string(get(scale, i)));
    scale_put_list(to, key, list);
}

static void put_frame(json_t *to, const attune_scale_info *info)
{
    scale_put_text(to, "id", info->id);
    scale_put_text(to, "title", info->title);
    scale_put_text(to, "short_title", info->short_title);
    scale_put_text(to, "authors", info->authors);
    if (info->year > 0)
        scale_put_whole(to, "year", info->year);
    scale_put_text(to, "owner", info->owner);
    scale_put_text(to, "licence", info->licence);
    scale_put_text(to, "construct", attune_construct_name(info->construct));
    scale_put_text(to, "rater", attune_rater_name(info->rater));
    scale_put_text(to, "direction", direction(info->direction));
    scale_put_text(to, "status", attune_fact_name(info->status));
    scale_put_text(to, "reviewed", info->reviewed);
    if (info->demonstration)
        json_object_set_new(to, "demonstration", json_true());
}

static void put_answers(json_t *to, const attune_scale *scale, const attune_scale_info *info)
{
    if (info->item_count > 0) {
        json_object_set_new(to, "items", items_of(scale, info));
        json_object_set_new(to, "scoring", scoring_of(scale, info));
        json_object_set_new(to, "missing", missing_of(info));
        scale_put_list(to, "subscales", subscales_of(scale));
        return;
    }
    json_object_set_new(to, "score_only", json_true());
    json_object_set_new(to, "range", json_pack("[f, f]", info->score_min, info->score_max));
    scale_put_real(to, "step", info->score_step);
}

json_t *scale_json(const attune_scale *scale)
{
    attune_scale_info info = { .struct_size = sizeof info };
    json_t *to = json_object();
    (void)attune_scale_describe(scale, &info);
    put_frame(to, &info);
    put_answers(to, scale, &info);
    put_bands(to, scale);
    scale_put_facts(to, scale);
    put_safety(to, scale);
    put_codes(to, scale);
    put_texts(to, "sources", scale, attune_scale_source);
    put_texts(to, "notes", scale, attune_scale_note);
    return to;
}
