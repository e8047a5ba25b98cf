/* The forms file: a CSV of questionnaires read client by client, checked, sorted and scored. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_FORMS_H
#define ATTUNE_FORMS_H

#include <attune/allocator.h>
#include <attune/export.h>
#include <attune/scale.h>
#include <attune/scalefile.h>
#include <attune/score.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A reader walks a forms file one client at a time, in order of client id, so that memory does
 * not grow with the number of clients when the file is sorted by client. A file that turns out
 * not to be sorted is read whole and sorted first: memory then grows with the file.
 *
 * Columns (any order): client, session, date, measure, rater, score, item_1..item_N; client,
 * measure and (session or date) are required; either score or items. Empty, NA and #NULL! are
 * missing. Dates are ISO 8601. A UTF-8 byte-order mark is skipped. With date alone, a client's
 * distinct dates are numbered 1, 2, 3... as sessions.
 */
typedef struct attune_forms attune_forms;

#define ATTUNE_FORMS_FIELD_MAX 65536 /* bytes that one field may have */

typedef struct attune_forms_options {
    uint32_t struct_size;           /* set by the caller */
    int32_t skip_bad;               /* 1: leave bad rows out and count them */
    int32_t keep_items;             /* 1: hand out the answers too */
    int32_t direction;              /* ATTUNE_HIGHER_* of measures that no scale describes; 0 none */
    const attune_scale_set *scales; /* a clinic's own scales; NULL: built-in ones only */
} attune_forms_options;

/* One form. Texts and arrays live until the next attune_forms_next. */
typedef struct attune_form {
    const char *client;
    const char *measure;
    const char *clinician;     /* NULL when the file has no such column or it is empty */
    const char *date;          /* as written; NULL when not given */
    const attune_scale *scale; /* NULL: no scale describes the measure */
    const double *items;       /* item_count answers when keep_items is 1 and given, else NULL */
    const attune_score *subscales; /* in the scale's order; NULL when only a total was given */
    uint64_t line;             /* of the file, from 1 */
    double day;                /* days since 1970-01-01; NaN when not given */
    attune_score total;        /* score NaN: not completed */
    int32_t session;
    int32_t rater;             /* ATTUNE_RATER_* */
} attune_form;

/* One client's forms, ordered by measure, rater, session. */
typedef struct attune_client_forms {
    uint32_t struct_size; /* set by the caller */
    uint32_t reserved;
    uint64_t count;
    const char *client;
    const attune_form *forms;
} attune_client_forms;

/*
 * Open a path ("-": standard input). ATTUNE_E_IO when it cannot be read (err->key is empty: no
 * path is echoed); ATTUNE_E_FORMAT for a header that lacks a column. Owned: attune_forms_free.
 */
ATTUNE_API attune_status attune_forms_new(attune_forms **out, const char *path,
                                          const attune_forms_options *options,
                                          const attune_allocator *allocator, attune_error *err);
ATTUNE_API void attune_forms_free(attune_forms *forms);

/*
 * The next client's forms; count 0 at the end. A bad row is ATTUNE_E_FORMAT, _VALUE, _UNKNOWN or
 * _DUPLICATE with line, column and what was expected, and ends the reading; with skip_bad it is
 * left out instead.
 */
ATTUNE_API attune_status attune_forms_next(attune_forms *forms, attune_client_forms *client,
                                           attune_error *err);

/* With skip_bad: how many rows were left out so far, and where and why the i-th was. */
ATTUNE_API size_t attune_forms_bad_count(const attune_forms *forms);
ATTUNE_API attune_status attune_forms_bad(const attune_forms *forms, size_t i, attune_error *bad);

#ifdef __cplusplus
}
#endif

#endif
