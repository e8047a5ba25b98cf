/* Fits dyads and surfaces given on standard input, and prints every figure, a line each. */
/* SPDX-License-Identifier: MIT */
#include <attune/dyad.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 4096, GROUPS = 512 };

static double client[ROWS], therapist[ROWS], outcome[ROWS];
static uint64_t starts[GROUPS + 1];
static double work[1 << 19];

static void print_dyad(attune_status status, const attune_dyad *d)
{
    size_t count;
    const attune_field *fields = attune_dyad_fields(&count);
    printf("%d", (int)status);
    for (size_t i = 0; i < count; i++) {
        const char *at = (const char *)d + fields[i].offset;
        if (fields[i].type == ATTUNE_FIELD_REAL)
            printf(" %.17g", *(const double *)(const void *)at);
        else
            printf(" %d", (int)*(const int32_t *)(const void *)at);
    }
    printf("\n");
}

static int fit_dyads(size_t groups, size_t n)
{
    attune_dyad d = { .struct_size = sizeof d };
    attune_status status;
    for (size_t g = 0; g <= groups; g++) {
        unsigned start;
        if (scanf("%u", &start) != 1)
            return 0;
        starts[g] = start;
    }
    status = groups == 1 ? attune_dyad_fit(client, therapist, n, &d, NULL)
                         : attune_dyads_fit(starts, groups, client, therapist, n, work, sizeof work,
                                            &d, NULL);
    print_dyad(status, &d);
    return 1;
}

static int fit_surface(size_t n)
{
    attune_surface s = { .struct_size = sizeof s };
    attune_surface_term terms[ATTUNE_SURFACE_TERMS] = { { .struct_size = sizeof terms[0] } };
    double centre;
    attune_status status;
    if (scanf("%lf", &centre) != 1)
        return 0;
    status = attune_surface_fit(client, therapist, outcome, n, centre, work, sizeof work, &s, NULL);
    if (status == ATTUNE_OK)
        status = attune_surface_terms(s.b, s.b_cov, s.df, terms, ATTUNE_SURFACE_TERMS, NULL);
    printf("%d %d %.17g %.17g %.17g", (int)status, (int)s.n, s.centre, s.r2, s.residual_sd);
    for (size_t i = 0; i < ATTUNE_SURFACE_TERMS; i++)
        printf(" %.17g %.17g %.17g %.17g %.17g %.17g", terms[i].value, terms[i].se, terms[i].t,
               terms[i].p, terms[i].low, terms[i].high);
    printf("\n");
    return 1;
}

/* "dyads GROUPS ROWS" or "surface 0 ROWS", the rows, then the starts or the centre. */
int main(void)
{
    char kind[16];
    size_t groups, n;
    while (scanf("%15s %zu %zu", kind, &groups, &n) == 3) {
        int surface = strcmp(kind, "surface") == 0, done = n <= ROWS && groups <= GROUPS;
        for (size_t i = 0; done && i < n; i++) {
            done = scanf("%lf %lf", &client[i], &therapist[i]) == 2;
            if (surface)
                done &= scanf("%lf", &outcome[i]) == 1;
        }
        if (!done || !(surface ? fit_surface(n) : fit_dyads(groups, n)))
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
