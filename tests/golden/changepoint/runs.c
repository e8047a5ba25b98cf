/* Run lengths of what standard input gives, "n lambda m k a b y...", the likeliest after each. */
/* SPDX-License-Identifier: MIT */
#include <attune/runlength.h>

#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    static double work[20000];
    attune_runlength_options o = ATTUNE_RUNLENGTH_OPTIONS_INIT;
    size_t n;
    o.cap = 4096;
    while (scanf("%zu %lf %lf %lf %lf %lf", &n, &o.lambda, &o.m, &o.k, &o.a, &o.b) == 6) {
        if (attune_runlength_start(work, sizeof work, &o, NULL) != ATTUNE_OK)
            return EXIT_FAILURE;
        for (size_t i = 0; i < n; i++) {
            attune_runlength run = { .struct_size = sizeof run };
            double y;
            if (scanf("%lf", &y) != 1 || attune_runlength_push(work, y, &run, NULL) != ATTUNE_OK)
                return EXIT_FAILURE;
            printf("%d ", (int)run.likeliest);
        }
        printf("\n");
    }
    return EXIT_SUCCESS;
}
