/* The caseload for a terminal: two lines a client, and the reasons below. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/caseload.h"
#include "lib/report/text/spark.h"

#define INDENT 2
#define GAP 2
#define CLIENT_MAX 16
#define TITLE_MAX 14
#define SESSIONS_WIDTH 5
#define SEEN_WIDTH 6
#define SPARK_MAX 10
#define WORDS_WIDTH 18 /* "no reliable change" */

/* Left edges of the columns. */
typedef struct layout {
    int client, sessions, seen, title, figures, words, spark;
    int sparks; /* columns that a sparkline may take */
} layout;

static int wider(int a, int b)
{
    return a > b ? a : b;
}

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

/* The widest of each column, over all clients. */
static layout measure(const atn_writer *writer, const attune_caseload *caseload)
{
    layout w = { .client = atn_writer_width(writer, word(ATN_SAY_COLUMN_CLIENT)) };
    for (size_t i = 0; i < caseload->count; i++) {
        const atn_model *model = caseload->clients[i];
        w.client = wider(w.client, atn_writer_width(writer, model->client));
        w.seen = wider(w.seen, atn_writer_width(writer, model->seen));
        for (size_t r = 0; r < model->n_rows; r++) {
            w.figures = wider(w.figures, atn_writer_width(writer, model->rows[r].figures));
            w.title = wider(w.title, atn_writer_width(writer, model->rows[r].course->title));
        }
    }
    w.client = w.client < CLIENT_MAX ? w.client : CLIENT_MAX;
    w.title = w.title < TITLE_MAX ? w.title : TITLE_MAX;
    return w;
}

static layout lay_out(const atn_writer *writer, const attune_caseload *caseload)
{
    layout w = measure(writer, caseload);
    layout l = { .client = w.client, .sessions = INDENT + w.client + 1 };
    l.seen = l.sessions + SESSIONS_WIDTH + GAP;
    l.title = l.seen + (w.seen > 0 ? SEEN_WIDTH + GAP : 0);
    l.figures = l.title + w.title + GAP;
    l.words = l.figures + w.figures + GAP;
    l.spark = l.words + WORDS_WIDTH + 1;
    l.sparks = writer->width - l.spark;
    l.sparks = l.sparks > SPARK_MAX ? SPARK_MAX : wider(l.sparks, 0);
    return l;
}

static void put_header(atn_writer *writer, const layout *l)
{
    atn_put_times(writer, " ", INDENT);
    atn_put(writer, word(ATN_SAY_COLUMN_CLIENT));
    atn_to_column(writer, l->sessions);
    atn_put_right(writer, word(ATN_SAY_COLUMN_SESSIONS), SESSIONS_WIDTH);
    if (l->title > l->seen) {
        atn_to_column(writer, l->seen);
        atn_put(writer, word(ATN_SAY_COLUMN_SEEN));
    }
    atn_to_column(writer, l->title);
    put_line(writer, word(ATN_SAY_COLUMN_VALUES), l->title);
}

/* Measure, figures in words, and the last sessions as blocks. */
static void put_row(atn_writer *writer, const layout *l, const atn_model *model, const atn_row *row)
{
    size_t n = model->n_sessions, room = (size_t)l->sparks;
    atn_to_column(writer, l->title);
    atn_put_cut(writer, row->course->title, TITLE_MAX);
    atn_to_column(writer, l->figures);
    atn_put(writer, row->figures);
    if (*row->words)
        atn_to_column(writer, l->words);
    atn_put(writer, row->words);
    if (room > 0 && writer->column < l->spark && atn_spark_can(row->course)) {
        atn_to_column(writer, l->spark);
        atn_put_spark(writer, row->course, n > room ? n - room : 0, n);
    }
    atn_new_line(writer);
}

static void put_client(atn_writer *writer, const layout *l, const atn_model *model)
{
    char text[ATN_NUMBER_MAX];
    atn_put_times(writer, " ", INDENT);
    atn_put_cut(writer, model->client, l->client);
    atn_to_column(writer, l->sessions);
    atn_put_right(writer, atn_number(text, (double)model->n_sessions, 0), SESSIONS_WIDTH);
    atn_to_column(writer, l->seen);
    atn_put(writer, model->seen);
    for (size_t r = 0; r < model->n_rows; r++)
        put_row(writer, l, model, &model->rows[r]);
    if (model->n_rows == 0)
        atn_new_line(writer);
}

static void put_reasons(atn_writer *writer, const layout *l, const atn_model *model)
{
    for (const atn_line *line = model->lines[ATN_PART_LOOK]; line; line = line->next) {
        int sign = *line->label ? GAP : 0;
        atn_to_column(writer, l->title);
        atn_put(writer, line->label);
        put_line(writer, line->text, l->title + sign);
    }
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

static void put_group(atn_writer *writer, const layout *l, const attune_caseload *caseload,
                      atn_group group, atn_message heading)
{
    char text[128], number[ATN_NUMBER_MAX];
    size_t n = count_group(caseload, group);
    atn_place place = { "n", atn_number(number, (double)n, 0) };
    if (n == 0)
        return;
    put_line(writer, say(text, sizeof text, heading, 0, &place, 1), 0);
    if (group == ATN_GROUP_FEW) {
        put_few(writer, caseload);
        return;
    }
    if (group == ATN_GROUP_NO_RULE)
        put_line(writer, word(ATN_SAY_NO_RULE_WHY), INDENT);
    put_header(writer, l);
    for (size_t i = 0; i < caseload->count; i++) {
        if (caseload->clients[i]->group != group)
            continue;
        put_client(writer, l, caseload->clients[i]);
        if (group == ATN_GROUP_LOOK)
            put_reasons(writer, l, caseload->clients[i]);
    }
    if (group != ATN_GROUP_LOOK)
        atn_new_line(writer);
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
        atn_place place = { "n", atn_number(number, (double)n, 0) };
        atn_put_listed(writer, say(text, sizeof text, counts[i].message, 0, &place, 1), 0,
                       i < last);
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
        { "n", atn_number(n, (double)completed, 0) },
        { "total", atn_number(of, (double)total, 0) },
        { "percent", atn_number(percent, 100.0 * (double)completed / (double)total, 0) },
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

static void put_legend(atn_writer *writer, const attune_caseload *caseload)
{
    char text[512], number[ATN_NUMBER_MAX];
    atn_place place = { "n", atn_number(number, ATN_RECENT_SESSIONS, 0) };
    put_line(writer, word(ATN_SAY_LEGEND_SIGNS), INDENT);
    put_line(writer, say(text, sizeof text, ATN_SAY_LEGEND_WINDOW, 0, &place, 1), INDENT);
    if (count_group(caseload, ATN_GROUP_FEW) > 0)
        put_line(writer, word(ATN_SAY_LEGEND_FEW), INDENT);
    if (has_demonstration(caseload))
        put_line(writer, word(ATN_SAY_LEGEND_DEMONSTRATION), INDENT);
    put_line(writer, word(ATN_SAY_LEGEND_CHANCE), INDENT);
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
    layout l = lay_out(writer, caseload);
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
