/* Batch calls for the Python package: loops over forms and courses that run without the GIL. */
/* SPDX-License-Identifier: MIT */
#include "bindings/python/batch.h"

#include "lib/core/base/error.h"

#include <math.h>

/* The row's answers in item order; how many there are. Items beyond the scale's are *beyond. */
static uint64_t gather(const atn_answers *answers, uint64_t row, uint64_t wanted, double *items,
                       uint64_t *beyond)
{
    uint64_t answered = 0;
    *beyond = 0;
    for (uint64_t i = 0; i < ATTUNE_ITEMS_MAX; i++) {
        items[i] = i < answers->n_items && answers->items[i] ? answers->items[i][row] : (double)NAN;
        if (isnan(items[i]))
            continue;
        answered++;
        if (i >= wanted && *beyond == 0)
            *beyond = i + 1;
    }
    return answered;
}

static attune_status refuse(attune_error *err, attune_status status, uint64_t row, uint64_t item,
                            const char *key, const char *text)
{
    atn_fail_at(err, status, row, key, text);
    if (err)
        err->column = item;
    return status;
}

/* A total of which no scale says anything. */
static attune_status score_unknown(double given, attune_score *total)
{
    *total = (attune_score) {
        .struct_size = (uint32_t)sizeof *total,
        .subscale = -1,
        .score = given,
        .n_items = -1,
        .n_answered = -1,
        .complete = -1,
        .band = -1,
        .flags = ATTUNE_SCORE_GIVEN,
        .reason = isnan(given) ? ATTUNE_REASON_EMPTY : ATTUNE_REASON_NONE,
    };
    return isinf(given) ? ATTUNE_E_VALUE : ATTUNE_OK;
}

static attune_status check_answered(const attune_scale *scale, uint64_t row, uint64_t beyond,
                                    double given, attune_error *err)
{
    if (!scale)
        return refuse(err, ATTUNE_E_UNKNOWN, row, 0, "measure",
                      "expected a score: answers need a scale, built in or in scales=");
    if (beyond > 0)
        return refuse(err, ATTUNE_E_VALUE, row, beyond, "items",
                      "expected nothing: the measure has no such item");
    if (!isnan(given))
        return refuse(err, ATTUNE_E_FORMAT, row, 0, "score",
                      "expected either a score or answers, not both");
    return ATTUNE_OK;
}

static attune_status score_answers(const attune_scale *scale, const double *items, uint64_t row,
                                   uint64_t wanted, attune_score *total, attune_score *subscales,
                                   uint64_t n_subscales, attune_error *err)
{
    attune_error found = ATTUNE_ERROR_INIT;
    attune_status status;
    if (subscales)
        subscales->struct_size = (uint32_t)sizeof *subscales;
    status = attune_form_score(scale, items, (size_t)wanted, total, subscales,
                               subscales ? (size_t)n_subscales : 0, &found);
    return status == ATTUNE_OK ? status
                               : refuse(err, status, row, found.index + 1, found.key, found.text);
}

attune_status atn_batch_score(const attune_scale *scale, const atn_answers *answers,
                              attune_score *totals, attune_score *subscales, attune_error *err)
{
    attune_scale_info info = { .struct_size = sizeof info };
    attune_status status = ATTUNE_OK;
    double items[ATTUNE_ITEMS_MAX];
    if (scale)
        status = attune_scale_describe(scale, &info);
    for (uint64_t i = 0; status == ATTUNE_OK && i < answers->count; i++) {
        uint64_t row = answers->rows[i], wanted = (uint64_t)info.item_count, beyond;
        double given = answers->given ? answers->given[row] : (double)NAN;
        uint64_t answered = gather(answers, row, wanted, items, &beyond);
        attune_score *subs =
            subscales && info.subscale_count > 0 ? &subscales[i * info.subscale_count] : NULL;
        totals[row].struct_size = (uint32_t)sizeof totals[row];
        if (answered > 0)
            status = check_answered(scale, row, beyond, given, err);
        if (status != ATTUNE_OK)
            break;
        /* A row without anything is a form left empty where the table has answers at all. */
        if (answered > 0 || (answers->n_items > 0 && isnan(given) && wanted > 0))
            status = score_answers(scale, items, row, wanted, &totals[row], subs,
                                   info.subscale_count, err);
        else if (!scale)
            status = score_unknown(given, &totals[row]);
        else
            status = attune_total_score(scale, given, &totals[row], NULL);
        if (status != ATTUNE_OK && answered == 0)
            refuse(err, status, row, 0, "score", "expected a total within the measure's range");
    }
    return status;
}

static int is_in_range(const attune_scale *scale, double score)
{
    attune_score total = { .struct_size = sizeof total };
    return scale ? attune_total_score(scale, score, &total, NULL) == ATTUNE_OK : !isinf(score);
}

attune_status atn_batch_check(const atn_courses *courses, attune_error *err)
{
    for (uint64_t g = 0; g < courses->count; g++) {
        const atn_measure *measure = &courses->measures[courses->measure[g]];
        for (uint64_t row = courses->starts[g]; row < courses->starts[g + 1]; row++)
            if (!is_in_range(measure->scale, courses->score[row]))
                return atn_fail_at(err, ATTUNE_E_VALUE, row, "score",
                                   "expected a total within the measure's range, or NaN");
    }
    return ATTUNE_OK;
}
