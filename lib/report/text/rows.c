/* The rows of a caseload: client, sessions, figures, words and blocks. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/text/rows.h"

#include "lib/report/text/spark.h"

#define INDENT 2
#define GAP 2
#define CLIENT_MAX 16
#define TITLE_MAX 14
#define SESSIONS_WIDTH 5
#define SEEN_WIDTH 6
#define SPARK_MAX 10
#define WORDS_WIDTH 18 /* "no reliable change" */

static int wider(int a, int b)
{
    return a > b ? a : b;
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
static atn_layout measure(const atn_writer *writer, const attune_caseload *caseload)
{
    atn_layout w = { .client = atn_writer_width(writer, word(ATN_SAY_COLUMN_CLIENT)) };
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

atn_layout atn_rows_lay(const atn_writer *writer, const attune_caseload *caseload)
{
    atn_layout w = measure(writer, caseload);
    atn_layout l = { .client = w.client, .sessions = INDENT + w.client + 1 };
    l.seen = l.sessions + SESSIONS_WIDTH + GAP;
    l.title = l.seen + (w.seen > 0 ? SEEN_WIDTH + GAP : 0);
    l.figures = l.title + w.title + GAP;
    l.words = l.figures + w.figures + GAP;
    l.spark = l.words + WORDS_WIDTH + 1;
    l.sparks = writer->width - l.spark;
    l.sparks = l.sparks > SPARK_MAX ? SPARK_MAX : wider(l.sparks, 0);
    return l;
}

void atn_put_row_header(atn_writer *writer, const atn_layout *l)
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
static void put_row(atn_writer *writer, const atn_layout *l, const atn_model *model,
                    const atn_row *row)
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

void atn_put_client(atn_writer *writer, const atn_layout *l, const atn_model *model)
{
    char text[ATN_NUMBER_MAX];
    atn_put_times(writer, " ", INDENT);
    atn_put_cut(writer, model->client, l->client);
    atn_to_column(writer, l->sessions);
    atn_put_right(writer, atn_figure(text, (double)model->n_sessions, 0), SESSIONS_WIDTH);
    atn_to_column(writer, l->seen);
    atn_put(writer, model->seen);
    for (size_t r = 0; r < model->n_rows; r++)
        put_row(writer, l, model, &model->rows[r]);
    if (model->n_rows == 0)
        atn_new_line(writer);
}

void atn_put_reasons(atn_writer *writer, const atn_layout *l, const atn_model *model)
{
    for (const atn_line *line = model->lines[ATN_PART_LOOK]; line; line = line->next) {
        int sign = *line->label ? GAP : 0;
        atn_to_column(writer, l->title);
        atn_put(writer, line->label);
        put_line(writer, line->text, l->title + sign);
    }
    atn_new_line(writer);
}
