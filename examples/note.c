/* What a result has to say of the scales that it was made with. */
/* SPDX-License-Identifier: MIT */
#include "examples/note.h"

#include <stdio.h>
#include <string.h>

/* The words of ATTUNE_CONSTANT_* bits. */
static const struct {
    uint32_t bit;
    const char *word;
} constants[] = {
    { ATTUNE_CONSTANT_WITHIN_SD, "spread within one client" },
    { ATTUNE_CONSTANT_CHANGE, "reliable change" },
    { ATTUNE_CONSTANT_CUTOFF, "cut-off" },
    { ATTUNE_CONSTANT_NORMS, "norms" },
};

/* "measure: before a, b" when any bit is set. */
static void name_constants(char *text, const char *id, const char *before, uint32_t bits)
{
    size_t n = 0;
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        if (!(bits & constants[i].bit))
            continue;
        if (n == 0)
            n = (size_t)snprintf(text, NOTE_TEXT_MAX, "%s: %s ", id, before);
        else
            n += (size_t)snprintf(text + n, NOTE_TEXT_MAX - n, ", ");
        n += (size_t)snprintf(text + n, NOTE_TEXT_MAX - n, "%s", constants[i].word);
    }
    if (n > 0)
        (void)snprintf(text + n, NOTE_TEXT_MAX - n, ".");
}

static void say(char *text, const struct measure *measure, int wanted, const char *said)
{
    if (wanted)
        (void)snprintf(text, NOTE_TEXT_MAX, "%s: %s", measure->id, said);
}

static void say_demonstration(char *text, const struct measure *m)
{
    say(text, m, m->info.demonstration, "demonstration, not for clinical use.");
}

static void say_licensed(char *text, const struct measure *m)
{
    say(text, m, m->info.status == ATTUNE_FACT_LICENSED,
        "licensed: used on the statement that its owner's licence is held.");
}

static void say_unconfirmed(char *text, const struct measure *m)
{
    say(text, m,
        m->scale && (m->info.status == ATTUNE_FACT_UNCONFIRMED ||
                     m->info.needs & ATTUNE_ACCEPT_UNCONFIRMED),
        "unconfirmed: its scoring lacks a second source or a second reading.");
}

static void name_unconfirmed(char *text, const struct measure *m)
{
    name_constants(text, m->id, "from one source alone, unconfirmed:", m->constants.unconfirmed);
}

static void name_withheld(char *text, const struct measure *m)
{
    name_constants(text, m->id, "unconfirmed, so not used (--accept-unconfirmed uses them):",
                   m->constants.withheld);
}

static void name_set(char *text, const struct measure *m)
{
    if (m->constants.set)
        (void)snprintf(text, NOTE_TEXT_MAX, "%s: constants of the set %s.", m->id,
                       m->constants.set);
}

static void name_norms(char *text, const struct measure *m)
{
    const char *functional = m->constants.functional_population;
    const char *clinical = m->constants.clinical_population;
    if (functional || clinical)
        (void)snprintf(text, NOTE_TEXT_MAX, "%s: norms: %s%s%s%s%s.", m->id,
                       functional ? "functional: " : "", functional ? functional : "",
                       functional && clinical ? "; " : "", clinical ? "clinical: " : "",
                       clinical ? clinical : "");
}

static void name_hash(char *text, const struct measure *m)
{
    if (m->info.hash)
        (void)snprintf(text, NOTE_TEXT_MAX, "%s: scale file SHA-256 %s.", m->id, m->info.hash);
}

/* Kinds in the order in which they are said; some only where constants reach the result. */
static const struct {
    void (*say)(char *text, const struct measure *measure);
    uint32_t when;
} kinds[] = {
    { say_demonstration, 0 },
    { say_licensed, 0 },
    { say_unconfirmed, 0 },
    { name_unconfirmed, NOTE_OF_CONSTANTS },
    { name_withheld, NOTE_OF_CONSTANTS },
    { name_set, NOTE_OF_CONSTANTS },
    { name_norms, NOTE_OF_CONSTANTS | NOTE_FOR_PROGRAMS },
    { name_hash, NOTE_FOR_PROGRAMS },
};

_Static_assert(sizeof kinds / sizeof *kinds == NOTES_MAX, "a measure has room for every note");

int note_of(char text[NOTE_TEXT_MAX], const struct measure *measure, uint32_t when, size_t kind)
{
    text[0] = '\0';
    if (kind >= sizeof kinds / sizeof *kinds)
        return 0;
    if ((kinds[kind].when & ~when) == 0)
        kinds[kind].say(text, measure);
    return 1;
}
