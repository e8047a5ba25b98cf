/* Threads share one watch and the built-in tables: each gets the bits that one alone got. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/attune.h>

#include <pthread.h>
#include <string.h>

#define THREADS 8
#define ROUNDS 200
#define SESSIONS 16
#define MARKS 64

static const double course[SESSIONS] = { 5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.2,
                                         4.5, 5.9, 6.0, 6.1, 5.9, 6.0, 6.2, 6.1 };
static const double answers[9] = { 3, 0, 1, 2, 0, 0, 1, 0, 3 };

/* Everything that one thread works out in a round; plain bytes, so that memcmp compares it. */
typedef struct answer {
    attune_mark marks[MARKS];
    attune_mark pushed[MARKS];
    attune_score total;
    attune_change change;
    size_t n_marks, n_pushed;
} answer;

typedef struct worker {
    pthread_t thread;
    const attune_watch *watch; /* one for all */
    const answer *expected;
    int failures;
} worker;

static void push_course(const attune_watch *watch, answer *out)
{
    attune_monitor *monitor = NULL;
    if (attune_monitor_new(&monitor, watch, NULL, NULL) != ATTUNE_OK)
        return;
    for (int32_t i = 0; i < SESSIONS; i++) {
        size_t n = 0;
        out->pushed[out->n_pushed].struct_size = sizeof(attune_mark);
        if (attune_monitor_push(monitor, i + 1, NAN, course[i], out->pushed + out->n_pushed,
                                MARKS - out->n_pushed, &n, NULL) == ATTUNE_OK)
            out->n_pushed += n;
    }
    attune_monitor_free(monitor);
}

static void work_out(const attune_watch *watch, answer *out)
{
    attune_series series = { .struct_size = sizeof series, .count = SESSIONS, .score = course };
    attune_constants constants = { .struct_size = sizeof constants };
    memset(out, 0, sizeof *out);
    out->marks[0].struct_size = sizeof(attune_mark);
    attune_scan(watch, &series, out->marks, MARKS, &out->n_marks, NULL, 0, NULL);
    push_course(watch, out);
    out->total.struct_size = sizeof out->total;
    attune_form_score(attune_scale_find("phq-9"), answers, 9, &out->total, NULL, 0, NULL);
    attune_scale_constants(attune_scale_find("demo-alliance"), &constants);
    out->change.struct_size = sizeof out->change;
    attune_change_fit(&constants, NULL, course, SESSIONS, &out->change, NULL);
}

static void *work(void *context)
{
    worker *self = context;
    answer mine;
    for (int round = 0; round < ROUNDS; round++) {
        work_out(self->watch, &mine);
        self->failures += memcmp(&mine, self->expected, sizeof mine) != 0;
    }
    return NULL;
}

static attune_watch *watch_by_every_rule(void)
{
    attune_constants constants = { .struct_size = sizeof constants };
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    attune_watch *watch = NULL;
    size_t n = 0;
    assert_int_equal(attune_scale_constants(attune_scale_find("demo-alliance"), &constants), 0);
    while (attune_ruleset_choice(attune_ruleset_find("live"), n, &choices[n]) == ATTUNE_OK)
        n++;
    assert_int_equal(attune_watch_new(&watch, &constants, choices, n, NULL, NULL), 0);
    return watch;
}

static void threads_share_a_watch_and_agree_to_the_bit(void **state)
{
    (void)state;
    attune_watch *watch = watch_by_every_rule();
    worker workers[THREADS] = { { 0 } };
    answer expected;
    work_out(watch, &expected);
    assert_true(expected.n_marks > 0);
    assert_int_equal(expected.n_pushed, expected.n_marks);
    for (int i = 0; i < THREADS; i++) {
        workers[i].watch = watch;
        workers[i].expected = &expected;
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        assert_int_equal(workers[i].failures, 0);
    }
    attune_watch_free(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_share_a_watch_and_agree_to_the_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
