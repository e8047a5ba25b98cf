/* The safety items of one form, as answered: the fixed sentence for people, a list for programs. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_SAFETY_H
#define EXAMPLES_SAFETY_H

#include "examples/output.h"

#include <attune/forms.h>

#define SAFETY_TEXT_MAX 4096 /* bytes of all sentences on one form */

/*
 * The sentences on the form's safety items that were answered at or above their threshold, one
 * after the other; "" for none, or when only a total is known. Each also becomes an entry of
 * list, a JSON object after `*listed` others, unless list is NULL.
 */
void safety_say(const attune_form *form, char text[SAFETY_TEXT_MAX], struct output *list,
                size_t *listed, int32_t ascii);

#endif
