/* Fits associations of caseloads given on standard input and prints every figure of theirs. */
/* SPDX-License-Identifier: MIT */
#include <attune/associate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_rows(const attune_association *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const attune_association *f = &rows[i];
        printf("%s,%s,%s,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%d,%d,%s\n", f->part,
               f->direction ? f->direction : "", f->statistic, f->estimate, f->se, f->low, f->high,
               f->df, f->p, (int)f->n, (int)f->clients, f->reason ? f->reason : "");
    }
}

static int read_rows(size_t clients, size_t rows, uint64_t *starts, int32_t *session,
                     double *scores)
{
    int read = 1;
    for (size_t g = 0, size; read && g < clients; g++) {
        read = scanf("%zu", &size) == 1;
        starts[g + 1] = read ? starts[g] + size : 0;
    }
    for (size_t i = 0; read && i < rows; i++)
        read = scanf("%d %lf %lf %lf", &session[i], &scores[i], &scores[rows + i],
                     &scores[2 * rows + i]) == 4;
    return read;
}

/* "reml early technique clients rows", the clients' sizes, then session and scores of each row. */
static int fit(int reml, int early, int technique, size_t clients, size_t rows)
{
    attune_associate_options how = ATTUNE_ASSOCIATE_OPTIONS_INIT;
    attune_association found[ATTUNE_ASSOCIATIONS_MAX] = { { .struct_size = sizeof found[0] } };
    uint64_t *starts = calloc(clients + 1, sizeof *starts);
    int32_t *session = calloc(rows, sizeof *session);
    double *scores = calloc(3 * rows, sizeof *scores);
    size_t n = 0, size = attune_associate_work(clients, rows);
    void *work = malloc(size);
    attune_status status = ATTUNE_E_MEMORY;
    how.reml = reml;
    how.early = early;
    if (starts && session && scores && work && read_rows(clients, rows, starts, session, scores)) {
        attune_sessions s = {
            sizeof s, clients, rows,          starts,
            session,  scores,  scores + rows, technique ? scores + 2 * rows : NULL
        };
        status =
            attune_associate_fit(&how, &s, work, size, found, ATTUNE_ASSOCIATIONS_MAX, &n, NULL);
    }
    print_rows(found, n);
    printf("%d\n", (int)status);
    free(starts);
    free(session);
    free(scores);
    free(work);
    return status != ATTUNE_E_MEMORY;
}

int main(void)
{
    int reml, early, technique;
    size_t clients, rows;
    while (scanf("%d %d %d %zu %zu", &reml, &early, &technique, &clients, &rows) == 5)
        if (!fit(reml, early, technique, clients, rows))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
