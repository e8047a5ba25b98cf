/* The one scoring loop: answers are checked, turned, added and judged by what the row says. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/core/scale/range.h"
#include "lib/core/scale/row.h"

#include <attune/score.h>

#include <math.h>

/* How far an answer may lie from the grid: room for the steps of .1 that binary cannot hold. */
static const double answer_slack = 1e-9;
/* A mean of 1.25 given as 1.3 lies .05 off, and a little more as binary holds it. */
static const double rounding_slack = .05 + 1e-9;

static int off_grid(double value, double origin, double step, double slack)
{
    double place;
    if (!(step > 0))
        return 0;
    place = (value - origin) / step;
    return fabs(place - nearbyint(place)) * step > slack;
}

static int answer_is_bad(const attune_scale_info *info, double answer)
{
    if (isnan(answer))
        return 0;
    return !(answer >= info->item_min && answer <= info->item_max) ||
           off_grid(answer, info->item_min, info->item_step, answer_slack);
}

static attune_status check_answers(const attune_scale_info *info, const double *items, size_t n,
                                   attune_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (answer_is_bad(info, items[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "items",
                               "expected an answer on the scale's own grid, or NaN");
    return ATTUNE_OK;
}

static void turn_reversed(const attune_scale *scale, const double *items, double *keyed)
{
    const attune_scale_info *info = &scale->info;
    memcpy(keyed, items, (size_t)info->item_count * sizeof *keyed);
    for (uint32_t i = 0; i < info->reversed_count; i++) {
        double *item = &keyed[scale->reversed[i] - 1];
        *item = info->item_min + info->item_max - *item;
    }
}

static int32_t band_of(const attune_scale *scale, double score)
{
    int32_t band = -1;
    for (uint32_t i = 0; i < scale->info.band_count && score >= scale->bands[i].low; i++)
        band = (int32_t)i;
    return band;
}

/* Sum, mean or factor of the answered items; the unanswered stand at their mean. */
static double combine(const attune_scale_info *info, double sum, int32_t answered, int32_t items)
{
    switch (info->rule) {
    case ATTUNE_RULE_MEAN:
        return sum / answered;
    case ATTUNE_RULE_FACTOR:
        return sum * info->factor / answered;
    default:
        return answered == items ? sum : sum * items / answered;
    }
}

/* Sums of steps that binary cannot hold may miss the end of the range by their last bit. */
static double within(double score, double low, double high)
{
    return isnan(score) ? score : fmax(low, fmin(high, score));
}

static void finish(const attune_scale_info *info, attune_score *score, double sum,
                   int32_t missing_max)
{
    int32_t missing = score->n_items - score->n_answered;
    score->complete = missing == 0;
    score->score = NAN;
    if (score->n_answered == 0) {
        score->reason = ATTUNE_REASON_EMPTY;
    } else if (missing > missing_max) {
        score->reason = ATTUNE_REASON_INCOMPLETE;
    } else {
        score->score = combine(info, sum, score->n_answered, score->n_items);
        if (missing > 0)
            score->flags |= ATTUNE_SCORE_PRORATED;
    }
}

static uint32_t scale_flags(const attune_scale_info *info)
{
    return (info->demonstration ? ATTUNE_SCORE_DEMONSTRATION : 0u) |
           (info->status != ATTUNE_FACT_CONFIRMED ? ATTUNE_SCORE_UNCONFIRMED : 0u);
}

/* Safety items are judged as answered, before any turning. */
static uint32_t safety_flags(const attune_scale *scale, const double *items)
{
    for (uint32_t i = 0; i < scale->info.safety_count; i++)
        if (items[scale->safety[i].item - 1] >= scale->safety[i].threshold)
            return ATTUNE_SCORE_SAFETY;
    return 0;
}

static attune_score score_total(const attune_scale *scale, const double *items, const double *keyed)
{
    const attune_scale_info *info = &scale->info;
    attune_score score = { .subscale = -1, .n_items = info->item_count };
    int32_t missing_max = info->missing == ATTUNE_MISSING_PRORATE ? info->missing_max : 0;
    double sum = 0;
    for (int32_t i = 0; i < info->item_count; i++) {
        if (isnan(keyed[i]))
            continue;
        sum += keyed[i];
        score.n_answered++;
    }
    score.flags = scale_flags(info) | safety_flags(scale, items);
    finish(info, &score, sum, missing_max);
    score.score = within(score.score, info->score_min, info->score_max);
    score.band = isnan(score.score) ? -1 : band_of(scale, score.score);
    return score;
}

static attune_score score_subscale(const attune_scale *scale, uint32_t which, const double *keyed)
{
    const attune_subscale_info *sub = &scale->subscales[which];
    attune_score score = { .subscale = (int32_t)which, .band = -1 };
    double sum = 0;
    score.n_items = (int32_t)sub->item_count;
    for (uint32_t i = 0; i < sub->item_count; i++) {
        double answer = keyed[sub->items[i] - 1];
        if (isnan(answer))
            continue;
        sum += answer;
        score.n_answered++;
    }
    score.flags = scale_flags(&scale->info);
    finish(&scale->info, &score, sum, sub->missing_max);
    score.score = within(score.score, sub->score_min, sub->score_max);
    return score;
}

/* One checked form out; subscales may be NULL. */
static void score_form(const attune_scale *scale, const double *items, attune_score *totals,
                       uint32_t total_stride, size_t form, attune_score *subscales,
                       uint32_t sub_stride)
{
    double keyed[ATTUNE_ITEMS_MAX];
    size_t n_subs = scale->info.subscale_count;
    attune_score score;
    turn_reversed(scale, items, keyed);
    score = score_total(scale, items, keyed);
    atn_give_at(totals, total_stride, form, &score, sizeof score);
    for (uint32_t i = 0; subscales && i < n_subs; i++) {
        score = score_subscale(scale, i, keyed);
        atn_give_at(subscales, sub_stride, form * n_subs + i, &score, sizeof score);
    }
}

/* The checks that all forms of a call share, in the normative order. */
static attune_status check_call(const attune_scale *scale, const double *items, size_t n_items,
                                const attune_score *totals, const attune_score *subscales,
                                attune_error *err)
{
    if (!scale || !items || !totals)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "scale, items and total must be given");
    if (totals->struct_size < sizeof *totals ||
        (subscales && subscales->struct_size < sizeof *totals))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size",
                        "struct_size of the first score must be set");
    if (scale->info.item_count == 0)
        return atn_fail(err, ATTUNE_E_CONSTANT, "items", "this scale takes totals only");
    if (n_items != (size_t)scale->info.item_count)
        return atn_fail(err, ATTUNE_E_COUNT, "n_items", "expected as many items as the scale has");
    return ATTUNE_OK;
}

