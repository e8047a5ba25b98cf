/* False alarms by the number of scores: simulated once for each, and remembered. */
/* SPDX-License-Identifier: MIT */
#include "examples/alarm.h"

#include "examples/command.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Rounds for an error of at most half a per cent; fewer of long courses, whose columns say so. */
static size_t rounds_of(size_t n)
{
    size_t rounds = n <= 100 ? 10000 : 1000000 / n;
    return rounds > 200 ? rounds : 200;
}

static int make_room(struct alarms *a, size_t n)
{
    size_t capacity = n < a->capacity ? a->capacity : 2 * n + 64;
    if (n < a->capacity)
        return CODE_OK;
    struct alarm *of = realloc(a->of, capacity * sizeof *of);
    if (!of)
        return no_memory();
    for (size_t i = a->capacity; i < capacity; i++)
        of[i] = (struct alarm) { NAN, NAN };
    a->of = of;
    a->capacity = capacity;
    return CODE_OK;
}

int alarms_find(struct alarms *a, size_t n, struct alarm *alarm)
{
    int code = make_room(a, n);
    if (code == CODE_OK && n > 0 && isnan(a->of[n].rate))
        code = a->simulate(a->how, n, rounds_of(n), &a->of[n]);
    if (code == CODE_OK)
        *alarm = a->of[n];
    return code;
}

void alarms_text(const struct alarms *a, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t n = 1; n < a->capacity; n++) {
        if (isnan(a->of[n].rate) || size - used < 64)
            continue;
        int more = snprintf(text + used, size - used, "%s %zu scores %.3f",
                            used > 0 ? ", of" : "Of", n, a->of[n].rate);
        used += more > 0 ? (size_t)more : 0;
    }
}

void alarms_free(struct alarms *a)
{
    free(a->of);
}
