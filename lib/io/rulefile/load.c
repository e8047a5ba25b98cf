/* A clinic's own rule set: everything is checked, then memory is taken, then it is filled. */
/* SPDX-License-Identifier: MIT */
#include <attune/rulefile.h>

#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"
#include "lib/core/rule/ruleset.h"
#include "lib/io/json/arena.h"
#include "lib/io/json/hash.h"
#include "lib/io/rulefile/shape.h"

#include <stdio.h>

/* A loaded set; the set comes first, so that a pointer to it is one to the whole. */
struct loaded {
    attune_ruleset set;
    struct atn_arena arena;
};

static const char *text_of(struct loaded *loaded, const json_t *object, const char *key)
{
    return atn_arena_text(&loaded->arena, json_string_value(json_object_get(object, key)));
}

static void fill_member(struct loaded *loaded, const json_t *from, struct atn_member *to)
{
    const json_t *list = json_object_get(from, "parameters");
    const size_t n = json_array_size(list);
    struct atn_setting *settings = atn_arena_array(&loaded->arena, n, sizeof *settings);
    to->rule = text_of(loaded, from, "rule");
    to->settings = settings;
    for (size_t i = 0; settings && i < n; i++) {
        const json_t *parameter = json_array_get(list, i);
        settings[i].name = text_of(loaded, parameter, "name");
        settings[i].value = json_number_value(json_object_get(parameter, "value"));
    }
    to->setting_count = n;
}

static void fill_members(struct loaded *loaded, const json_t *rules)
{
    const size_t n = json_array_size(rules);
    struct atn_member *members = atn_arena_array(&loaded->arena, n, sizeof *members);
    for (size_t i = 0; members && i < n; i++)
        fill_member(loaded, json_array_get(rules, i), &members[i]);
    loaded->set.members = members;
    loaded->set.info.count = (uint32_t)n;
}

static int32_t takes_of(const json_t *root)
{
    const char *takes = json_string_value(json_object_get(root, "takes"));
    if (!takes)
        return ATN_TAKES_NAMED;
    return takes[0] == 'e' ? ATN_TAKES_EVERY : ATN_TAKES_LOOKING_BACK;
}

static void fill_set(struct loaded *loaded, const struct atn_reading *file, const json_t *root)
{
    char id[64], label[96];
    const json_int_t version = json_integer_value(json_object_get(root, "version"));
    loaded->set.info.struct_size = sizeof loaded->set.info;
    loaded->set.name = text_of(loaded, root, "id");
    (void)snprintf(id, sizeof id, "%s/%lld", json_string_value(json_object_get(root, "id")),
                   (long long)version);
    loaded->set.info.id = atn_arena_text(&loaded->arena, id);
    loaded->set.info.text = text_of(loaded, root, "text");
    loaded->set.info.hash = atn_hash(&loaded->arena, file->text, file->n);
    (void)snprintf(label, sizeof label, "%s (SHA-256 %.12s)", id,
                   loaded->set.info.hash ? loaded->set.info.hash : "");
    loaded->set.info.label = atn_arena_text(&loaded->arena, label);
    loaded->set.takes = takes_of(root);
    fill_members(loaded, json_object_get(root, "rules"));
}

static attune_status build(attune_ruleset **out, const struct atn_reading *file, const json_t *root,
                           const attune_allocator *allocator)
{
    struct loaded *loaded = atn_allocate(allocator, sizeof *loaded);
    if (loaded) {
        memset(loaded, 0, sizeof *loaded);
        if (allocator)
            loaded->arena.allocator = *allocator;
        fill_set(loaded, file, root);
    }
    if (!loaded || loaded->arena.failed) {
        attune_ruleset_free(loaded ? &loaded->set : NULL);
        return atn_fail(file->err, ATTUNE_E_MEMORY, "allocator", "expected more memory");
    }
    *out = &loaded->set;
    return ATTUNE_OK;
}

attune_status attune_ruleset_load(attune_ruleset **out, const char *text, size_t n,
                                  const attune_allocator *allocator, attune_error *err)
{
    const struct atn_reading file = { .text = text, .n = n, .err = err };
    struct atn_reading reading = file;
    attune_status status = ATTUNE_OK;
    json_t *root;
    if (!out || !text)
        return atn_fail(err, ATTUNE_E_ARGUMENT, out ? "text" : "out", "expected a pointer");
    if (n > ATTUNE_RULEFILE_BYTES_MAX)
        return atn_fail(err, ATTUNE_E_FORMAT, "", "expected a rule file of at most 64 KiB");
    atn_skip_mark(&reading);
    root = atn_parse(&reading, &status);
    if (root)
        status = atn_fit(&reading, &atn_kind_ruleset, root);
    if (status == ATTUNE_OK)
        status = atn_agree_ruleset(&reading, root);
    if (status == ATTUNE_OK)
        status = build(out, &file, root, allocator);
    json_decref(root);
    return status;
}

void attune_ruleset_free(attune_ruleset *set)
{
    struct loaded *loaded = (struct loaded *)(void *)set;
    attune_allocator allocator;
    if (!loaded)
        return;
    allocator = loaded->arena.allocator;
    atn_arena_release(&loaded->arena);
    atn_release(&allocator, loaded, sizeof *loaded);
}