attune_status attune_form_score(const attune_scale *scale, const double *items, size_t n_items,
                                attune_score *total, attune_score *subscales,
                                size_t subscale_capacity, attune_error *err)
{
    attune_score *subs = subscale_capacity > 0 ? subscales : NULL;
    attune_status status;
    if (subscale_capacity > 0 && !subscales)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "subscales", "room for subscales must be given");
    status = check_call(scale, items, n_items, total, subs, err);
    if (status != ATTUNE_OK)
        return status;
    if (subs && subscale_capacity < scale->info.subscale_count)
        return atn_fail(err, ATTUNE_E_COUNT, "subscale_capacity",
                        "expected room for every subscale of the scale");
    status = check_answers(&scale->info, items, n_items, err);
    if (status == ATTUNE_OK)
        score_form(scale, items, total, total->struct_size, 0, subs, subs ? subs->struct_size : 0);
    return status;
}

attune_status attune_forms_score(const attune_scale *scale, const double *items, size_t n_items,
                                 size_t n_forms, attune_score *totals, attune_score *subscales,
                                 attune_error *err)
{
    uint32_t sub_stride = subscales && n_forms > 0 ? subscales->struct_size : 0;
    attune_status status;
    if (scale && n_forms == 0)
        return ATTUNE_OK;
    status = check_call(scale, items, n_items, totals, subscales, err);
    if (status == ATTUNE_OK && n_forms > SIZE_MAX / sizeof(double) / n_items)
        status = atn_fail(err, ATTUNE_E_COUNT, "n_forms", "more forms than memory can hold");
    if (status == ATTUNE_OK)
        status = check_answers(&scale->info, items, n_items * n_forms, err);
    for (size_t f = 0; status == ATTUNE_OK && f < n_forms; f++)
        score_form(scale, items + f * n_items, totals, totals->struct_size, f, subscales,
                   sub_stride);
    return status;
}

static int total_off_grid(const attune_scale_info *info, double given)
{
    double slack = info->score_step < 1 ? rounding_slack : answer_slack;
    return off_grid(given, isnan(info->score_min) ? 0 : info->score_min, info->score_step, slack);
}

attune_status attune_total_score(const attune_scale *scale, double given, attune_score *total,
                                 attune_error *err)
{
    attune_score score = { .subscale = -1, .score = given, .band = -1 };
    if (!scale || !total)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "scale and total must be given");
    if (total->struct_size < sizeof score)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (!atn_total_in_range(given, scale->info.score_min, scale->info.score_max,
                            scale->info.score_step))
        return atn_fail(err, ATTUNE_E_VALUE, "score",
                        "expected a total within the scale's own range");
    score.n_items = scale->info.item_count;
    score.flags = ATTUNE_SCORE_GIVEN | scale_flags(&scale->info);
    score.n_answered = -1;
    score.complete = -1;
    if (isnan(given)) {
        score.reason = ATTUNE_REASON_EMPTY;
    } else {
        score.band = band_of(scale, fmax(given, scale->info.score_min));
        score.flags |= total_off_grid(&scale->info, given) ? ATTUNE_SCORE_OFF_STEP : 0u;
    }
    atn_give(total, &score, sizeof score);
    return ATTUNE_OK;
}
