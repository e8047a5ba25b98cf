/* Predicts for new clients given on standard input, and prints what is expected of each. */
/* SPDX-License-Identifier: MIT */
#include <attune/response.h>

#include <stdio.h>
#include <stdlib.h>

#define FORMS_MAX 64

static int read_model(attune_response *r)
{
    *r = (attune_response) { .struct_size = sizeof *r,
                             .structure = ATTUNE_RESPONSE_SLOPE,
                             .first_session = 1,
                             .last_session = 100000,
                             .intake_high = 1 };
    return scanf("%d %lf %lf %lf %lf %lf %lf %lf %lf %lf", &r->time, &r->intercept, &r->slope,
                 &r->intercept_se, &r->slope_se, &r->fixed_cov, &r->intercept_var, &r->slope_var,
                 &r->intercept_slope_cov, &r->residual_var) == 10;
}

/* "time b0 b1 se0 se1 cov g00 g11 g01 s2 at n", then session and score of each form. */
int main(void)
{
    attune_response r;
    while (read_model(&r)) {
        attune_expected e = { .struct_size = sizeof e };
        int32_t session[FORMS_MAX], at;
        double score[FORMS_MAX];
        size_t n;
        int read = scanf("%d %zu", &at, &n) == 2 && n <= FORMS_MAX;
        for (size_t i = 0; read && i < n; i++)
            read = scanf("%d %lf", &session[i], &score[i]) == 2;
        if (!read || attune_response_predict(&r, session, score, n, at, &e, NULL) != ATTUNE_OK)
            return EXIT_FAILURE;
        printf("%.17g %.17g %.17g %.17g %.17g %.17g %.17g\n", e.mean, e.u0, e.u1, e.mean_se_given,
               e.mean_se, e.score_se_given, e.score_se);
    }
    return EXIT_SUCCESS;
}
