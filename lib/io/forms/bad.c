/* The bad rows that were left out: a full count, and details of the first in the file. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"

#include "lib/core/base/out.h"

#include <string.h>

/* Where a fault belongs among those kept, which rise by line. */
static size_t find_place(const struct atn_bad *bad, uint64_t line)
{
    size_t at = bad->kept;
    while (at > 0 && bad->list[at - 1].line > line)
        at--;
    return at;
}

int atn_bad_add(attune_forms *forms, const attune_error *fault)
{
    struct atn_bad *bad = &forms->bad;
    size_t at = find_place(bad, fault->line);
    bad->count++;
    if (at == ATTUNE_FORMS_BAD_MAX)
        return 1;
    if (bad->kept == ATTUNE_FORMS_BAD_MAX)
        bad->kept--;
    if (bad->kept == bad->room &&
        !atn_array_grow(&forms->allocator, &bad->list, &bad->room, sizeof *bad->list))
        return 0;
    memmove(bad->list + at + 1, bad->list + at, (bad->kept - at) * sizeof *bad->list);
    bad->list[at] = *fault;
    bad->kept++;
    return 1;
}

size_t attune_forms_bad_count(const attune_forms *forms)
{
    return forms ? forms->bad.kept : 0;
}

attune_status attune_forms_bad(const attune_forms *forms, size_t i, attune_error *bad)
{
    if (!forms || !bad)
        return ATTUNE_E_ARGUMENT;
    if (bad->struct_size < sizeof *bad)
        return ATTUNE_E_STRUCT_SIZE;
    if (i >= forms->bad.kept)
        return ATTUNE_E_COUNT;
    atn_give(bad, &forms->bad.list[i], sizeof forms->bad.list[i]);
    return ATTUNE_OK;
}
