/* How long one PHQ-9 takes among a million in memory on one core, and what it allocates. */
/* SPDX-License-Identifier: MIT */
#include <attune/attune.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { FORMS = 1000000, ITEMS = 9, ROUNDS = 5 };
static const double goal = 50; /* ns a form */

static unsigned long allocations;

/* Linked with --wrap: every allocation of the program passes here. */
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size)
{
    allocations++;
    return __real_malloc(size);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Answers 0 to 3 that do not repeat too soon. */
static void fill(double *items)
{
    unsigned long state = 1;
    for (size_t i = 0; i < (size_t)FORMS * ITEMS; i++) {
        state = state * 6364136223846793005ul + 1442695040888963407ul;
        items[i] = (double)(state >> 62);
    }
}

static double sum_of(const double *items)
{
    double sum = 0;
    for (size_t i = 0; i < (size_t)FORMS * ITEMS; i++)
        sum += items[i];
    return sum;
}

int main(void)
{
    double *items = malloc(sizeof *items * FORMS * ITEMS);
    attune_score *totals = calloc(FORMS, sizeof *totals);
    const attune_scale *scale = attune_scale_find("phq-9");
    double least = 1e9, sum = 0;
    unsigned long before;
    if (!items || !totals || !scale)
        return EXIT_FAILURE;
    fill(items);
    before = allocations;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now(), taken;
        totals[0].struct_size = sizeof totals[0];
        if (attune_forms_score(scale, items, ITEMS, FORMS, totals, NULL, NULL) != ATTUNE_OK)
            return EXIT_FAILURE;
        taken = (now() - start) / FORMS * 1e9;
        least = taken < least ? taken : least;
    }
    for (size_t i = 0; i < FORMS; i++)
        sum += totals[i].score;
    printf("PHQ-9, a million forms in memory: %.1f ns a form (goal %g), best of %d\n", least, goal,
           ROUNDS);
    printf("allocations: %lu (counted); answers and totals %s\n", allocations - before,
           sum > sum_of(items) || sum < sum_of(items) ? "disagree" : "agree");
    before = allocations - before;
    sum -= sum_of(items);
    free(items);
    free(totals);
    return least < goal && before == 0 && !(sum > 0) && !(sum < 0) ? EXIT_SUCCESS : EXIT_FAILURE;
}
