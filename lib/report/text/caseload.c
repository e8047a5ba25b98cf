/* The caseload for a terminal: counts, groups and a legend. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/text/rows.h"

#define INDENT 2

static const char *say(char *text, size_t capacity, atn_message message, int one,
                       const atn_place *places, size_t n)
{
    text[0] = '\0';
    atn_message_fill(message, one, places, n, text, capacity);
    return text;
}

static const char *word(atn_message message)
{
    return atn_message_template(message, 0);
}

static void put_line(atn_writer *writer, const char *text, int indent)
{
    atn_put_wrapped(writer, text, indent, writer->width);
    atn_new_line(writer);
}

static size_t count_group(const attune_caseload *caseload, atn_group group)
{
    size_t n = 0;
    for (size_t i = 0; i < caseload->count; i++)
        n += caseload->clients[i]->group == group;
    return n;
}

/* Their identifiers, with how many forms there are. */
static void put_few(atn_writer *writer, const attune_caseload *caseload)
{
    size_t left = count_group(caseload, ATN_GROUP_FEW);
    atn_put_times(writer, " ", INDENT);
    for (size_t i = 0; i < caseload->count; i++) {
        const atn_model *model = caseload->clients[i];
        if (model->group != ATN_GROUP_FEW)
            continue;
        left--;
        atn_put_listed(writer, model->completed_row, INDENT, left > 0);
    }
    atn_new_line(writer);
    atn_new_line(writer);
}

static void put_group(atn_writer *writer, const atn_layout *l, const attune_caseload *caseload,
                      atn_group group, atn_message heading)
{
    char text[128], number[ATN_NUMBER_MAX];
    size_t n = count_group(caseload, group);
    atn_place place = { "n", atn_figure(number, (double)n, 0) };
    if (n == 0)
        return;
    put_line(writer, say(text, sizeof text, heading, 0, &place, 1), 0);
    if (group == ATN_GROUP_FEW) {
        put_few(writer, caseload);
        return;
    }
    if (group == ATN_GROUP_NO_RULE)
        put_line(writer, word(ATN_SAY_NO_RULE_WHY), INDENT);
    atn_put_row_header(writer, l);
    for (size_t i = 0; i < caseload->count; i++) {
        if (caseload->clients[i]->group != group)
            continue;
        atn_put_client(writer, l, caseload->clients[i]);
        if (group == ATN_GROUP_LOOK)
            atn_put_reasons(writer, l, caseload->clients[i]);
    }
    if (group != ATN_GROUP_LOOK)
        atn_new_line(writer);
}

static int has_safety(const attune_caseload *caseload)
{
    for (size_t i = 0; i < caseload->count; i++)
        for (const atn_line *line = caseload->clients[i]->lines[ATN_PART_LOOK]; line;
             line = line->next)
            if (line->message == ATN_SAY_LOOK_SAFETY)
                return 1;
    return 0;
}

static void put_counts(atn_writer *writer, const attune_caseload *caseload)
{
    static const struct {
        atn_group group;
        atn_message message;
    } counts[] = {
        { ATN_GROUP_LOOK, ATN_SAY_COUNT_LOOK },
        { ATN_GROUP_QUIET, ATN_SAY_COUNT_QUIET },
        { ATN_GROUP_FEW, ATN_SAY_COUNT_FEW },
        { ATN_GROUP_NO_RULE, ATN_SAY_COUNT_NO_RULE },
    };
    char text[128], number[ATN_NUMBER_MAX];
    size_t last = count_group(caseload, ATN_GROUP_NO_RULE) > 0 ? 3 : 2;
    for (size_t i = 0; i <= last; i++) {
        size_t n = count_group(caseload, counts[i].group);
        atn_place place = { "n", atn_figure(number, (double)n, 0) };
        atn_message message =
            i == 0 && has_safety(caseload) ? ATN_SAY_COUNT_LOOK_SAFETY : counts[i].message;
        atn_put_listed(writer, say(text, sizeof text, message, 0, &place, 1), 0, i < last);
    }
    atn_new_line(writer);
}

