/* Back from a joined series to the sessions that the course itself has. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/out.h"

#include <attune/company.h>

/* Marks and traces alike: row_at is where an element holds the row of the series. */
static size_t keep_own(const attune_together *together, void *array, size_t n, size_t row_at)
{
    const uint32_t stride = n > 0 ? atn_struct_size(array) : 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        char *at = (char *)array + i * stride;
        int64_t row;
        memcpy(&row, at + row_at, sizeof row);
        if (together->row)
            row = together->row[row];
        if (row < 0)
            continue;
        memcpy(at + row_at, &row, sizeof row);
        memmove((char *)array + kept++ * stride, at, stride);
    }
    return kept;
}

size_t attune_together_marks(const attune_together *together, attune_mark *marks, size_t n_marks)
{
    return keep_own(together, marks, n_marks, offsetof(attune_mark, row));
}

size_t attune_together_traces(const attune_together *together, attune_trace *traces,
                              size_t n_traces)
{
    return keep_own(together, traces, n_traces, offsetof(attune_trace, row));
}
