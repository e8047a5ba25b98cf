/* Fits mixed models given on standard input and prints their figures and their groups' effects. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/response/mixed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names = "logLik AIC BIC b0 b1 se_b0 se_b1 cov_b0b1 sigma G00 G01 G11 s2 "
                                 "theta0 theta1 theta2 singular iterations";

static void print_fit(const atn_mixed *m)
{
    const double figures[] = {
        m->log_likelihood,
        m->aic,
        m->bic,
        m->b[0],
        m->b[1],
        sqrt(m->b_cov[0][0]),
        sqrt(m->b_cov[1][1]),
        m->b_cov[0][1],
        sqrt(m->s2),
        m->d00,
        m->d01,
        m->d11,
        m->s2,
        m->theta[0],
        m->theta[1],
        m->theta[2],
        m->singular,
        m->iterations,
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        printf("%.17g%c", figures[i], i + 1 < sizeof figures / sizeof *figures ? ' ' : '\n');
}

static void print_effects(const atn_mixed *m, size_t n_groups)
{
    for (size_t g = 0; g < n_groups; g++) {
        atn_mixed_effect e;
        atn_mixed_effect_at(m, g, &e);
        printf("%.17g %.17g %.17g %.17g %.17g\n", e.u0, e.u1, sqrt(e.var_u0), sqrt(e.var_u1),
               e.cov_u0_u1);
    }
}

/* "structure reml groups n", the groups' sizes, then x and y of each row. */
static int fit(int32_t structure, int32_t reml, size_t groups, size_t n)
{
    double *x = calloc(2 * n, sizeof *x), *work = calloc(atn_mixed_work(groups, 1), sizeof *work);
    uint64_t *starts = calloc(groups + 1, sizeof *starts);
    atn_mixed m = { .p = 0 };
    attune_status status = ATTUNE_E_MEMORY;
    int read = x && work && starts;
    for (size_t g = 0, size; read && g < groups; g++) {
        read = scanf("%zu", &size) == 1;
        starts[g + 1] = read ? starts[g] + size : 0;
    }
    for (size_t i = 0; read && i < n; i++)
        read = scanf("%lf %lf", &x[i], &x[n + i]) == 2;
    atn_mixed_data data = { .y = x + n,
                            .x = { x },
                            .n_x = 1,
                            .z = x,
                            .starts = starts,
                            .n_groups = groups,
                            .structure = structure,
                            .reml = reml };
    if (read)
        status = atn_mixed_fit(&data, work, &m, NULL);
    printf("%d\n", (int)status);
    if (status == ATTUNE_OK) {
        print_fit(&m);
        print_effects(&m, groups);
    }
    free(x);
    free(work);
    free(starts);
    return read;
}

int main(void)
{
    int structure, reml;
    size_t groups, n;
    printf("%s\n", names);
    while (scanf("%d %d %zu %zu", &structure, &reml, &groups, &n) == 4)
        if (!fit(structure, reml, groups, n))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
