/* Output kept aside until it is whole: a megabyte in memory, the rest in a temporary file. */
/* SPDX-License-Identifier: MIT */
#include "examples/output.h"

#include "examples/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MEMORY_MAX ((size_t)1 << 20)

struct output {
    FILE *file;   /* NULL until memory is full; unnamed, gone with the process */
    size_t used;  /* bytes in memory */
    size_t place; /* of reading, when there is no file */
    int error;    /* the first errno */
    char memory[MEMORY_MAX];
};

struct output *output_new(void)
{
    struct output *o = malloc(sizeof *o);
    if (!o) {
        fprintf(stderr, "attune: not enough memory\n");
        return NULL;
    }
    o->file = NULL;
    o->used = o->place = 0;
    o->error = 0;
    return o;
}

void output_free(struct output *o)
{
    if (o && o->file)
        (void)fclose(o->file);
    free(o);
}

static void keep_error(struct output *o)
{
    if (!o->error)
        o->error = errno ? errno : EIO;
}

static void to_file(struct output *o, const char *bytes, size_t n)
{
    errno = 0;
    if (n > 0 && !o->error && fwrite(bytes, 1, n, o->file) != n)
        keep_error(o);
}

static void spill(struct output *o)
{
    errno = 0;
    if (!o->file && !o->error && !(o->file = tmpfile()))
        keep_error(o);
    to_file(o, o->memory, o->used);
    o->used = 0;
}

void output_bytes(struct output *o, const char *bytes, size_t n)
{
    if (n > MEMORY_MAX - o->used)
        spill(o);
    if (n > MEMORY_MAX) {
        to_file(o, bytes, n);
    } else if (n > 0) {
        memcpy(o->memory + o->used, bytes, n);
        o->used += n;
    }
}

void output_text(struct output *o, const char *text)
{
    output_bytes(o, text, strlen(text));
}

void output_rewind(struct output *o)
{
    o->place = 0;
    if (!o->file)
        return;
    spill(o);
    errno = 0;
    if (!o->error && (fflush(o->file) != 0 || fseek(o->file, 0, SEEK_SET) != 0))
        keep_error(o);
}

size_t output_read(struct output *o, char *bytes, size_t capacity)
{
    size_t n = o->used - o->place;
    if (o->error)
        return 0;
    if (o->file) {
        errno = 0;
        n = fread(bytes, 1, capacity, o->file);
        if (ferror(o->file))
            keep_error(o);
        return n;
    }
    n = n < capacity ? n : capacity;
    memcpy(bytes, o->memory + o->place, n);
    o->place += n;
    return n;
}

void output_append(struct output *o, struct output *from)
{
    char bytes[1024];
    size_t n;
    output_rewind(from);
    while ((n = output_read(from, bytes, sizeof bytes)) > 0)
        output_bytes(o, bytes, n);
    if (!o->error)
        o->error = from->error;
}

static void copy(struct output *from, FILE *to)
{
    static char bytes[1 << 16];
    size_t n;
    output_rewind(from);
    while ((n = output_read(from, bytes, sizeof bytes)) > 0) {
        errno = 0;
        if (fwrite(bytes, 1, n, to) != n) {
            keep_error(from);
            return;
        }
    }
}

static int say_error(const struct output *o, const char *path)
{
    if (o->error == 0)
        return CODE_OK;
    if (o->error != EPIPE)
        fprintf(stderr, "attune: %s: cannot be written: %s\n", path ? path : "standard output",
                strerror(o->error));
    return CODE_INTERNAL;
}

static int to_stdout(struct output *o)
{
    copy(o, stdout);
    errno = 0;
    if (fflush(stdout) != 0)
        keep_error(o);
    return say_error(o, NULL);
}

/* Half a file is worse than none; a device is left alone. */
static void remove_regular(const char *path)
{
    struct stat about;
    if (stat(path, &about) == 0 && S_ISREG(about.st_mode))
        (void)remove(path);
}

int output_commit(struct output *o, const char *path)
{
    FILE *file;
    if (!path || strcmp(path, "-") == 0)
        return to_stdout(o);
    if (o->error)
        return say_error(o, path);
    errno = 0;
    file = fopen(path, "wb");
    if (!file) {
        keep_error(o);
        return say_error(o, path);
    }
    copy(o, file);
    errno = 0;
    if (fclose(file) != 0)
        keep_error(o);
    if (o->error)
        remove_regular(path);
    return say_error(o, path);
}
