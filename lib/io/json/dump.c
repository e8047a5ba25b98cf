/* Writing a JSON file into the caller's room. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/json/dump.h"

#include "lib/core/base/error.h"

#include <string.h>

enum { FEW_DIGITS = 15, ALL_DIGITS = 17 }; /* those every decimal keeps; those every double needs */

static int reads_back(const json_t *root, const char *text)
{
    json_t *back = json_loads(text, 0, NULL);
    int same = json_equal(root, back);
    json_decref(back);
    return same;
}

/* What Jansson printed goes back to where it was taken from: a host may have set its allocator. */
static void give_back(char *text)
{
    json_malloc_t take;
    json_free_t give;
    json_get_alloc_funcs(&take, &give);
    give(text);
}

static char *print(const json_t *root)
{
    char *text = NULL;
    for (size_t digits = FEW_DIGITS; digits <= ALL_DIGITS; digits++) {
        if (text)
            give_back(text);
        text = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(digits));
        if (!text || reads_back(root, text))
            break;
    }
    return text;
}

attune_status atn_dump(const json_t *root, char *text, size_t capacity, size_t *length,
                       attune_error *err)
{
    char *made = root ? print(root) : NULL;
    size_t n = made ? strlen(made) : 0;
    if (!made)
        return atn_fail(err, ATTUNE_E_MEMORY, "", "expected more memory");
    *length = n + 1; /* with a line end */
    if (n + 1 < capacity) {
        memcpy(text, made, n);
        memcpy(text + n, "\n", 2);
    }
    give_back(made);
    return n + 1 < capacity ? ATTUNE_OK
                            : atn_fail(err, ATTUNE_E_COUNT, "capacity", "expected room for it all");
}
