/* One JSON file being read: its text, where in it we are, and how to refuse it. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_JSON_READING_H
#define ATN_JSON_READING_H

#include <attune/status.h>

#include <jansson.h>
#include <stddef.h>

#define ATN_PATH_MAX sizeof(((attune_error *)0)->key)

struct atn_reading {
    const char *text;
    size_t n;
    attune_error *err;             /* NULL: nobody wants to know */
    char path[ATN_PATH_MAX];       /* "[2].cutoffs[0]"; "" is the whole file */
    struct atn_problems *problems; /* NULL: the first refusal ends the reading */
};

/* All refusals, where they are collected: as many as there is room for, and how many there are. */
struct atn_problems {
    attune_error *at;
    size_t capacity, count;
};

/* Lengthen the path; the length it had comes back, for atn_path_cut. */
size_t atn_path_key(struct atn_reading *reading, const char *key);
size_t atn_path_index(struct atn_reading *reading, size_t index);
void atn_path_cut(struct atn_reading *reading, size_t length);

/*
 * Refuse what stands at the path, with its line; expected is one sentence. ATTUNE_OK where refusals
 * are collected: go on with what is next.
 */
attune_status atn_refuse(struct atn_reading *reading, attune_status status, const char *expected);

/* Where the path, or as much of it as is there, begins in the text; the text is valid JSON. */
const char *atn_locate(const char *text, size_t n, const char *path);

/* How many bytes the value at a place of such text takes. */
size_t atn_extent(const char *text, size_t n, const char *at);

/* A byte-order mark says nothing that UTF-8 does not. */
void atn_skip_mark(struct atn_reading *reading);

/* The file as Jansson reads it; NULL after filling err, with the status in *status. */
json_t *atn_parse(struct atn_reading *reading, attune_status *status);

/* Does the value have the shape that the format gives this kind? */
struct atn_kind;
attune_status atn_fit(struct atn_reading *reading, const struct atn_kind *kind, json_t *value);

/* Refuse a key below where we are, given as its path from there. */
attune_status atn_refuse_key(struct atn_reading *reading, const char *expected, const char *path,
                             ...);

/* Return early with a refusal. */
#define ATN_TRY(call)                                                                              \
    do {                                                                                           \
        attune_status status_ = (call);                                                            \
        if (status_)                                                                               \
            return status_;                                                                        \
    } while (0)

#endif
