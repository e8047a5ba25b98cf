/* Sentences and figures in a model's memory. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include <attune/version.h>

#include <math.h>
#include <time.h>

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

void atn_add_text(atn_model *model, atn_part part, const char *label, atn_message message,
                  const char *text)
{
    atn_line *line = atn_arena_get(&model->arena, 1, sizeof *line);
    if (!line)
        return;
    *line = (atn_line) { .label = label, .text = text, .message = message };
    if (!model->ends[part])
        model->ends[part] = &model->lines[part];
    *model->ends[part] = line;
    model->ends[part] = &line->next;
}

void atn_add(atn_model *model, atn_part part, const char *label, atn_message message, int one,
             const atn_place *places, size_t n)
{
    atn_add_text(model, part, label, message,
                 atn_arena_say(&model->arena, message, one, places, n));
}

const char *atn_score_text(atn_model *model, const atn_course *course, double score)
{
    char text[ATN_NUMBER_MAX];
    return atn_arena_copy(&model->arena,
                          atn_figure(text, score, atn_decimals_for(score, course->decimals)));
}

const char *atn_change_text(atn_model *model, const atn_course *course, double change)
{
    char text[ATN_NUMBER_MAX];
    return atn_arena_copy(
        &model->arena, atn_number_signed(text, change, atn_decimals_for(change, course->decimals)));
}

const char *atn_count_text(atn_model *model, int64_t count)
{
    char text[ATN_NUMBER_MAX];
    return atn_arena_copy(&model->arena, atn_figure(text, (double)count, 0));
}

/* 02 rather than 2, so that dates line up. */
static const char *print_date_part(atn_arena *arena, int number)
{
    char text[ATN_NUMBER_MAX];
    return atn_arena_join(arena, number < 10 ? "0" : "", "",
                          atn_arena_copy(arena, atn_figure(text, number, 0)));
}

const char *atn_date_text(atn_arena *arena, double day, int with_year)
{
    time_t seconds = isnan(day) ? 0 : (time_t)floor(day) * 86400;
    struct tm date;
    if (isnan(day) || !gmtime_r(&seconds, &date))
        return "";
    atn_place places[] = { { "day", print_date_part(arena, date.tm_mday) },
                           { "month", months[date.tm_mon] },
                           { "year", print_date_part(arena, date.tm_year + 1900) } };
    return atn_arena_say(arena, with_year ? ATN_SAY_DAY_YEAR : ATN_SAY_DAY, 0, places, 3);
}

const char *atn_day_text(atn_model *model, double day, int with_year)
{
    return atn_date_text(&model->arena, day, with_year);
}

const char *atn_foot_text(atn_arena *arena, const char *rules, double today)
{
    atn_place places[] = { { "version", attune_version_text() },
                           { "rules", rules },
                           { "day", atn_date_text(arena, today, 1) } };
    return atn_arena_say(arena, isnan(today) ? ATN_SAY_FOOT_MADE : ATN_SAY_FOOT_MADE_ON, 0, places,
                         3);
}

const char *atn_when_text(atn_model *model, size_t session)
{
    double day = model->day[session];
    atn_place places[] = { { "session", atn_count_text(model, model->session[session]) },
                           { "day", atn_day_text(model, day, 0) } };
    return atn_arena_say(&model->arena, isnan(day) ? ATN_SAY_WHEN : ATN_SAY_WHEN_DAY, 0, places, 2);
}

/* The end of the run of flagged sessions with rising numbers that begins at i. */
static size_t run_end(const atn_model *model, const unsigned char *flag, size_t i)
{
    while (i + 1 < model->n_sessions && flag[i + 1] &&
           model->session[i + 1] == model->session[i] + 1)
        i++;
    return i;
}

/* "4", or "4–8" for three and more. */
static const char *say_run(atn_model *model, size_t first, size_t last)
{
    atn_place places[] = { { "first", atn_count_text(model, model->session[first]) },
                           { "last", atn_count_text(model, model->session[last]) } };
    return first == last ? places[0].text
                         : atn_arena_say(&model->arena, ATN_SAY_NUMBERS, 0, places, 2);
}

/* "4", "4 and 7", "4, 7 and 9–12": the numbers of the sessions whose flag is set. */
const char *atn_sessions_text(atn_model *model, const unsigned char *flag, size_t *n)
{
    const char *text = "", *waiting = "";
    size_t said = 0;
    *n = 0;
    for (size_t i = 0; i < model->n_sessions; i++) {
        if (!flag[i])
            continue;
        size_t last = run_end(model, flag, i);
        last = last - i >= 2 ? last : i;
        *n += last - i + 1;
        if (++said > 2) {
            atn_place places[] = { { "before", text }, { "item", waiting } };
            text = atn_arena_say(&model->arena, ATN_SAY_LIST, 0, places, 2);
        } else if (said == 2) {
            text = waiting;
        }
        waiting = say_run(model, i, last);
        i = last;
    }
    atn_place places[] = { { "before", text }, { "item", waiting } };
    return said < 2 ? waiting : atn_arena_say(&model->arena, ATN_SAY_LIST_LAST, 0, places, 2);
}
