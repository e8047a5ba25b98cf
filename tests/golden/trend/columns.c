/* Fits series given on standard input as lines of "n x.. y.." and prints their columns. */
/* SPDX-License-Identifier: MIT */
#include <attune/trend.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_header(const attune_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("%s%c", fields[i].name, i + 1 < count ? ' ' : '\n');
}

static void print_row(const attune_trend *trend, const attune_field *fields, size_t count)
{
    printf("%d", (int)trend->n);
    for (size_t i = 1; i < count; i++) {
        double figure;
        memcpy(&figure, (const char *)trend + fields[i].offset, sizeof figure);
        printf(" %.17g", figure);
    }
    printf("\n");
}

static int fit_line(size_t n, const attune_field *fields, size_t count)
{
    size_t size = attune_trend_work(n);
    double *rows = calloc(2 * n + 1, sizeof *rows);
    void *work = malloc(size);
    attune_trend trend = { .struct_size = sizeof trend };
    attune_status status = ATTUNE_E_MEMORY;
    int read = rows && work;
    for (size_t i = 0; read && i < 2 * n; i++)
        read = scanf("%lf", &rows[i]) == 1;
    if (read)
        status = attune_trend_fit(rows, rows + n, n, work, size, &trend, NULL);
    if (status == ATTUNE_OK)
        print_row(&trend, fields, count);
    else
        printf("status %d\n", (int)status);
    free(rows);
    free(work);
    return read;
}

int main(void)
{
    size_t n, count;
    const attune_field *fields = attune_trend_fields(&count);
    print_header(fields, count);
    while (scanf("%zu", &n) == 1)
        if (!fit_line(n, fields, count))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
