/* The catalogue as a page of Markdown: a table, a section a measure, and what is not built in. */
/* SPDX-License-Identifier: MIT */
#include "examples/page.h"

#include "examples/card.h"
#include "examples/catalogue.h"

#include <stdio.h>
#include <string.h>

static const struct absent {
    const char *id, *name, *why;
} absents[] = {
#define ABSENT(id, name, why) { id, name, why },
#include "examples/absent.def"
#undef ABSENT
};

static const char intro[] =
    "# The scale catalogue\n\n"
    "Written by `attune scales --markdown`; a test holds it to the files in lib/core/scale/data.\n"
    "No item wording is part of attune. *confirmed*: more than one source says so. *provisional*:\n"
    "derived from published figures. *unconfirmed*: used on `--accept-unconfirmed` only.\n"
    "*licensed*: the owner forbids electronic use or bundling, so attune knows its structure "
    "alone;\n"
    "used on `--accept-licence ID` only, by which a clinic states that it holds the licence. A\n"
    "measure that nobody but its writer has read against its sources counts as unconfirmed.\n\n";

static const char add_own[] =
    "A clinic that may use one of them describes it in a file of its own: `attune scales\n"
    "--template` prints a commented start, `attune scales --check FILE` says everything that is\n"
    "wrong with it, and `--scales FILE` uses it. Who loads a file has chosen it, so it needs no\n"
    "`--accept-unconfirmed`; but while the file names no day of a second reading (`reviewed`),\n"
    "every output calls its scales unconfirmed.\n\n";

/* What Markdown would take for its own signs is escaped. */
static void put(struct output *o, const char *text)
{
    for (; text && *text; text++) {
        if (*text == '<')
            output_text(o, "&lt;");
        else if (strchr("|*\\`[]", *text))
            output_text(o, "\\");
        if (*text != '<')
            output_bytes(o, text, 1);
    }
}

static void cell(struct output *o, const char *text)
{
    output_text(o, "| ");
    put(o, text);
    output_text(o, " ");
}

static void put_row(struct output *o, const attune_scale *scale)
{
    static const char *const columns[] = { "construct", "items",  "score_min",
                                           "score_max", "higher", "status" };
    struct card_frame frame = card_frame_of(scale);
    size_t count;
    const attune_field *fields = card_frame_fields(&count);
    output_text(o, "| [");
    output_text(o, frame.info.id);
    output_text(o, "](#");
    output_text(o, frame.info.id);
    output_text(o, ") ");
    cell(o, frame.info.title);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        for (size_t i = 0; i < count; i++) {
            char text[256] = "";
            if (strcmp(fields[i].name, columns[c]) != 0)
                continue;
            (void)catalogue_value(&fields[i], &frame, text, sizeof text);
            cell(o, text);
        }
    cell(o, frame.info.reviewed);
    output_text(o, "|\n");
}

/* "value 11, inclusive, default": the figures, before the texts; 0 when there is none. */
static int put_figures(struct output *o, const struct card_section *section,
                       const union card_entry *entry)
{
    int put_one = 0;
    for (size_t i = 0; i < section->field_count; i++) {
        const attune_field *field = &section->fields[i];
        char text[64];
        if (field->type == ATTUNE_FIELD_TEXT ||
            catalogue_value(field, entry, text, sizeof text) == 0)
            continue;
        output_text(o, put_one++ ? ", " : "");
        if (field->type != ATTUNE_FIELD_CODE) {
            output_text(o, field->name);
            output_text(o, " ");
        }
        put(o, text);
    }
    return put_one;
}

static void put_texts(struct output *o, const struct card_section *section,
                      const union card_entry *entry, int after)
{
    for (size_t i = 0; i < section->field_count; i++) {
        const attune_field *field = &section->fields[i];
        char text[2048];
        if (field->type != ATTUNE_FIELD_TEXT ||
            catalogue_value(field, entry, text, sizeof text) == 0)
            continue;
        output_text(o, after++ ? "; " : "");
        output_text(o, field->name);
        output_text(o, ": ");
        put(o, text);
    }
}

