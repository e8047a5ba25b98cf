/* The format of a kind of file as a table, made from its schema by lib/core/scale/tables.py. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_JSON_SHAPE_H
#define ATN_JSON_SHAPE_H

#include <stddef.h>

enum atn_kind_type {
    ATN_KIND_TEXT,   /* low to high bytes, of the form */
    ATN_KIND_WORD,   /* one of words */
    ATN_KIND_WHOLE,  /* low to high */
    ATN_KIND_NUMBER, /* low (or above it) to high */
    ATN_KIND_FLAG,
    ATN_KIND_LIST,  /* low to high entries */
    ATN_KIND_OBJECT /* of keys */
};

enum atn_form {
    ATN_FORM_ANY,
    ATN_FORM_ID,   /* words of a-z and 0-9 joined by single hyphens */
    ATN_FORM_WORD, /* a-z */
    ATN_FORM_DATE  /* 2026-11-25 */
};

struct atn_key;

struct atn_kind {
    enum atn_kind_type type;
    enum atn_form form;
    double low, high;
    int above;
    const char *expected;         /* the sentence for what does not fit */
    const char *const *words;     /* ends with NULL */
    const struct atn_kind *entry; /* of a list */
    const struct atn_key *keys;   /* of an object */
    size_t key_count;
};

struct atn_key {
    const char *name;
    const struct atn_kind *kind;
    int required;
};

#endif
