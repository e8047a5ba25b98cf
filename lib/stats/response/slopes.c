/* Each client's own slope, for reliable change by HLM: one mixed model a measure and rater. */
/* SPDX-License-Identifier: MIT */
#include <attune/changeslope.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/response/mixed.h"

#include <math.h>

#define NOTHING 1e-4 /* of the slopes' SD, on standardised columns, as lme4's isSingular */

typedef struct courses {
    size_t kinds;
    const uint32_t *kind;
    const uint64_t *starts;
    size_t n_groups;
    const int32_t *session;
    const double *score;
    size_t n_rows;
    double *x, *y, *stats; /* scratch */
} courses;

/* Room for any alignment of work comes on top. */
size_t attune_change_slope_work(size_t n_groups, size_t n_rows)
{
    if (n_groups > SIZE_MAX / 256 || n_rows > SIZE_MAX / 256)
        return 0;
    return (atn_mixed_work(n_groups, 1) + 2 * n_rows + 1) * sizeof(double);
}

static size_t kind_of(const courses *c, size_t g)
{
    return c->kind ? c->kind[g] : 0;
}

static attune_status check_pointers(const courses *c, const void *work,
                                    const attune_change_slope *slopes,
                                    const attune_status *statuses, attune_error *err)
{
    if (!c->starts || !c->session || !c->score || !work || !slopes || !statuses)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "forms, scratch and room must be given");
    if (slopes->struct_size < sizeof *slopes)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    return ATTUNE_OK;
}

static attune_status check_counts(const courses *c, size_t work_size, attune_error *err)
{
    size_t wanted = attune_change_slope_work(c->n_groups, c->n_rows);
    if (c->kinds == 0)
        return atn_fail(err, ATTUNE_E_COUNT, "kinds", "expected at least one");
    for (size_t g = 0; g < c->n_groups; g++) {
        if (c->starts[g] > c->starts[g + 1] || c->starts[g + 1] > c->n_rows)
            return atn_fail_at(err, ATTUNE_E_COUNT, g + 1, "starts",
                               "expected rising row numbers within the rows");
        if (kind_of(c, g) >= c->kinds)
            return atn_fail_at(err, ATTUNE_E_COUNT, g, "kind", "expected a number below kinds");
    }
    if (wanted == 0 || work_size < wanted)
        return atn_fail(err, ATTUNE_E_COUNT, "work_size",
                        "expected attune_change_slope_work bytes");
    return ATTUNE_OK;
}

static attune_status check_rows(const courses *c, attune_error *err)
{
    for (size_t i = 0; i < c->n_rows; i++)
        if (isinf(c->score[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "score", "expected a finite score or NaN");
    for (size_t g = 0; g < c->n_groups; g++)
        for (uint64_t i = c->starts[g] + 1; i < c->starts[g + 1]; i++)
            if (c->session[i] <= c->session[i - 1])
                return atn_fail_at(err, ATTUNE_E_ORDER, (size_t)i, "session",
                                   "expected session numbers that rise strictly");
    return ATTUNE_OK;
}

static int32_t observed(const courses *c, size_t g)
{
    int32_t n = 0;
    for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++)
        n += !isnan(c->score[i]);
    return n;
}

/* Is the series in the model of this kind? */
static int is_in(const courses *c, size_t g, size_t kind)
{
    return kind_of(c, g) == kind && observed(c, g) >= ATTUNE_CHANGE_SLOPE_LEAST;
}

/* The rows of this kind's clients; every other row is left out as one that was not observed. */
static void take_rows(courses *c, size_t kind)
{
    for (size_t i = 0; i < c->n_rows; i++)
        c->y[i] = NAN;
    for (size_t g = 0; g < c->n_groups; g++) {
        if (!is_in(c, g, kind))
            continue;
        for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++) {
            c->x[i] = c->session[i];
            c->y[i] = c->score[i];
        }
    }
}

static attune_status fit(courses *c, size_t kind, atn_mixed *model)
{
    const atn_mixed_data data = {
        .y = c->y,
        .x = { c->x },
        .n_x = 1,
        .z = c->x,
        .starts = c->starts,
        .n_groups = c->n_groups,
        .structure = ATN_MIXED_SLOPE,
        .reml = 1,
    };
    take_rows(c, kind);
    return atn_mixed_fit(&data, c->stats, model, NULL);
}

/* Do slopes differ from client to client? Correlated with the intercepts they may well be. */
static int differ(const atn_mixed *model)
{
    return hypot(model->factor[1], model->factor[2]) >= NOTHING;
}

static attune_change_slope slope_of(const atn_mixed *model, size_t g)
{
    attune_change_slope own = { .struct_size = sizeof own, .slope_se = NAN };
    atn_mixed_effect effect = { .u1 = 0 };
    if (differ(model)) {
        atn_mixed_effect_at(model, g, &effect);
        own.slope_se = sqrt(effect.var_u1);
    }
    own.deviation = effect.u1;
    own.slope = model->b[1] + effect.u1;
    return own;
}

static attune_status give(courses *c, size_t kind, attune_change_slope *slopes, uint32_t stride)
{
    const attune_change_slope none = { .slope = NAN, .deviation = NAN, .slope_se = NAN };
    atn_mixed model;
    attune_status status = fit(c, kind, &model);
    for (size_t g = 0; g < c->n_groups; g++) {
        attune_change_slope own = none;
        if (kind_of(c, g) != kind)
            continue;
        if (status == ATTUNE_OK && is_in(c, g, kind))
            own = slope_of(&model, g);
        own.n = observed(c, g);
        atn_give_at(slopes, stride, g, &own, sizeof own);
    }
    return status;
}

attune_status attune_change_slope_fit(size_t kinds, const uint32_t *kind, const uint64_t *starts,
                                      size_t n_groups, const int32_t *session, const double *score,
                                      size_t n_rows, void *work, size_t work_size,
                                      attune_change_slope *slopes, attune_status *statuses,
                                      attune_error *err)
{
    courses c = { .kinds = kinds,
                  .kind = kind,
                  .starts = starts,
                  .n_groups = n_groups,
                  .session = session,
                  .score = score,
                  .n_rows = n_rows };
    attune_status status = check_pointers(&c, work, slopes, statuses, err);
    if (status == ATTUNE_OK)
        status = check_counts(&c, work_size, err);
    if (status == ATTUNE_OK)
        status = check_rows(&c, err);
    if (status != ATTUNE_OK)
        return status;
    c.x = (double *)(((uintptr_t)work + sizeof(double) - 1) / sizeof(double) * sizeof(double));
    c.y = c.x + n_rows;
    c.stats = c.y + n_rows;
    uint32_t stride = slopes->struct_size;
    for (size_t k = 0; k < kinds; k++)
        statuses[k] = give(&c, k, slopes, stride);
    return ATTUNE_OK;
}
