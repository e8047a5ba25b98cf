/* rupture_filter in simulated courses: what it finds beside other methods, and true chances. */
/* SPDX-License-Identifier: MIT */
#include "tests/simulate/ideal.h"
#include "tests/unit/near.h"

#include <attune/attune.h>

#include <stdlib.h>

/* Not a seed on which a setting was chosen (tests/nightly/accuracy). */
#define SEED 271828
#define CLIENTS 1500

static const double rates[] = { .02, .05, .10 };

static attune_watch *watch_of(const char *rule, double hazard)
{
    attune_constants constants = { .struct_size = sizeof constants };
    attune_rule_choice choice;
    attune_watch *watch = NULL;
    attune_scale_constants(attune_scale_find("demo-alliance"), &constants);
    assert_int_equal(attune_rule_choose(attune_rule_find(rule), &choice), ATTUNE_OK);
    if (hazard > 0)
        choice.params[3] = hazard;
    assert_int_equal(attune_watch_new(&watch, &constants, &choice, 1, NULL, NULL), ATTUNE_OK);
    return watch;
}

static void scan(const attune_watch *watch, const course *c, verdict *v)
{
    attune_trace traces[TALLY_SESSIONS] = { { .struct_size = sizeof *traces } };
    attune_mark marks[2 * TALLY_SESSIONS] = { { .struct_size = sizeof *marks } };
    attune_series series = { .struct_size = sizeof series, .count = (uint64_t)c->n, .score = c->y };
    size_t n;
    assert_int_equal(
        attune_scan(watch, &series, marks, 2 * TALLY_SESSIONS, &n, traces, TALLY_SESSIONS, NULL),
        ATTUNE_OK);
    for (int32_t t = 0; t < c->n; t++) {
        v->statistic[t] = traces[t].statistic;
        v->began[t] = traces[t].p_began;
        v->open[t] = traces[t].p_open;
    }
}

/* The method's tally in one world; the caller frees it. */
static tally measure(const char *name, const char *rule, double hazard)
{
    attune_world world = { .struct_size = sizeof world };
    attune_watch *watch = watch_of(rule, hazard);
    tally t = { 0 };
    course c;
    verdict v;
    void *work;
    assert_int_equal(attune_world_describe(name, &world), ATTUNE_OK);
    work = malloc(attune_simulate_work(&world));
    for (uint64_t i = 0; i < CLIENTS; i++) {
        assert_true(course_make(&world, SEED, i, work, &c));
        scan(watch, &c, &v);
        tally_add(&t, &c, &v);
    }
    free(work);
    attune_watch_free(watch);
    tally_end(&t);
    return t;
}

/* ---- What it finds ---- */

typedef struct both {
    const tally *of, *beside;
} both;

/* Mean over the three rates: one figure with less error than three. */
static double gain(const void *of, int32_t without)
{
    const both *b = of;
    double sum = 0;
    for (int r = 0; r < 3; r++)
        sum += tally_sensitivity(b->of, rates[r], without) -
               tally_sensitivity(b->beside, rates[r], without);
    return sum / 3;
}

static double ratio(const void *of, int32_t without)
{
    const both *b = of;
    double found = 0, beside = 0;
    for (int r = 0; r < 3; r++) {
        found += tally_sensitivity(b->of, rates[r], without);
        beside += tally_sensitivity(b->beside, rates[r], without);
    }
    return found / beside;
}

/* Larger by more than two standard errors of the difference, in each of the three. */
static void it_finds_more_onsets_than_own_range(void **state)
{
    static const char *const names[] = { "default", "shallow", "inertia" };
    (void)state;
    for (int w = 0; w < 3; w++) {
        tally filter = measure(names[w], "rupture_filter", 0);
        tally range = measure(names[w], "own_range", 0);
        both b = { &filter, &range };
        estimate more = tally_estimate(gain, &b);
        print_message("%s: %+.3f, standard error %.3f\n", names[w], more.value, more.error);
        assert_true(more.value > 2 * more.error);
        tally_free(&filter);
        tally_free(&range);
    }
}

#define PARTICLES 1000

static tally ideal_in(const char *name)
{
    attune_world world = { .struct_size = sizeof world };
    ideal p = { .n = PARTICLES,
                .particle = calloc(PARTICLES, sizeof *p.particle),
                .drawn = calloc(PARTICLES, sizeof *p.drawn),
                .weight = calloc(PARTICLES, sizeof *p.weight) };
    void *state = malloc(atn_random_size()), *work;
    tally t = { 0 };
    course c;
    verdict v;
    assert_int_equal(attune_world_describe(name, &world), ATTUNE_OK);
    work = malloc(attune_simulate_work(&world));
    atn_random_begin(&p.random, state, SEED + 1);
    for (uint64_t i = 0; i < CLIENTS; i++) {
        assert_true(course_make(&world, SEED, i, work, &c));
        ideal_judge(&p, &world, &c, &v);
        tally_add(&t, &c, &v);
    }
    free(work);
    free(state);
    free(p.particle);
    free(p.drawn);
    free(p.weight);
    tally_end(&t);
    return t;
}

/*
 * The goal is .98 of what a filter finds that knows the world; the estimate has to lie within two
 * of its standard errors of that or above. own_range has about .93.
 */
static void it_finds_nearly_what_a_filter_finds_that_knows_the_world(void **state)
{
    tally filter = measure("default", "rupture_filter", 0), best = ideal_in("default");
    both b = { &filter, &best };
    estimate share = tally_estimate(ratio, &b);
    (void)state;
    print_message("%.3f of the ideal, standard error %.3f\n", share.value, share.error);
    assert_true(share.error < .02);
    assert_true(share.value > .98 - 2 * share.error);
    tally_free(&filter);
    tally_free(&best);
}

/* ---- Whether its chances are true ---- */

static double off(const void *of, int32_t without)
{
    return tally_miscalibration(of, without);
}

/* What chance gives, with its standard error, goes to the log of the test. */
static double miscalibrated(const char *name, double hazard, int open)
{
    tally t = measure(name, "rupture_filter", hazard);
    estimate e = tally_estimate(off, open ? &t.open : &t.began);
    print_message("%s, %s: %.4f, standard error %.4f\n", name, open ? "open" : "began", e.value,
                  e.error);
    tally_free(&t);
    return e.value;
}

static void its_chances_are_true_within_two_hundredths(void **state)
{
    static const char *const began[] = { "default", "shallow", "inertia",
                                         "gradual", "partial", "drop-out" };
    (void)state;
    for (size_t w = 0; w < sizeof began / sizeof *began; w++)
        assert_true(miscalibrated(began[w], 0, 0) < .02);
}

/* Where ruptures are rarer or more frequent than is believed, a clinic's own rate mends it. */
static void a_clinics_own_rate_makes_them_true_where_the_usual_one_does_not(void **state)
{
    (void)state;
    assert_true(miscalibrated("low-hazard", 0, 0) > .02);
    assert_true(miscalibrated("low-hazard", .02, 0) < .02);
    assert_true(miscalibrated("low-hazard", .02, 1) < .02);
    assert_true(miscalibrated("high-hazard", .08, 0) < .02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_finds_more_onsets_than_own_range),
        cmocka_unit_test(it_finds_nearly_what_a_filter_finds_that_knows_the_world),
        cmocka_unit_test(its_chances_are_true_within_two_hundredths),
        cmocka_unit_test(a_clinics_own_rate_makes_them_true_where_the_usual_one_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
