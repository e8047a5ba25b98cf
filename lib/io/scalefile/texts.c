/* The sources and notes of a scale, with what its statuses say beyond the three words. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/row.h"
#include "lib/io/scalefile/take.h"

#include <stdio.h>
#include <string.h>

/* A list of texts that was given room for all that can come. */
struct texts {
    struct atn_arena *arena;
    const char **rows;
    uint32_t count;
};

static void add(struct texts *texts, const char *text)
{
    if (texts->rows && text)
        texts->rows[texts->count++] = atn_arena_text(texts->arena, text);
}

/* "norms[0]: memory" from its parts; no part is longer than the format allows. */
static void add_joined(struct texts *texts, const char *before, const char *between,
                       const char *after)
{
    size_t room = strlen(before) + strlen(between) + strlen(after) + 1;
    char *text = texts->rows ? atn_arena_take(texts->arena, room) : NULL;
    if (!text)
        return;
    snprintf(text, room, "%s%s%s", before, between, after);
    texts->rows[texts->count++] = text;
}

static void add_list(struct texts *texts, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        add(texts, json_string_value(json_array_get(list, i)));
}

/* Parts of the scale whose own source is listed with the scale's, and the words before it. */
static const struct {
    const char *part, *key, *label;
} labelled[] = {
    { "items", "source", "Items: " },
    { "items", "reversed_source", "Reversed items: " },
    { "scoring", "source", "Scoring: " },
    { "table", "source", "Conversion table: " },
    { NULL, "direction_source", "Direction: " },
    { NULL, "licence_source", "Licence: " },
};

#define LABELLED (sizeof labelled / sizeof *labelled)

static const json_t *part_of(const json_t *scale, const char *part)
{
    if (!part)
        return scale;
    return json_object_get(strcmp(part, "table") ? scale : json_object_get(scale, "scoring"), part);
}

static void fill_sources(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    const json_t *list = json_object_get(scale, "sources");
    size_t room = json_array_size(list) + LABELLED;
    struct texts texts = { arena, atn_arena_array(arena, room, sizeof *texts.rows), 0 };
    for (size_t i = 0; i < LABELLED; i++) {
        const json_t *part = part_of(scale, labelled[i].part);
        const char *source = json_string_value(json_object_get(part, labelled[i].key));
        if (source)
            add_joined(&texts, labelled[i].label, "", source);
    }
    add_list(&texts, list);
    to->sources = texts.rows;
    to->info.source_count = texts.count;
}

/* Lists whose entries have a status. */
static const char *const with_status[] = { "cutoffs", "reliable_change", "reliability", "spread",
                                           "norms" };

#define WITH_STATUS (sizeof with_status / sizeof *with_status)

/* A constant for another use is never taken for a reliable change; the note says that it is there.
 */
static void add_other_use(struct texts *texts, const char *place, const json_t *entry)
{
    const char *source = json_string_value(json_object_get(entry, "source"));
    if (!atn_is_reliable_change(entry))
        add_joined(texts, place,
                   " is for another use and no reliable change: ", source ? source : "no source");
}

static void add_remarks(struct texts *texts, const json_t *scale, const char *key)
{
    const json_t *list = json_object_get(scale, key);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        const char *remark = atn_fact_remark(entry);
        char place[48];
        snprintf(place, sizeof place, "%s[%zu]", key, i);
        if (remark)
            add_joined(texts, place, ": ", remark);
        add_other_use(texts, place, entry);
    }
}

static void fill_notes(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    const json_t *list = json_object_get(scale, "notes");
    size_t room = json_array_size(list) + 1;
    struct texts texts = { arena, NULL, 0 };
    for (size_t i = 0; i < WITH_STATUS; i++)
        room += 2 * json_array_size(json_object_get(scale, with_status[i]));
    texts.rows = atn_arena_array(arena, room, sizeof *texts.rows);
    add_list(&texts, list);
    if (to->info.status != ATTUNE_FACT_LICENSED)
        add(&texts, atn_fact_remark(scale));
    for (size_t i = 0; i < WITH_STATUS; i++)
        add_remarks(&texts, scale, with_status[i]);
    to->notes = texts.rows;
    to->info.note_count = texts.count;
}

void atn_fill_texts(struct atn_arena *arena, const json_t *scale, attune_scale *to)
{
    fill_sources(arena, scale, to);
    fill_notes(arena, scale, to);
}
