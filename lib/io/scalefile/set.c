/* A clinic's own scales: everything is checked, then memory is taken, then the rows are filled. */
/* SPDX-License-Identifier: MIT */
#include <attune/scalefile.h>

#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"
#include "lib/io/scalefile/reading.h"
#include "lib/io/scalefile/row.h"

#include <string.h>

struct attune_scale_set {
    struct atn_arena arena;
    attune_scale *scales; /* as they are listed */
    attune_scale *opened; /* the same, as they may be scored with */
    size_t count;
};

/* A file is a list of scales, or one scale that stands for a list of one. */
static size_t scales_in(const json_t *root)
{
    return json_is_array(root) ? json_array_size(root) : 1;
}

static json_t *scale_in(json_t *root, size_t i)
{
    return json_is_array(root) ? json_array_get(root, i) : root;
}

static int is_taken(json_t *root, size_t i)
{
    const char *id = json_string_value(json_object_get(scale_in(root, i), "id"));
    if (attune_scale_listed(id))
        return 1;
    for (size_t j = 0; j < i; j++)
        if (!strcmp(id, json_string_value(json_object_get(scale_in(root, j), "id"))))
            return 1;
    return 0;
}

static attune_status refuse_id(struct atn_reading *reading, size_t i)
{
    attune_status status;
    atn_path_key(reading, "id");
    status = atn_refuse(reading, ATTUNE_E_DUPLICATE,
                        "expected an id that stands once and is no built-in's");
    if (reading->err && reading->err->struct_size >= sizeof *reading->err)
        reading->err->index = i;
    return status;
}

static attune_status check_scales(struct atn_reading *reading, json_t *root)
{
    if (scales_in(root) < 1 || scales_in(root) > ATTUNE_SCALEFILE_SCALES_MAX)
        return atn_refuse(reading, ATTUNE_E_FORMAT, "expected 1 to 256 scales");
    for (size_t i = 0; i < scales_in(root); i++) {
        size_t length = json_is_array(root) ? atn_path_index(reading, i) : 0;
        attune_status status = atn_fit(reading, scale_in(root, i));
        if (!status)
            status = atn_agree(reading, scale_in(root, i));
        if (!status && is_taken(root, i))
            status = refuse_id(reading, i);
        if (status)
            return status;
        atn_path_cut(reading, length);
    }
    return ATTUNE_OK;
}

static attune_status build(attune_scale_set **out, json_t *root, const attune_allocator *allocator,
                           attune_error *err)
{
    attune_scale_set *set = atn_allocate(allocator, sizeof *set);
    if (!set)
        return atn_fail(err, ATTUNE_E_MEMORY, "allocator", "expected more memory");
    memset(set, 0, sizeof *set);
    if (allocator)
        set->arena.allocator = *allocator;
    set->count = scales_in(root);
    set->scales = atn_arena_array(&set->arena, set->count, sizeof *set->scales);
    set->opened = atn_arena_array(&set->arena, set->count, sizeof *set->opened);
    for (size_t i = 0; i < set->count && !set->arena.failed; i++) {
        atn_fill_scale(&set->arena, scale_in(root, i), &set->scales[i]);
        set->opened[i] = set->scales[i];
        if (set->scales[i].info.needs)
            set->scales[i].open = &set->opened[i];
    }
    if (set->arena.failed) {
        attune_scale_set_free(set);
        return atn_fail(err, ATTUNE_E_MEMORY, "allocator", "expected more memory");
    }
    *out = set;
    return ATTUNE_OK;
}

/* A byte-order mark says nothing that UTF-8 does not. */
static void skip_mark(struct atn_reading *reading)
{
    if (reading->n < 3 || memcmp(reading->text, "\xef\xbb\xbf", 3) != 0)
        return;
    reading->text += 3;
    reading->n -= 3;
}

attune_status attune_scale_set_load(attune_scale_set **out, const char *text, size_t n,
                                    const attune_allocator *allocator, attune_error *err)
{
    struct atn_reading reading = { text, n, err, "" };
    attune_status status;
    json_t *root;
    if (!out || !text)
        return atn_fail(err, ATTUNE_E_ARGUMENT, out ? "text" : "out", "expected a pointer");
    skip_mark(&reading);
    root = atn_parse(&reading, &status);
    if (!root)
        return status;
    status = check_scales(&reading, root);
    if (!status)
        status = build(out, root, allocator, err);
    json_decref(root);
    return status;
}

void attune_scale_set_free(attune_scale_set *set)
{
    attune_allocator allocator;
    if (!set)
        return;
    allocator = set->arena.allocator;
    atn_arena_release(&set->arena);
    atn_release(&allocator, set, sizeof *set);
}

const attune_scale *attune_scale_set_listed(const attune_scale_set *set, const char *id)
{
    for (size_t i = 0; set && id && i < set->count; i++)
        if (!strcmp(set->scales[i].info.id, id))
            return &set->scales[i];
    return attune_scale_listed(id);
}

const attune_scale *attune_scale_set_find(const attune_scale_set *set, const char *id)
{
    return attune_scale_open(attune_scale_set_listed(set, id), 0);
}

size_t attune_scale_set_count(const attune_scale_set *set)
{
    return set ? set->count : 0;
}

const attune_scale *attune_scale_set_at(const attune_scale_set *set, size_t i)
{
    return set && i < set->count ? &set->scales[i] : NULL;
}
