/* A clinic's own scales: everything is checked, then memory is taken, then the rows are filled. */
/* SPDX-License-Identifier: MIT */
#include <attune/scalefile.h>

#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"
#include "lib/io/json/hash.h"
#include "lib/io/scalefile/read.h"
#include "lib/io/scalefile/row.h"
#include "lib/io/scalefile/take.h"

#include <stdio.h>
#include <string.h>

struct attune_scale_set {
    struct atn_arena arena;
    attune_scale *scales; /* as they are listed */
    attune_scale *opened; /* the same, as they may be scored with */
    attune_scale *stated; /* copies of the base's and the built-in ones, as the options say */
    size_t count, stated_count;
    attune_scale_set *base;
};

static int holds_licence(const attune_scale_set_options *options, const char *id)
{
    for (uint32_t i = 0; i < options->licence_count; i++)
        if (!strcmp(options->licences[i], id))
            return 1;
    return 0;
}

/* What the options state of one scale. */
static uint32_t stated(const attune_scale_set_options *options, const attune_scale *scale)
{
    return options->accept | (holds_licence(options, scale->info.id) ? ATTUNE_ACCEPT_LICENSED : 0u);
}

/* Opens a row as far as what is stated goes; norms: whose constants it uses. */
static void state(attune_scale *row, const char *norms, uint32_t accepted)
{
    row->set = norms;
    row->accepted |= accepted;
    if (row->open && attune_scale_open(row, accepted))
        row->open = NULL;
}

/* Of the i-th scale: a file of one is hashed whole, of several each by its own text. */
static const char *hash_of(attune_scale_set *set, const struct atn_reading *file,
                           const json_t *root, size_t i)
{
    struct atn_reading text = *file;
    char path[32];
    const char *at;
    if (!json_is_array(root))
        return atn_hash(&set->arena, file->text, file->n);
    atn_skip_mark(&text);
    (void)snprintf(path, sizeof path, "[%zu]", i);
    at = atn_locate(text.text, text.n, path);
    return atn_hash(&set->arena, at, atn_extent(text.text, text.n, at));
}

static void fill_own(attune_scale_set *set, const attune_scale_set_options *options,
                     const struct atn_reading *file, json_t *root, const char *norms)
{
    set->scales = atn_arena_array(&set->arena, set->count, sizeof *set->scales);
    set->opened = atn_arena_array(&set->arena, set->count, sizeof *set->opened);
    for (size_t i = 0; i < set->count && !set->arena.failed; i++) {
        attune_scale *row = &set->scales[i];
        atn_fill_scale(&set->arena, atn_scale_in(root, i), row);
        row->info.hash = hash_of(set, file, root, i);
        row->set = norms;
        row->accepted = ATTUNE_ACCEPT_UNCONFIRMED; /* who names the file has said so */
        set->opened[i] = *row;
        if (row->info.needs)
            row->open = &set->opened[i];
        state(row, norms, ATTUNE_ACCEPT_UNCONFIRMED | stated(options, row));
    }
}

/* Everything that the set can find beside its own, as the options say: the base first. */
static void fill_stated(attune_scale_set *set, const attune_scale_set_options *options,
                        const char *norms)
{
    size_t of_base = attune_scale_set_count(set->base);
    size_t n = of_base + attune_scale_count();
    if (!options->accept && !options->licence_count && !norms)
        return;
    set->stated = atn_arena_array(&set->arena, n, sizeof *set->stated);
    for (size_t i = 0; set->stated && i < n; i++) {
        attune_scale *row = &set->stated[i];
        *row = i < of_base ? *attune_scale_set_at(set->base, i) : *attune_scale_at(i - of_base);
        state(row, norms, stated(options, row));
    }
    set->stated_count = set->stated ? n : 0;
}

/* What was not handed out leaves its base to the caller. */
static void discard(attune_scale_set *set)
{
    if (set)
        set->base = NULL;
    attune_scale_set_free(set);
}

static attune_status build(attune_scale_set **out, const attune_scale_set_options *options,
                           const struct atn_reading *file, json_t *root,
                           const attune_allocator *allocator)
{
    attune_error *err = file->err;
    attune_scale_set *set = atn_allocate(allocator, sizeof *set);
    const char *norms;
    if (!set)
        return atn_fail(err, ATTUNE_E_MEMORY, "allocator", "expected more memory");
    memset(set, 0, sizeof *set);
    if (allocator)
        set->arena.allocator = *allocator;
    set->base = options->base;
    set->count = root ? atn_scales_in(root) : 0;
    norms = atn_arena_text(&set->arena, options->norms);
    fill_own(set, options, file, root, norms);
    fill_stated(set, options, norms);
    if (set->arena.failed) {
        discard(set);
        return atn_fail(err, ATTUNE_E_MEMORY, "allocator", "expected more memory");
    }
    *out = set;
    return ATTUNE_OK;
}

