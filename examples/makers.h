/* Making and checking scale files: the template, the check, and FHIR Questionnaires. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_MAKERS_H
#define EXAMPLES_MAKERS_H

#include "examples/options.h"

/* JSON that passes the check, with a _comment wherever something is to be known. */
extern const char makers_template[];

/* What each of the three options of `attune scales` does; returns CODE_*. */
int makers_print_template(const struct options *options);
int makers_check(const struct options *options);
int makers_from_fhir(const struct options *options);

#endif
