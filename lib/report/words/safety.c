/* A safety item as it was answered, in the one sentence that there is for it: never a level. */
/* SPDX-License-Identifier: MIT */
#include <attune/report.h>

#include "lib/report/words/message.h"
#include "lib/report/words/number.h"

size_t attune_safety_sentence(const attune_scale *scale, size_t i, double answer, char *text,
                              size_t capacity)
{
    attune_safety_info safety = { .struct_size = sizeof safety };
    attune_item_info item = { .struct_size = sizeof item };
    char number[ATN_NUMBER_MAX], given[ATN_NUMBER_MAX], low[ATN_NUMBER_MAX], high[ATN_NUMBER_MAX];
    if (attune_scale_safety(scale, i, &safety) != ATTUNE_OK || !(answer >= safety.threshold) ||
        attune_scale_item(scale, (size_t)safety.item - 1, &item) != ATTUNE_OK)
        return 0;
    atn_place places[] = {
        { "item", atn_figure(number, safety.item, 0) },
        { "answer", atn_figure(given, answer, atn_decimals(item.step)) },
        { "low", atn_figure(low, item.min, atn_decimals_for(item.min, 0)) },
        { "high", atn_figure(high, item.max, atn_decimals_for(item.max, 0)) },
    };
    return atn_message_fill(ATN_SAY_SAFETY_ITEM, 0, places, sizeof places / sizeof places[0], text,
                            text ? capacity : 0);
}
