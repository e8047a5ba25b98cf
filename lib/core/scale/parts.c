/* A form's answers as the keyed parts that a total or a subscale is put together from. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/scale/answers.h"

#include <attune/score.h>

#include <math.h>

/* Item numbers from 1 of a list of them; NULL: all. */
struct list {
    const int32_t *numbers;
    size_t count;
    int grouped; /* of a group only the first item has a part */
};

static struct list list_of(const attune_scale *scale, int32_t subscale)
{
    const attune_scale_info *info = &scale->info;
    struct list list = { NULL, 0, 0 };
    if (subscale >= 0 && (uint32_t)subscale < info->subscale_count) {
        list.numbers = scale->subscales[subscale].items;
        list.count = scale->subscales[subscale].item_count;
    }
    if (subscale == -1 && info->rule != ATTUNE_RULE_NONE) {
        list.numbers = scale->scored;
        list.count = (size_t)info->scored_count;
        list.grouped = scale->groups != NULL;
    }
    return list;
}

static size_t item_at(const struct list *list, size_t i)
{
    return list->numbers ? (size_t)list->numbers[i] - 1 : i;
}

/* Is it of a group, one of whose items comes before it in the form? */
static int comes_later(const attune_scale *scale, const struct list *list, size_t item)
{
    int later = 0;
    for (size_t j = 0; list->grouped && scale->groups[item] > 0 && j < item; j++)
        later |= scale->groups[j] == scale->groups[item];
    return later;
}

size_t attune_parts_count(const attune_scale *scale, int32_t subscale)
{
    struct list list;
    size_t count = 0;
    if (!scale)
        return 0;
    list = list_of(scale, subscale);
    for (size_t i = 0; i < list.count; i++)
        count += !comes_later(scale, &list, item_at(&list, i));
    return count;
}

static double part_of(const attune_scale *scale, const struct list *list, size_t item,
                      const double *keyed)
{
    double part = keyed[item];
    for (size_t j = item;
         list->grouped && scale->groups[item] > 0 && j < (size_t)scale->info.item_count; j++)
        if (scale->groups[j] == scale->groups[item])
            part = fmax(part, keyed[j]);
    return part;
}

static double *give_parts(const attune_scale *scale, const struct list *list, const double *items,
                          double *parts)
{
    double room[ATTUNE_ITEMS_MAX];
    const double *keyed = atn_key_answers(scale, items, room);
    for (size_t i = 0; i < list->count; i++)
        if (!comes_later(scale, list, item_at(list, i)))
            *parts++ = part_of(scale, list, item_at(list, i), keyed);
    return parts;
}

attune_status attune_parts_score(const attune_scale *scale, int32_t subscale, const double *items,
                                 size_t n_items, size_t n_forms, double *parts, int32_t *numbers,
                                 attune_error *err)
{
    struct list list;
    attune_status status;
    if (!scale || (n_forms > 0 && (!items || !parts)))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "a scale, answers and room must be given");
    if (scale->open)
        return atn_fail(err, ATTUNE_E_ACCEPT, "scale", "expected a scale that was opened");
    if (attune_parts_count(scale, subscale) == 0)
        return atn_fail(err, ATTUNE_E_UNKNOWN, "subscale", "expected a total or subscale of items");
    if (n_items != (size_t)scale->info.item_count)
        return atn_fail(err, ATTUNE_E_COUNT, "n_items", "expected as many as the scale has items");
    status = atn_check_answers(scale, items, n_forms, err);
    if (status != ATTUNE_OK)
        return status;
    list = list_of(scale, subscale);
    for (size_t f = 0; f < n_forms; f++)
        parts = give_parts(scale, &list, items + f * n_items, parts);
    for (size_t i = 0; numbers && i < list.count; i++)
        if (!comes_later(scale, &list, item_at(&list, i)))
            *numbers++ = (int32_t)item_at(&list, i) + 1;
    return ATTUNE_OK;
}
