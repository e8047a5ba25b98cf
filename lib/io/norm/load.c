/* Reading a norm file: every key by its table, then the model as a whole. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/json/hash.h"
#include "lib/io/json/reading.h"
#include "lib/io/norm/table.h"

#include "lib/core/base/error.h"

#include <math.h>
#include <string.h>

#define NONE ((size_t)-1)

static int same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Is it the right kind of value? Then it is put in its place. */
static int take_text(const struct atn_norm_row *row, const json_t *value, char *to)
{
    if (!json_is_string(value) || json_string_length(value) >= row->room)
        return 0;
    memset(to, 0, row->room);
    memcpy(to, json_string_value(value), json_string_length(value));
    return 1;
}

static int take_real(const struct atn_norm_row *row, const json_t *value, char *to)
{
    double real = json_number_value(value);
    (void)row;
    memcpy(to, &real, sizeof real);
    return json_is_number(value) && isfinite(real);
}

static int take_whole(const struct atn_norm_row *row, const json_t *value, char *to)
{
    json_int_t whole = json_integer_value(value);
    int32_t kept = (int32_t)(whole & INT32_MAX);
    (void)row;
    memcpy(to, &kept, sizeof kept);
    return json_is_integer(value) && whole >= 0 && whole <= INT32_MAX;
}

static int take_count(const struct atn_norm_row *row, const json_t *value, char *to)
{
    json_int_t whole = json_integer_value(value);
    uint64_t kept = (uint64_t)whole;
    (void)row;
    memcpy(to, &kept, sizeof kept);
    return json_is_integer(value) && whole >= 0 && whole <= (json_int_t)1 << 53;
}

static int take_word(const struct atn_norm_row *row, const json_t *value, char *to)
{
    for (int32_t i = 0; json_is_string(value) && row->words[i]; i++) {
        if (strcmp(row->words[i], json_string_value(value)) != 0)
            continue;
        if (row->offset != NONE)
            memcpy(to, &i, sizeof i);
        return 1;
    }
    return 0;
}

static int (*const takes[])(const struct atn_norm_row *row, const json_t *value, char *to) = {
    [ATN_NORM_TEXT] = take_text,   [ATN_NORM_REAL] = take_real, [ATN_NORM_WHOLE] = take_whole,
    [ATN_NORM_COUNT] = take_count, [ATN_NORM_WORD] = take_word,
};

static attune_status refuse_at(struct atn_reading *reading, const char *part, const char *key,
                               const char *expected)
{
    if (part)
        (void)atn_path_key(reading, part);
    if (key)
        (void)atn_path_key(reading, key);
    return atn_refuse(reading, ATTUNE_E_FORMAT, expected);
}

/* Keys that no row of the table knows are likelier misspelt than meant. */
static attune_status check_keys(struct atn_reading *reading, json_t *object, const char *part)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        int known = 0;
        for (size_t i = 0; i < atn_norm_count && !known; i++)
            known = (same(atn_norm_rows[i].part, part) && same(atn_norm_rows[i].key, key)) ||
                    (!part && same(atn_norm_rows[i].part, key));
        if (!known)
            return refuse_at(reading, part, key, "expected no other keys than the format's");
    }
    return ATTUNE_OK;
}

static attune_status check_shape(struct atn_reading *reading, json_t *root)
{
    static const char *const parts[] = { "data", "model" };
    attune_status status;
    if (!json_is_object(root))
        return refuse_at(reading, NULL, NULL, "expected one JSON object");
    status = check_keys(reading, root, NULL);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == ATTUNE_OK; i++) {
        json_t *part = json_object_get(root, parts[i]);
        if (!json_is_object(part))
            return refuse_at(reading, parts[i], NULL, "expected a JSON object");
        status = check_keys(reading, part, parts[i]);
    }
    return status;
}

/* ATTUNE_TIME_*, before its row's turn; ATTUNE_TIME_LOG for what that row will refuse. */
static int32_t time_of(json_t *root)
{
    const char *word = json_string_value(json_object_get(json_object_get(root, "model"), "time"));
    for (int32_t i = 0; word && atn_norm_times[i]; i++)
        if (strcmp(atn_norm_times[i], word) == 0)
            return i;
    return ATTUNE_TIME_LOG;
}

static attune_status take_row(struct atn_reading *reading, const struct atn_norm_row *row,
                              json_t *root, int32_t time, attune_norm *norm)
{
    json_t *object = row->part ? json_object_get(root, row->part) : root;
    json_t *value = json_object_get(object, row->key);
    char *to = row->offset == NONE ? NULL : (char *)norm + row->offset;
    if (!atn_norm_has(row, time))
        return value ? refuse_at(reading, row->part, row->key,
                                 "expected sessions where time goes by session, days by date")
                     : ATTUNE_OK;
    return takes[row->type](row, value, to)
               ? ATTUNE_OK
               : refuse_at(reading, row->part, row->key, row->expected);
}

static attune_status take_rows(struct atn_reading *reading, json_t *root, attune_norm *norm)
{
    const int32_t time = time_of(root);
    attune_status status = ATTUNE_OK;
    for (size_t i = 0; i < atn_norm_count && status == ATTUNE_OK; i++)
        status = take_row(reading, &atn_norm_rows[i], root, time, norm);
    return status;
}

/* The row of a member of attune_response, by its name; by date another row than by session has the
   same place. */
static const struct atn_norm_row *row_of(const char *member, int32_t time)
{
    const struct atn_norm_row *row = atn_norm_rows, *end = row + atn_norm_count;
    while (row < end && strcmp(row->key, member) != 0)
        row++;
    for (size_t i = 0; row < end && i < atn_norm_count; i++)
        if (atn_norm_rows[i].offset == row->offset && atn_norm_has(&atn_norm_rows[i], time))
            return &atn_norm_rows[i];
    return NULL;
}

/* Where the figures contradict each other, the file's key says which. */
static attune_status check_model(struct atn_reading *reading, const attune_norm *norm)
{
    const struct atn_norm_row *row;
    attune_error why = ATTUNE_ERROR_INIT;
    if (attune_response_check(&norm->response, &why) == ATTUNE_OK)
        return ATTUNE_OK;
    row = row_of(why.key, norm->response.time);
    return refuse_at(reading, row ? row->part : NULL, row ? row->key : NULL, why.text);
}

static attune_status read_norm(struct atn_reading *reading, json_t *root, attune_norm *norm)
{
    attune_status status = check_shape(reading, root);
    if (status == ATTUNE_OK)
        status = take_rows(reading, root, norm);
    return status == ATTUNE_OK ? check_model(reading, norm) : status;
}

attune_status attune_norm_load(attune_norm *norm, const char *text, size_t n, attune_error *err)
{
    struct atn_reading reading = { .text = text, .n = n, .err = err };
    attune_norm found = { .struct_size = sizeof found };
    attune_status status = ATTUNE_OK;
    json_t *root;
    if (!norm || !text)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "text", "norm and text must be given");
    if (norm->struct_size < sizeof *norm)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (n > ATTUNE_NORM_BYTES_MAX)
        return atn_fail(err, ATTUNE_E_FORMAT, "", "expected a norm file of at most 64 KiB");
    found.response.struct_size = sizeof found.response;
    root = atn_parse(&reading, &status);
    if (!root)
        return status;
    status = read_norm(&reading, root, &found);
    json_decref(root);
    if (status != ATTUNE_OK)
        return status;
    found.struct_size = norm->struct_size;
    atn_hash_into(found.hash, text, n);
    *norm = found;
    return ATTUNE_OK;
}
