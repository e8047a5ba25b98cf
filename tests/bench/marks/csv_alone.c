/* What libcsv alone needs to read a file: the unit that the command is measured in. */
/* SPDX-License-Identifier: MIT */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>

enum { BLOCK = 65536 };

static void field(void *text, size_t length, void *count)
{
    (void)text;
    (void)length;
    ++*(unsigned long *)count;
}

static void row(int end, void *count)
{
    (void)end;
    (void)count;
}

int main(int argc, char **argv)
{
    static char block[BLOCK];
    struct csv_parser parser;
    unsigned long fields = 0;
    size_t n;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return EXIT_FAILURE;
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        if (csv_parse(&parser, block, n, field, row, &fields) != n)
            return EXIT_FAILURE;
    csv_fini(&parser, field, row, &fields);
    csv_free(&parser);
    fclose(file);
    printf("%lu\n", fields);
    return EXIT_SUCCESS;
}
