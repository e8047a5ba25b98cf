/* Run lengths of a course: the same as live, a prior that looks back, refusals, false alarms. */
/* SPDX-License-Identifier: MIT */
#include <attune/runlength.h>

#include "tests/unit/near.h"

enum { ROOM = 16 };

static double work[2000], live[600];
static attune_runlength runs[ROOM];
static const attune_runlength_options usual = ATTUNE_RUNLENGTH_OPTIONS_INIT;
static const double y[] = { 5.2, 5.4, 5.1, NAN, 5.8, 5.7, 4.3, 4.2,
                            4.5, 5.9, 6.0, 6.1, NAN, 6.0, 6.2, 6.1 };

static attune_runlength_options look_back(void)
{
    attune_runlength_options o = usual;
    o.m = o.b = NAN;
    return o;
}

static attune_status fit(const attune_runlength_options *o, const double *scores, size_t n)
{
    runs->struct_size = sizeof *runs;
    return attune_runlength_fit(o, scores, n, work, sizeof work, runs, NULL);
}

static void a_course_with_a_known_prior_is_what_pushes_give(void **state)
{
    attune_runlength_options o = usual;
    (void)state;
    o.m = 5.5;
    assert_int_equal(fit(&o, y, 16), ATTUNE_OK);
    attune_runlength_start(live, sizeof live, &o, NULL);
    for (size_t i = 0; i < 16; i++) {
        attune_runlength run = { .struct_size = sizeof run };
        attune_runlength_push(live, y[i], &run, NULL);
        assert_memory_equal(&run, &runs[i], sizeof run);
        assert_int_equal(run.change, run.n > 2 && run.recent >= 0.5);
    }
}

/* The mean and the steps of the fourteen scores, by hand: 76.5 / 14 and 5.1 / 13. */
static void a_prior_that_looks_back_is_the_courses_mean_and_spread(void **state)
{
    attune_runlength_options o = look_back(), given = usual;
    attune_runlength own[ROOM];
    double spread = 5.1 / 13 * 0.88622692545275801;
    (void)state;
    assert_int_equal(fit(&o, y, 16), ATTUNE_OK);
    memcpy(own, runs, sizeof own);
    given.m = 76.5 / 14;
    given.b = spread * spread;
    assert_int_equal(fit(&given, y, 16), ATTUNE_OK);
    for (size_t i = 0; i < 16; i++) {
        assert_int_equal(own[i].likeliest, runs[i].likeliest);
        assert_near(own[i].recent, runs[i].recent, 1e-12);
        assert_near(own[i].one, runs[i].one, 1e-12);
    }
    o.m = 76.5 / 14; /* each alone looked for */
    fit(&o, y, 16);
    assert_near(own[9].recent, runs[9].recent, 1e-12);
    given.m = NAN;
    fit(&given, y, 16);
    assert_near(own[9].recent, runs[9].recent, 1e-12);
}

static void units_are_no_matter_to_a_prior_that_looks_back(void **state)
{
    static const double units[] = { 1e-306, 1e-3, 7, 1e307 };
    const attune_runlength_options o = look_back();
    attune_runlength own[ROOM];
    (void)state;
    fit(&o, y, 16);
    memcpy(own, runs, sizeof own);
    for (size_t u = 0; u < 4; u++) {
        double scores[ROOM];
        for (size_t i = 0; i < 16; i++)
            scores[i] = -y[i] * units[u];
        assert_int_equal(fit(&o, scores, 16), ATTUNE_OK);
        for (size_t i = 0; i < 16; i++)
            assert_near(own[i].recent, runs[i].recent, 1e-9);
    }
}

static void what_does_not_vary_has_one_long_run(void **state)
{
    static const double equal[] = { 0.3, 0.1 + 0.2, 0.3, 0.3 }, alone[] = { NAN, 7 };
    const attune_runlength_options o = look_back();
    (void)state;
    assert_int_equal(fit(&o, equal, 4), ATTUNE_OK);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(runs[i].likeliest, i + 1);
        assert_int_equal(runs[i].change, 0);
    }
    assert_int_equal(fit(&o, alone, 2), ATTUNE_OK);
    assert_int_equal(runs[1].likeliest, 1);
}

