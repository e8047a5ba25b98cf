/* Smooths series given on standard input and prints every row's smooth, low and high. */
/* SPDX-License-Identifier: MIT */
#include <attune/smooth.h>

#include <stdio.h>
#include <stdlib.h>

static int read_options(attune_smooth_options *o, size_t *n)
{
    return scanf("%d %d %lf %lf %lf %lf %lf %zu", &o->method, &o->rounds, &o->span, &o->delta,
                 &o->coverage, &o->level_var, &o->residual_var, n) == 8;
}

static void print_rows(size_t n, const double *smooth, const attune_smooth *found)
{
    printf("%d %.17g %.17g %.17g\n", (int)found->n, found->level_var, found->residual_var,
           found->log_likelihood);
    for (size_t i = 0; i < n; i++)
        printf("%.17g %.17g %.17g\n", smooth[i], smooth[n + i], smooth[2 * n + i]);
}

/* n x.. y.. after the options; one line of what was found, then one a row; or "status N". */
static int smooth_one(const attune_smooth_options *options, size_t n)
{
    size_t size = attune_smooth_work(n);
    double *rows = calloc(5 * n + 1, sizeof *rows), *smooth = rows + 2 * n;
    void *work = malloc(size);
    attune_smooth found = { .struct_size = sizeof found };
    attune_status status = ATTUNE_E_MEMORY;
    int read = rows && work;
    for (size_t i = 0; read && i < 2 * n; i++)
        read = scanf("%lf", &rows[i]) == 1;
    if (read)
        status = attune_smooth_fit(rows, rows + n, n, options, work, size, smooth, smooth + n,
                                   smooth + 2 * n, &found, NULL);
    if (status == ATTUNE_OK)
        print_rows(n, smooth, &found);
    else
        printf("status %d\n", (int)status);
    free(rows);
    free(work);
    return read;
}

int main(void)
{
    attune_smooth_options options = ATTUNE_SMOOTH_OPTIONS_INIT;
    size_t n;
    while (read_options(&options, &n))
        if (!smooth_one(&options, n))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
