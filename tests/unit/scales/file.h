/* Files of the source tree as the tests of scale files read them. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SCALES_FILE_H
#define TESTS_SCALES_FILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct file {
    char *text; /* NUL-terminated; NULL: there is no such file */
    size_t n;
};

/* A file by its path from the source root; the caller frees the text. */
static inline struct file read_file(const char *path)
{
    struct file file = { NULL, 0 };
    char whole[1024];
    FILE *stream;
    snprintf(whole, sizeof whole, SOURCE "/%s", path);
    stream = fopen(whole, "rb");
    if (!stream)
        return file;
    file.text = malloc((1u << 21) + 1);
    assert_non_null(file.text);
    file.n = fread(file.text, 1, 1u << 21, stream);
    file.text[file.n] = '\0';
    fclose(stream);
    return file;
}

#endif