static void put_numbers(struct output *o, const char *label, const int32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "%s%ld", i > 0 ? " " : label, (long)numbers[i]);
        output_text(o, text);
    }
}

static void put_section(struct output *o, const attune_scale *scale,
                        const struct card_section *section)
{
    union card_entry entry;
    for (size_t i = 0; section->get(scale, i, &entry) == ATTUNE_OK; i++) {
        const char *subscale = card_subscale_of(scale, section, &entry);
        if (i == 0) {
            output_text(o, "\n**");
            output_text(o, section->title);
            output_text(o, "**\n\n");
        }
        output_text(o, "- ");
        output_text(o, subscale ? subscale : "");
        output_text(o, subscale ? ": " : "");
        put_texts(o, section, &entry, put_figures(o, section, &entry));
        if (section->has_items)
            put_numbers(o, "; items: ", entry.subscale.items, entry.subscale.item_count);
        output_text(o, "\n");
    }
}

static void put_list(struct output *o, const attune_scale *scale, const struct card_list *list)
{
    for (size_t i = 0; list->get(scale, i); i++) {
        if (i == 0) {
            output_text(o, "\n**");
            output_text(o, list->title);
            output_text(o, "**\n\n");
        }
        output_text(o, "- ");
        put(o, list->get(scale, i));
        output_text(o, "\n");
    }
}

static void put_frame(struct output *o, const attune_scale *scale, const struct card_frame *frame)
{
    int32_t reversed[ATTUNE_ITEMS_MAX];
    size_t n = card_reversed_of(scale, reversed), count;
    const attune_field *fields = card_frame_fields(&count);
    for (size_t i = 0; i < count; i++) {
        char text[2048];
        if (strcmp(fields[i].name, "id") == 0 || strcmp(fields[i].name, "title") == 0 ||
            catalogue_value(&fields[i], frame, text, sizeof text) == 0)
            continue;
        output_text(o, "- ");
        output_text(o, fields[i].text);
        output_text(o, ": ");
        put(o, text);
        output_text(o, "\n");
    }
    put_numbers(o, "- reversed items: ", reversed, n);
    output_text(o, n > 0 ? "\n" : "");
}

static void put_scale(struct output *o, const attune_scale *scale)
{
    struct card_frame frame = card_frame_of(scale);
    output_text(o, "\n## ");
    output_text(o, frame.info.id);
    output_text(o, "\n\n");
    put(o, frame.info.title);
    output_text(o,
                frame.info.demonstration ? ". Demonstration, not for clinical use.\n\n" : "\n\n");
    put_frame(o, scale, &frame);
    for (size_t i = 0; card_section_at(i); i++)
        put_section(o, scale, card_section_at(i));
    for (size_t i = 0; card_list_at(i); i++)
        put_list(o, scale, card_list_at(i));
}

static void put_absent(struct output *o)
{
    output_text(o, "\n## What is not built in\n\n");
    output_text(o, add_own);
    output_text(o, "| id | measure | why not |\n|---|---|---|\n");
    for (size_t i = 0; i < sizeof absents / sizeof *absents; i++) {
        if (attune_scale_listed(absents[i].id))
            continue;
        cell(o, absents[i].id);
        cell(o, absents[i].name);
        cell(o, absents[i].why);
        output_text(o, "|\n");
    }
}

void page_write(struct output *o, const attune_scale *const *scales, size_t count)
{
    output_text(o, intro);
    output_text(o, "| id | measure | about | items | from | to | higher is | status | read twice "
                   "|\n|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < count; i++)
        put_row(o, scales[i]);
    for (size_t i = 0; i < count; i++)
        put_scale(o, scales[i]);
    put_absent(o);
}
