/* The false-alarm table as it was measured for this version: of one rule in words, and whole. */
/* SPDX-License-Identifier: MIT */
#include "examples/rules.h"

#include "examples/catalogue.h"
#include "examples/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static attune_alarm row_at(size_t i)
{
    attune_alarm row = { .struct_size = sizeof row };
    (void)attune_alarm_table_describe(i, &row);
    return row;
}

static int is_of(const attune_alarm *row, const attune_rule_info *rule)
{
    return strcmp(row->rule, rule->id) == 0 && row->version == (int32_t)rule->version;
}

/* ---- One rule, for people ---- */

#define TEXT_MAX 1000

struct text {
    char bytes[TEXT_MAX];
    size_t used;
    int of; /* what it says last: a level, or a world's place */
};

static void say(struct text *text, const char *words)
{
    int n = snprintf(text->bytes + text->used, TEXT_MAX - text->used, "%s", words);
    text->used += n > 0 && (size_t)n < TEXT_MAX - text->used ? (size_t)n : 0;
}

static void say_figure(struct text *text, double figure, int decimals)
{
    char words[32];
    (void)snprintf(words, sizeof words, isnan(figure) ? " -" : " %.*f", decimals, figure);
    say(text, words);
}

/* Begins "; probable" when the figures to come are of another level or world. */
static void say_of(struct text *text, const char *name, const char **of)
{
    if (*of && strcmp(*of, name) == 0)
        return;
    say(text, *of ? "; " : "");
    say(text, name);
    *of = name;
}

static const char *level_name(int32_t level)
{
    size_t count;
    const attune_field *fields = attune_alarm_fields(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, "level") == 0 && level >= 0)
            return fields[i].names[level];
    return "";
}

enum { PER_100, EVER, FOUND, STANDING, LINES };

static const struct {
    const char *label, *text;
} lines[LINES] = {
    [PER_100] = { "false alarms", "per 100 sessions of steady courses of 6, 10, 16 and 30: " },
    [EVER] = { "clients marked", "of 100 with such courses: " },
    [FOUND] = { "ruptures found", "at 2, 5 and 10 false alarms per 100 sessions: " },
    [STANDING] = { "as it stands", "ruptures found, delay in sessions, repair said rightly: " },
};

/* Says a row's figure in one of the lines, where it belongs there. */
static void take_row(int line, const attune_alarm *row, struct text *text, const char **of)
{
    int steady = strcmp(row->world, "steady") == 0;
    if (line <= EVER && steady && row->level >= 0) {
        say_of(text, level_name(row->level), of);
        say_figure(text, line == PER_100 ? row->alarms_per_100 : row->clients_per_100, line == 0);
    } else if (line == FOUND && !steady && row->level < 0) {
        say_of(text, row->world, of);
        say_figure(text, row->found, 2);
    } else if (line == STANDING && row->level >= 0 && strcmp(row->world, "default") == 0) {
        say_of(text, level_name(row->level), of);
        say_figure(text, row->found, 2);
        say_figure(text, row->delay, 1);
        say_figure(text, row->status_right, 2);
    }
}

/* Rows come by length within a level's turn, so a line walks the levels one by one. */
static void say_line(int line, const attune_rule_info *rule, struct text *text)
{
    const char *of = NULL;
    for (int32_t level = ATTUNE_ALARM_SWEPT; level <= ATTUNE_LEVEL_SEVERE; level++)
        for (size_t i = 0; i < attune_alarm_table_count(); i++) {
            const attune_alarm row = row_at(i);
            if (is_of(&row, rule) && row.level == level && row.silent < 0)
                take_row(line, &row, text, &of);
        }
}

/* Why there are no figures of a rule. */
static const char *why_none(const attune_rule_info *rule)
{
    for (size_t i = 0; i < attune_alarm_table_count(); i++) {
        const attune_alarm row = row_at(i);
        if (strcmp(row.rule, rule->id) != 0)
            continue;
        if (row.version != (int32_t)rule->version)
            return "of an earlier version of the rule only; --measure-alarms measures anew";
        return row.silent == ATTUNE_STATE_NO_CONSTANT
                   ? "not measured: the demonstration measures lack a constant that it needs"
                   : "not measured: it is for measures of another kind";
    }
    return "not measured";
}

void rules_alarms_text(struct output *o, const attune_rule_info *rule)
{
    int said = 0;
    for (int line = 0; line < LINES; line++) {
        struct text text = { .used = 0 };
        say(&text, lines[line].text);
        size_t empty = text.used;
        say_line(line, rule, &text);
        if (text.used > empty)
            catalogue_line(o, lines[line].label, text.bytes, 2);
        said |= text.used > empty;
    }
    if (!said)
        catalogue_line(o, lines[PER_100].label, why_none(rule), 2);
}

/* ---- In JSON, and as columns ---- */

void rules_alarms_json(struct output *o, const attune_rule_info *rule)
{
    size_t count;
    const attune_field *fields = attune_alarm_fields(&count);
    const char *before = "\n  {";
    output_text(o, ", ");
    emit_key(o, "alarms");
    output_text(o, "[");
    for (size_t i = 0; i < attune_alarm_table_count(); i++) {
        const attune_alarm row = row_at(i);
        if (!is_of(&row, rule))
            continue;
        output_text(o, before);
        before = ",\n  {";
        emit_fields(o, fields, count, &row);
        output_text(o, "}");
    }
    output_text(o, "]");
}

static const struct table_view view[] = {
    { "rule", "rule", -1 },           { "world", "world", -1 }, { "sessions", "sessions", -1 },
    { "level", "level", -1 },         { "rate", "rate", 2 },    { "alarms_per_100", "per 100", 2 },
    { "clients_per_100", "ever", 1 }, { "found", "found", 3 },  { "delay", "delay", 2 },
    { "silent", "silent", -1 },       { NULL, NULL, 0 },
};

int rules_alarms_begin(struct table **table, const struct options *options)
{
    size_t count;
    const attune_field *fields = attune_alarm_fields(&count);
    int code = table_new(table, options, view, NULL);
    if (code == CODE_OK)
        table_fields(*table, fields, count);
    return code;
}

void rules_alarms_put(struct table *table, const attune_alarm *row)
{
    size_t count;
    const attune_field *fields = attune_alarm_fields(&count);
    table_values(table, fields, count, row);
    table_end_row(table);
}

int rules_alarms(const struct options *options)
{
    struct table *table = NULL;
    int code = rules_alarms_begin(&table, options);
    if (code != CODE_OK)
        return code;
    for (size_t i = 0; i < attune_alarm_table_count(); i++) {
        const attune_alarm row = row_at(i);
        attune_rule_info info = { .struct_size = sizeof info };
        if (options->operands[0] && strcmp(options->operands[0], row.rule) != 0)
            continue;
        if (options->world && strcmp(options->world, row.world) != 0)
            continue;
        if (attune_rule_describe(attune_rule_find(row.rule), &info) == ATTUNE_OK &&
            is_of(&row, &info))
            rules_alarms_put(table, &row);
    }
    code = table_commit(table);
    table_free(table);
    return code;
}
