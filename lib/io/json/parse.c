/* Reading the text with Jansson, and saying its refusals in our own words. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/json/reading.h"

#include "lib/core/base/error.h"

#include <attune/scalefile.h>

/* Jansson's own sentences quote the text; these do not. */
static const struct {
    enum json_error_code code;
    const char *expected;
} sentences[] = {
    { json_error_stack_overflow, "expected JSON that is not nested so deeply" },
    { json_error_invalid_utf8, "expected UTF-8" },
    { json_error_premature_end_of_input, "expected JSON that does not end in the middle" },
    { json_error_end_of_input_expected, "expected nothing after the JSON value" },
    { json_error_null_character, "expected text without NUL characters" },
    { json_error_null_byte_in_key, "expected keys without NUL characters" },
    { json_error_duplicate_key, "expected each key once" },
    { json_error_numeric_overflow, "expected numbers that a double holds" },
};

static const char *sentence(enum json_error_code code)
{
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (sentences[i].code == code)
            return sentences[i].expected;
    return "expected JSON";
}

/* Where Jansson's allocations fail it often gives up without a word. */
static int lacks_memory(const json_error_t *from)
{
    return json_error_code(from) == json_error_out_of_memory || from->text[0] == '\0';
}

static attune_status refuse_syntax(attune_error *err, const json_error_t *from)
{
    if (lacks_memory(from))
        return atn_fail(err, ATTUNE_E_MEMORY, "text", "expected more memory");
    atn_fail(err, ATTUNE_E_FORMAT, "", sentence(json_error_code(from)));
    if (err && err->struct_size >= sizeof *err) {
        err->line = from->line > 0 ? (uint64_t)from->line : 0;
        err->column = from->column > 0 ? (uint64_t)from->column : 0;
    }
    return ATTUNE_E_FORMAT;
}

json_t *atn_parse(struct atn_reading *reading, attune_status *status)
{
    json_error_t error = { 0 };
    json_t *root;
    if (reading->n > ATTUNE_SCALEFILE_BYTES_MAX) {
        *status = atn_fail(reading->err, ATTUNE_E_FORMAT, "", "expected a file of at most 1 MiB");
        return NULL;
    }
    root = json_loadb(reading->text, reading->n, JSON_REJECT_DUPLICATES, &error);
    *status = root ? ATTUNE_OK : refuse_syntax(reading->err, &error);
    return root;
}
