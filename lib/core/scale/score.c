/* The one scoring loop: answers are checked, turned, added and judged by what the row says. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/core/scale/answers.h"
#include "lib/core/scale/range.h"

#include <attune/score.h>

#include <math.h>

/* A mean of 1.25 given as 1.3 lies .05 off, and a little more as binary holds it. */
static const double rounding_slack = .05 + 1e-9;
static const double total_slack = 1e-9;

/* What is added: items, or groups of items of which the largest counts. */
struct sum {
    double sum;
    int32_t items, answered; /* of the form */
    int32_t units;           /* that make the sum of a complete form */
};

/* Without a branch: where a score lies among the bands is what no processor can guess. */
static int32_t band_of(const attune_scale *scale, int32_t subscale, double score)
{
    int32_t band = -1;
    for (uint32_t i = 0; i < scale->info.band_count; i++) {
        const attune_band_info *row = &scale->bands[i];
        int32_t reached = (row->subscale == subscale) & (score >= row->low);
        band += reached * ((int32_t)i - band);
    }
    return band;
}

/* All items in order; most forms are complete, and then no item is asked whether it is there. */
static struct sum add_all(int32_t count, const double *keyed)
{
    struct sum sum = { .items = count, .answered = count, .units = count };
    for (int32_t i = 0; i < count; i++)
        sum.sum += keyed[i];
    if (!isnan(sum.sum))
        return sum;
    sum.sum = 0;
    sum.answered = 0;
    for (int32_t i = 0; i < count; i++) {
        sum.sum += isnan(keyed[i]) ? 0 : keyed[i];
        sum.answered += !isnan(keyed[i]);
    }
    return sum;
}

static struct sum add_items(const int32_t *numbers, int32_t count, const double *keyed)
{
    struct sum sum = { .items = count, .units = count };
    for (int32_t i = 0; i < count; i++) {
        double answer = keyed[numbers[i] - 1];
        sum.sum += isnan(answer) ? 0 : answer;
        sum.answered += !isnan(answer);
    }
    return sum;
}

static struct sum add_total(const attune_scale *scale, const double *keyed)
{
    if (scale->scored)
        return add_items(scale->scored, scale->info.scored_count, keyed);
    return add_all(scale->info.scored_count, keyed);
}

/* Of each group the largest answer counts, in the place of its first item. */
static struct sum add_groups(const attune_scale *scale, const double *keyed)
{
    const int32_t *numbers = scale->scored;
    struct sum sum = { .items = scale->info.scored_count };
    for (int32_t i = 0; i < sum.items; i++) {
        int32_t item = numbers ? numbers[i] - 1 : i;
        int32_t group = scale->groups[item];
        double largest = keyed[item];
        int first = 1;
        sum.answered += !isnan(keyed[item]);
        for (int32_t j = 0; group > 0 && j < scale->info.item_count; j++) {
            first &= scale->groups[j] != group || j >= item;
            largest = scale->groups[j] == group ? fmax(largest, keyed[j]) : largest;
        }
        sum.sum += first ? largest : 0;
        sum.units += first;
    }
    return sum;
}

/* Sum, mean or factor of the answered items; the unanswered stand at their mean. */
static double combine(int32_t rule, double factor, const struct sum *sum)
{
    int complete = sum->answered == sum->items;
    int32_t added = complete ? sum->units : sum->answered;
    switch (rule) {
    case ATTUNE_RULE_MEAN:
        return sum->sum / added;
    case ATTUNE_RULE_FACTOR:
        return sum->sum * factor / added;
    default:
        return complete ? sum->sum : sum->sum * sum->items / added;
    }
}

/* Sums of steps that binary cannot hold may miss the end of the range by their last bit. */
static double within(double score, double low, double high)
{
    if (score < low)
        return low;
    return score > high ? high : score;
}

