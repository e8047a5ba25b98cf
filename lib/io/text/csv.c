/* One CSV field, quoted when it must be. */
/* SPDX-License-Identifier: MIT */
#include <attune/text.h>

#include <csv.h>
#include <string.h>

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static int must_quote(const char *field, size_t n)
{
    if (n == 0)
        return 0;
    if (is_blank(field[0]) || is_blank(field[n - 1]))
        return 1;
    for (size_t i = 0; i < n; i++)
        if (field[i] == ',' || field[i] == '"' || field[i] == '\r' || field[i] == '\n')
            return 1;
    return 0;
}

size_t attune_csv_text(const char *field, size_t n, char *text, size_t capacity)
{
    size_t need = field ? n : 0;
    int quote = field && must_quote(field, n);
    if (quote)
        need = csv_write(NULL, 0, field, n);
    if (need >= capacity)
        return need;
    if (quote)
        csv_write(text, capacity, field, n);
    else if (need > 0)
        memcpy(text, field, need);
    text[need] = '\0';
    return need;
}
