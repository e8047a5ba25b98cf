/* Client and therapist on one axis: every dyad of a file, with the pairs of ratings it has. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_RATERS_H
#define EXAMPLES_RATERS_H

#include "examples/measure.h"

#include <attune/dyad.h>

#include <stdint.h>

/* Two forms that are compared. */
struct pairing {
    struct measure *client, *therapist;
    attune_axis axis;
    int usable;   /* 0: they have no axis in common, which was said */
    size_t pairs; /* of all dyads */
};

/* One client on one measure; memory of its own. */
struct dyad {
    char *client, *measure; /* the client's form, also where only the therapist filled in one */
    size_t pairing;         /* SIZE_MAX: a rater is missing */
    int32_t missing;        /* ATTUNE_RATER_*; -1: none */
    size_t n;
    double *ratings; /* n of the client's, then n of the therapist's */
    double outcome;  /* last less first score of --outcome by the client; NaN: not known */
};

struct gathered {
    const struct options *options;
    struct measures *measures;
    struct pairing *pairings;
    struct dyad *dyads; /* ordered by client, then measure */
    size_t n_pairings, n_dyads, room;
};

/* Reads the file; CODE_*. raters_free in either case. */
int raters_gather(struct gathered *gathered, const struct options *options);
void raters_free(struct gathered *gathered);

#endif
