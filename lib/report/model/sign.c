/* What a mark looks like: shapes that differ in grey print and in one column of text. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

const char *const atn_sign_text[ATN_SIGN_END] = {
    [ATN_SIGN_DROP] = "▼",        [ATN_SIGN_WORSE] = "▲", [ATN_SIGN_MAYBE_DROP] = "▽",
    [ATN_SIGN_MAYBE_WORSE] = "△", [ATN_SIGN_SHIFT] = "◇", [ATN_SIGN_RETURN] = "○",
};

/* [kind][level is probable or more]; a shift and a return have no level. */
static const atn_sign signs[][2] = {
    [ATTUNE_MARK_DROP] = { ATN_SIGN_MAYBE_DROP, ATN_SIGN_DROP },
    [ATTUNE_MARK_RETURN] = { ATN_SIGN_RETURN, ATN_SIGN_RETURN },
    [ATTUNE_MARK_SHIFT] = { ATN_SIGN_SHIFT, ATN_SIGN_SHIFT },
    [ATTUNE_MARK_EROSION] = { ATN_SIGN_MAYBE_DROP, ATN_SIGN_DROP },
    [ATTUNE_MARK_LOW] = { ATN_SIGN_MAYBE_DROP, ATN_SIGN_DROP },
    [ATTUNE_MARK_WORSE] = { ATN_SIGN_MAYBE_WORSE, ATN_SIGN_WORSE },
    [ATTUNE_MARK_REPORTED] = { ATN_SIGN_MAYBE_DROP, ATN_SIGN_DROP },
    [ATTUNE_MARK_BOTTOM] = { ATN_SIGN_MAYBE_DROP, ATN_SIGN_DROP },
    [ATTUNE_MARK_STEP] = { ATN_SIGN_MAYBE_DROP, ATN_SIGN_DROP },
    [ATTUNE_MARK_FALL] = { ATN_SIGN_MAYBE_DROP, ATN_SIGN_DROP },
    [ATTUNE_MARK_OFF_TRACK] = { ATN_SIGN_MAYBE_WORSE, ATN_SIGN_WORSE },
    [ATTUNE_MARK_DIVERGENCE] = { ATN_SIGN_SHIFT, ATN_SIGN_SHIFT },
    [ATTUNE_MARK_ORDER] = { ATN_SIGN_MAYBE_DROP, ATN_SIGN_DROP },
};

atn_sign atn_sign_of(const attune_mark *mark)
{
    int32_t kinds = (int32_t)(sizeof signs / sizeof signs[0]);
    if (mark->kind < 0 || mark->kind >= kinds)
        return ATN_SIGN_MAYBE_DROP;
    return signs[mark->kind][mark->level >= ATTUNE_LEVEL_PROBABLE];
}
