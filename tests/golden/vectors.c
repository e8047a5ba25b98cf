/* Reading vector files. */
/* SPDX-License-Identifier: MIT */
#include "tests/golden/vectors.h"

#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void refuse(const char *name, const char *why)
{
    fprintf(stderr, "%s: %s\n", name, why);
    exit(1);
}

static json_t *load(const char *path)
{
    json_error_t error;
    json_t *file = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!file) {
        fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
        exit(1);
    }
    return file;
}

size_t vectors_each(const char *folder, void (*visit)(const char *name, json_t *file, void *data),
                    void *data)
{
    char pattern[4096];
    glob_t found;
    size_t n = 0;
    snprintf(pattern, sizeof pattern, "%s/*.json", folder);
    if (glob(pattern, 0, NULL, &found) != 0)
        refuse(folder, "no vector files");
    for (; n < found.gl_pathc; n++) {
        json_t *file = load(found.gl_pathv[n]);
        visit(found.gl_pathv[n], file, data);
        json_decref(file);
    }
    globfree(&found);
    return n;
}

int vectors_counts(const char *name, json_t *vector)
{
    const char *tier = json_string_value(json_object_get(vector, "tier"));
    const char *source = json_string_value(json_object_get(vector, "source"));
    if (!tier || !source || strlen(source) < 8)
        refuse(name, "every vector needs a tier and a source");
    if (strcmp(tier, "published") != 0 && strcmp(tier, "oracle") != 0 && strcmp(tier, "pin") != 0)
        refuse(name, "the tier is published, oracle or pin");
    return strcmp(tier, "pin") != 0;
}

double vectors_number(json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

size_t vectors_numbers(json_t *array, double *to, size_t room)
{
    size_t n = json_array_size(array);
    if (n > room)
        refuse("vector", "an array is longer than the runner has room for");
    for (size_t i = 0; i < n; i++) {
        json_t *value = json_array_get(array, i);
        to[i] = json_is_number(value) ? json_number_value(value) : NAN;
    }
    return n;
}
