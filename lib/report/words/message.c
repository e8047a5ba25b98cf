/* Fills the templates of the message catalogue. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/words/message.h"

#include <string.h>

typedef struct row {
    const char *id, *one, *many;
} row;

static const row catalogue[] = {
#define M(name, id, one, many) { id, one, many },
#include "lib/report/words/catalogue.def"
#undef M
};

const char *atn_message_id(atn_message message)
{
    return catalogue[message].id;
}

const char *atn_message_template(atn_message message, int one)
{
    return one && catalogue[message].one ? catalogue[message].one : catalogue[message].many;
}

static const atn_place *find_place(const atn_place *places, size_t n, const char *name,
                                   size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(places[i].name) == length && memcmp(places[i].name, name, length) == 0)
            return &places[i];
    return NULL;
}

static size_t append(char *text, size_t used, const char *from, size_t n)
{
    if (text && n > 0)
        memcpy(text + used, from, n);
    return used + n;
}

/* Writes to text unless it is NULL; returns the length. */
static size_t fill(const char *template, const atn_place *places, size_t n, char *text)
{
    size_t used = 0;
    while (*template) {
        size_t plain = strcspn(template, "{");
        used = append(text, used, template, plain);
        template += plain;
        const char *end = *template ? strchr(template, '}') : NULL;
        if (!end)
            return append(text, used, template, strlen(template));
        const atn_place *place = find_place(places, n, template + 1, (size_t)(end - template - 1));
        if (place)
            used = append(text, used, place->text, strlen(place->text));
        else
            used = append(text, used, template, (size_t)(end - template) + 1);
        template = end + 1;
    }
    return used;
}

size_t atn_message_fill(atn_message message, int one, const atn_place *places, size_t n, char *text,
                        size_t capacity)
{
    const char *template = atn_message_template(message, one);
    size_t length = fill(template, places, n, NULL);
    if (length < capacity) {
        fill(template, places, n, text);
        text[length] = '\0';
    }
    return length;
}
