/* What the answers of attune marks share: one row of columns and one way to fill it, each. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_MARKS_H
#define EXAMPLES_MARKS_H

#include "examples/course.h"
#include "examples/measure.h"
#include "examples/table.h"
#include "examples/together.h"

#include <attune/watch.h>

struct marking;

/* One of the answers: its columns, and how a course is turned into rows. */
struct answer {
    const char *rules; /* unless --rules names others */
    const char *const *identity;
    const attune_field *(*fields)(size_t *count);
    const char *last;  /* one more column, or NULL */
    const char *aside; /* one more for people, on a line of its own, or NULL */
    const struct table_view *view;
    int (*put)(struct marking *m, const struct course *course);
};

/* Memory grows with the longest course and is used again for each. */
struct marking {
    const struct options *options;
    const struct answer *answer;
    const attune_field *fields;
    size_t field_count;
    struct plan plan;
    struct table *table;
    struct measures *measures;
    struct companies *companies;
    void *results;
    size_t bytes;
    size_t findings;                         /* marks that are no good news */
    size_t courses, marked, too_few, cannot; /* of courses */
};

extern const struct answer answer_silence, answer_side_by_side;

/* Room in m->results for two structs of this size a session and rule; CODE_*. */
int marks_room(struct marking *m, size_t count, size_t size);

/* The refusal of a course, with its line. */
int marks_failed(const struct marking *m, const struct course *course,
                 const attune_together *together, attune_error *err);

/*
 * What a scan found: the marks, and a trace a session of the course and rule; until the next scan.
 * Rows are the course's own: what other signals said at sessions between them is left out.
 */
struct found {
    attune_mark *marks; /* NULL: the direction of the measure is not known */
    attune_trace *traces;
    size_t n_marks;
};

int marks_scan(struct marking *m, const struct course *course, struct found *found);

/* Client, measure and rater. */
void marks_identity(struct table *table, const struct course *course);

#endif