static attune_status check_options(const attune_scale_set_options *options, attune_error *err)
{
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size must be set");
    if (options->accept & ~ATTUNE_ACCEPT_UNCONFIRMED)
        return atn_fail(err, ATTUNE_E_OPTION, "accept", "expected ATTUNE_ACCEPT_UNCONFIRMED or 0");
    if (options->override_built_in != 0 && options->override_built_in != 1)
        return atn_fail(err, ATTUNE_E_OPTION, "override_built_in", "expected 0 or 1");
    if (options->licence_count > 0 && !options->licences)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "licences", "expected a pointer");
    return ATTUNE_OK;
}

static int knows_norms(const attune_scale *scales, size_t count, const char *norms)
{
    for (size_t i = 0; i < count; i++) {
        attune_constants c = { .struct_size = sizeof c };
        if (attune_scale_constants_of(&scales[i], norms, 0, &c) == ATTUNE_OK)
            return 1;
    }
    return 0;
}

/* Of a set that is built: do its own scales, its base and the built-in ones know what was named? */
static attune_status check_named(const attune_scale_set *set,
                                 const attune_scale_set_options *options, attune_error *err)
{
    for (uint32_t i = 0; i < options->licence_count; i++)
        if (!attune_scale_set_listed(set, options->licences[i]))
            return atn_fail_at(err, ATTUNE_E_UNKNOWN, i, "licences",
                               "expected the id of a scale that there is");
    if (options->norms && !knows_norms(set->stated, set->stated_count, options->norms) &&
        !knows_norms(set->scales, set->count, options->norms))
        return atn_fail(err, ATTUNE_E_UNKNOWN, "norms",
                        "expected a set of constants that some scale has");
    return ATTUNE_OK;
}

attune_status attune_scale_set_load_with(attune_scale_set **out,
                                         const attune_scale_set_options *options, const char *text,
                                         size_t n, const attune_allocator *allocator,
                                         attune_error *err)
{
    const struct atn_reading file = { text, n, err, "", NULL };
    attune_scale_set *set = NULL;
    attune_status status;
    json_t *root;
    if (!out || !options || (!text && n > 0))
        return atn_fail(err, ATTUNE_E_ARGUMENT,
                        !out       ? "out"
                        : !options ? "options"
                                   : "text",
                        "expected a pointer");
    status = check_options(options, err);
    if (!status)
        status = atn_read_scales(&root, options, &file);
    if (status)
        return status;
    status = build(&set, options, &file, root, allocator);
    json_decref(root);
    if (!status)
        status = check_named(set, options, err);
    if (!status)
        *out = set;
    else
        discard(set);
    return status;
}

attune_status attune_scale_set_load(attune_scale_set **out, const char *text, size_t n,
                                    const attune_allocator *allocator, attune_error *err)
{
    static const attune_scale_set_options none = { .struct_size = sizeof none };
    if (!out || !text)
        return atn_fail(err, ATTUNE_E_ARGUMENT, out ? "text" : "out", "expected a pointer");
    return attune_scale_set_load_with(out, &none, text, n, allocator, err);
}

void attune_scale_set_free(attune_scale_set *set)
{
    while (set) {
        attune_scale_set *base = set->base;
        attune_allocator allocator = set->arena.allocator;
        atn_arena_release(&set->arena);
        atn_release(&allocator, set, sizeof *set);
        set = base;
    }
}

static const attune_scale *among(const attune_scale *scales, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(scales[i].info.id, id))
            return &scales[i];
    return NULL;
}

const attune_scale *attune_scale_set_listed(const attune_scale_set *set, const char *id)
{
    const attune_scale *found = set && id ? among(set->scales, set->count, id) : NULL;
    if (!found && set && id)
        found = among(set->stated, set->stated_count, id);
    for (const attune_scale_set *at = set ? set->base : NULL; at && id && !found; at = at->base)
        found = among(at->scales, at->count, id);
    return found ? found : attune_scale_listed(id);
}

const attune_scale *attune_scale_set_find(const attune_scale_set *set, const char *id)
{
    return attune_scale_open(attune_scale_set_listed(set, id), 0);
}

size_t attune_scale_set_count(const attune_scale_set *set)
{
    size_t count = 0;
    for (; set; set = set->base)
        count += set->count;
    return count;
}

const attune_scale *attune_scale_set_at(const attune_scale_set *set, size_t i)
{
    size_t before = set ? attune_scale_set_count(set->base) : 0;
    if (!set || i - before >= set->count)
        return i < before ? attune_scale_set_at(set->base, i) : NULL;
    return &set->scales[i - before];
}
