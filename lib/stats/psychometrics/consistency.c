/* Internal consistency of items: alpha, omega, and what each item does for them. */
/* SPDX-License-Identifier: MIT */
#include <attune/psychometrics.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/psychometrics/items.h"

#include <math.h>

size_t attune_consistency_work(size_t n_items)
{
    if (n_items < 1 || n_items > ATTUNE_ITEMS_MAX)
        return 0;
    return (atn_items_size(n_items) + 1) * sizeof(double);
}

static attune_status check_call(const double *answers, const void *work,
                                const attune_consistency *consistency,
                                const attune_consistency_item *items, attune_error *err)
{
    if (!answers || !work || !consistency)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "answers, scratch and room must be given");
    if (consistency->struct_size < sizeof *consistency ||
        (items && items->struct_size < sizeof *items))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    return ATTUNE_OK;
}

static attune_status check_counts(size_t n_items, size_t n_forms, size_t work_size,
                                  attune_error *err)
{
    size_t wanted = attune_consistency_work(n_items);
    if (wanted == 0)
        return atn_fail(err, ATTUNE_E_COUNT, "n_items", "expected 1 to 128 items");
    if (n_forms > ATTUNE_PSYCHOMETRICS_FORMS_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n_forms", "expected fewer forms");
    if (work_size < wanted)
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_consistency_work bytes");
    return ATTUNE_OK;
}

static attune_status check_answers(const double *answers, size_t n, attune_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(answers[i]) > ATTUNE_PSYCHOMETRICS_VALUE_MAX)
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "answers",
                               "expected finite answers, or NaN");
    return ATTUNE_OK;
}

static void count_forms(const double *answers, size_t n_items, size_t n_forms,
                        attune_consistency *found)
{
    for (size_t f = 0; f < n_forms; f++) {
        size_t answered = 0;
        for (size_t i = 0; i < n_items; i++)
            answered += isnan(answers[f * n_items + i]) ? 0u : 1u;
        found->n_forms += answered > 0;
        found->n_complete += answered == n_items;
    }
}

/* What the covariances of the items in use add up to, with one of them left out or none. */
struct sums {
    double k, trace, all;
};

static double row_sum(const atn_items *items, size_t i)
{
    double sum = 0;
    for (size_t j = 0; j < items->p; j++)
        sum += items->used[j] * items->cov[i * items->p + j];
    return sum;
}

static struct sums sums_of(const atn_items *items)
{
    struct sums s = { .k = (double)items->n_used };
    for (size_t i = 0; i < items->p; i++) {
        s.trace += items->used[i] * items->cov[i * items->p + i];
        s.all += items->used[i] * row_sum(items, i);
    }
    return s;
}

static struct sums sums_without(const atn_items *items, const struct sums *s, size_t i)
{
    double own = items->cov[i * items->p + i];
    return (struct sums) { s->k - 1, s->trace - own, s->all - 2 * row_sum(items, i) + own };
}

static int varies(const struct sums *s)
{
    return s->all > ATN_ITEMS_NOISE * s->trace;
}

static double alpha_of(const struct sums *s)
{
    return s->k > 1 && varies(s) ? s->k / (s->k - 1) * (1 - s->trace / s->all) : NAN;
}

static double rest_of(const atn_items *items, size_t i, const struct sums *without)
{
    double own = items->cov[i * items->p + i];
    return varies(without) ? (row_sum(items, i) - own) / (sqrt(own) * sqrt(without->all)) : NAN;
}

/* Of items that all load one way: those that load the other way are turned with their rows. */
static double omega_of(const atn_items *items)
{
    double unique = 0, all = 0;
    for (size_t i = 0; i < items->p; i++) {
        unique += items->used[i] * (1 - items->loading[i] * items->loading[i]);
        for (size_t j = 0; j < items->p; j++)
            all += (items->loading[i] < 0) == (items->loading[j] < 0)
                       ? items->cor[i * items->p + j]
                       : -items->cor[i * items->p + j];
    }
    return 1 - unique / all;
}

/* Enough items that share enough forms? */
static int tells(const atn_items *items)
{
    return items->n_pair >= ATTUNE_PSYCHOMETRICS_LEAST;
}

static void take_factor(atn_items *items, attune_consistency *found)
{
    size_t rounds;
    if (!tells(items) || items->n_used < 3 || items->undefined)
        return;
    rounds = atn_factor_fit(items, ATN_FACTOR_ROUNDS);
    found->iterations = (int32_t)rounds;
    if (rounds > ATN_FACTOR_ROUNDS)
        return;
    found->omega = omega_of(items);
    for (size_t i = 0; i < items->p; i++)
        found->turned += items->loading[i] < 0;
}

static attune_consistency_item item_at(const atn_items *items, size_t i, const struct sums *all,
                                       const attune_consistency *found)
{
    struct sums without = sums_without(items, all, i);
    int used = items->used[i] > 0;
    return (attune_consistency_item) {
        .struct_size = sizeof(attune_consistency_item),
        .n = (int32_t)items->n[i],
        .mean = items->n[i] > 0 ? items->mean[i] : NAN,
        .sd = items->n[i] > 1 ? sqrt(items->cov[i * items->p + i]) : NAN,
        .r_total = tells(items) ? items->r_total[i] : NAN,
        .r_rest = used && tells(items) ? rest_of(items, i, &without) : NAN,
        .alpha_dropped = used && tells(items) ? alpha_of(&without) : NAN,
        .loading = used && !isnan(found->omega) ? items->loading[i] : NAN,
    };
}

attune_status attune_consistency_fit(const double *answers, size_t n_items, size_t n_forms,
                                     void *work, size_t work_size, attune_consistency *consistency,
                                     attune_consistency_item *items, attune_error *err)
{
    attune_consistency found = { .struct_size = sizeof found, .n_items = (int32_t)n_items };
    uintptr_t place = (uintptr_t)work;
    struct sums all;
    atn_items taken;
    attune_status status = check_call(answers, work, consistency, items, err);
    if (status == ATTUNE_OK)
        status = check_counts(n_items, n_forms, work_size, err);
    if (status == ATTUNE_OK)
        status = check_answers(answers, n_items * n_forms, err);
    if (status != ATTUNE_OK)
        return status;
    count_forms(answers, n_items, n_forms, &found);
    if (found.n_forms < ATTUNE_PSYCHOMETRICS_LEAST)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "n_forms", "expected three forms with an answer");
    place = (place + sizeof(double) - 1) / sizeof(double) * sizeof(double);
    atn_items_take(&taken, answers, n_forms, n_items, (double *)place);
    all = sums_of(&taken);
    found.n_used = (int32_t)taken.n_used;
    found.n_pair = (int32_t)taken.n_pair;
    found.alpha = tells(&taken) ? alpha_of(&all) : NAN;
    found.omega = NAN;
    take_factor(&taken, &found);
    for (size_t i = 0; items && i < n_items; i++) {
        attune_consistency_item item = item_at(&taken, i, &all, &found);
        atn_give_at(items, items->struct_size, i, &item, sizeof item);
    }
    atn_give(consistency, &found, sizeof found);
    return ATTUNE_OK;
}
