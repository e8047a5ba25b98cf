/* Run lengths: an example worked out elsewhere, the cap, what is not completed, refusals. */
/* SPDX-License-Identifier: MIT */
#include <attune/runlength.h>

#include "tests/unit/near.h"

static double work[600], other[600];
static const attune_runlength_options usual = ATTUNE_RUNLENGTH_OPTIONS_INIT;
static const double y[] = { 5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.2,
                            4.5, 5.9, 6.0, 6.1, 5.9, 6.0, 6.2, 6.1 };

static attune_runlength push(double *memory, double score)
{
    attune_runlength run = { .struct_size = sizeof run };
    assert_int_equal(attune_runlength_push(memory, score, &run, NULL), ATTUNE_OK);
    return run;
}

/* The recursion of R's ocp 0.1.1 (gaussian.R), carried out in R 4.2.2. */
static void two_changes_shorten_the_likeliest_run(void **state)
{
    static const int32_t likeliest[] = { 1, 2, 3, 4, 5, 6, 7, 2, 3, 4, 2, 3, 4, 5, 6, 7 };
    static const double one[] = { .95,     .035397, .029143, .049664, .064053, .036790,
                                  .287692, .020685, .012706, .151875, .061979, .034341,
                                  .025789, .017612, .016464, .012864 };
    attune_runlength_options o = usual;
    (void)state;
    o.m = 5.5;
    assert_int_equal(attune_runlength_start(work, sizeof work, &o, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 16; i++) {
        attune_runlength run = push(work, y[i]);
        assert_int_equal(run.likeliest, likeliest[i]);
        assert_near(run.one, one[i], 1e-6);
        assert_true(run.recent >= run.one + 0.05 - 1e-12 && run.recent <= 1 + 1e-12);
        assert_same(run.capped, 0.0);
        assert_int_equal(run.n, i + 1);
    }
}

static void a_cap_that_is_not_reached_changes_nothing_and_one_that_is_forgets(void **state)
{
    attune_runlength_options o = usual, small = usual;
    attune_runlength a, b;
    (void)state;
    o.m = small.m = 5.5;
    small.cap = 3;
    attune_runlength_start(work, sizeof work, &o, NULL);
    attune_runlength_start(other, sizeof other, &small, NULL);
    for (size_t i = 0; i < 16; i++) {
        a = push(work, y[i]);
        b = push(other, y[i]);
        if (i < 3)
            assert_memory_equal(&a.one, &b.one, sizeof a.one);
        if (i == 5) /* three scores alike and more: all that is known is that it lasts */
            assert_int_equal(b.likeliest, 3);
    }
    assert_true(b.capped > 0.5 && b.capped <= 1.0);
    assert_near(b.recent + b.capped, 1.0, 1e-12);
    for (size_t i = 0; i < 20; i++)
        b = push(other, 6.1);
    assert_true(b.capped > 0.9); /* no jump any more: the oldest run is the likeliest */
    b = push(other, 1.0);
    for (size_t i = 0; i < 6; i++)
        b = push(other, i % 2 ? 1.1 : 0.9);
    assert_true(b.capped > 0.5);
}

static void a_form_not_completed_changes_nothing(void **state)
{
    (void)state;
    attune_runlength_start(work, sizeof work, &usual, NULL);
    assert_int_equal(push(work, NAN).n, 0);
    assert_same(push(work, NAN).recent, 1.0);
    attune_runlength before = push(work, 0.2), after = push(work, NAN);
    assert_memory_equal(&before, &after, sizeof before);
}

static void far_scores_leave_probabilities(void **state)
{
    static const double far[] = { 1e100, -1e100, 0, 1e-300, 5 };
    (void)state;
    attune_runlength_start(work, sizeof work, &usual, NULL);
    for (size_t i = 0; i < 5; i++) {
        attune_runlength run = push(work, far[i]);
        assert_true(run.recent > 0 && run.recent <= 1 + 1e-9);
    }
}

static void calls_that_cannot_be_are_refused_in_order(void **state)
{
    attune_runlength_options o = usual;
    attune_runlength run = { .struct_size = sizeof run, .n = 77 }, thin = { .struct_size = 4 };
    (void)state;
    assert_int_equal(attune_runlength_work(2), 0);
    assert_int_equal(attune_runlength_work(4097), 0);
    assert_int_equal(attune_runlength_start(NULL, 9, &o, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_runlength_start(work, 9, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_runlength_start(work, 9, &o, NULL), ATTUNE_E_COUNT);
    o.cap = 2;
    assert_int_equal(attune_runlength_start(work, sizeof work, &o, NULL), ATTUNE_E_OPTION);
    o = usual;
    o.lambda = 1.0;
    assert_int_equal(attune_runlength_start(work, sizeof work, &o, NULL), ATTUNE_E_OPTION);
    o = usual;
    o.b = NAN;
    assert_int_equal(attune_runlength_start(work, sizeof work, &o, NULL), ATTUNE_E_OPTION);
    o = usual;
    o.a = 1e3;
    assert_int_equal(attune_runlength_start(work, sizeof work, &o, NULL), ATTUNE_E_OPTION);
    o.struct_size = 4;
    assert_int_equal(attune_runlength_start(work, sizeof work, &o, NULL), ATTUNE_E_STRUCT_SIZE);
    attune_runlength_start(work, sizeof work, &usual, NULL);
    assert_int_equal(attune_runlength_push(NULL, 1, &run, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_runlength_push(work, 1, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_runlength_push(work, 1, &thin, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_runlength_push(work, INFINITY, &run, NULL), ATTUNE_E_VALUE);
    assert_int_equal(attune_runlength_push(work, -2e100, &run, NULL), ATTUNE_E_NUMERIC);
    assert_int_equal(run.n, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_changes_shorten_the_likeliest_run),
        cmocka_unit_test(a_cap_that_is_not_reached_changes_nothing_and_one_that_is_forgets),
        cmocka_unit_test(a_form_not_completed_changes_nothing),
        cmocka_unit_test(far_scores_leave_probabilities),
        cmocka_unit_test(calls_that_cannot_be_are_refused_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
