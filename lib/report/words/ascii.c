/* The table of signs and their ASCII; nothing in it grows. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/words/ascii.h"

#include <attune/report.h>

#include <string.h>
#include <unistr.h>

typedef struct sign {
    ucs4_t code;
    char ascii[4];
} sign;

static const sign signs[] = {
    { 0x00a0, " " },  { 0x00b1, "+-" }, { 0x00b7, "|" },   { 0x00d7, "x" },  { 0x2010, "-" },
    { 0x2011, "-" },  { 0x2013, "-" },  { 0x2014, "--" },  { 0x2018, "'" },  { 0x2019, "'" },
    { 0x201c, "\"" }, { 0x201d, "\"" }, { 0x2026, "..." }, { 0x2191, "^" },  { 0x2192, "->" },
    { 0x2193, "v" },  { 0x2212, "-" },  { 0x2264, "<=" },  { 0x2265, ">=" }, { 0x2500, "-" },
    { 0x2502, "|" },  { 0x250c, "+" },  { 0x2510, "+" },   { 0x2514, "+" },  { 0x2518, "+" },
    { 0x2581, "_" },  { 0x2582, "." },  { 0x2583, ":" },   { 0x2584, "-" },  { 0x2585, "=" },
    { 0x2586, "+" },  { 0x2587, "*" },  { 0x2588, "#" },   { 0x25b2, "A" },  { 0x25b3, "^" },
    { 0x25bc, "V" },  { 0x25bd, "v" },  { 0x25c7, "*" },   { 0x25cb, "o" },
};

static const char *find_sign(ucs4_t code)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i].code == code)
            return signs[i].ascii;
    return "?";
}

const char *atn_ascii(const char *text, size_t n, size_t *used, char one[2])
{
    ucs4_t code = 0;
    int length = u8_mbtouc(&code, (const uint8_t *)text, n);
    *used = (size_t)length;
    if (code >= 0x80)
        return find_sign(code);
    one[0] = code < 0x20 && code != '\n' ? '?' : code == 0x7f ? '?' : (char)code;
    one[1] = '\0';
    return one;
}

size_t attune_text_ascii(char *text)
{
    if (!text)
        return 0;
    size_t n = strlen(text);
    size_t to = 0;
    for (size_t from = 0; from < n;) {
        size_t used = 0;
        char one[2];
        const char *ascii = atn_ascii(text + from, n - from, &used, one);
        for (; *ascii; ascii++)
            text[to++] = *ascii;
        from += used;
    }
    text[to] = '\0';
    return to;
}
