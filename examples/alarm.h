/* False alarms by the number of scores: simulated once for each, and remembered. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_ALARM_H
#define EXAMPLES_ALARM_H

#include <stddef.h>
#include <stdint.h>

#define ALARM_SEED UINT64_C(1)

struct alarm {
    double rate, error; /* NaN: not simulated yet */
};

/* Zeroed at first. simulate: of n scores, in so many rounds, in work; returns CODE_*. */
struct alarms {
    struct alarm *of; /* by n */
    size_t capacity;
    int (*simulate)(const void *how, size_t n, size_t rounds, struct alarm *alarm);
    const void *how;
};

/* CODE_OK, or what went wrong; n 0 has no alarms. */
int alarms_find(struct alarms *alarms, size_t n, struct alarm *alarm);
/* "Of 6 scores 0.031, of 12 scores 0.076": those that were asked for, as many as text holds. */
void alarms_text(const struct alarms *alarms, char *text, size_t size);

void alarms_free(struct alarms *alarms);

#endif
