/* What a group of clients has of scores before and after. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <attune/change.h>

#include <math.h>

static int is_whole(double pre, double post)
{
    return !isnan(pre) && !isnan(post);
}

static attune_status count_pairs(const double *pre, const double *post, size_t n,
                                 attune_change_group *g, attune_error *err)
{
    double sum1 = 0.0, sum2 = 0.0;
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (isinf(pre[i]) || isinf(post[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "pre", "expected finite scores or NaN");
        if (!is_whole(pre[i], post[i]))
            continue;
        count++;
        sum1 += pre[i];
        sum2 += post[i];
    }
    if (count < 2)
        return atn_fail_at(err, ATTUNE_E_TOO_FEW, count, "pre",
                           "a group needs two clients with both scores");
    g->n = (int32_t)count;
    g->pre_mean = sum1 / (double)count;
    g->post_mean = sum2 / (double)count;
    return ATTUNE_OK;
}

static void spread(const double *pre, const double *post, size_t n, attune_change_group *g)
{
    double s11 = 0.0, s12 = 0.0, s22 = 0.0, freedom = -1.0;
    for (size_t i = 0; i < n; i++) {
        double a = pre[i] - g->pre_mean, b = post[i] - g->post_mean;
        if (!is_whole(pre[i], post[i]))
            continue;
        freedom += 1.0;
        s11 += a * a;
        s12 += a * b;
        s22 += b * b;
    }
    g->pre_sd = sqrt(s11 / freedom);
    g->post_sd = sqrt(s22 / freedom);
    g->correlation = NAN;
    if (g->pre_sd > 0.0 && g->post_sd > 0.0)
        g->correlation = fmax(-1.0, fmin(1.0, s12 / sqrt(s11) / sqrt(s22)));
}

attune_status attune_change_group_fit(const double *pre, const double *post, size_t n,
                                      attune_change_group *group, attune_error *err)
{
    attune_change_group g = { 0 };
    attune_status status;
    if ((n > 0 && (!pre || !post)) || !group)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "pre, post and group must be given");
    if (group->struct_size < sizeof g)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (n > INT32_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected no more than 2^31 - 1 pairs");
    status = count_pairs(pre, post, n, &g, err);
    if (status != ATTUNE_OK)
        return status;
    spread(pre, post, n, &g);
    if (!isfinite(g.pre_sd) || !isfinite(g.post_sd))
        return atn_fail(err, ATTUNE_E_NUMERIC, "", "the figures are too large for a double");
    atn_give(group, &g, sizeof g);
    return ATTUNE_OK;
}
