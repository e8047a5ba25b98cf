/* The main of a fuzz target when nothing is fuzzed: runs every file of the folders given. */
/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define INPUT_MAX (1 << 20) /* bytes of one input */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
    uint8_t *data = malloc(INPUT_MAX);
    FILE *file = fopen(path, "rb");
    int ran = data && file;
    if (ran) {
        size_t size = fread(data, 1, INPUT_MAX, file);
        uint8_t *exact = malloc(size + 1); /* so that a read beyond the end is seen */
        ran = exact != NULL;
        for (size_t i = 0; ran && i < size; i++)
            exact[i + 1] = data[i];
        if (ran)
            LLVMFuzzerTestOneInput(exact + 1, size);
        free(exact);
    }
    if (file)
        fclose(file);
    free(data);
    return ran;
}

/* How many files ran; -1 when one could not. */
static int run_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    int n = 0;
    if (!dir)
        return -1;
    while (n >= 0 && (entry = readdir(dir))) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        n = run_file(path) ? n + 1 : -1;
    }
    closedir(dir);
    return n;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        int n = run_folder(argv[i]);
        if (n <= 0) {
            fprintf(stderr, "%s: no input could be replayed\n", argv[i]);
            return 1;
        }
        printf("%d inputs replayed\n", n);
    }
    return argc > 1 ? 0 : 1;
}
