/* The inside of a forms reader: what its parts share. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_IO_FORMS_READER_H
#define ATN_IO_FORMS_READER_H

#include "lib/io/forms/pool.h"
#include "lib/io/forms/source.h"
#include "lib/io/text/date.h"

#include <attune/forms.h>

#include <csv.h>
#include <locale.h>

/* ---- Columns (columns.c) ---- */

enum atn_role {
    ATN_PASSED_OVER,
    ATN_CLIENT,
    ATN_MEASURE,
    ATN_SESSION,
    ATN_DATE,
    ATN_RATER,
    ATN_SCORE,
    ATN_CLINICIAN,
    ATN_ITEM,
    ATN_ROLES
};

struct atn_column {
    int32_t role; /* enum atn_role */
    int32_t item; /* of ATN_ITEM, from 0 */
};

struct atn_columns {
    struct atn_column *at;
    size_t count, room;
    uint32_t place[ATN_ROLES];             /* column number from 1 of a role; 0: there is none */
    uint32_t item_place[ATTUNE_ITEMS_MAX]; /* the same of an item */
    int32_t item_columns;
};

/* ---- Measures met (measures.c) ---- */

#define ATN_MEASURE_SLOTS 256 /* a power of two */

struct atn_measure {
    struct atn_measure *next;   /* in its slot */
    struct atn_measure *likely; /* the one that stood in the row after */
    const attune_scale *scale;  /* NULL: no scale describes it */
    attune_scale_info info;     /* of the scale */
    size_t length;
    char *id;
    int32_t has_controls;
    uint32_t needs; /* ATTUNE_ACCEPT_* of a scale that is listed and not opened */
};

struct atn_measures {
    struct atn_pool pool;
    struct atn_measure *slots[ATN_MEASURE_SLOTS];
    struct atn_measure *last;
};

/* ---- The row that is being read (fields.c, row.c) ---- */

struct atn_text {
    char *at; /* stays from row to row: the next is often the same */
    size_t n, room;
    const char *shared; /* its copy among the forms gathered; NULL: none yet */
    int32_t given;      /* 0: the field is missing */
};

struct atn_row {
    attune_error fault; /* code 0: none */
    struct atn_measure *measure;
    struct atn_text client, clinician, date;
    uint64_t line;
    size_t fields;
    double score;
    double day;                     /* of date, whether or not that is given */
    double items[ATTUNE_ITEMS_MAX]; /* NaN: not answered, or no such column */
    attune_score total;
    attune_score subscales[ATTUNE_SUBSCALES_MAX];
    int32_t session; /* -1: not given */
    int32_t rater;
    int32_t answered; /* how many items are */
    int32_t has_subscales;
    int32_t done;   /* all fields are there */
    int32_t broken; /* the rest of the line is not to be read */
    int32_t ready;  /* a sound row that waits to join a client */
    int32_t no_memory;
};

/* ---- Forms gathered (gather.c, client.c) ---- */

struct atn_gathered {
    struct atn_pool pool; /* texts, answers, subscales */
    attune_form *forms;
    size_t count, room;
    size_t walked; /* forms handed out, of a file that is not sorted */
};

/* ---- Bad rows (bad.c) ---- */

struct atn_bad {
    attune_error *list; /* rising by line */
    size_t kept, room;
    uint64_t count;
};

struct attune_forms {
    attune_allocator allocator;
    attune_forms_options options;
    attune_error failure; /* what ended the reading; code 0: nothing did */
    struct atn_source source;
    struct csv_parser csv;
    struct atn_columns columns;
    struct atn_measures measures;
    struct atn_row row;
    struct atn_gathered gathered;
    struct atn_bad bad;
    struct atn_calendar calendar;
    locale_t plain;
    uint64_t rows;
    int32_t sorted;
    int32_t ended; /* no more rows */
};

/* Open a FILE that is already open, reading block bytes at a time: what tests need. */
attune_status atn_forms_open(attune_forms **out, FILE *file, int owned, size_t block,
                             const attune_forms_options *options, const attune_allocator *allocator,
                             attune_error *err);

/* columns.c: the name of a column that has a role, "" of any other; the header's fields. */
const char *atn_column_name(const struct atn_column *column, char name[24]);
void atn_columns_take(void *text, size_t n, void *forms);
void atn_columns_check(attune_forms *forms);

/* fields.c: libcsv's callback for one field of a row; 1 when an id could break a line. */
void atn_field_take(void *text, size_t n, void *forms);
int atn_has_controls(const char *text, size_t n);

/* row.c: what is wrong with the row, unless something was before. */
void atn_row_fault(attune_forms *forms, attune_status status, size_t column, const char *text);
void atn_row_begin(attune_forms *forms, uint64_t line);
void atn_row_finish(attune_forms *forms);

/* What has to be stated or given before a measure without a scale can be scored. */
const char *atn_why_no_scale(const struct atn_measure *measure);

/* measures.c: NULL when there is no memory. */
struct atn_measure *atn_measure_find(attune_forms *forms, const char *id, size_t n);

/* parse.c: an empty parser; one row (row.done 0 at the end), whatever is wrong with it. */
void atn_parser_start(attune_forms *forms);
typedef void atn_take(void *text, size_t n, void *forms);
attune_status atn_parse_row(attune_forms *forms, atn_take *take);

/* order.c: 1 in *sorted when clients rise from here to the end of the file. */
attune_status atn_order_look(attune_forms *forms, int32_t *sorted);

/* gather.c: the next client's forms, put in order; count 0 at the end. */
attune_status atn_gather(attune_forms *forms, attune_form **of, size_t *count);

/*
 * client.c: number sessions, sort, and find what is given twice in the forms of one client, which
 * stand in the order of the file. With skip_bad *count shrinks; else the first fault by line, if
 * *fault holds none before it, goes into *fault.
 */
attune_status atn_client_order(attune_forms *forms, attune_form *of, size_t *count,
                               attune_error *fault);

/* bad.c: 0 when there is no memory. */
int atn_bad_add(attune_forms *forms, const attune_error *fault);

#endif
