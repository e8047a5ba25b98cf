/* What a result has to say of the scales that it was made with. */
/* SPDX-License-Identifier: MIT */
#include "examples/note.h"

#include <attune/report.h>

#include <stdio.h>

/* In the order in which they are said. */
static const struct {
    int32_t caveat;
    uint32_t when; /* NOTE_* that have to be wanted */
    int must;      /* 1: said of every result, beside it where it has no room */
} kinds[] = {
    { ATTUNE_CAVEAT_DEMONSTRATION, 0, 0 },
    { ATTUNE_CAVEAT_LICENSED, 0, 1 },
    { ATTUNE_CAVEAT_UNCONFIRMED, 0, 1 },
    { ATTUNE_CAVEAT_PROVISIONAL, 0, 1 },
    { ATTUNE_CAVEAT_CONSTANTS_UNCONFIRMED, NOTE_OF_CONSTANTS, 1 },
    { ATTUNE_CAVEAT_CONSTANTS_PROVISIONAL, NOTE_OF_CONSTANTS, 0 },
    { ATTUNE_CAVEAT_CONSTANTS_WITHHELD, NOTE_OF_CONSTANTS, 0 },
    { ATTUNE_CAVEAT_SET, NOTE_OF_CONSTANTS, 0 },
    { ATTUNE_CAVEAT_NORMS, NOTE_OF_CONSTANTS | NOTE_FOR_PROGRAMS, 0 },
    { ATTUNE_CAVEAT_HASH, NOTE_FOR_PROGRAMS, 0 },
};

_Static_assert(sizeof kinds / sizeof *kinds == NOTES_MAX, "a measure has room for every note");

int note_of(char text[NOTE_TEXT_MAX], const struct measure *measure, uint32_t when, size_t kind)
{
    text[0] = '\0';
    if (kind >= NOTES_MAX)
        return 0;
    if ((kinds[kind].when & ~when) == 0 && (kinds[kind].must || !(when & NOTE_BESIDE)))
        (void)attune_scale_caveat(measure->scale, &measure->constants, kinds[kind].caveat, text,
                                  NOTE_TEXT_MAX);
    return 1;
}
