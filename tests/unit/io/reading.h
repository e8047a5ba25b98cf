/* A reader of a text and the client it is at. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_IO_READING_H
#define TESTS_UNIT_IO_READING_H

#include "tests/unit/io/open.h"
#include "tests/unit/near.h"

#define TEXT(text) text, sizeof text - 1

struct reading {
    attune_forms *forms;
    attune_client_forms client;
};

static inline void open_reading(struct reading *reading, const char *text, size_t n,
                                const attune_forms_options *options)
{
    attune_error err = ATTUNE_ERROR_INIT;
    reading->forms = NULL;
    reading->client = (attune_client_forms) { .struct_size = sizeof reading->client };
    if (open_text(&reading->forms, text, n, ATN_SOURCE_BLOCK, options, NULL, &err) != ATTUNE_OK)
        fail_msg("line %d, %s: %s", (int)err.line, err.key, err.text);
}

static inline size_t read_client(struct reading *reading)
{
    attune_error err = ATTUNE_ERROR_INIT;
    if (attune_forms_next(reading->forms, &reading->client, &err) != ATTUNE_OK)
        fail_msg("line %d, %s: %s", (int)err.line, err.key, err.text);
    return (size_t)reading->client.count;
}

static inline void check_session(const attune_form *form, const char *measure, int32_t session,
                                 double score)
{
    assert_string_equal(form->measure, measure);
    assert_int_equal(form->session, session);
    assert_same(form->total.score, score);
}

#endif
