/* A clinic's own scales, and what it states of the built-in ones: what a command finds in. */
/* SPDX-License-Identifier: MIT */
#include "examples/input.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILES_MAX 256 /* of a folder */

char *input_text(const char *path, size_t *n)
{
    const size_t capacity = (size_t)ATTUNE_SCALEFILE_BYTES_MAX + 1; /* one more is too many */
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *text = file ? malloc(capacity) : NULL;
    int good;
    *n = text ? fread(text, 1, capacity, file) : 0;
    good = text && !ferror(file);
    if (file && file != stdin)
        (void)fclose(file);
    if (!good)
        fprintf(stderr, "attune: %s: cannot be read\n", path);
    if (good)
        return text;
    free(text);
    return NULL;
}

static attune_scale_set_options stated(const struct options *options, attune_scale_set *base)
{
    return (attune_scale_set_options) {
        .struct_size = sizeof(attune_scale_set_options),
        .accept = options->accept_unconfirmed ? ATTUNE_ACCEPT_UNCONFIRMED : 0,
        .override_built_in = options->override_scales,
        .base = base,
    };
}

struct adding {
    attune_scale_set **set;
    const struct options *options;
};

/* One file more before what *set holds. Licences and norms are named once all files are read. */
static int add_file(void *context, const char *path)
{
    const struct adding *adding = context;
    attune_scale_set **set = adding->set;
    attune_scale_set_options how = stated(adding->options, *set);
    attune_error err = ATTUNE_ERROR_INIT;
    size_t n;
    char *text = input_text(path, &n);
    int code = CODE_OK;
    if (!text)
        return CODE_NO_INPUT;
    if (attune_scale_set_load_with(set, &how, text, n, NULL, &err) != ATTUNE_OK)
        code = input_fail(path, &err);
    free(text);
    return code;
}

static int is_json(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 5 && strcmp(entry->d_name + n - 5, ".json") == 0;
}

static int walk_folder(const char *folder, input_visit *visit, void *context)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_json, alphasort);
    int code = n < 0 ? CODE_NO_INPUT : CODE_OK;
    if (n < 0)
        fprintf(stderr, "attune: %s: cannot be read\n", folder);
    if (n == 0 || n > FILES_MAX) {
        fprintf(stderr, "attune: %s: expected 1 to %d files named *.json\n", folder, FILES_MAX);
        code = CODE_DATA;
    }
    for (int i = 0; i < n; i++) {
        char path[4096];
        int length = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (code == CODE_OK)
            code = length < (int)sizeof path ? visit(context, path) : CODE_NO_INPUT;
        free(entries[i]);
    }
    free(entries);
    return code;
}

int input_walk(const char *path, input_visit *visit, void *context)
{
    struct stat info;
    if (strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return walk_folder(path, visit, context);
    return visit(context, path);
}

static int refuse(const struct options *options, const attune_error *err)
{
    const char *option = strcmp(err->key, "norms") == 0 ? "norms" : "accept-licence";
    if (err->code == ATTUNE_E_MEMORY)
        return no_memory();
    fprintf(stderr, "attune %s: --%s: %s\n", options->command->name, option, err->text);
    return CODE_USAGE;
}

/* The last of the chain states everything: what it finds anywhere, it opens. */
static int add_statements(attune_scale_set **set, const struct options *options)
{
    attune_scale_set_options how = stated(options, *set);
    attune_error err = ATTUNE_ERROR_INIT;
    how.licences = options->licences;
    how.licence_count = (uint32_t)options->licence_count;
    how.norms = options->norms;
    if (!*set && !how.accept && how.licence_count == 0 && !how.norms)
        return CODE_OK;
    if (attune_scale_set_load_with(set, &how, NULL, 0, NULL, &err) != ATTUNE_OK)
        return refuse(options, &err);
    return CODE_OK;
}

int input_scales(attune_scale_set **set, const struct options *options)
{
    struct adding adding = { set, options };
    int code = CODE_OK;
    *set = NULL;
    if (options->scales)
        code = input_walk(options->scales, add_file, &adding);
    if (code == CODE_OK)
        code = add_statements(set, options);
    if (code != CODE_OK) {
        attune_scale_set_free(*set);
        *set = NULL;
    }
    return code;
}
