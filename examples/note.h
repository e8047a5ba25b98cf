/* What a result has to say of the scales that it was made with. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_NOTE_H
#define EXAMPLES_NOTE_H

#include "examples/measure.h"

#define NOTE_TEXT_MAX 1024
#define NOTES_MAX 10 /* kinds of notes */

/* When a kind of note is wanted. */
#define NOTE_OF_CONSTANTS 1u /* the measure's constants reach the result */
#define NOTE_FOR_PROGRAMS 2u /* what is kept with a result rather than read */
#define NOTE_BESIDE 4u       /* the result has no room for notes: only what must be said */

/*
 * The note of one kind (0, 1, 2...) on a measure, without a full stop; "" when that kind has
 * nothing to say or is not wanted. Returns 0 beyond the last kind.
 */
int note_of(char text[NOTE_TEXT_MAX], const struct measure *measure, uint32_t when, size_t kind);

#endif