static void calls_that_cannot_be_are_refused_in_order(void **state)
{
    static const double far[] = { 2e100, INFINITY }, none[] = { NAN };
    attune_runlength_options o = usual, thin = usual;
    attune_runlength small = { .struct_size = 4 };
    (void)state;
    runs->n = 77;
    thin.struct_size = 4;
    assert_int_equal(fit(NULL, y, 16), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_runlength_fit(&o, y, 16, NULL, 9, runs, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(fit(&o, NULL, 16), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_runlength_fit(&o, y, 16, work, 9, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(fit(&thin, y, 16), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_runlength_fit(&o, y, 16, work, sizeof work, &small, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(fit(&o, y, (size_t)INT32_MAX + 1), ATTUNE_E_COUNT);
    assert_int_equal(attune_runlength_fit(&o, y, 16, work, 9, runs, NULL), ATTUNE_E_COUNT);
    o.k = 0.0;
    assert_int_equal(fit(&o, far, 2), ATTUNE_E_OPTION);
    o = usual;
    assert_int_equal(fit(&o, far, 2), ATTUNE_E_VALUE);
    assert_int_equal(fit(&o, none, 1), ATTUNE_E_TOO_FEW);
    assert_int_equal(fit(&o, NULL, 0), ATTUNE_E_TOO_FEW);
    assert_int_equal(fit(&o, far, 1), ATTUNE_E_NUMERIC);
    o.m = 1e99;
    o.b = NAN;
    assert_int_equal(fit(&o, &y[3], 2), ATTUNE_OK); /* one score alone: any spread */
    o.m = 1e100;
    runs->n = 77;
    assert_int_equal(fit(&o, y, 16), ATTUNE_E_OPTION); /* 1e101 spreads away */
    assert_int_equal(runs->n, 77);
    o = look_back();
    assert_int_equal(fit(&o, far, 1), ATTUNE_OK);
}

static void false_alarms_are_rarer_when_changes_are(void **state)
{
    attune_runlength_options often = look_back(), seldom = look_back(), given = usual;
    double rate, error, again, fewer, known;
    (void)state;
    given.m = 3e99;
    given.b = 1e-90;
    seldom.lambda = 200.0;
    attune_runlength_alarm(&often, 12, 500, 1, work, sizeof work, &rate, &error, NULL);
    attune_runlength_alarm(&often, 12, 500, 1, work, sizeof work, &again, &error, NULL);
    attune_runlength_alarm(&seldom, 12, 500, 1, work, sizeof work, &fewer, &error, NULL);
    assert_int_equal(
        attune_runlength_alarm(&given, 12, 500, 1, work, sizeof work, &known, &error, NULL),
        ATTUNE_OK);
    assert_same(rate, again);
    assert_true(rate > 0.005 && rate < 0.1);
    assert_true(fewer < rate);
    assert_true(known > 0.0 && known < 0.3);
    assert_near(error, sqrt(known * (1 - known) / 500), 1e-15);
}

static void false_alarms_are_refused_in_order(void **state)
{
    attune_runlength_options o = usual, thin = usual;
    double rate = 7, error = 7;
    size_t least = attune_runlength_work(o.cap);
    (void)state;
    thin.struct_size = 4;
    const struct {
        const attune_runlength_options *o;
        size_t n, rounds, size;
        double *rate, *error;
        attune_status wanted;
    } calls[] = {
        { NULL, 6, 9, sizeof work, &rate, &error, ATTUNE_E_ARGUMENT },
        { &o, 6, 9, sizeof work, NULL, &error, ATTUNE_E_ARGUMENT },
        { &o, 6, 9, sizeof work, &rate, NULL, ATTUNE_E_ARGUMENT },
        { &thin, 6, 9, sizeof work, &rate, &error, ATTUNE_E_STRUCT_SIZE },
        { &o, 0, 9, sizeof work, &rate, &error, ATTUNE_E_COUNT },
        { &o, (size_t)INT32_MAX + 1, 9, sizeof work, &rate, &error, ATTUNE_E_COUNT },
        { &o, 6, 0, sizeof work, &rate, &error, ATTUNE_E_COUNT },
        { &o, 6, 9, 8, &rate, &error, ATTUNE_E_COUNT },
        { &o, 6, 9, least, &rate, &error, ATTUNE_E_COUNT },
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        assert_int_equal(attune_runlength_alarm(calls[i].o, calls[i].n, calls[i].rounds, 1, work,
                                                calls[i].size, calls[i].rate, calls[i].error, NULL),
                         calls[i].wanted);
    assert_int_equal(attune_runlength_alarm(&o, 6, 9, 1, NULL, 9, &rate, &error, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_runlength_alarm_work(2, 6), 0);
    assert_int_equal(attune_runlength_alarm_work(64, (size_t)INT32_MAX + 1), 0);
    assert_same(rate, 7);
    assert_same(error, 7);
}

static void columns_are_those_of_the_struct(void **state)
{
    size_t count;
    const attune_field *fields = attune_runlength_fields(&count);
    (void)state;
    assert_int_equal(count, 7);
    assert_string_equal(fields[1].name, "likeliest");
    assert_int_equal(fields[6].offset, offsetof(attune_runlength, change));
    assert_ptr_equal(attune_runlength_fields(NULL), fields);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_course_with_a_known_prior_is_what_pushes_give),
        cmocka_unit_test(a_prior_that_looks_back_is_the_courses_mean_and_spread),
        cmocka_unit_test(units_are_no_matter_to_a_prior_that_looks_back),
        cmocka_unit_test(what_does_not_vary_has_one_long_run),
        cmocka_unit_test(calls_that_cannot_be_are_refused_in_order),
        cmocka_unit_test(false_alarms_are_rarer_when_changes_are),
        cmocka_unit_test(false_alarms_are_refused_in_order),
        cmocka_unit_test(columns_are_those_of_the_struct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
