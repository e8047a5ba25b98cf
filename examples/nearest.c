/* The word that somebody who mistyped may have meant. */
/* SPDX-License-Identifier: MIT */
#include "examples/options.h"

#include <string.h>

/* Levenshtein's distance between short words, at most 31 letters. */
static size_t distance(const char *a, const char *b)
{
    size_t line[32];
    size_t n = strlen(b);
    for (size_t j = 0; j <= n; j++)
        line[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t corner = line[0];
        line[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t cost = corner + (a[i - 1] != b[j - 1]);
            corner = line[j];
            if (line[j] + 1 < cost)
                cost = line[j] + 1;
            if (line[j - 1] + 1 < cost)
                cost = line[j - 1] + 1;
            line[j] = cost;
        }
    }
    return line[n];
}

const char *options_nearest(const char *typed, const char *const *words)
{
    const char *best = NULL;
    size_t least = 3; /* more than two letters off is another word */
    for (; strlen(typed) < 32 && *words; words++) {
        size_t n = strlen(*words) < 32 ? distance(typed, *words) : least;
        if (n < least && n < strlen(typed)) {
            least = n;
            best = *words;
        }
    }
    return best;
}
