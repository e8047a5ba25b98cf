/* Writing a norm file, by the table that it is read with. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/norm/table.h"

#include "lib/core/base/error.h"
#include "lib/io/json/dump.h"

#include <jansson.h>
#include <string.h>
#include <unistr.h>

#define NONE ((size_t)-1)

static json_t *text_of(const struct atn_norm_row *row, const char *from)
{
    return json_stringn(from, strnlen(from, row->room));
}

static json_t *real_of(const struct atn_norm_row *row, const char *from)
{
    double real;
    (void)row;
    memcpy(&real, from, sizeof real);
    return json_real(real);
}

static json_t *whole_of(const struct atn_norm_row *row, const char *from)
{
    int32_t whole;
    (void)row;
    memcpy(&whole, from, sizeof whole);
    return json_integer(whole);
}

static json_t *count_of(const struct atn_norm_row *row, const char *from)
{
    uint64_t count;
    (void)row;
    memcpy(&count, from, sizeof count);
    return json_integer((json_int_t)count);
}

static json_t *word_of(const struct atn_norm_row *row, const char *from)
{
    int32_t word = 0;
    if (row->offset != NONE)
        memcpy(&word, from, sizeof word);
    return json_string(row->words[word]);
}

static json_t *(*const values[])(const struct atn_norm_row *row, const char *from) = {
    [ATN_NORM_TEXT] = text_of,   [ATN_NORM_REAL] = real_of, [ATN_NORM_WHOLE] = whole_of,
    [ATN_NORM_COUNT] = count_of, [ATN_NORM_WORD] = word_of,
};

/* The object that a row stands in, made when it is new; NULL: no memory. */
static json_t *part_of(json_t *root, const struct atn_norm_row *row)
{
    json_t *part = row->part ? json_object_get(root, row->part) : root;
    if (!part && json_object_set_new(root, row->part, json_object()) == 0)
        part = json_object_get(root, row->part);
    return part;
}

/* The whole file; NULL: no memory. */
static json_t *root_of(const attune_norm *norm)
{
    json_t *root = json_object();
    int good = root != NULL;
    for (size_t i = 0; i < atn_norm_count && good; i++) {
        const struct atn_norm_row *row = &atn_norm_rows[i];
        const char *from = row->offset == NONE ? NULL : (const char *)norm + row->offset;
        json_t *part;
        if (!atn_norm_has(row, norm->response.time))
            continue;
        part = part_of(root, row);
        good = part && json_object_set_new(part, row->key, values[row->type](row, from)) == 0;
    }
    if (good)
        return root;
    json_decref(root);
    return NULL;
}

static attune_status check_texts(const attune_norm *norm, attune_error *err)
{
    for (size_t i = 0; i < atn_norm_count; i++) {
        const struct atn_norm_row *row = &atn_norm_rows[i];
        const char *from;
        if (row->type != ATN_NORM_TEXT)
            continue;
        from = (const char *)norm + row->offset;
        if (!memchr(from, 0, row->room))
            return atn_fail(err, ATTUNE_E_OPTION, row->key, row->expected);
        if (u8_check((const uint8_t *)from, strlen(from)))
            return atn_fail(err, ATTUNE_E_OPTION, row->key, "expected UTF-8");
    }
    return ATTUNE_OK;
}

static attune_status check_norm(const attune_norm *norm, attune_error *err)
{
    attune_status status = attune_response_check(&norm->response, err);
    const attune_response *r = &norm->response;
    if (status != ATTUNE_OK)
        return status;
    if (norm->rater < 0 || norm->rater > 2)
        return atn_fail(err, ATTUNE_E_OPTION, "rater", "expected a known rater");
    if ((r->reml != 0 && r->reml != 1) || (r->singular != 0 && r->singular != 1))
        return atn_fail(err, ATTUNE_E_OPTION, "reml", "expected 0 or 1");
    return check_texts(norm, err);
}

attune_status attune_norm_write(const attune_norm *norm, char *text, size_t capacity,
                                size_t *length, attune_error *err)
{
    attune_status status;
    json_t *root;
    if (!norm || !length || (capacity > 0 && !text))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "norm and room must be given");
    if (norm->struct_size < sizeof *norm)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    status = check_norm(norm, err);
    if (status != ATTUNE_OK)
        return status;
    root = root_of(norm);
    status = atn_dump(root, text, capacity, length, err);
    json_decref(root);
    return status;
}
