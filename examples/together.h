/* A course of alliance with its client's other signals, for the rules that listen to them. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_TOGETHER_H
#define EXAMPLES_TOGETHER_H

#include "examples/course.h"
#include "examples/measure.h"

#include <attune/companion.h>

/* As a watch takes it. */
struct together {
    const attune_watch *watch;
    attune_series series;
    const int64_t *row; /* of the course, of each session of the series; -1: only others spoke;
                           NULL: the series is the course */
};

/* Watches made so far, and room that grows with the longest course. */
struct companies;

/* NULL when there is no memory, said on stderr. */
struct companies *companies_new(const struct plan *plan, struct measures *measures);
void companies_free(struct companies *companies);

/*
 * A client's course of alliance gets the therapist's forms of the same measure, else of the first
 * alliance measure that the therapist has forms of; the client's distress, of the measure with most
 * forms completed, else the first; and the subscales of its own forms, as many as there is room
 * for. Where no rule of the plan listens, where there is nothing to add, and for all other courses
 * it stays what it is. Lives until the next call. CODE_*.
 */
int companies_join(struct companies *companies, const struct course *course,
                   const struct measure *measure, struct together *together);

/* Leaves marks of the course's own sessions, with rows that count in it; how many there are. */
size_t together_marks(const struct together *together, attune_mark *marks, size_t n);

/* Moves traces of its own sessions up over those at which only others spoke. */
void together_traces(const struct together *together, size_t rules, attune_trace *traces);

#endif
