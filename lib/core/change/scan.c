/* The changes of many series in one call. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/core/change/plan.h"

#include <math.h>

struct scan {
    const attune_constants *constants;
    const attune_change_options *options; /* NULL: the defaults */
    size_t kinds;
    const uint32_t *kind;
    const uint64_t *starts;
    size_t n_groups;
};

static size_t kind_of(const struct scan *s, size_t g)
{
    return s->kind ? s->kind[g] : 0;
}

/* The i-th of an array whose stride is its elements' own size. */
static const void *element(const void *array, size_t i)
{
    return (const char *)array + i * atn_struct_size(array);
}

/* A cut-off that was asked for by name and cannot be had leaves the class unsaid. */
static attune_status make(atn_change_plan *plan, const struct scan *s, size_t kind,
                          int *without_cutoff, attune_error *err)
{
    const attune_constants *constants = element(s->constants, kind);
    attune_change_options how = ATTUNE_CHANGE_OPTIONS_INIT;
    attune_status status;
    if (s->options)
        atn_give(&how, element(s->options, kind), sizeof how);
    status = atn_change_plan_make(plan, constants, &how, 1, err);
    *without_cutoff = 0;
    if (status == ATTUNE_E_CONSTANT && how.cutoff_type >= 0) {
        how.cutoff_type = -1;
        status = atn_change_plan_make(plan, constants, &how, 1, err);
        *without_cutoff = 1;
    }
    return status;
}

static attune_status check_kinds(const struct scan *s, attune_error *err)
{
    attune_status status = ATTUNE_OK;
    atn_change_plan plan;
    size_t k = 0;
    int without;
    while (status == ATTUNE_OK && k < s->kinds)
        status = make(&plan, s, k++, &without, err);
    if (status != ATTUNE_OK && err)
        err->index = k - 1;
    return status;
}

static attune_status check_sizes(const struct scan *s, const attune_change *changes,
                                 attune_error *err)
{
    if (changes->struct_size < sizeof *changes ||
        s->constants->struct_size < sizeof *s->constants ||
        (s->options && s->options->struct_size < sizeof *s->options))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    for (size_t k = 0; s->options && k < s->kinds; k++) {
        attune_status status = atn_change_parts_check(element(s->options, k), err);
        if (status != ATTUNE_OK)
            return status;
    }
    return ATTUNE_OK;
}

static attune_status check_places(const struct scan *s, size_t n_rows, attune_error *err)
{
    for (size_t g = 0; g < s->n_groups; g++) {
        if (s->starts[g] > s->starts[g + 1] || s->starts[g + 1] > n_rows)
            return atn_fail_at(err, ATTUNE_E_COUNT, g + 1, "starts",
                               "expected rising row numbers within the rows");
        if (kind_of(s, g) >= s->kinds)
            return atn_fail_at(err, ATTUNE_E_COUNT, g, "kind", "expected a number below kinds");
    }
    return ATTUNE_OK;
}

static attune_status check_scores(const double *scores, size_t n_rows, attune_error *err)
{
    for (size_t i = 0; i < n_rows; i++)
        if (isinf(scores[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "scores", "expected a finite score or NaN");
    return ATTUNE_OK;
}

static attune_status run(const struct scan *s, const double *scores, attune_change *changes,
                         attune_error *err)
{
    const uint32_t stride = changes->struct_size;
    atn_change_plan plan;
    size_t planned = SIZE_MAX;
    int without = 0;
    for (size_t g = 0; g < s->n_groups; g++) {
        attune_change out;
        if (kind_of(s, g) != planned) {
            planned = kind_of(s, g);
            (void)make(&plan, s, planned, &without, NULL);
        }
        atn_change_series(&plan, g);
        if (atn_change_of(&plan, scores + s->starts[g], (size_t)(s->starts[g + 1] - s->starts[g]),
                          &out, NULL) == ATTUNE_E_NUMERIC)
            return atn_fail_at(err, ATTUNE_E_NUMERIC, g, "",
                               "the figures are too large for a double");
        if (without) {
            out.cutoff = NAN;
            out.cutoff_type = out.class_ = -1;
        }
        atn_give_at(changes, stride, g, &out, sizeof out);
    }
    return ATTUNE_OK;
}

attune_status attune_change_scan(const attune_constants *constants,
                                 const attune_change_options *options, size_t kinds,
                                 const uint32_t *kind, const uint64_t *starts, size_t n_groups,
                                 const double *scores, size_t n_rows, attune_change *changes,
                                 attune_error *err)
{
    const struct scan s = { constants, options, kinds, kind, starts, n_groups };
    attune_status status;
    if (!constants || !starts || (n_rows > 0 && !scores) || !changes)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "",
                        "constants, starts, scores and changes must be given");
    status = check_sizes(&s, changes, err);
    if (status == ATTUNE_OK && kinds == 0)
        status = atn_fail(err, ATTUNE_E_COUNT, "kinds", "expected at least one");
    if (status == ATTUNE_OK)
        status = check_places(&s, n_rows, err);
    if (status == ATTUNE_OK)
        status = check_kinds(&s, err);
    if (status == ATTUNE_OK)
        status = check_scores(scores, n_rows, err);
    return status == ATTUNE_OK ? run(&s, scores, changes, err) : status;
}
