/* Batch calls for the Python package: loops over forms and courses that run without the GIL. */
/* SPDX-License-Identifier: MIT */
#ifndef PYATTUNE_BATCH_H
#define PYATTUNE_BATCH_H

#include <attune/alarm.h>
#include <attune/associate.h>
#include <attune/attune.h>
#include <attune/changeeffect.h>
#include <attune/changepoint.h>
#include <attune/changeslope.h>
#include <attune/chart.h>
#include <attune/company.h>
#include <attune/dyad.h>
#include <attune/learn.h>
#include <attune/norm.h>
#include <attune/phase.h>
#include <attune/psychometrics.h>
#include <attune/report.h>
#include <attune/responsefit.h>
#include <attune/rulefile.h>
#include <attune/runlength.h>
#include <attune/scalefile.h>
#include <attune/simulate.h>
#include <attune/smooth.h>
#include <attune/sudden.h>
#include <attune/text.h>
#include <attune/therapist.h>
#include <attune/trend.h>

#include <stddef.h>
#include <stdint.h>

/* What is known of one measure of a table. */
typedef struct atn_measure {
    const attune_scale *scale; /* NULL: no scale describes it */
    attune_constants constants;
    int32_t direction_known; /* 0: neither a scale nor the caller says which way is good */
} atn_measure;

/*
 * Courses in columns: rows starts[g] to starts[g + 1] - 1 are course g, in session order. Scans
 * want all of it, other calls what stands before client.
 */
typedef struct atn_courses {
    const uint64_t *starts;  /* count + 1 */
    const uint32_t *measure; /* of each course: index in measures */
    const atn_measure *measures;
    uint64_t count;
    const int32_t *session;      /* a row each; strictly rising within a course */
    const double *score;         /* a row each; NaN: not completed */
    const uint32_t *client;      /* of each course; one client's courses stand together */
    const int32_t *rater;        /* of each course: ATTUNE_RATER_* */
    const double *subscales;     /* n_columns columns of all rows; k: what is the measure's k-th */
    const uint32_t *n_subscales; /* of each course; 0: none were scored */
    uint64_t n_columns;
    /* Room for atn_batch_bind, which fills it: an entry a course, n_columns pointers a course. */
    attune_series *series;
    attune_course *course;
    const double **cells;
} atn_courses;

/* Forms of one measure, read where they stand: items[i] is the column of item i + 1. */
typedef struct atn_answers {
    const double *const *items; /* n_items columns; NULL: the table has no such column */
    uint64_t n_items;           /* up to ATTUNE_ITEMS_MAX */
    const double *given;        /* column of totals; NULL: none */
    const uint64_t *rows;       /* which rows of the columns are of this measure */
    uint64_t count;             /* of rows */
} atn_answers;

/*
 * Score rows; scale NULL: totals only, as they were given. totals[rows[i]] is filled, and from
 * subscales[i * subscale count] on the subscales when answers were given and it is not NULL.
 * On failure err->index is the row, and err->column the item, from 1; 0: the score.
 */
attune_status atn_batch_score(const attune_scale *scale, const atn_answers *answers,
                              attune_score *totals, attune_score *subscales, attune_error *err);

/* Every score finite and within its measure's range; else ATTUNE_E_VALUE, err->index the row. */
attune_status atn_batch_check(const atn_courses *courses, attune_error *err);

/* Courses as a company takes them; once, before any scan. */
void atn_batch_bind(atn_courses *courses);

/* Rules as every watch has them, and room for what comes out; traces NULL: none are wanted. */
typedef struct atn_room {
    attune_company *company; /* of these rules; the same for all of the courses */
    const attune_rule_choice *choices;
    uint64_t rules;
    attune_mark *marks;
    attune_trace *traces;
    uint64_t mark_capacity, trace_capacity;
    uint64_t n_marks, n_traces; /* how many came out */
} atn_room;

/*
 * Scan courses from *course on, until all are done or the next one's marks or traces may not fit;
 * *course is then the first that was not scanned. A mark's group is the course, its row counts in
 * the whole table. ATTUNE_E_COUNT when not even one course fits. A course of which nothing tells
 * which way is good has no marks, and traces without a statistic.
 */
attune_status atn_batch_scan(const atn_courses *courses, uint64_t *course, atn_room *room,
                             attune_error *err);

/* The same for episodes; of[i] is the course of episodes[i]. */
attune_status atn_batch_episodes(const atn_courses *courses, attune_company *company,
                                 uint64_t *course, attune_episode *episodes, uint64_t *of,
                                 uint64_t capacity, uint64_t *n_episodes, attune_error *err);

/* The same for silences: one a course and rule, of courses whose direction is known. */
attune_status atn_batch_silence(const atn_courses *courses, attune_company *company,
                                uint64_t *course, attune_silence *silences, uint64_t *of,
                                uint64_t capacity, uint64_t *n_silences, attune_error *err);

/*
 * Sudden gains and losses of courses from *course on, as for episodes; options hold one for each
 * measure. A course whose measure has no cutoff, where one is asked for, is passed over.
 */
attune_status atn_batch_sudden(const atn_courses *courses, uint64_t *course,
                               const attune_sudden_options *options, attune_sudden *found,
                               uint64_t *of, uint64_t capacity, uint64_t *n_found,
                               attune_error *err);

/* The defaults of charts, of searches for changes, of run lengths and of smooth lines. */
void atn_chart_options(attune_chart_options *options);
void atn_changepoint_options(attune_changepoint_options *options);
void atn_runlength_options(attune_runlength_options *options);
void atn_smooth_options(attune_smooth_options *options);

/* The reason of mark i, UTF-8, in the cell text + i * cell; empty when it does not fit. */
void atn_batch_reasons(const atn_courses *courses, const attune_mark *marks, uint64_t n, char *text,
                       uint64_t cell);

#endif
