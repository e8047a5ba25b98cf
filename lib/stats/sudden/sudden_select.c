/* Which of several gains or losses stands for a client, and the cutoff of criterion 1. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/out.h"

#include <attune/sudden.h>

#include <math.h>

/* Whether a goes before b. */
typedef int goes_before(const attune_sudden *a, const attune_sudden *b, int32_t mode);

static double size_of(const attune_sudden *s, int32_t mode)
{
    return mode == ATTUNE_SUDDEN_PACKAGE ? s->magnitude : fabs(s->magnitude);
}

static int earlier(const attune_sudden *a, const attune_sudden *b, int32_t mode)
{
    (void)mode;
    return a->from_session < b->from_session;
}

static int later(const attune_sudden *a, const attune_sudden *b, int32_t mode)
{
    (void)mode;
    return a->from_session > b->from_session;
}

static int smaller(const attune_sudden *a, const attune_sudden *b, int32_t mode)
{
    return size_of(a, mode) < size_of(b, mode);
}

static int larger(const attune_sudden *a, const attune_sudden *b, int32_t mode)
{
    return size_of(a, mode) > size_of(b, mode);
}

static goes_before *const orders[] = {
    [ATTUNE_SUDDEN_SELECT_FIRST] = earlier,
    [ATTUNE_SUDDEN_SELECT_LAST] = later,
    [ATTUNE_SUDDEN_SELECT_SMALLEST] = smaller,
    [ATTUNE_SUDDEN_SELECT_LARGEST] = larger,
};

static const attune_sudden *element(const attune_sudden *found, size_t i)
{
    return (const void *)((const char *)found + i * found->struct_size);
}

size_t attune_sudden_select(const attune_sudden *found, size_t n, int32_t kind, int32_t which,
                            int32_t mode)
{
    size_t best = n;
    if (!found || which < 0 || which > ATTUNE_SUDDEN_SELECT_LARGEST || mode < 0 ||
        mode > ATTUNE_SUDDEN_PACKAGE)
        return n;
    for (size_t i = 0; i < n; i++)
        if (element(found, i)->kind == kind &&
            (best == n || orders[which](element(found, i), element(found, best), mode)))
            best = i;
    return best;
}

double attune_sudden_cutoff(const attune_constants *c)
{
    if (!c || c->struct_size < sizeof *c)
        return NAN;
    if (c->change_threshold > 0.0)
        return c->change_threshold;
    double cutoff = 1.96 * sqrt(2.0) * c->sd * sqrt(1.0 - c->reliability);
    return cutoff > 0.0 && isfinite(cutoff) ? cutoff : NAN;
}
