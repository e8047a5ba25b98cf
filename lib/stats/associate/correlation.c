/* One correlation with its interval, and the dependability of a mean. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/correlation.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/num.h"

#define DF_MAX 1e6 /* what GSL's t is asked for */

double atn_t_p(double t, double df)
{
    return atn_student_p(t, fmin(df, DF_MAX));
}

attune_status atn_check_room(const void *result, size_t size, attune_error *err)
{
    if (!result)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "expected room for the result");
    if (atn_struct_size(result) < size)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    return ATTUNE_OK;
}

attune_status atn_check_r(const atn_given_r *given, size_t count, uint64_t n, uint64_t controls,
                          attune_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!(fabs(given[i].r) <= 1))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, given[i].key,
                               "expected a number from -1 "
                               "to 1");
    if (n <= 3 || n - 3 <= controls)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "n", "expected more than three, beside controls");
    for (size_t i = 0; i < count; i++)
        if (!(fabs(given[i].r) < 1))
            return atn_fail_at(err, ATTUNE_E_NUMERIC, i, given[i].key,
                               "expected a correlation that is not perfect");
    return ATTUNE_OK;
}

attune_status attune_correlation_of(double r, uint64_t n, uint64_t controls,
                                    attune_correlation *correlation, attune_error *err)
{
    const atn_given_r given = { "r", r };
    attune_correlation found = { .struct_size = sizeof found, .r = r };
    double half, left;
    attune_status status = atn_check_room(correlation, sizeof *correlation, err);
    if (status == ATTUNE_OK)
        status = atn_check_r(&given, 1, n, controls, err);
    if (status != ATTUNE_OK)
        return status;
    half = ATN_Z_975 / sqrt((double)(n - 3 - controls));
    left = (1 - r) * (1 + r);
    found.low = atn_fisher(r, -half);
    found.high = atn_fisher(r, half);
    found.df = (double)(n - 2 - controls);
    found.t = r * sqrt(found.df / left);
    found.p = atn_t_p(found.t, found.df);
    found.d = 2 * r / sqrt(left);
    atn_give(correlation, &found, sizeof found);
    return ATTUNE_OK;
}

attune_status attune_dependability_of(double single, double sessions, double *dependability,
                                      attune_error *err)
{
    if (!dependability)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "expected room for the result");
    if (!(single >= 0 && single <= 1))
        return atn_fail(err, ATTUNE_E_VALUE, "single", "expected a number from 0 to 1");
    if (!(sessions >= 1 && isfinite(sessions)))
        return atn_fail(err, ATTUNE_E_VALUE, "sessions", "expected a number of 1 or more");
    /* of which the error is (1 - single) / sessions: no sum that grows beyond a double */
    *dependability = single / (single + (1 - single) / sessions);
    return ATTUNE_OK;
}
