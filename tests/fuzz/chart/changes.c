/* The part of the fuzz target that looks for changes: partitions, breaks, Chow and sup-F. */
/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/chart/chart.h"

#include <attune/changepoint.h>

#include <math.h>
#include <string.h>

enum { WORK = 1 << 15 }; /* bytes / 16 */

static max_align_t work[WORK];

static attune_changepoint_options options_of(const struct input *given)
{
    attune_changepoint_options o = ATTUNE_CHANGEPOINT_OPTIONS_INIT;
    o.search = given->words[0] % 4;
    o.criterion = given->words[1] % 3;
    o.model = given->words[2] % 3;
    o.min_size = given->words[3] % 8;
    o.max_changes = (int32_t)(given->words[4] % 12) - 1;
    o.permutations = (int32_t)(given->rounds % 12) - 1;
    o.seed = given->words[5];
    o.penalty = given->reals[0];
    o.factor = given->reals[1];
    return o;
}

static void check_p(double p)
{
    must(!(p < 0.0 || p > 1.0));
}

static void check_changes(const attune_changepoint_options *o, const double *y, size_t n,
                          const attune_changepoint *found, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        must(found[i].row > (i > 0 ? found[i - 1].row : 0) && (size_t)found[i].row < n);
        must(!isnan(y[found[i].row]));
        must(found[i].n_before >= o->min_size && found[i].n_after >= o->min_size);
        must(i == 0 || found[i].n_before == found[i - 1].n_after);
        must(isfinite(found[i].before) && isfinite(found[i].after));
        must((attune_changepoint_reason(o->model, &found[i]) == NULL) ==
             !isnan(found[i].statistic));
        check_p(found[i].p);
    }
}

/* More changes leave fewer squares where any place will do; a partition costs no more than none. */
static void check_cost(const attune_changepoint_options *o, const attune_changepoint_cost *cost,
                       double whole, size_t count)
{
    must(cost->squares >= 0.0);
    for (int32_t m = 1; o->min_size == 1 && m < cost->count; m++)
        must(!(cost->rss[m] > cost->rss[m - 1] * (1 + 1e-9)));
    if (o->search == ATTUNE_CHANGEPOINT_PARTITION)
        must(!(cost->squares + cost->penalty * (double)count > whole * (1 + 1e-9)));
}

void check_partitions(const struct input *given, const double *y, size_t n)
{
    static attune_changepoint found[ROWS];
    attune_changepoint_options o = options_of(given), one = o;
    attune_changepoint_cost cost = { .struct_size = sizeof cost };
    attune_changepoint_cost whole = { .struct_size = sizeof whole };
    size_t count = 99, none = 0;
    double rate = -7, error = -7;
    found->struct_size = sizeof *found;
    must(attune_changepoint_work(&o, ROWS) <= sizeof work);
    attune_status status =
        attune_changepoint_fit(&o, y, n, work, sizeof work, found, ROWS, &count, &cost, NULL);
    must(status <= 0 && status > ATTUNE_STATUS_END);
    must((status == ATTUNE_OK) == (count != 99));
    if (status == ATTUNE_OK) {
        check_changes(&o, y, n, found, count);
        one.min_size = ATTUNE_CHANGEPOINT_ROWS_MAX; /* no change fits */
        must(attune_changepoint_fit(&one, y, n, work, sizeof work, found, ROWS, &none, &whole,
                                    NULL) == ATTUNE_OK);
        must(none == 0);
        if (isfinite(whole.squares))
            check_cost(&o, &cost, whole.squares, count);
    }
    status = attune_changepoint_alarm(&o, given->row % ROWS, given->rounds % 3, 1, work,
                                      sizeof work, &rate, &error, NULL);
    must((status == ATTUNE_OK) == (rate >= 0.0 && rate <= 1.0 && error >= 0.0));
}

/*
 * Chow's F of the place that sup-F likes best is its F. Of a line through scores that all but lie
 * on it, and of a step that leaves a millionth, both are rounding.
 */
static void check_likeliest(int32_t model, const double *y, size_t n, const attune_supf *supf)
{
    attune_chow chow = { .struct_size = sizeof chow };
    must(attune_chow_fit(model, y, n, (size_t)supf->row, &chow, NULL) == ATTUNE_OK);
    must(!(supf->ave > supf->sup * (1 + 1e-12)));
    if (model == ATTUNE_CHANGEPOINT_MEAN && supf->sup < 1e6 && !isnan(chow.f))
        must(fabs(chow.f - supf->sup) <= 1e-6 * (1.0 + supf->sup));
}

void check_tests(const struct input *given, const double *y, size_t n)
{
    int32_t model = given->words[2] % 3, permutations = (int32_t)(given->rounds % 12) - 1;
    double trim = given->reals[7];
    attune_chow chow = { .struct_size = sizeof chow, .df = -7 };
    attune_supf supf = { .struct_size = sizeof supf, .places = -7 };
    attune_changepoint change = { .struct_size = sizeof change, .row = -7 };
    attune_status status = attune_chow_fit(model, y, n, given->row, &chow, NULL);
    must((status == ATTUNE_OK) == (chow.df != -7));
    must(!(status == ATTUNE_OK && chow.f < 0.0));
    if (status == ATTUNE_OK)
        check_p(chow.p);
    if (attune_chow_change(model, y, n, given->row, &change, NULL) == ATTUNE_OK)
        must(status != ATTUNE_OK || isnan(chow.f) || !(fabs(change.statistic - chow.f) > 0.0));
    else
        must(status != ATTUNE_OK && change.row == -7);
    must(attune_supf_work(ROWS) <= sizeof work);
    status = attune_supf_fit(model, trim, permutations, 1, y, n, work, sizeof work, &supf, NULL);
    must((status == ATTUNE_OK) == (supf.places != -7));
    if (status == ATTUNE_OK)
        check_p(supf.p);
    if (status == ATTUNE_OK && supf.row >= 0)
        check_likeliest(model, y, n, &supf);
    change.row = -7;
    if (attune_supf_change(model, trim, permutations, 1, y, n, work, sizeof work, &change, NULL) ==
        ATTUNE_OK)
        must((attune_changepoint_reason(model, &change) == NULL) == !isnan(change.statistic));
    else
        must(change.row == -7);
}
