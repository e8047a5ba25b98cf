/* Paths into a JSON file, and the refusal that names one with its line. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/json/reading.h"

#include "lib/core/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A key that no format has comes from the file: only its plain letters are repeated. */
static void append_plain(struct atn_reading *reading, size_t at, const char *key)
{
    for (; *key && at + 1 < ATN_PATH_MAX; key++)
        reading->path[at++] = (*key > ' ' && *key < 127) ? *key : '?';
    reading->path[at] = '\0';
}

size_t atn_path_key(struct atn_reading *reading, const char *key)
{
    size_t length = strlen(reading->path);
    size_t at = length;
    if (at > 0 && at + 1 < ATN_PATH_MAX)
        reading->path[at++] = '.';
    append_plain(reading, at, key);
    return length;
}

size_t atn_path_index(struct atn_reading *reading, size_t index)
{
    size_t length = strlen(reading->path);
    snprintf(reading->path + length, ATN_PATH_MAX - length, "[%zu]", index);
    return length;
}

void atn_path_cut(struct atn_reading *reading, size_t length)
{
    reading->path[length] = '\0';
}

static void count_lines(const char *text, const char *to, attune_error *err)
{
    const char *start = text;
    err->line = 1;
    for (; text < to; text++) {
        if (*text != '\n')
            continue;
        err->line++;
        start = text + 1;
    }
    err->column = (uint64_t)(to - start) + 1;
}

attune_status atn_refuse(struct atn_reading *reading, attune_status status, const char *expected)
{
    struct atn_problems *problems = reading->problems;
    attune_error *err = reading->err;
    if (problems) {
        err = problems->count < problems->capacity ? &problems->at[problems->count] : NULL;
        problems->count++;
    }
    atn_fail(err, status, reading->path, expected);
    if (err && err->struct_size >= sizeof *err)
        count_lines(reading->text, atn_locate(reading->text, reading->n, reading->path), err);
    return problems ? ATTUNE_OK : status;
}

attune_status atn_refuse_key(struct atn_reading *reading, const char *expected, const char *path,
                             ...)
{
    char key[ATN_PATH_MAX];
    va_list arguments;
    va_start(arguments, path);
    vsnprintf(key, sizeof key, path, arguments);
    va_end(arguments);
    size_t length = atn_path_key(reading, key);
    attune_status status = atn_refuse(reading, ATTUNE_E_FORMAT, expected);
    if (!status)
        atn_path_cut(reading, length);
    return status;
}

void atn_skip_mark(struct atn_reading *reading)
{
    if (reading->n < 3 || memcmp(reading->text, "\xef\xbb\xbf", 3) != 0)
        return;
    reading->text += 3;
    reading->n -= 3;
}
