/* How long the forms reader takes, in units of libcsv alone reading the same file. */
/* SPDX-License-Identifier: MIT */
#include <attune/forms.h>

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS 50000
#define SESSIONS 20
#define BLOCK 65536
#define RUNS 5 /* the best of each counts; the two take turns */

static const double ratio_max = 3.0; /* what the whole command may take */

/* Processor time, not the clock on the wall: other work on the machine must not count. */
static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void write_row(FILE *file, int client, int session, const char *quote)
{
    fprintf(file, "%sC-%06d%s,%d,20%02d-%02d-%02d,%sdemo-distress%s,client,%d\n", quote, client,
            quote, session, 10 + client % 15, 1 + session % 12, 1 + session, quote, quote,
            (client * 7 + session * 3) % 41);
}

static void write_sorted(FILE *file)
{
    for (int client = 0; client < CLIENTS; client++)
        for (int session = 1; session <= SESSIONS; session++)
            write_row(file, client, session, "");
}

/* As R writes it: every text quoted, so that the first look has to parse. */
static void write_quoted(FILE *file)
{
    for (int client = 0; client < CLIENTS; client++)
        for (int session = 1; session <= SESSIONS; session++)
            write_row(file, client, session, "\"");
}

/* As a clinic writes it: session after session. */
static void write_by_session(FILE *file)
{
    for (int session = 1; session <= SESSIONS; session++)
        for (int client = 0; client < CLIENTS; client++)
            write_row(file, client, session, "");
}

static const struct {
    const char *name;
    void (*write)(FILE *file);
    int limited; /* the ratio has a limit */
} shapes[] = {
    { "sorted by client", write_sorted, 1 },
    { "sorted, quoted", write_quoted, 0 },
    { "not sorted", write_by_session, 0 },
};

static void no_field(void *text, size_t n, void *data)
{
    (void)text, (void)n, (void)data;
}

static void no_row(int terminator, void *data)
{
    (void)terminator, (void)data;
}

static double time_libcsv(const char *path)
{
    static char block[BLOCK];
    struct csv_parser csv;
    double start = now();
    FILE *file = fopen(path, "rb");
    size_t n;
    if (!file || csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
        exit(1);
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        if (csv_parse(&csv, block, n, no_field, no_row, NULL) != n)
            exit(1);
    csv_fini(&csv, no_field, no_row, NULL);
    csv_free(&csv);
    fclose(file);
    return now() - start;
}

static double time_reader(const char *path)
{
    attune_client_forms client = { .struct_size = sizeof client };
    attune_forms *forms = NULL;
    uint64_t count = 0;
    double start = now();
    if (attune_forms_new(&forms, path, NULL, NULL, NULL) != ATTUNE_OK)
        exit(1);
    while (attune_forms_next(forms, &client, NULL) == ATTUNE_OK && client.count > 0)
        count += client.count;
    attune_forms_free(forms);
    if (count != (uint64_t)CLIENTS * SESSIONS)
        exit(1);
    return now() - start;
}

static double lesser(double a, double b)
{
    return a < b ? a : b;
}

static int make_file(char *path, void (*write)(FILE *file))
{
    int open = mkstemp(path);
    FILE *file = open < 0 ? NULL : fdopen(open, "wb");
    if (!file)
        return 0;
    fputs("client,session,date,measure,rater,score\n", file);
    write(file);
    return fclose(file) == 0;
}

int main(void)
{
    int failed = 0;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        char path[] = "forms-XXXXXX";
        double alone = 1e9;
        double reader = 1e9;
        if (!make_file(path, shapes[i].write))
            return 1;
        for (int run = 0; run < RUNS; run++) {
            alone = lesser(alone, time_libcsv(path));
            reader = lesser(reader, time_reader(path));
        }
        unlink(path);
        printf("%-18s %d forms: libcsv alone %.3f s, reader %.3f s, ratio %.2f\n", shapes[i].name,
               CLIENTS * SESSIONS, alone, reader, reader / alone);
        failed = failed || (shapes[i].limited && reader > ratio_max * alone);
    }
    return failed;
}
