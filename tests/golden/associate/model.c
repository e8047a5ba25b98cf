/* Fits models of columns given on standard input: mixed ones, and least squares with clusters. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/cluster.h"
#include "lib/stats/response/mixed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CLUSTER = -1 };

struct given {
    int structure, reml;
    size_t groups, rows, n_x;
    uint64_t *starts;
    double *y, *x;
};

static int read_given(struct given *g)
{
    int read = 1;
    g->starts = calloc(g->groups + 1, sizeof *g->starts);
    g->y = calloc(g->rows, sizeof *g->y);
    g->x = calloc(g->rows * g->n_x, sizeof *g->x);
    if (!g->starts || !g->y || !g->x)
        return 0;
    for (size_t k = 0, size; read && k < g->groups; k++) {
        read = scanf("%zu", &size) == 1;
        g->starts[k + 1] = read ? g->starts[k] + size : 0;
    }
    for (size_t i = 0; read && i < g->rows; i++) {
        read = scanf("%lf", &g->y[i]) == 1;
        for (size_t c = 0; read && c < g->n_x; c++)
            read = scanf("%lf", &g->x[c * g->rows + i]) == 1;
    }
    return read;
}

static void print_pairs(const double *b, const double *var, size_t p)
{
    for (size_t k = 0; k < p; k++)
        printf("%.17g %.17g ", b[k], sqrt(var[k]));
}

static void fit_clusters(const struct given *g)
{
    const double *x[8] = { NULL };
    double var[8];
    atn_cluster fit;
    for (size_t c = 0; c < g->n_x; c++)
        x[c] = g->x + c * g->rows;
    const atn_cluster_data data = { g->y, x, g->n_x, g->starts, g->groups };
    if (!atn_cluster_fit(&data, &fit))
        return;
    for (size_t k = 0; k <= g->n_x; k++)
        var[k] = fit.cov[k][k];
    print_pairs(fit.b, var, g->n_x + 1);
}

/* The last column is that of the random slope, where there is one. */
static void fit_mixed(const struct given *g)
{
    double *work = calloc(atn_mixed_work(g->groups, g->n_x), sizeof *work), var[ATN_MIXED_P_MAX];
    atn_mixed_data data = { .y = g->y,
                            .n_x = g->n_x,
                            .starts = g->starts,
                            .n_groups = g->groups,
                            .structure = g->structure,
                            .reml = g->reml };
    atn_mixed fit = { .p = 0 };
    for (size_t c = 0; c < g->n_x; c++)
        data.z = data.x[c] = g->x + c * g->rows;
    if (work && atn_mixed_fit(&data, work, &fit, NULL) == ATTUNE_OK) {
        for (size_t k = 0; k < fit.p; k++)
            var[k] = fit.b_cov[k][k];
        print_pairs(fit.b, var, fit.p);
        printf("%.17g %.17g %.17g %.17g %.17g %d", fit.log_likelihood, fit.s2, fit.d00, fit.d01,
               fit.d11, (int)fit.singular);
    }
    free(work);
}

/* "structure reml groups rows columns", the groups' sizes, then y and the columns of each row. */
int main(void)
{
    struct given g;
    while (scanf("%d %d %zu %zu %zu", &g.structure, &g.reml, &g.groups, &g.rows, &g.n_x) == 5) {
        int read = read_given(&g);
        if (read && g.structure == CLUSTER)
            fit_clusters(&g);
        else if (read)
            fit_mixed(&g);
        printf("\n");
        free(g.starts);
        free(g.y);
        free(g.x);
        if (!read)
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
