/* A parcel: a few clients' forms, copied out of the reader so that they outlive its next step. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_PARCEL_H
#define EXAMPLES_PARCEL_H

#include <attune/forms.h>

#define PARCEL_CLIENTS 64
#define PARCEL_FORMS 4096 /* no further client once it holds so many */

struct parcel_block;

/* Zeroed at first; its memory is used again. */
struct parcel {
    attune_client_forms clients[PARCEL_CLIENTS];
    size_t count;
    int last;         /* 1: the end, or what err says, comes after its clients */
    attune_error err; /* code ATTUNE_OK: none */
    struct parcel_block *first, *current;
};

/* Fill with the next clients; 0 when it is the last one. */
int parcel_fill(struct parcel *parcel, attune_forms *forms);
void parcel_free(struct parcel *parcel);

#endif
