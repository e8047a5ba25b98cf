/* All values of a client's report: sessions across, measures down, broken into blocks. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/text/table.h"

#include "lib/report/text/spark.h"

#define INDENT 2
#define SPARK_GAP 3
#define CELL_MIN 4 /* columns that a session takes at least, the gap before it included */
#define CELL_LIKED 5

/* How the table is laid out. */
typedef struct layout {
    int label, cell;
    size_t block; /* sessions side by side */
    int sparks;   /* 1: sparklines stand at the right */
} layout;

static const char *word(atn_message message)
{
    return atn_message_template(message, 0);
}

static int wider(int a, int b)
{
    return a > b ? a : b;
}

static const char *print_score(char *text, const atn_course *course, size_t session)
{
    if (course->cell[session] == ATN_CELL_MISSED)
        return word(ATN_SAY_CELL_MISSED);
    if (course->cell[session] == ATN_CELL_NONE)
        return "";
    return atn_figure(text, course->score[session], course->decimals);
}

/* The mark row's signs at one session: each once, the one to be seen first in front. */
static const char *print_signs(char *text, const atn_model *model, size_t session)
{
    unsigned all = 0;
    size_t used = 0;
    for (size_t c = 0; c < model->n_courses; c++)
        all |= model->courses[c].signs ? model->courses[c].signs[session] : 0;
    for (int sign = 0; sign < ATN_SIGN_END; sign++)
        if (all & 1u << sign) {
            size_t n = strlen(atn_sign_text[sign]);
            memcpy(text + used, atn_sign_text[sign], n);
            used += n;
        }
    text[used] = '\0';
    return text;
}

int atn_label_width(const atn_writer *writer, const atn_model *model)
{
    int width = wider(atn_writer_width(writer, word(ATN_SAY_ROW_SESSION)),
                      atn_writer_width(writer, word(ATN_SAY_ROW_MARK)));
    for (size_t c = 0; c < model->n_courses; c++)
        width = wider(width,
                      atn_writer_width(writer, model->courses[c].label) + model->courses[c].second);
    return width < writer->width / 3 ? width : writer->width / 3;
}

static int cell_width(const atn_writer *writer, const atn_model *model)
{
    char text[ATN_NUMBER_MAX];
    int width = 0;
    for (size_t i = 0; i < model->n_sessions; i++) {
        width = wider(width, atn_writer_width(writer, atn_figure(text, model->session[i], 0)));
        width = wider(width, atn_writer_width(writer, print_signs(text, model, i)));
        for (size_t c = 0; c < model->n_courses; c++)
            width =
                wider(width, atn_writer_width(writer, print_score(text, &model->courses[c], i)));
    }
    return wider(width + 1, CELL_MIN);
}

static layout lay_out(const atn_writer *writer, const atn_model *model)
{
    layout l = { .label = atn_label_width(writer, model), .cell = cell_width(writer, model) };
    size_t room = (size_t)(writer->width - INDENT - l.label), n = model->n_sessions;
    int liked = wider(l.cell, CELL_LIKED);
    l.sparks = n * (size_t)(l.cell + 1) + SPARK_GAP <= room;
    if (n * (size_t)(liked + l.sparks) + SPARK_GAP <= room)
        l.cell = liked;
    l.block = l.sparks ? n : room / (size_t)l.cell;
    l.block = l.block > 0 ? l.block : 1; /* a cell wider than the page stands alone */
    if (!l.sparks && n > l.block) {      /* blocks of equal length */
        size_t blocks = (n + l.block - 1) / l.block;
        l.block = (n + blocks - 1) / blocks;
    }
    return l;
}

static void put_label(atn_writer *writer, const layout *l, const char *label, int more)
{
    atn_put_times(writer, " ", INDENT + more);
    atn_put_cut(writer, label, l->label - more);
    atn_put_times(writer, " ", INDENT + l->label - writer->column);
}

static void put_sessions(atn_writer *writer, const atn_model *model, const layout *l, size_t from,
                         size_t to)
{
    char text[ATN_NUMBER_MAX];
    put_label(writer, l, word(ATN_SAY_ROW_SESSION), 0);
    for (size_t i = from; i < to; i++)
        atn_put_right(writer, atn_figure(text, model->session[i], 0), l->cell);
    atn_new_line(writer);
}

static void put_course(atn_writer *writer, const atn_course *course, const layout *l, size_t from,
                       size_t to)
{
    char text[ATN_NUMBER_MAX];
    put_label(writer, l, course->label, course->second);
    for (size_t i = from; i < to; i++)
        atn_put_right(writer, print_score(text, course, i), l->cell);
    if (l->sparks && atn_spark_can(course)) {
        atn_put_times(writer, " ", SPARK_GAP);
        atn_put_spark(writer, course, from, to);
    }
    atn_new_line(writer);
}

static void put_marks(atn_writer *writer, const atn_model *model, const layout *l, size_t from,
                      size_t to)
{
    char text[ATN_NUMBER_MAX];
    put_label(writer, l, word(ATN_SAY_ROW_MARK), 0);
    for (size_t i = from; i < to; i++)
        atn_put_right(writer, print_signs(text, model, i), l->cell);
    atn_new_line(writer);
}

static int any_marks(const atn_model *model, size_t from, size_t to)
{
    for (size_t c = 0; c < model->n_courses; c++)
        for (size_t i = from; model->courses[c].signs && i < to; i++)
            if (model->courses[c].signs[i])
                return 1;
    return 0;
}

int atn_put_table(atn_writer *writer, const atn_model *model)
{
    layout l = lay_out(writer, model);
    for (size_t from = 0; from < model->n_sessions; from += l.block) {
        size_t to = from + l.block < model->n_sessions ? from + l.block : model->n_sessions;
        put_sessions(writer, model, &l, from, to);
        for (size_t c = 0; c < model->n_courses; c++)
            put_course(writer, &model->courses[c], &l, from, to);
        if (any_marks(model, from, to))
            put_marks(writer, model, &l, from, to);
        atn_new_line(writer);
    }
    return l.sparks;
}