/* What a published table makes of a raw sum, which lies on its grid. */
static double convert(const attune_scale *scale, double raw)
{
    const attune_conversion_info *rows = scale->conversions;
    if (!rows)
        return raw;
    return rows[(size_t)nearbyint((raw - rows[0].raw) / (rows[1].raw - rows[0].raw))].score;
}

/* A sum of tenths, which binary cannot hold, put back on the tenth that it is: 8.7 + 9.6 + 9.9
 * + 7.8 is 36, not a shade less, and a cut-off of 36 must see it. */
static double settle(double sum, double step)
{
    double parts, near;
    if (!(fabs(sum - nearbyint(sum)) > 0)) /* whole: there is nothing to settle */
        return sum;
    parts = step < 1 ? nearbyint(1 / step) : 1;
    near = nearbyint(sum * parts) / parts;
    return fabs(near - sum) < total_slack ? near : sum;
}

/* Is there a score, and if not, why? */
static int32_t reason_of(int32_t rule, const struct sum *sum, int32_t missing_max)
{
    if (sum->answered == 0)
        return ATTUNE_REASON_EMPTY;
    if (rule == ATTUNE_RULE_NONE)
        return ATTUNE_REASON_NO_TOTAL;
    return sum->items - sum->answered > missing_max ? ATTUNE_REASON_INCOMPLETE : ATTUNE_REASON_NONE;
}

static attune_score begin(int32_t subscale, const struct sum *sum, int32_t reason, uint32_t flags)
{
    attune_score score = {
        .subscale = subscale,
        .score = NAN,
        .n_items = sum->items,
        .n_answered = sum->answered,
        .complete = sum->answered == sum->items,
        .band = -1,
        .flags = flags,
        .reason = reason,
    };
    if (reason == ATTUNE_REASON_NONE && !score.complete)
        score.flags |= ATTUNE_SCORE_PRORATED;
    return score;
}

static uint32_t scale_flags(const attune_scale_info *info)
{
    int sure = info->status == ATTUNE_FACT_CONFIRMED || info->status == ATTUNE_FACT_LICENSED;
    return (info->demonstration ? ATTUNE_SCORE_DEMONSTRATION : 0u) |
           (sure && !(info->needs & ATTUNE_ACCEPT_UNCONFIRMED) ? 0u : ATTUNE_SCORE_UNCONFIRMED) |
           (info->status == ATTUNE_FACT_LICENSED ? ATTUNE_SCORE_LICENSED : 0u);
}

/* Safety items are judged as answered, before any turning. */
static uint32_t safety_flags(const attune_scale *scale, const double *items)
{
    uint32_t answered = 0;
    for (uint32_t i = 0; i < scale->info.safety_count; i++)
        answered |= items[scale->safety[i].item - 1] >= scale->safety[i].threshold;
    return answered * ATTUNE_SCORE_SAFETY;
}

static attune_score score_total(const attune_scale *scale, const double *items, const double *keyed)
{
    const attune_scale_info *info = &scale->info;
    int32_t missing_max = info->missing == ATTUNE_MISSING_PRORATE ? info->missing_max : 0;
    struct sum sum = scale->groups ? add_groups(scale, keyed) : add_total(scale, keyed);
    attune_score score = begin(-1, &sum, reason_of(info->rule, &sum, missing_max),
                               scale_flags(info) | safety_flags(scale, items));
    if (score.reason == ATTUNE_REASON_NONE) {
        sum.sum = settle(sum.sum, info->item_step);
        score.score = convert(scale, combine(info->rule, info->factor, &sum));
        score.score = within(score.score, info->score_min, info->score_max);
        score.band = band_of(scale, -1, score.score);
    }
    return score;
}

static attune_score score_subscale(const attune_scale *scale, uint32_t which, const double *keyed)
{
    const attune_subscale_info *sub = &scale->subscales[which];
    struct sum sum = add_items(sub->items, (int32_t)sub->item_count, keyed);
    attune_score score = begin((int32_t)which, &sum, reason_of(sub->rule, &sum, sub->missing_max),
                               scale_flags(&scale->info));
    if (score.reason == ATTUNE_REASON_NONE) {
        sum.sum = settle(sum.sum, scale->info.item_step);
        score.score = within(combine(sub->rule, sub->factor, &sum), sub->score_min, sub->score_max);
        score.band = band_of(scale, (int32_t)which, score.score);
    }
    return score;
}

