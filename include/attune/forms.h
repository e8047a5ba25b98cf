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
 * A reader walks a forms file one client at a time, in byte order of client id. Memory grows with
 * the largest client when the file is sorted by client; a file that is not is read whole and
 * sorted first, and memory then grows with the file. Which of the two it is, a quick first look
 * through the file decides; what cannot be read twice (standard input, a pipe) is first copied
 * into an unnamed temporary file that nobody else can open.
 *
 * The file: CSV after RFC 4180, UTF-8 (a byte-order mark is skipped), lines ended by LF or CRLF,
 * empty lines skipped, spaces around an unquoted field dropped, a header row, every row with as
 * many fields as the header. Columns in any order, named exactly:
 *   client     required, never empty
 *   measure    required: the id of a scale
 *   session    whole number from 0 (baseline) to 1000000000; required unless there is a date
 *   date       ISO 8601: 2026-03-01, also with a time T09:30[:00][Z or +01:00], which is checked
 *              and otherwise not used. With dates alone, a client's distinct dates become
 *              sessions 1, 2, 3... A client's first row decides; the others must do as it does.
 *   rater      client, therapist or observer; client when empty or absent
 *   score      a total, in plain decimal notation, '.' whatever the locale
 *   item_1..item_128  answers, as they were given: a row has either a score or answers. Answers
 *              beyond the measure's last item must be empty.
 *   clinician  handed out as it is; all further columns are passed over
 * Empty, NA and #NULL! are missing. A row without score and answers is a form not completed.
 *
 *     attune_forms *forms;
 *     attune_error err = ATTUNE_ERROR_INIT;
 *     attune_client_forms client = { .struct_size = sizeof client };
 *     if (attune_forms_new(&forms, "clinic.csv", NULL, NULL, &err) == ATTUNE_OK)
 *         while (attune_forms_next(forms, &client, &err) == ATTUNE_OK && client.count > 0)
 *             use(client.forms, client.count);
 */
typedef struct attune_forms attune_forms;

#define ATTUNE_FORMS_FIELD_MAX 65536        /* bytes that one field may have */
#define ATTUNE_FORMS_COLUMNS_MAX 4096       /* columns that a file may have */
#define ATTUNE_FORMS_SESSION_MAX 1000000000 /* the largest session number */
#define ATTUNE_FORMS_BAD_MAX 1000           /* bad rows of which the details are kept */

/* NULL options are all zero. */
typedef struct attune_forms_options {
    uint32_t struct_size;           /* set by the caller */
    int32_t skip_bad;               /* 1: leave bad rows out and count them */
    int32_t keep_items;             /* 1: hand out the answers too */
    int32_t allow_unknown;          /* 1: measures that no scale describes, with scores alone */
    const attune_scale_set *scales; /* a clinic's own scales; NULL: built-in ones only */
} attune_forms_options;

#define ATTUNE_FORMS_OPTIONS_INIT                                                                  \
    {                                                                                              \
        (uint32_t)sizeof(attune_forms_options), 0, 0, 0, NULL                                      \
    }

/* One form. Texts and arrays live until the next attune_forms_next. */
typedef struct attune_form {
    const char *client;
    const char *measure;
    const char *clinician;     /* NULL when the file has no such column or it is empty */
    const char *date;          /* as written; NULL when not given */
    const attune_scale *scale; /* NULL: no scale describes the measure */
    const double *items;       /* item_count answers when keep_items is 1 and given, else NULL */
    const attune_score *subscales; /* in the scale's order; NULL when only a total was given */
    uint64_t line;                 /* of the file, from 1: where the row begins */
    double day;                    /* whole days from 1970-01-01 to the date; NaN when not given */
    attune_score total;            /* score NaN: not completed */
    int32_t session;
    int32_t rater; /* ATTUNE_RATER_* */
} attune_form;

/* One client's forms, ordered by measure, rater, session. */
typedef struct attune_client_forms {
    uint32_t struct_size; /* set by the caller */
    uint32_t reserved;
    uint64_t count;
    const char *client;
    const attune_form *forms;
} attune_client_forms;

/* What is known of a file so far; sorted and the columns from the start, the rest as it is read. */
typedef struct attune_forms_info {
    uint32_t struct_size; /* set by the caller */
    int32_t sorted;       /* 1: by client, so that memory does not grow with their number */
    int32_t has_session;  /* 1: there is such a column */
    int32_t has_date;
    int32_t has_clinician;
    int32_t item_columns; /* how many item columns */
    uint64_t rows;        /* rows read, without the header and the bad ones */
    uint64_t bad;         /* rows left out with skip_bad */
} attune_forms_info;

/*
 * Open a path ("-": standard input) and read its header. Owned: attune_forms_free.
 * ATTUNE_E_ARGUMENT, _STRUCT_SIZE; ATTUNE_E_OPTION when a switch is neither 0 nor 1; ATTUNE_E_IO
 * when the file cannot be read (no path is echoed); ATTUNE_E_FORMAT with line and column for an
 * empty file, a header that lacks a column, or text that is not such a CSV; ATTUNE_E_DUPLICATE for
 * a column named twice; ATTUNE_E_MEMORY. On failure *out is untouched.
 */
ATTUNE_API attune_status attune_forms_new(attune_forms **out, const char *path,
                                          const attune_forms_options *options,
                                          const attune_allocator *allocator, attune_error *err);
ATTUNE_API void attune_forms_free(attune_forms *forms);

/*
 * The next client's forms; count 0 at the end. The first bad row in the order of the file ends the
 * reading, and is what every further call answers:
 *   ATTUNE_E_FORMAT     not CSV, not UTF-8, a NUL byte, a field too long, too few or too many
 *                       fields, a required field empty, both a score and answers
 *   ATTUNE_E_VALUE      not a number, infinite, out of the measure's range, not a session, a date
 *                       or a rater, an answer beyond the measure's last item
 *   ATTUNE_E_UNKNOWN    no scale has this id (with allow_unknown: and there are answers)
 *   ATTUNE_E_DUPLICATE  the second form of one client, measure, rater and session
 * with err->line where the row begins, err->column the field, err->key the column's name, err->text
 * what was expected. With skip_bad such rows are left out instead; a quote that is never closed may
 * take the lines after it along. ATTUNE_E_IO when reading fails or the file changes meanwhile,
 * ATTUNE_E_MEMORY. On failure *client is untouched; use nothing that was handed out so far if the
 * whole file must be sound.
 */
ATTUNE_API attune_status attune_forms_next(attune_forms *forms, attune_client_forms *client,
                                           attune_error *err);

/* ATTUNE_E_ARGUMENT, _STRUCT_SIZE. */
ATTUNE_API attune_status attune_forms_describe(const attune_forms *forms, attune_forms_info *info);

/*
 * With skip_bad: how many bad rows have details (at most ATTUNE_FORMS_BAD_MAX, the first in the
 * order of the file; attune_forms_describe has the full count), and where and why the i-th was
 * left out. ATTUNE_E_COUNT beyond the last. Complete once attune_forms_next gave count 0.
 */
ATTUNE_API size_t attune_forms_bad_count(const attune_forms *forms);
ATTUNE_API attune_status attune_forms_bad(const attune_forms *forms, size_t i, attune_error *bad);

#ifdef __cplusplus
}
#endif

#endif
