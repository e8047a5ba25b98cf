/* One scale's card as JSON, and as text for people. */
/* SPDX-License-Identifier: MIT */
#include "examples/card.h"
#include "examples/catalogue.h"

#include <attune/text.h>

#include <stdio.h>
#include <string.h>

/* ---- JSON ---- */

static void emit_numbers(struct output *o, const char *key, const int32_t *numbers, size_t n)
{
    output_text(o, ", ");
    emit_key(o, key);
    output_text(o, "[");
    for (size_t i = 0; i < n; i++) {
        output_text(o, i > 0 ? ", " : "");
        emit_real(o, numbers[i]);
    }
    output_text(o, "]");
}

static void emit_section(struct output *o, const attune_scale *scale,
                         const struct card_section *section)
{
    union card_entry entry;
    output_text(o, ", ");
    emit_key(o, section->key);
    output_text(o, "[");
    for (size_t i = 0; section->get(scale, i, &entry) == ATTUNE_OK; i++) {
        output_text(o, i > 0 ? ", {" : "{");
        emit_fields(o, section->fields, section->field_count, &entry);
        if (card_subscale_of(scale, section, &entry)) {
            output_text(o, ", ");
            emit_key(o, "subscale");
            emit_text(o, card_subscale_of(scale, section, &entry), 0);
        }
        if (section->has_items)
            emit_numbers(o, "items", entry.subscale.items, entry.subscale.item_count);
        output_text(o, "}");
    }
    output_text(o, "]");
}

static void emit_list(struct output *o, const attune_scale *scale, const struct card_list *list)
{
    output_text(o, ", ");
    emit_key(o, list->key);
    output_text(o, "[");
    for (size_t i = 0; list->get(scale, i); i++) {
        output_text(o, i > 0 ? ", " : "");
        emit_text(o, list->get(scale, i), 0);
    }
    output_text(o, "]");
}

size_t card_reversed_of(const attune_scale *scale, int32_t *reversed)
{
    size_t n = 0;
    while (n < ATTUNE_ITEMS_MAX && (reversed[n] = attune_scale_reversed(scale, n)) > 0)
        n++;
    return n;
}

void card_json(struct output *o, const attune_scale *scale)
{
    struct card_frame frame = card_frame_of(scale);
    int32_t reversed[ATTUNE_ITEMS_MAX];
    size_t n = card_reversed_of(scale, reversed), count;
    const attune_field *fields = card_frame_fields(&count);
    output_text(o, "\n{");
    emit_fields(o, fields, count, &frame);
    emit_numbers(o, "reversed", reversed, n);
    for (size_t i = 0; card_section_at(i); i++)
        emit_section(o, scale, card_section_at(i));
    for (size_t i = 0; card_list_at(i); i++)
        emit_list(o, scale, card_list_at(i));
    output_text(o, "}");
}

/* ---- Text ---- */

/* "1 4 10" after what stands in text. */
static void add_numbers(char *text, size_t capacity, const int32_t *numbers, size_t n)
{
    size_t used = strlen(text);
    for (size_t i = 0; i < n && used < capacity; i++)
        used += (size_t)snprintf(text + used, capacity - used, "%s%ld", i > 0 ? " " : "",
                                 (long)numbers[i]);
}

static void text_section(struct output *o, const attune_scale *scale,
                         const struct card_section *section)
{
    union card_entry entry;
    char items[512];
    for (size_t i = 0; section->get(scale, i, &entry) == ATTUNE_OK; i++) {
        if (i == 0)
            catalogue_heading(o, section->title);
        catalogue_entry(o, section->fields, section->field_count, &entry, 2);
        items[0] = '\0';
        if (section->has_items)
            add_numbers(items, sizeof items, entry.subscale.items, entry.subscale.item_count);
        catalogue_line(o, "items", items, 6);
        catalogue_line(o, "subscale", card_subscale_of(scale, section, &entry), 6);
    }
}

static void text_list(struct output *o, const attune_scale *scale, const struct card_list *list)
{
    for (size_t i = 0; list->get(scale, i); i++) {
        if (i == 0)
            catalogue_heading(o, list->title);
        catalogue_line(o, NULL, list->get(scale, i), 2);
    }
}

/* The frame in lines, but for what the heading says already. */
static void text_frame(struct output *o, const struct card_frame *frame)
{
    size_t count;
    const attune_field *fields = card_frame_fields(&count);
    for (size_t i = 0; i < count; i++) {
        char text[1024];
        if (strcmp(fields[i].name, "id") != 0 && strcmp(fields[i].name, "title") != 0 &&
            catalogue_value(&fields[i], frame, text, sizeof text) > 0)
            catalogue_line(o, fields[i].text, text, 2);
    }
}

void card_text(struct output *o, const attune_scale *scale)
{
    struct card_frame frame = card_frame_of(scale);
    int32_t reversed[ATTUNE_ITEMS_MAX];
    char items[512] = "";
    catalogue_line(o, frame.info.id, frame.info.title, 0);
    if (frame.info.demonstration)
        catalogue_line(o, NULL, "Demonstration, not for clinical use.", 0);
    output_text(o, "\n");
    text_frame(o, &frame);
    add_numbers(items, sizeof items, reversed, card_reversed_of(scale, reversed));
    catalogue_line(o, "reversed items", items, 2);
    for (size_t i = 0; card_section_at(i); i++)
        text_section(o, scale, card_section_at(i));
    for (size_t i = 0; card_list_at(i); i++)
        text_list(o, scale, card_list_at(i));
}
