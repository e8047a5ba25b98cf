/* Estimates what is given on standard input, and prints every figure under its name. */
/* SPDX-License-Identifier: MIT */
#include <attune/psychometrics.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int read_number(double *value)
{
    char text[64];
    if (scanf("%63s", text) != 1)
        return 0;
    *value = strtod(text, NULL);
    return 1;
}

static double value_of(const attune_field *field, const void *result)
{
    const char *at = (const char *)result + field->offset;
    int32_t count;
    double real;
    memcpy(&count, at, sizeof count);
    memcpy(&real, at, field->type == ATTUNE_FIELD_REAL ? sizeof real : 0);
    return field->type == ATTUNE_FIELD_REAL ? real : count;
}

static void print_all(const char *prefix, const attune_field *fields, size_t count,
                      const void *result)
{
    for (size_t i = 0; i < count; i++)
        printf("%s%s %.17g\n", prefix, fields[i].name, value_of(&fields[i], result));
}

/* "items p n", then n forms of p answers. */
static int items(void)
{
    size_t p, n, count, size;
    attune_consistency found = { .struct_size = sizeof found };
    attune_consistency_item each[ATTUNE_ITEMS_MAX] = { { .struct_size = sizeof each[0] } };
    double *answers;
    void *work;
    int good = scanf("%zu %zu", &p, &n) == 2;
    size = good ? attune_consistency_work(p) : 0;
    answers = good ? calloc(p * n, sizeof *answers) : NULL;
    work = malloc(size);
    for (size_t i = 0; good && i < p * n; i++)
        good = read_number(&answers[i]);
    if (good &&
        attune_consistency_fit(answers, p, n, work, size, &found, each, NULL) == ATTUNE_OK) {
        const attune_field *fields = attune_consistency_fields(&count);
        print_all("", fields, count, &found);
        fields = attune_consistency_item_fields(&count);
        for (size_t i = 0; i < p; i++) {
            char prefix[24];
            (void)snprintf(prefix, sizeof prefix, "%zu.", i + 1);
            print_all(prefix, fields, count, &each[i]);
        }
    }
    free(answers);
    free(work);
    return good;
}

static void put_stability(const attune_stability *found)
{
    size_t count;
    const attune_field *fields = attune_stability_fields(&count);
    print_all("", fields, count, found);
}

/* "courses clients rows reliability", the clients' sizes, then session, day and score of each. */
static int courses(void)
{
    size_t clients, n, size;
    double reliability = NAN, session = 0;
    attune_stability found = { .struct_size = sizeof found };
    int good = scanf("%zu %zu", &clients, &n) == 2 && read_number(&reliability);
    uint64_t *starts = good ? calloc(clients + 1, sizeof *starts) : NULL;
    int32_t *sessions = good ? calloc(n, sizeof *sessions) : NULL;
    double *values = good ? calloc(2 * n, sizeof *values) : NULL;
    void *work;
    size = good ? attune_stability_work(clients, n) : 0;
    work = malloc(size);
    for (size_t c = 0, own; good && c < clients; c++) {
        good = scanf("%zu", &own) == 1;
        starts[c + 1] = good ? starts[c] + own : 0;
    }
    for (size_t i = 0; good && i < n; i++) {
        good = read_number(&session) && read_number(&values[n + i]) && read_number(&values[i]);
        sessions[i] = (int32_t)session;
    }
    if (good && attune_stability_fit(starts, clients, values, sessions, values + n, n, reliability,
                                     work, size, &found, NULL) == ATTUNE_OK)
        put_stability(&found);
    free(starts);
    free(sessions);
    free(values);
    free(work);
    return good;
}

/* One case after another; an empty line ends each answer. */
int main(void)
{
    char kind[16];
    while (scanf("%15s", kind) == 1) {
        if (!(strcmp(kind, "items") == 0 ? items() : courses()))
            return EXIT_FAILURE;
        printf("\n");
    }
    return EXIT_SUCCESS;
}
