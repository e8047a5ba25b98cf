/* Sudden gains and losses of many courses, in a loop that runs without the GIL. */
/* SPDX-License-Identifier: MIT */
#include "bindings/python/batch.h"

#include <math.h>

attune_status atn_batch_sudden(const atn_courses *courses, uint64_t *course,
                               const attune_sudden_options *options, attune_sudden *found,
                               uint64_t *of, uint64_t capacity, uint64_t *n_found,
                               attune_error *err)
{
    attune_status status = ATTUNE_OK;
    *n_found = 0;
    for (; *course < courses->count; ++*course) {
        const attune_sudden_options *how = &options[courses->measure[*course]];
        uint64_t from = courses->starts[*course];
        size_t rows = (size_t)(courses->starts[*course + 1] - from), n = 0;
        if (how->criteria & ATTUNE_SUDDEN_FIRST && isnan(how->cutoff))
            continue;
        if ((capacity - *n_found) / 2 < rows)
            break;
        found[*n_found].struct_size = (uint32_t)sizeof *found;
        status = attune_sudden_fit(how, courses->session + from, courses->score + from, rows,
                                   found + *n_found, (size_t)(capacity - *n_found), &n, NULL, 0,
                                   NULL, err);
        if (status != ATTUNE_OK)
            break;
        for (size_t i = 0; i < n; i++)
            of[*n_found + i] = *course;
        *n_found += n;
    }
    return status;
}