static void put_completed(atn_writer *writer, const attune_caseload *caseload)
{
    char text[128], n[ATN_NUMBER_MAX], of[ATN_NUMBER_MAX], percent[ATN_NUMBER_MAX];
    size_t completed = 0, total = 0;
    for (size_t i = 0; i < caseload->count; i++) {
        completed += caseload->clients[i]->completed;
        total += caseload->clients[i]->n_sessions;
    }
    if (total == 0)
        return;
    atn_place places[] = {
        { "n", atn_figure(n, (double)completed, 0) },
        { "total", atn_figure(of, (double)total, 0) },
        { "percent", atn_figure(percent, 100.0 * (double)completed / (double)total, 0) },
    };
    put_line(writer, say(text, sizeof text, ATN_SAY_COUNT_COMPLETED, total == 1, places, 3), 0);
}

static void put_title(atn_writer *writer, const attune_caseload *caseload)
{
    atn_put(writer, caseload->title);
    atn_new_line(writer);
    put_line(writer, word(ATN_SAY_CASELOAD_SUBTITLE), 0);
    atn_new_line(writer);
    if (caseload->count == 0) {
        put_line(writer, word(ATN_SAY_CASELOAD_EMPTY), 0);
    } else {
        put_counts(writer, caseload);
        put_completed(writer, caseload);
    }
    atn_new_line(writer);
}

static int has_demonstration(const attune_caseload *caseload)
{
    for (size_t i = 0; i < caseload->count; i++)
        for (size_t c = 0; c < caseload->clients[i]->n_courses; c++)
            if (caseload->clients[i]->courses[c].demonstration)
                return 1;
    return 0;
}

static void put_uses(atn_writer *writer, const attune_caseload *caseload)
{
    const atn_line *line = caseload->uses;
    if (!line)
        return;
    atn_put_times(writer, " ", INDENT);
    for (; line; line = line->after)
        atn_put_flowing(writer, line->text, INDENT, 1);
    atn_new_line(writer);
}

static void put_legend(atn_writer *writer, const attune_caseload *caseload)
{
    char text[512], number[ATN_NUMBER_MAX];
    atn_place place = { "n", atn_figure(number, ATN_RECENT_SESSIONS, 0) };
    put_line(writer, word(ATN_SAY_LEGEND_SIGNS), INDENT);
    put_line(writer, say(text, sizeof text, ATN_SAY_LEGEND_WINDOW, 0, &place, 1), INDENT);
    if (count_group(caseload, ATN_GROUP_FEW) > 0)
        put_line(writer, word(ATN_SAY_LEGEND_FEW), INDENT);
    if (has_demonstration(caseload))
        put_line(writer, word(ATN_SAY_LEGEND_DEMONSTRATION), INDENT);
    put_line(writer, word(ATN_SAY_LEGEND_CHANCE), INDENT);
    put_uses(writer, caseload);
    put_line(writer, caseload->foot, INDENT);
}

static void put_caseload(atn_writer *writer, const attune_caseload *caseload)
{
    static const struct {
        atn_group group;
        atn_message heading;
    } groups[] = {
        { ATN_GROUP_LOOK, ATN_SAY_GROUP_LOOK },
        { ATN_GROUP_QUIET, ATN_SAY_GROUP_QUIET },
        { ATN_GROUP_FEW, ATN_SAY_GROUP_FEW },
        { ATN_GROUP_NO_RULE, ATN_SAY_GROUP_NO_RULE },
    };
    atn_layout l = atn_rows_lay(writer, caseload);
    put_title(writer, caseload);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        put_group(writer, &l, caseload, groups[i].group, groups[i].heading);
    put_legend(writer, caseload);
}

size_t attune_caseload_text(const attune_caseload *caseload, const attune_text_options *options,
                            char *text, size_t capacity)
{
    atn_writer writer;
    if (!caseload || !atn_writer_begin(&writer, options, NULL))
        return 0;
    put_caseload(&writer, caseload);
    size_t length = writer.used;
    if (!text || length >= capacity)
        return length;
    atn_writer_begin(&writer, options, text);
    put_caseload(&writer, caseload);
    text[length] = '\0';
    return length;
}