/* One checked form out; subscales may be NULL. */
static void score_form(const attune_scale *scale, const double *items, attune_score *totals,
                       uint32_t total_stride, size_t form, attune_score *subscales,
                       uint32_t sub_stride)
{
    double room[ATTUNE_ITEMS_MAX];
    const double *keyed = atn_key_answers(scale, items, room);
    size_t n_subs = scale->info.subscale_count;
    attune_score score;
    score = score_total(scale, items, keyed);
    atn_give_at(totals, total_stride, form, &score, sizeof score);
    for (uint32_t i = 0; subscales && i < n_subs; i++) {
        score = score_subscale(scale, i, keyed);
        atn_give_at(subscales, sub_stride, form * n_subs + i, &score, sizeof score);
    }
}

static const char closed[] = "expected a scale that attune_scale_open has opened";

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
    if (scale->open)
        return atn_fail(err, ATTUNE_E_ACCEPT, "scale", closed);
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
    status = atn_check_answers(scale, items, 1, err);
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
        status = atn_check_answers(scale, items, n_forms, err);
    for (size_t f = 0; status == ATTUNE_OK && f < n_forms; f++)
        score_form(scale, items + f * n_items, totals, totals->struct_size, f, subscales,
                   sub_stride);
    return status;
}

/* A published table gives its own totals and no others. */
static int total_off_table(const attune_scale *scale, double given)
{
    for (uint32_t i = 0; i < scale->info.conversion_count; i++)
        if (fabs(given - scale->conversions[i].score) <= rounding_slack)
            return 0;
    return 1;
}

static int total_off_grid(const attune_scale *scale, double given)
{
    const attune_scale_info *info = &scale->info;
    double slack = info->score_step < 1 ? rounding_slack : total_slack;
    if (scale->conversions)
        return total_off_table(scale, given);
    return atn_off_grid(given, isnan(info->score_min) ? 0 : info->score_min, info->score_step,
                        slack);
}

static attune_status check_total(const attune_scale *scale, double given, const attune_score *total,
                                 attune_error *err)
{
    if (!scale || !total)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "scale and total must be given");
    if (total->struct_size < sizeof *total)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (scale->open)
        return atn_fail(err, ATTUNE_E_ACCEPT, "scale", closed);
    if (scale->info.rule == ATTUNE_RULE_NONE && !isnan(given))
        return atn_fail(err, ATTUNE_E_VALUE, "score",
                        "expected answers, for this measure has no total");
    if (!atn_total_in_range(given, scale->info.score_min, scale->info.score_max,
                            scale->info.score_step))
        return atn_fail(err, ATTUNE_E_VALUE, "score",
                        "expected a total within the scale's own range");
    return ATTUNE_OK;
}

attune_status attune_total_score(const attune_scale *scale, double given, attune_score *total,
                                 attune_error *err)
{
    attune_score score = { .subscale = -1, .score = given, .band = -1 };
    attune_status status = check_total(scale, given, total, err);
    if (status != ATTUNE_OK)
        return status;
    score.n_items = scale->info.scored_count;
    score.flags = ATTUNE_SCORE_GIVEN | scale_flags(&scale->info);
    score.n_answered = -1;
    score.complete = -1;
    if (isnan(given)) {
        score.reason = ATTUNE_REASON_EMPTY;
    } else {
        score.band = band_of(scale, -1, fmax(given, scale->info.score_min));
        score.flags |= total_off_grid(scale, given) ? ATTUNE_SCORE_OFF_STEP : 0u;
    }
    atn_give(total, &score, sizeof score);
    return ATTUNE_OK;
}
