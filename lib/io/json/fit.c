/* Holding a value against the table of the format: kinds, bounds, required and unknown keys. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/json/reading.h"
#include "lib/io/json/shape.h"

#include <string.h>

/* A digit where like has one, the same sign everywhere else. */
static int is_like(const char *text, const char *like)
{
    for (; *text && *like; text++, like++)
        if (*like == '0' ? *text < '0' || *text > '9' : *text != *like)
            return 0;
    return *text == *like;
}

static int has_form(enum atn_form form, const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t n = strlen(text);
    if (form == ATN_FORM_WORD)
        return strspn(text, letters) == n;
    if (form == ATN_FORM_DATE)
        return is_like(text, "0000-00-00");
    if (form == ATN_FORM_ID)
        return strspn(text, signs) == n && text[0] != '-' && text[n - 1] != '-' &&
               !strstr(text, "--");
    return 1;
}

/* Control characters of ASCII and of U+0080..9F: they have no business on a terminal. */
static int has_control(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    for (; *at; at++)
        if (*at < 0x20 || *at == 0x7f || (*at == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f))
            return 1;
    return 0;
}

static int fits_text(const struct atn_kind *kind, const json_t *value)
{
    const char *text = json_string_value(value);
    double n = (double)json_string_length(value);
    return text && n >= kind->low && n <= kind->high && !has_control(text) &&
           has_form(kind->form, text);
}

static int fits_word(const struct atn_kind *kind, const json_t *value)
{
    const char *text = json_string_value(value);
    for (size_t i = 0; text && kind->words[i]; i++)
        if (!strcmp(text, kind->words[i]))
            return 1;
    return 0;
}

static int fits_number(const struct atn_kind *kind, const json_t *value)
{
    double number = json_number_value(value);
    if (!(kind->type == ATN_KIND_WHOLE ? json_is_integer(value) : json_is_number(value)))
        return 0;
    return number <= kind->high && (kind->above ? number > kind->low : number >= kind->low);
}

static int fits_list(const struct atn_kind *kind, const json_t *value)
{
    double n = (double)json_array_size(value);
    return json_is_array(value) && n >= kind->low && n <= kind->high;
}

static int fits(const struct atn_kind *kind, const json_t *value)
{
    switch (kind->type) {
    case ATN_KIND_TEXT:
        return fits_text(kind, value);
    case ATN_KIND_WORD:
        return fits_word(kind, value);
    case ATN_KIND_WHOLE:
    case ATN_KIND_NUMBER:
        return fits_number(kind, value);
    case ATN_KIND_FLAG:
        return json_is_boolean(value);
    case ATN_KIND_LIST:
        return fits_list(kind, value);
    default:
        return json_is_object(value);
    }
}

static int knows(const struct atn_kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->key_count; i++)
        if (!strcmp(kind->keys[i].name, name))
            return 1;
    return 0;
}

static attune_status refuse_key(struct atn_reading *reading, const char *key, const char *expected)
{
    size_t length = atn_path_key(reading, key);
    attune_status status = atn_refuse(reading, ATTUNE_E_FORMAT, expected);
    if (!status)
        atn_path_cut(reading, length);
    return status;
}

static attune_status check_keys(struct atn_reading *reading, const struct atn_kind *kind,
                                json_t *object)
{
    const char *name;
    json_t *value;
    attune_status status = ATTUNE_OK;
    json_object_foreach(object, name, value)
    {
        if (!status && !knows(kind, name))
            status = refuse_key(reading, name, "expected no such key");
    }
    for (size_t i = 0; !status && i < kind->key_count; i++)
        if (kind->keys[i].required && !json_object_get(object, kind->keys[i].name))
            status =
                refuse_key(reading, kind->keys[i].name, "expected this key, which is required");
    return status;
}

static attune_status check_value(struct atn_reading *reading, const struct atn_kind *kind,
                                 json_t *value);

static attune_status check_entries(struct atn_reading *reading, const struct atn_kind *kind,
                                   json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        size_t length = atn_path_index(reading, i);
        attune_status status = check_value(reading, kind->entry, json_array_get(list, i));
        if (status)
            return status;
        atn_path_cut(reading, length);
    }
    return ATTUNE_OK;
}

static attune_status check_values(struct atn_reading *reading, const struct atn_kind *kind,
                                  json_t *object)
{
    for (size_t i = 0; i < kind->key_count; i++) {
        json_t *value = json_object_get(object, kind->keys[i].name);
        if (!value)
            continue;
        size_t length = atn_path_key(reading, kind->keys[i].name);
        attune_status status = check_value(reading, kind->keys[i].kind, value);
        if (status)
            return status;
        atn_path_cut(reading, length);
    }
    return ATTUNE_OK;
}

/* The path grows on the way down; a refusal leaves it where it is. Depth is the format's own. */
static attune_status check_value(struct atn_reading *reading, const struct atn_kind *kind,
                                 json_t *value)
{
    attune_status status;
    if (!fits(kind, value))
        return atn_refuse(reading, ATTUNE_E_FORMAT, kind->expected);
    if (kind->type == ATN_KIND_LIST)
        return check_entries(reading, kind, value);
    if (kind->type != ATN_KIND_OBJECT)
        return ATTUNE_OK;
    status = check_keys(reading, kind, value);
    return status ? status : check_values(reading, kind, value);
}

attune_status atn_fit(struct atn_reading *reading, const struct atn_kind *kind, json_t *value)
{
    return check_value(reading, kind, value);
}
