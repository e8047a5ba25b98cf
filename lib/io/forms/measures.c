/* The measures that a file names: looked up once each. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"

#include <string.h>

/* FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint32_t slot_of(const char *id, size_t n)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)id[i]) * 16777619u;
    return hash % ATN_MEASURE_SLOTS;
}

static int is_called(const struct atn_measure *measure, const char *id, size_t n)
{
    return measure && measure->length == n && memcmp(measure->id, id, n) == 0;
}

const char *atn_why_no_scale(const struct atn_measure *measure)
{
    if (measure->needs == (ATTUNE_ACCEPT_LICENSED | ATTUNE_ACCEPT_UNCONFIRMED))
        return "expected the statements that the licence of this measure is held "
               "(--accept-licence) and that unconfirmed measures are wanted "
               "(--accept-unconfirmed)";
    if (measure->needs & ATTUNE_ACCEPT_LICENSED)
        return "expected the statement that the licence of this measure is held "
               "(--accept-licence)";
    if (measure->needs & ATTUNE_ACCEPT_UNCONFIRMED)
        return "expected the statement that unconfirmed measures are wanted "
               "(--accept-unconfirmed)";
    return "expected the id of a scale that is built in or in the scales file";
}

/* What has still to be stated: who loads a file of scales has stated part of it. */
static uint32_t needs_of(const attune_scale *listed)
{
    static const uint32_t single[] = { 0, ATTUNE_ACCEPT_LICENSED, ATTUNE_ACCEPT_UNCONFIRMED };
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (attune_scale_open(listed, single[i]))
            return single[i];
    return listed ? ATTUNE_ACCEPT_LICENSED | ATTUNE_ACCEPT_UNCONFIRMED : 0;
}

static struct atn_measure *add(attune_forms *forms, struct atn_measure **slot, const char *id,
                               size_t n)
{
    struct atn_measures *measures = &forms->measures;
    struct atn_measure *measure = atn_pool_take(&measures->pool, sizeof *measure);
    const attune_scale *listed;
    if (!measure)
        return NULL;
    memset(measure, 0, sizeof *measure);
    measure->info.struct_size = (uint32_t)sizeof measure->info;
    measure->length = n;
    measure->id = atn_pool_text(&measures->pool, id, n);
    if (!measure->id)
        return NULL;
    measure->has_controls = atn_has_controls(id, n);
    listed = attune_scale_set_listed(forms->options.scales, measure->id);
    measure->scale = attune_scale_open(listed, 0);
    if (measure->scale)
        attune_scale_describe(measure->scale, &measure->info);
    else if (listed)
        measure->needs = needs_of(listed);
    measure->next = *slot;
    *slot = measure;
    return measure;
}

static struct atn_measure *find(attune_forms *forms, const char *id, size_t n)
{
    struct atn_measure **slot = &forms->measures.slots[slot_of(id, n)];
    struct atn_measure *measure = *slot;
    while (measure && !is_called(measure, id, n))
        measure = measure->next;
    return measure ? measure : add(forms, slot, id, n);
}

/* Measures follow each other in the same order again and again: the last follower is tried first.
 */
struct atn_measure *atn_measure_find(attune_forms *forms, const char *id, size_t n)
{
    struct atn_measures *measures = &forms->measures;
    struct atn_measure *last = measures->last;
    struct atn_measure *measure = last ? last->likely : NULL;
    if (!is_called(measure, id, n)) {
        measure = find(forms, id, n);
        if (last)
            last->likely = measure;
    }
    if (measure)
        measures->last = measure;
    return measure;
}
