/* One change at a place that is known, or at the likeliest one, told as a change point. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/changepoint/segment.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <math.h>

static attune_status check_found(const double *y, size_t n, const attune_changepoint *found,
                                 attune_error *err)
{
    if ((!y && n > 0) || !found)
        return atn_fail(err, ATTUNE_E_ARGUMENT, found ? "y" : "found", "expected an array");
    if (found->struct_size < sizeof *found)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "found", "struct_size must be set");
    return ATTUNE_OK;
}

static size_t completed(const double *y, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += isnan(y[i]) ? 0 : 1;
    return count;
}

/* The change at row, its figures still missing; no score at or after row: it stands at n. */
static attune_changepoint change_at(const double *y, size_t n, size_t row)
{
    attune_changepoint c = { .struct_size = (uint32_t)sizeof c, .statistic = NAN, .p = NAN };
    row = row < n ? row : n;
    while (row < n && isnan(y[row]))
        row++;
    c.row = (int32_t)row;
    atn_means_about(y, 0, row, n, &c);
    return c;
}

attune_status attune_chow_change(int32_t model, const double *y, size_t n, size_t row,
                                 attune_changepoint *found, attune_error *err)
{
    attune_chow chow = { .struct_size = sizeof chow };
    attune_status status = check_found(y, n, found, err);
    if (status == ATTUNE_OK)
        status = attune_chow_fit(model, y, n, row, &chow, err);
    if (status != ATTUNE_OK && (status != ATTUNE_E_TOO_FEW || completed(y, n) == 0))
        return status;
    attune_changepoint c = change_at(y, n, row);
    if (status == ATTUNE_OK) {
        c.statistic = chow.f;
        c.p = chow.p;
    }
    atn_give(found, &c, sizeof c);
    return ATTUNE_OK;
}

attune_status attune_supf_change(int32_t model, double trim, int32_t permutations, uint64_t seed,
                                 const double *y, size_t n, void *work, size_t size,
                                 attune_changepoint *found, attune_error *err)
{
    attune_supf supf = { .struct_size = sizeof supf, .row = -1, .sup = NAN, .p = NAN };
    attune_status status = check_found(y, n, found, err);
    if (status == ATTUNE_OK)
        status = attune_supf_fit(model, trim, permutations, seed, y, n, work, size, &supf, err);
    if (status != ATTUNE_OK && (status != ATTUNE_E_TOO_FEW || completed(y, n) == 0))
        return status;
    attune_changepoint c = change_at(y, n, supf.row < 0 ? n : (size_t)supf.row);
    c.row = supf.row;
    c.statistic = model == ATTUNE_CHANGEPOINT_LINE ? supf.sup / 2.0 : supf.sup;
    c.p = supf.p;
    atn_give(found, &c, sizeof c);
    return ATTUNE_OK;
}

const char *attune_changepoint_reason(int32_t model, const attune_changepoint *found)
{
    int32_t k = model == ATTUNE_CHANGEPOINT_LINE ? 2 : 1;
    if (!isnan(found->statistic))
        return NULL;
    if (found->row < 0 && found->n_before < 2 * (k + 1))
        return "too few completed scores";
    if (found->row < 0)
        return k == 1 ? "all scores are equal" : "all scores lie on one line";
    if (found->n_before <= k)
        return "too few completed scores before the change";
    if (found->n_after <= k)
        return "too few completed scores after the change";
    return "nothing is left within the two stretches";
}
