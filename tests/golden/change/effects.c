/* Judges groups given on standard input, one group within itself or two beside each other. */
/* SPDX-License-Identifier: MIT */
#include <attune/changeeffect.h>

#include <stdio.h>
#include <stdlib.h>

struct asked {
    int between;
    attune_change_effect_options how;
    size_t n_first, n_second;
};

static int read_asked(struct asked *a)
{
    a->how = (attune_change_effect_options) { .struct_size = sizeof a->how };
    return scanf("%d %d %d %lf %lf %lf %zu %zu", &a->between, &a->how.convention, &a->how.direction,
                 &a->how.improvement, &a->how.deterioration, &a->how.coverage, &a->n_first,
                 &a->n_second) == 8;
}

static void judge(const struct asked *a, const double *scores)
{
    attune_change_effect e = { .struct_size = sizeof e };
    const double *second = scores + a->n_first;
    attune_status status =
        a->between ? attune_change_effect_between(&a->how, scores, a->n_first, second, a->n_second,
                                                  &e, NULL)
                   : attune_change_effect_within(&a->how, scores, second, a->n_first, &e, NULL);
    printf("%d %d %d %d %d %.17g %.17g %.17g\n", (int)status, (int)e.class_, (int)e.way, (int)e.n,
           (int)e.n_reference, e.difference, e.low, e.high);
}

int main(void)
{
    struct asked a;
    while (read_asked(&a)) {
        size_t n = a.n_first + a.n_second;
        double *scores = calloc(n + 1, sizeof *scores);
        int read = scores != NULL;
        for (size_t i = 0; read && i < n; i++)
            read = scanf("%lf", &scores[i]) == 1;
        if (read)
            judge(&a, scores);
        free(scores);
        if (!read)
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
