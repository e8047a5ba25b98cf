/* The client report for a terminal. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/text/spark.h"
#include "lib/report/text/table.h"

#define INDENT 2
#define GAP 2
#define SPARK_BESIDE 30 /* sessions whose blocks leave room for words beside them */

static int widest_label(const atn_writer *writer, const atn_line *line)
{
    int width = 0;
    for (; line; line = line->next)
        if (atn_writer_width(writer, line->label) > width)
            width = atn_writer_width(writer, line->label);
    return width;
}

/* A label, then text in its own column. */
static void put_entry(atn_writer *writer, const char *label, const char *text, int indent)
{
    atn_put_times(writer, " ", INDENT);
    atn_put(writer, label);
    atn_put_wrapped(writer, text, indent, writer->width);
    atn_new_line(writer);
}

static void put_entries(atn_writer *writer, const atn_line *line, int label_width)
{
    for (; line; line = line->next)
        put_entry(writer, line->label, line->text, INDENT + label_width + GAP);
}

static void put_title(atn_writer *writer, const atn_model *model)
{
    const atn_line *line = model->lines[ATN_PART_TITLE];
    atn_put(writer, line->text);
    atn_put(writer, "   ");
    line = line->next;
    atn_put_wrapped(writer, line->text, writer->column, writer->width);
    for (line = line->next; line; line = line->next) {
        atn_new_line(writer);
        atn_put_wrapped(writer, line->text, 0, writer->width);
    }
    atn_new_line(writer);
    atn_new_line(writer);
}

static void put_rule(atn_writer *writer, const char *left, const char *right)
{
    atn_put(writer, left);
    atn_put_times(writer, "─", writer->width - 2);
    atn_put(writer, right);
    atn_new_line(writer);
}

static void put_safety(atn_writer *writer, const atn_model *model)
{
    const atn_line *line = model->lines[ATN_PART_SAFETY];
    if (!line)
        return;
    put_rule(writer, "┌", "┐");
    for (; line; line = line->next) {
        atn_put_framed(writer, line->label, INDENT);
        atn_put_framed(writer, line->text, INDENT + GAP);
    }
    put_rule(writer, "└", "┘");
    atn_new_line(writer);
}

/* The sentences to consider follow each other like words. */
static void put_consider(atn_writer *writer, const atn_model *model, int label_width)
{
    const atn_line *line = model->lines[ATN_PART_CONSIDER];
    int indent = INDENT + label_width + GAP;
    if (!line)
        return;
    atn_put_times(writer, " ", INDENT);
    atn_put(writer, atn_message_template(ATN_SAY_HEAD_CONSIDER, 0));
    atn_put_times(writer, " ", indent - writer->column);
    for (; line; line = line->next)
        atn_put_flowing(writer, line->text, indent, 2);
    atn_new_line(writer);
}

static void put_headline(atn_writer *writer, const atn_model *model)
{
    int width = widest_label(writer, model->lines[ATN_PART_HEADLINE]);
    int consider = atn_writer_width(writer, atn_message_template(ATN_SAY_HEAD_CONSIDER, 0));
    if (consider > width)
        width = consider;
    put_entries(writer, model->lines[ATN_PART_HEADLINE], width);
    put_consider(writer, model, width);
    atn_new_line(writer);
}

static void put_spark_lines(atn_writer *writer, const atn_model *model, const atn_course *course,
                            int indent)
{
    size_t room = (size_t)(writer->width - indent), n = model->n_sessions;
    for (size_t from = 0; from < n; from += room) {
        atn_put_times(writer, " ", indent);
        atn_put_spark(writer, course, from, n - from < room ? n : from + room);
        atn_new_line(writer);
    }
}

/* Range and direction of a measure; its blocks too where the table had no room for them. */
static void put_scale(atn_writer *writer, const atn_model *model, const atn_course *course,
                      const atn_line *line, int sparks)
{
    int indent = INDENT + atn_label_width(writer, model) + GAP;
    int beside = !sparks && model->n_sessions <= SPARK_BESIDE;
    atn_put_times(writer, " ", INDENT);
    atn_put(writer, line->label);
    if (beside) {
        atn_to_column(writer, indent);
        if (atn_spark_can(course))
            atn_put_spark(writer, course, 0, model->n_sessions);
        indent += (int)model->n_sessions + GAP;
    }
    atn_put_wrapped(writer, line->text, indent, writer->width);
    atn_new_line(writer);
    if (!beside && !sparks && atn_spark_can(course))
        put_spark_lines(writer, model, course, indent);
}

static void put_scales(atn_writer *writer, const atn_model *model, int sparks)
{
    const atn_line *line = model->lines[ATN_PART_SCALES];
    for (size_t c = 0; c < model->n_courses; c++) {
        if (model->courses[c].second)
            continue;
        put_scale(writer, model, &model->courses[c], line, sparks);
        line = line->next;
    }
    atn_new_line(writer);
}

static void put_why(atn_writer *writer, const atn_model *model)
{
    const atn_line *line = model->lines[ATN_PART_WHY];
    if (!line)
        return;
    atn_put_times(writer, " ", INDENT);
    atn_put(writer, atn_message_template(ATN_SAY_HEAD_WHY, 0));
    atn_new_line(writer);
    put_entries(writer, line, widest_label(writer, line));
    atn_new_line(writer);
}

/* Sentences that follow each other in one paragraph. */
static void put_paragraph(atn_writer *writer, const atn_line *line)
{
    if (!line)
        return;
    atn_put_times(writer, " ", INDENT);
    for (; line; line = line->next)
        atn_put_flowing(writer, line->text, INDENT, 1);
    atn_new_line(writer);
}

static void put_limits(atn_writer *writer, const atn_model *model)
{
    put_paragraph(writer, model->lines[ATN_PART_LIMITS]);
    for (const atn_line *line = model->lines[ATN_PART_NOTES]; line; line = line->next)
        put_entry(writer, "", line->text, INDENT);
    put_paragraph(writer, model->lines[ATN_PART_USES]);
    put_entry(writer, "", model->lines[ATN_PART_FOOT]->text, INDENT);
}

static void put_report(atn_writer *writer, const atn_model *model)
{
    put_title(writer, model);
    put_safety(writer, model);
    put_headline(writer, model);
    if (model->n_sessions > 0) {
        int sparks = atn_put_table(writer, model);
        put_scales(writer, model, sparks);
    }
    put_why(writer, model);
    put_limits(writer, model);
}

size_t attune_client_report_text(const attune_client_report *report,
                                 const attune_text_options *options, char *text, size_t capacity)
{
    atn_writer writer;
    if (!report || !atn_writer_begin(&writer, options, NULL))
        return 0;
    put_report(&writer, report);
    size_t length = writer.used;
    if (!text || length >= capacity)
        return length;
    atn_writer_begin(&writer, options, text);
    put_report(&writer, report);
    text[length] = '\0';
    return length;
}
