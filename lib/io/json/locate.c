/* Finding the place of a path in JSON text: Jansson says lines for syntax errors alone. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/json/reading.h"

#include <stdlib.h>
#include <string.h>

/* Text that Jansson has accepted: a place never runs beyond end, and brackets match. */
struct place {
    const char *at, *end;
};

static int here(const struct place *place, const char *any)
{
    return place->at < place->end && *place->at && strchr(any, *place->at) != NULL;
}

static void skip_any(struct place *place, const char *any)
{
    while (here(place, any))
        place->at++;
}

static void skip_string(struct place *place)
{
    for (place->at++; place->at < place->end && *place->at != '"'; place->at++)
        if (*place->at == '\\' && place->at + 1 < place->end)
            place->at++;
    if (place->at < place->end)
        place->at++;
}

/* Steps over one value, whatever it holds. */
static void skip_value(struct place *place)
{
    size_t depth = 0;
    do {
        if (here(place, "\"")) {
            skip_string(place);
            continue;
        }
        if (depth == 0 && here(place, ",]}"))
            return;
        depth += (size_t)here(place, "[{");
        depth -= (size_t)here(place, "]}");
        place->at += place->at < place->end;
    } while (place->at < place->end && (depth > 0 || !here(place, ",]} \t\r\n")));
}

/* From '[' to its index-th entry. */
static int enter_index(struct place *place, size_t index)
{
    if (!here(place, "["))
        return 0;
    place->at++;
    skip_any(place, " \t\r\n");
    for (; index > 0 && !here(place, "]") && place->at < place->end; index--) {
        skip_value(place);
        skip_any(place, ", \t\r\n");
    }
    return place->at < place->end && !here(place, "]");
}

/* From '{' to the value of a key; *seen is where the key itself stands. */
static int enter_key(struct place *place, const char *key, size_t length, const char **seen)
{
    if (!here(place, "{"))
        return 0;
    place->at++;
    skip_any(place, " \t\r\n");
    while (here(place, "\"")) {
        const char *name = place->at;
        skip_string(place);
        int found = (size_t)(place->at - name) == length + 2 && !memcmp(name + 1, key, length);
        skip_any(place, ": \t\r\n");
        if (found) {
            *seen = name;
            return 1;
        }
        skip_value(place);
        skip_any(place, ", \t\r\n");
    }
    return 0;
}

size_t atn_extent(const char *text, size_t n, const char *at)
{
    struct place place = { at, text + n };
    skip_value(&place);
    return (size_t)(place.at - at);
}

const char *atn_locate(const char *text, size_t n, const char *path)
{
    struct place place = { text, text + n };
    const char *seen;
    skip_any(&place, " \t\r\n");
    seen = place.at;
    while (*path) {
        if (*path == '[') {
            char *after;
            size_t index = (size_t)strtoul(path + 1, &after, 10);
            if (!enter_index(&place, index))
                break;
            seen = place.at;
            path = after + (*after == ']');
        } else {
            path += *path == '.';
            size_t length = strcspn(path, ".[");
            if (!enter_key(&place, path, length, &seen))
                break;
            path += length;
        }
    }
    return seen;
}
