/* A client's courses together, as attune/company.h puts them, for the rules that listen. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_TOGETHER_H
#define EXAMPLES_TOGETHER_H

#include "examples/course.h"
#include "examples/measure.h"

#include <attune/company.h>

/* Watches made so far, and room that grows with the longest course. */
struct companies;

/* NULL when there is no memory, said on stderr. */
struct companies *companies_new(const struct plan *plan, struct measures *measures);
void companies_free(struct companies *companies);

/*
 * How a course is watched; watch NULL: its measure's direction is not known. Lives until the next
 * call. CODE_*; what the library refuses is said on stderr.
 */
int companies_join(struct companies *companies, const struct course *course,
                   attune_together *together);

#endif
