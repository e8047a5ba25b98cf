/* Filling a struct from a JSON object by a table of fields. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/scalefile/take.h"

#include <attune/scale.h>

#include <math.h>
#include <string.h>

/* In the order of ATTUNE_FACT_*. */
static const char *const facts[] = { "confirmed", "provisional", "unconfirmed", NULL };

static int32_t place_of(const char *const *words, const char *word, int32_t otherwise)
{
    for (int32_t i = 0; word && words[i]; i++)
        if (!strcmp(words[i], word))
            return i;
    return otherwise;
}

int32_t atn_fact(const json_t *object, int has_source)
{
    const char *said = json_string_value(json_object_get(object, "status"));
    return has_source ? place_of(facts, said, ATTUNE_FACT_UNCONFIRMED) : ATTUNE_FACT_UNCONFIRMED;
}

const char *atn_fact_remark(const json_t *object)
{
    const char *said = json_string_value(json_object_get(object, "status"));
    return place_of(facts, said, -1) < 0 ? said : NULL;
}

static int32_t whole_of(const json_t *value)
{
    return json_is_true(value) ? 1 : (int32_t)json_integer_value(value);
}

static int32_t code_of(const json_t *object, const json_t *value, const struct atn_take *field)
{
    switch (field->type) {
    case ATN_TAKE_WORD:
        return place_of(field->words, json_string_value(value), field->otherwise);
    case ATN_TAKE_STATUS:
        return atn_fact(object, json_object_get(object, "source") != NULL);
    default:
        return whole_of(value);
    }
}

void atn_take_fields(struct atn_arena *arena, const json_t *object, const struct atn_take *fields,
                     size_t count, void *to)
{
    for (size_t i = 0; i < count; i++) {
        const struct atn_take *field = &fields[i];
        const json_t *value = field->key ? json_object_get(object, field->key) : NULL;
        unsigned char *at = (unsigned char *)to + field->offset;
        if (field->type == ATN_TAKE_REAL) {
            double real = value ? json_number_value(value) : NAN;
            memcpy(at, &real, sizeof real);
        } else if (field->type == ATN_TAKE_TEXT) {
            const char *text = atn_arena_text(arena, json_string_value(value));
            memcpy(at, &text, sizeof text);
        } else {
            int32_t code = code_of(object, value, field);
            memcpy(at, &code, sizeof code);
        }
    }
}
