/* One client's forms, as the reports take them. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_PERSON_H
#define EXAMPLES_PERSON_H

#include "examples/measure.h"

#include <attune/forms.h>
#include <attune/report.h>

/* Memory is used again for each client. Zeroed at first. */
struct person {
    attune_report_client client; /* lives until the next take */
    attune_report_series *series;
    int32_t *session;
    double *day, *items;
    attune_score *forms;
    attune_constants *constants;
    size_t capacity, item_capacity;
};

/* Only the measure that --measure names, when it does. CODE_*; what is wrong was said. */
int person_take(struct person *person, const attune_client_forms *client, struct measures *measures,
                const struct options *options);
void person_free(struct person *person);

/* What --rules, --at and --clinician ask of a report; plan must outlive it. */
int report_options(attune_report_options *report, struct plan *plan, const struct options *options);

/* 0, having said so, when --output asks for a format that is not made yet. */
int report_may_write(const struct options *options);

/* Write a text of `length` bytes as --output says; CODE_*. */
typedef size_t report_print(const void *report, const attune_text_options *options, char *text,
                            size_t capacity);
int report_commit(report_print *print, const void *report, const struct options *options);

#endif
