/* A form's answers: are they on the scale's grid, and what is each worth once keyed? */
/* SPDX-License-Identifier: MIT */
#include "lib/core/scale/answers.h"

#include "lib/core/base/error.h"
#include "lib/core/scale/range.h"

/* How far an answer may lie from the grid: room for the steps of .1 that binary cannot hold. */
static const double answer_slack = 1e-9;

struct atn_range atn_range_of(const attune_scale *scale, size_t i)
{
    const struct atn_range same = { scale->info.item_min, scale->info.item_max };
    return scale->own ? scale->own[i] : same;
}

static int answer_is_bad(double answer, struct atn_range range, double step)
{
    if (isnan(answer))
        return 0;
    return !(answer >= range.low && answer <= range.high) ||
           atn_off_grid(answer, range.low, step, answer_slack);
}

/* Added and taken away again, it leaves the nearest whole number: doubles have no digits beyond. */
static const double to_whole = 0x1.8p52;

/*
 * The quick look, where answers step by 1 from one lowest to one highest: are all of them whole
 * steps, or NaN, for which no comparison holds? What it doubts is looked at again, with room for
 * what binary cannot hold. Compilers make vectors of it, which a whole number as doubt would stop.
 */
static int all_whole(const double *items, size_t n, double low, double high)
{
    double doubt = 0;
    for (size_t i = 0; i < n; i++) {
        double place = items[i] - low;
        double shifted = place + to_whole;
        double whole = shifted - to_whole;
        doubt = items[i] < low || items[i] > high || place < whole || place > whole ? 1 : doubt;
    }
    return !(doubt > 0);
}

static int steps_by_one(const attune_scale *scale)
{
    const double step = scale->info.item_step;
    return !scale->own && !(step < 1) && !(step > 1);
}

attune_status atn_check_answers(const attune_scale *scale, const double *items, size_t n_forms,
                                attune_error *err)
{
    size_t n = (size_t)scale->info.item_count;
    if (steps_by_one(scale) &&
        all_whole(items, n_forms * n, scale->info.item_min, scale->info.item_max))
        return ATTUNE_OK;
    for (size_t f = 0; f < n_forms; f++)
        for (size_t i = 0; i < n; i++)
            if (answer_is_bad(items[f * n + i], atn_range_of(scale, i), scale->info.item_step))
                return atn_fail_at(err, ATTUNE_E_VALUE, f * n + i, "items",
                                   "expected an answer on the scale's own grid, or NaN");
    return ATTUNE_OK;
}

static void turn_reversed(const attune_scale *scale, double *keyed)
{
    for (uint32_t i = 0; i < scale->info.reversed_count; i++) {
        size_t item = (size_t)scale->reversed[i] - 1;
        struct atn_range range = atn_range_of(scale, item);
        keyed[item] = range.low + range.high - keyed[item];
    }
}

static void take_values(const attune_scale *scale, double *keyed)
{
    const attune_scale_info *info = &scale->info;
    for (int32_t i = 0; i < info->item_count; i++)
        if (!isnan(keyed[i]))
            keyed[i] =
                scale->values[(size_t)nearbyint((keyed[i] - info->item_min) / info->item_step)];
}

const double *atn_key_answers(const attune_scale *scale, const double *items, double *room)
{
    if (scale->info.reversed_count == 0 && !scale->values)
        return items;
    memcpy(room, items, (size_t)scale->info.item_count * sizeof *room);
    turn_reversed(scale, room);
    if (scale->values)
        take_values(scale, room);
    return room;
}
