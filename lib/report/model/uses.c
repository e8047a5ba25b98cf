/* What has to be said of each scale: its standing, and which constants and file were used. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

/* What stands elsewhere on the page is left out: demonstration, derived constants, whole hashes. */
static const int32_t kinds[] = {
    ATTUNE_CAVEAT_LICENSED,           ATTUNE_CAVEAT_UNCONFIRMED, ATTUNE_CAVEAT_PROVISIONAL,
    ATTUNE_CAVEAT_CONSTANTS_WITHHELD, ATTUNE_CAVEAT_MADE_WITH,
};

/* A clause in the model's memory; "" for none. */
static const char *clause_of(atn_model *model, const attune_scale *scale,
                             const attune_constants *constants, int32_t kind)
{
    size_t n = attune_scale_caveat(scale, constants, kind, NULL, 0);
    char *text = n > 0 ? atn_arena_get(&model->arena, n + 1, 1) : NULL;
    if (!text)
        return "";
    attune_scale_caveat(scale, constants, kind, text, n + 1);
    return text;
}

static void say(atn_model *model, const atn_course *course, const attune_scale *scale)
{
    attune_constants shown = course->constants;
    const char *caveats = "";
    shown.withheld &= ~ATTUNE_CONSTANT_NORMS; /* no report looks at them */
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        caveats =
            atn_arena_join(&model->arena, caveats, "; ", clause_of(model, scale, &shown, kinds[i]));
    atn_place places[] = { { "title", course->title }, { "caveats", caveats } };
    if (*caveats)
        atn_add(model, ATN_PART_USES, course->measure, ATN_SAY_LIMITS_CAVEAT, 0, places, 2);
}

/* A norm is named once, with the measure that it is of. */
static void say_norm(atn_model *model, const attune_norm *norm)
{
    char text[ATTUNE_NORM_SENTENCE_MAX];
    attune_norm_sentence(norm, ATTUNE_NORM_SHORT, text, sizeof text);
    for (size_t i = 0; i < model->n_courses; i++) {
        if (!model->courses[i].constants.response)
            continue;
        atn_add_text(model, ATN_PART_USES, norm->measure, ATN_SAY_NORM_END,
                     atn_arena_copy(&model->arena, text));
        return;
    }
}

void atn_say_uses(atn_model *model, const attune_report_client *client,
                  const atn_settings *settings)
{
    for (size_t i = 0; i < model->n_courses; i++)
        if (!model->courses[i].second)
            say(model, &model->courses[i], atn_series_of(model, client, i)->scale);
    if (settings->norm.struct_size > 0)
        say_norm(model, &settings->norm);
}
