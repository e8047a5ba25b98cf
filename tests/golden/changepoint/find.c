/* Looks for changes in what standard input gives, a line each, and prints all that is found. */
/* SPDX-License-Identifier: MIT */
#include <attune/changepoint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "fit search criterion model min_size max_changes penalty n y..." */
static int find(double *y, attune_changepoint *found)
{
    attune_changepoint_options o = ATTUNE_CHANGEPOINT_OPTIONS_INIT;
    attune_changepoint_cost cost = { .struct_size = sizeof cost };
    size_t n, count = 0, size;
    if (scanf("%d %d %d %d %d %lf %zu", &o.search, &o.criterion, &o.model, &o.min_size,
              &o.max_changes, &o.penalty, &n) != 7 ||
        n > ATTUNE_CHANGEPOINT_ROWS_MAX)
        return 0;
    for (size_t i = 0; i < n; i++)
        if (scanf("%lf", &y[i]) != 1)
            return 0;
    size = attune_changepoint_work(&o, n);
    void *work = malloc(size);
    found->struct_size = sizeof *found;
    attune_status status =
        attune_changepoint_fit(&o, y, n, work, size, found, n, &count, &cost, NULL);
    printf("%d %.17g %zu", (int)status, cost.squares, count);
    for (size_t i = 0; i < count; i++)
        printf(" %d", found[i].row);
    printf(" %d", cost.count);
    for (int i = 0; i < cost.count; i++)
        printf(" %.17g %.17g %.17g", cost.rss[i], cost.bic[i], cost.lwz[i]);
    printf("\n");
    free(work);
    return 1;
}

/* "chow model row n y..." or "supf model trim permutations n y..." */
static int test(const char *word, double *y)
{
    attune_chow chow = { .struct_size = sizeof chow };
    attune_supf supf = { .struct_size = sizeof supf };
    int model, permutations = 0;
    double trim = 0;
    size_t n, row = 0;
    int is_chow = strcmp(word, "chow") == 0;
    int read = is_chow ? scanf("%d %zu %zu", &model, &row, &n) == 3
                       : scanf("%d %lf %d %zu", &model, &trim, &permutations, &n) == 4;
    if (!read || n > ATTUNE_CHANGEPOINT_ROWS_MAX)
        return 0;
    for (size_t i = 0; i < n; i++)
        if (scanf("%lf", &y[i]) != 1)
            return 0;
    size_t size = attune_supf_work(n);
    void *work = malloc(size);
    if (is_chow) {
        int status = attune_chow_fit(model, y, n, row, &chow, NULL);
        printf("%d %.17g %.17g %d\n", status, chow.f, chow.p, chow.df);
    } else {
        int status = attune_supf_fit(model, trim, permutations, 1, y, n, work, size, &supf, NULL);
        printf("%d %.17g %.17g %.17g %.17g %d %d\n", status, supf.sup, supf.ave, supf.exp, supf.p,
               supf.row, supf.places);
    }
    free(work);
    return 1;
}

int main(void)
{
    static double y[ATTUNE_CHANGEPOINT_ROWS_MAX];
    static attune_changepoint found[ATTUNE_CHANGEPOINT_ROWS_MAX];
    char word[8];
    while (scanf("%7s", word) == 1)
        if (!(strcmp(word, "fit") == 0 ? find(y, found) : test(word, y)))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
