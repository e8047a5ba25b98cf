/* Reading a file of scales: parsed, each scale checked, each id once. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/read.h"

#include "lib/core/base/error.h"
#include "lib/core/scale/row.h"
#include "lib/io/scalefile/agree.h"
#include "lib/io/scalefile/shape.h"

#include <string.h>

/* A file is a list of scales, or one scale that stands for a list of one. */
size_t atn_scales_in(const json_t *root)
{
    return json_is_array(root) ? json_array_size(root) : 1;
}

json_t *atn_scale_in(json_t *root, size_t i)
{
    return json_is_array(root) ? json_array_get(root, i) : root;
}

static const char *id_of(json_t *root, size_t i)
{
    const char *id = json_string_value(json_object_get(atn_scale_in(root, i), "id"));
    return id ? id : "";
}

/* Is the id of scale i taken by one before it, by a scale of the base, or by a built-in one? */
static int is_taken(const attune_scale_set_options *options, json_t *root, size_t i)
{
    const char *id = id_of(root, i);
    int taken = !options->override_built_in && attune_scale_listed(id);
    for (size_t j = 0; j < attune_scale_set_count(options->base); j++)
        taken |= !strcmp(id, attune_scale_set_at(options->base, j)->info.id);
    for (size_t j = 0; j < i; j++)
        taken |= !strcmp(id, id_of(root, j));
    return taken;
}

static attune_status refuse_id(struct atn_reading *reading, size_t i)
{
    const char expected[] = "expected an id that stands once and is no built-in's";
    size_t length = atn_path_key(reading, "id");
    attune_status status = atn_refuse(reading, ATTUNE_E_DUPLICATE, expected);
    if (status && reading->err && reading->err->struct_size >= sizeof *reading->err)
        reading->err->index = i;
    if (!status)
        atn_path_cut(reading, length);
    return status;
}

/* Its parts are compared only where each of them is what it should be. */
static attune_status check_one(struct atn_reading *reading, const attune_scale_set_options *options,
                               json_t *root, size_t i)
{
    const size_t before = reading->problems ? reading->problems->count : 0;
    attune_status status = atn_fit(reading, &atn_kind_scale, atn_scale_in(root, i));
    if (reading->problems && reading->problems->count > before)
        return ATTUNE_OK;
    if (!status)
        status = atn_agree(reading, atn_scale_in(root, i));
    if (!status && is_taken(options, root, i))
        status = refuse_id(reading, i);
    return status;
}

static attune_status check_scales(struct atn_reading *reading,
                                  const attune_scale_set_options *options, json_t *root)
{
    if (atn_scales_in(root) < 1 || atn_scales_in(root) > ATTUNE_SCALEFILE_SCALES_MAX)
        return atn_refuse(reading, ATTUNE_E_FORMAT, "expected 1 to 256 scales");
    for (size_t i = 0; i < atn_scales_in(root); i++) {
        size_t length = json_is_array(root) ? atn_path_index(reading, i) : 0;
        attune_status status = check_one(reading, options, root, i);
        if (status)
            return status;
        atn_path_cut(reading, length);
    }
    return ATTUNE_OK;
}

attune_status atn_read_scales(json_t **root, const attune_scale_set_options *options,
                              const struct atn_reading *file)
{
    struct atn_reading reading = *file;
    attune_status status = ATTUNE_OK;
    *root = NULL;
    if (!file->text)
        return ATTUNE_OK;
    atn_skip_mark(&reading);
    *root = atn_parse(&reading, &status);
    if (*root)
        status = check_scales(&reading, options, *root);
    if (status) {
        json_decref(*root);
        *root = NULL;
    }
    return status;
}

attune_status attune_scale_set_check(const attune_scale_set_options *options, const char *text,
                                     size_t n, attune_error *problems, size_t capacity,
                                     size_t *count)
{
    static const attune_scale_set_options none = { .struct_size = sizeof none };
    struct atn_problems found = { problems, capacity, 0 };
    attune_error syntax = ATTUNE_ERROR_INIT;
    struct atn_reading file = { text, n, &syntax, "", &found };
    attune_status status;
    json_t *root = NULL;
    if (!text || !count || (!problems && capacity > 0))
        return ATTUNE_E_ARGUMENT;
    for (size_t i = 0; i < capacity; i++)
        problems[i] = (attune_error)ATTUNE_ERROR_INIT;
    status = atn_read_scales(&root, options ? options : &none, &file);
    json_decref(root);
    if (status == ATTUNE_E_MEMORY)
        return status;
    if (status && found.count++ < capacity)
        problems[0] = syntax;
    *count = found.count;
    return found.count > 0 ? ATTUNE_E_FORMAT : ATTUNE_OK;
}
