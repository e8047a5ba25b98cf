/* How long core takes for one client of 20 sessions, and that it allocates nothing. */
/* SPDX-License-Identifier: MIT */
#include <attune/attune.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SESSIONS = 20, CLIENTS = 20000, ITEMS = 6 };

static unsigned long allocations;

/* Linked with --wrap: every allocation of the program passes here. */
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size)
{
    allocations++;
    return __real_malloc(size);
}

typedef struct clinic {
    const attune_scale *scale;
    attune_constants constants;
    attune_watch *watch;
    double items[SESSIONS * ITEMS], score[SESSIONS];
} clinic;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void require(attune_status status)
{
    if (status == ATTUNE_OK)
        return;
    fprintf(stderr, "status %d\n", (int)status);
    exit(EXIT_FAILURE);
}

static void open_clinic(clinic *c)
{
    static const char *const five[] = { "below_cutoff", "drop", "erosion", "own_range",
                                        "reliable_worse" };
    attune_rule_choice choices[5];
    c->scale = attune_scale_find("demo-alliance");
    c->constants.struct_size = sizeof c->constants;
    require(attune_scale_constants(c->scale, &c->constants));
    for (size_t i = 0; i < 5; i++)
        require(attune_rule_choose(attune_rule_find(five[i]), &choices[i]));
    /* A cut-off and a reliable change, and no construct, so that all five rules work. */
    c->constants.construct = ATTUNE_CONSTRUCT_OTHER;
    c->constants.cutoff = 4;
    c->constants.change_threshold = 1;
    require(attune_watch_new(&c->watch, &c->constants, choices, 5, NULL, NULL));
    for (size_t i = 0; i < SESSIONS * ITEMS; i++)
        c->items[i] = (double)(4 + (i * i / ITEMS + i) % 4);
}

static void one_client(clinic *c, size_t *marks)
{
    attune_score totals[SESSIONS] = { { .struct_size = sizeof totals[0] } };
    attune_change change = { .struct_size = sizeof change };
    attune_mark found[2 * SESSIONS * 5] = { { .struct_size = sizeof found[0] } };
    attune_series series = { .struct_size = sizeof series, .count = SESSIONS, .score = c->score };
    size_t n = 0;
    require(attune_forms_score(c->scale, c->items, ITEMS, SESSIONS, totals, NULL, NULL));
    for (size_t i = 0; i < SESSIONS; i++)
        c->score[i] = totals[i].score;
    require(attune_change_fit(&c->constants, NULL, c->score, SESSIONS, &change, NULL));
    require(attune_scan(c->watch, &series, found, 2 * SESSIONS * 5, &n, NULL, 0, NULL));
    *marks += n;
}

static void push_client(const clinic *c, attune_monitor *monitor)
{
    attune_mark found[10] = { { .struct_size = sizeof found[0] } };
    size_t n = 0;
    for (int32_t i = 0; i < SESSIONS; i++)
        require(attune_monitor_push(monitor, i + 1, NAN, c->score[i], found, 10, &n, NULL));
}

int main(void)
{
    static clinic c;
    attune_monitor *monitor = NULL;
    size_t marks = 0;
    unsigned long before;
    double start, client, push = 0;
    open_clinic(&c);
    before = allocations;
    start = now();
    for (int i = 0; i < CLIENTS; i++)
        one_client(&c, &marks);
    client = (now() - start) / CLIENTS * 1e6;
    if (allocations != before)
        return EXIT_FAILURE;
    for (int i = 0; i < CLIENTS / 10; i++) {
        require(attune_monitor_new(&monitor, c.watch, NULL, NULL));
        before = allocations;
        start = now();
        push_client(&c, monitor);
        push += now() - start;
        if (allocations != before)
            return EXIT_FAILURE;
        attune_monitor_free(monitor);
    }
    push = push / (CLIENTS / 10) / SESSIONS * 1e6;
    printf("score, change and five rules, %d sessions: %.3f us a client (goal 10)\n", SESSIONS,
           client);
    printf("push at %d sessions, five rules: %.3f us a session (goal 1)\n", SESSIONS, push);
    printf("allocations in score, change, scan and push: 0 (counted)\n");
    attune_watch_free(c.watch);
    return client < 10 && push < 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
