/* Charts what standard input gives, a line each of options and scores, and prints every point. */
/* SPDX-License-Identifier: MIT */
#include <attune/chart.h>

#include <stdio.h>
#include <stdlib.h>

static int read_options(attune_chart_options *o, size_t *n)
{
    *o = (attune_chart_options)ATTUNE_CHART_OPTIONS_INIT;
    return scanf("%d %d %d %d %d %u %lf %lf %lf %lf %lf %d %lf %lf %zu", &o->kind, &o->spread,
                 &o->constants, &o->side, &o->baseline, &o->rules, &o->width, &o->lambda, &o->k,
                 &o->h, &o->head_start, &o->centred, &o->centre, &o->sd, n) == 15;
}

static void print_chart(const attune_chart *chart, const attune_chart_point *p, size_t n)
{
    printf("%.17g %.17g %.17g %.17g", chart->centre, chart->sd, chart->range, chart->range_limit);
    for (size_t i = 0; i < n; i++)
        printf(" %.17g %.17g %.17g %.17g %.17g %d %d %.17g %u", p[i].statistic, p[i].lower,
               p[i].upper, p[i].high, p[i].low, p[i].run_high, p[i].run_low, p[i].estimate,
               p[i].hits);
    printf("\n");
}

static int chart_line(const attune_chart_options *options, size_t n)
{
    double *y = calloc(3 * n + 1, sizeof *y);
    attune_chart_point *points = calloc(n + 1, sizeof *points);
    attune_chart chart = { .struct_size = sizeof chart };
    int read = y && points;
    for (size_t i = 0; read && i < n; i++)
        read = scanf("%lf", &y[i]) == 1;
    if (read) {
        points->struct_size = (uint32_t)sizeof *points;
        attune_status status = attune_chart_fit(options, y, n, y + n, &chart, points, NULL);
        if (status == ATTUNE_OK)
            print_chart(&chart, points, n);
        else
            printf("status %d\n", (int)status);
    }
    free(y);
    free(points);
    return read;
}

int main(void)
{
    attune_chart_options options;
    size_t n;
    while (read_options(&options, &n))
        if (!chart_line(&options, n))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
