/* What has to be said wherever a scale was used: the one place for these words. */
/* SPDX-License-Identifier: MIT */
#include <attune/report.h>

#include "lib/report/words/message.h"

#include <string.h>

#define NAMES_MAX 160 /* more than the names of all constants, one after the other */
#define HASH_SHORT 12 /* digits that tell scale files apart for a reader */

/* What a clause is about. */
typedef struct subject {
    attune_scale_info scale;
    attune_constants constants; /* all 0 where none reach the result */
} subject;

/* What stands in its places. */
typedef struct words {
    atn_message message;
    atn_place places[2];
    size_t n;
    char text[NAMES_MAX];
} words;

static void put(words *w, const char *name, const char *text)
{
    w->places[w->n].name = name;
    w->places[w->n++].text = text;
}

/* "the reliable change, the cut-off" into the place {constants}; 0 when no bit is set. */
static int put_constants(words *w, uint32_t bits)
{
    static const struct {
        uint32_t bit;
        atn_message name;
    } constants[] = {
        { ATTUNE_CONSTANT_WITHIN_SD, ATN_SAY_CONSTANT_SPREAD },
        { ATTUNE_CONSTANT_CHANGE, ATN_SAY_CONSTANT_CHANGE },
        { ATTUNE_CONSTANT_CUTOFF, ATN_SAY_CONSTANT_CUTOFF },
        { ATTUNE_CONSTANT_NORMS, ATN_SAY_CONSTANT_NORMS },
    };
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++) {
        char before[NAMES_MAX];
        atn_place list[] = { { "before", before },
                             { "item", atn_message_template(constants[i].name, 0) } };
        if (!(bits & constants[i].bit))
            continue;
        memcpy(before, w->text, sizeof before);
        atn_message_fill(before[0] ? ATN_SAY_LIST : constants[i].name, 0, list, 2, w->text,
                         sizeof w->text);
    }
    put(w, "constants", w->text);
    return w->text[0] != '\0';
}

static int is_demonstration(const subject *s, words *w)
{
    (void)w;
    return s->scale.demonstration;
}

static int is_licensed(const subject *s, words *w)
{
    (void)w;
    return s->scale.status == ATTUNE_FACT_LICENSED;
}

static int is_unconfirmed(const subject *s, words *w)
{
    (void)w;
    return s->scale.status == ATTUNE_FACT_UNCONFIRMED ||
           (s->scale.needs & ATTUNE_ACCEPT_UNCONFIRMED) != 0;
}

static int is_provisional(const subject *s, words *w)
{
    (void)w;
    return s->scale.status == ATTUNE_FACT_PROVISIONAL;
}

static int names_unconfirmed(const subject *s, words *w)
{
    return put_constants(w, s->constants.unconfirmed);
}

static int names_derived(const subject *s, words *w)
{
    return put_constants(w, s->constants.provisional & ~s->constants.unconfirmed);
}

static int names_withheld(const subject *s, words *w)
{
    return put_constants(w, s->constants.withheld);
}

static int names_set(const subject *s, words *w)
{
    put(w, "set", s->constants.set);
    return s->constants.set != NULL;
}

static int names_norms(const subject *s, words *w)
{
    const char *functional = s->constants.functional_population;
    const char *clinical = s->constants.clinical_population;
    if (functional)
        put(w, "functional", functional);
    if (clinical)
        put(w, "clinical", clinical);
    if (!functional)
        w->message = ATN_SAY_CAVEAT_NORMS_CLINICAL;
    else if (!clinical)
        w->message = ATN_SAY_CAVEAT_NORMS_FUNCTIONAL;
    return functional || clinical;
}

static int names_hash(const subject *s, words *w)
{
    put(w, "hash", s->scale.hash);
    return s->scale.hash != NULL;
}

/* In short: what the foot of a report says of each scale. */
static int names_make(const subject *s, words *w)
{
    if (!s->scale.hash)
        return 0;
    memcpy(w->text, s->scale.hash, HASH_SHORT);
    put(w, "hash", w->text);
    put(w, "set", s->constants.set);
    if (!s->constants.set)
        w->message = ATN_SAY_CAVEAT_MADE_DEFAULT;
    return 1;
}

static const struct {
    atn_message message;
    int (*fill)(const subject *subject, words *words); /* 0: nothing to say */
} kinds[] = {
    [ATTUNE_CAVEAT_DEMONSTRATION] = { ATN_SAY_CAVEAT_DEMONSTRATION, is_demonstration },
    [ATTUNE_CAVEAT_LICENSED] = { ATN_SAY_CAVEAT_LICENSED, is_licensed },
    [ATTUNE_CAVEAT_UNCONFIRMED] = { ATN_SAY_CAVEAT_UNCONFIRMED, is_unconfirmed },
    [ATTUNE_CAVEAT_PROVISIONAL] = { ATN_SAY_CAVEAT_PROVISIONAL, is_provisional },
    [ATTUNE_CAVEAT_CONSTANTS_UNCONFIRMED] = { ATN_SAY_CAVEAT_ONE_SOURCE, names_unconfirmed },
    [ATTUNE_CAVEAT_CONSTANTS_PROVISIONAL] = { ATN_SAY_CAVEAT_DERIVED, names_derived },
    [ATTUNE_CAVEAT_CONSTANTS_WITHHELD] = { ATN_SAY_CAVEAT_WITHHELD, names_withheld },
    [ATTUNE_CAVEAT_SET] = { ATN_SAY_CAVEAT_SET, names_set },
    [ATTUNE_CAVEAT_NORMS] = { ATN_SAY_CAVEAT_NORMS, names_norms },
    [ATTUNE_CAVEAT_HASH] = { ATN_SAY_CAVEAT_HASH, names_hash },
    [ATTUNE_CAVEAT_MADE_WITH] = { ATN_SAY_CAVEAT_MADE, names_make },
};

_Static_assert(sizeof kinds / sizeof kinds[0] == ATTUNE_CAVEAT_END, "a clause for every kind");

size_t attune_scale_caveat(const attune_scale *scale, const attune_constants *constants,
                           int32_t kind, char *text, size_t capacity)
{
    subject s = { .scale = { .struct_size = sizeof s.scale } };
    words w = { .n = 0 };
    if (kind < 0 || kind >= ATTUNE_CAVEAT_END ||
        attune_scale_describe(scale, &s.scale) != ATTUNE_OK)
        return 0;
    if (constants)
        memcpy(&s.constants, constants,
               constants->struct_size < sizeof s.constants ? constants->struct_size
                                                           : sizeof s.constants);
    w.message = kinds[kind].message;
    if (!kinds[kind].fill(&s, &w))
        return 0;
    return atn_message_fill(w.message, 0, w.places, w.n, text, text ? capacity : 0);
}
