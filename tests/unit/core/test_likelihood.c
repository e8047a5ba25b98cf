/* How likely a course is: worked by hand for one form, and what is refused. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

static const double example[] = GIVEN_EXAMPLE;
enum { EXAMPLE = sizeof example / sizeof *example };

/* An alliance measure without ends or steps. */
static attune_constants alliance(void)
{
    return given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .44, .28);
}

static attune_status ask(const attune_constants *c, const attune_rule_choice *choice,
                         const attune_series *series, double *got, attune_error *err)
{
    attune_watch *watch = given_watch(c, "own_range");
    attune_status status = attune_likelihood_scan(watch, choice, series, got, err);
    attune_watch_free(watch);
    return status;
}

static double likelihood(const attune_constants *c, const double *y, size_t count)
{
    const attune_rule_choice choice = given_choice("rupture_filter");
    const attune_series series = given_series(y, count);
    double got = NAN;
    assert_int_equal(ask(c, &choice, &series, &got, NULL), ATTUNE_OK);
    return got;
}

/* Clients' levels have an SD of 1.3 sqrt(1 / (1 - .77) - 1) spreads about the first form. */
static void one_form_is_a_mixture_of_four_spreads(void **state)
{
    static const double node[] = { -2.3344142183389773, -.7419637843027259 };
    static const double weight[] = { .04587585476806849, .45412414523193151 };
    const attune_constants c = alliance();
    const double y[] = { 5 };
    double sum = 0, levels = 1.3 * 1.3 * (1 / .23 - 1), log_sd = sqrt(log(1 + .35 * .35));
    (void)state;
    for (int i = 0; i < 4; i++) {
        double spread = exp(log_sd * (i < 2 ? node[i] : -node[i - 2]));
        double sd = .44 * sqrt(levels + spread * spread);
        sum += weight[i % 2] / (sd * sqrt(2 * 3.14159265358979323846));
    }
    assert_near(likelihood(&c, y, 1), log(sum), 1e-12);
}

static void what_was_not_completed_is_neither_likely_nor_unlikely(void **state)
{
    const attune_constants c = alliance();
    const double none[] = { NAN, NAN }, first[] = { 5 }, later[] = { NAN, 5, NAN };
    (void)state;
    assert_near(likelihood(&c, NULL, 0), 0, 0);
    assert_near(likelihood(&c, none, 2), 0, 0);
    assert_same(likelihood(&c, later, 3), likelihood(&c, first, 1));
}

static void ten_times_the_points_are_each_a_tenth_as_dense(void **state)
{
    attune_constants c = alliance();
    double y[EXAMPLE], before = likelihood(&c, example, EXAMPLE);
    (void)state;
    for (int i = 0; i < EXAMPLE; i++)
        y[i] = 10 * example[i];
    c.within_sd *= 10;
    assert_near(likelihood(&c, y, EXAMPLE), before - EXAMPLE * log(10), 1e-10);
}

static void a_score_that_falls_out_of_the_course_is_less_likely(void **state)
{
    const attune_constants c = alliance();
    double y[EXAMPLE], usual = likelihood(&c, example, 6);
    (void)state;
    memcpy(y, example, sizeof y);
    y[5] = 3;
    assert_true(likelihood(&c, y, 6) < usual - 2);
}

/* Everything that is refused leaves the figure as it was. */
static void refused(const attune_constants *c, const attune_rule_choice *choice,
                    const attune_series *series, attune_status status, const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    double got = 77;
    assert_int_equal(ask(c, choice, series, &got, &err), status);
    assert_int_equal(err.code, status);
    assert_string_equal(err.key, key);
    assert_near(got, 77, 0);
}

static void pointers_and_sizes_are_checked_first(void **state)
{
    const attune_constants c = alliance();
    const attune_rule_choice choice = given_choice("rupture_filter"), none = { 0 };
    attune_series series = given_series(example, EXAMPLE);
    attune_watch *watch = given_watch(&c, "own_range");
    double got = 77;
    (void)state;
    assert_int_equal(attune_likelihood_scan(NULL, &choice, &series, &got, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_likelihood_scan(watch, NULL, &series, &got, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_likelihood_scan(watch, &none, &series, &got, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_likelihood_scan(watch, &choice, NULL, &got, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_likelihood_scan(watch, &choice, &series, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    attune_watch_free(watch);
    series.struct_size = 4;
    refused(&c, &choice, &series, ATTUNE_E_STRUCT_SIZE, "struct_size");
    series = given_series(NULL, 3);
    refused(&c, &choice, &series, ATTUNE_E_ARGUMENT, "score");
}

static void a_rule_that_is_no_model_of_such_courses_is_refused(void **state)
{
    attune_constants c = alliance();
    attune_rule_choice choice = given_choice("own_range");
    const attune_series series = given_series(example, EXAMPLE);
    (void)state;
    refused(&c, &choice, &series, ATTUNE_E_OPTION, "rule");
    choice = given_choice("rupture_filter");
    c.construct = ATTUNE_CONSTRUCT_DISTRESS;
    refused(&c, &choice, &series, ATTUNE_E_OPTION, "rule");
    c = alliance();
    c.within_sd = NAN;
    refused(&c, &choice, &series, ATTUNE_E_CONSTANT, "rule");
    c = alliance();
    choice.params[3] = 2;
    refused(&c, &choice, &series, ATTUNE_E_OPTION, "hazard");
}

static void courses_are_checked_as_a_scan_checks_them(void **state)
{
    const double infinite[] = { 5, INFINITY };
    const int32_t falling[] = { 2, 1 };
    const attune_constants c = alliance();
    const attune_rule_choice choice = given_choice("rupture_filter");
    attune_series series = given_series(infinite, 2);
    (void)state;
    refused(&c, &choice, &series, ATTUNE_E_VALUE, "score");
    series = given_series(example, 2);
    series.session = falling;
    refused(&c, &choice, &series, ATTUNE_E_ORDER, "session");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_form_is_a_mixture_of_four_spreads),
        cmocka_unit_test(what_was_not_completed_is_neither_likely_nor_unlikely),
        cmocka_unit_test(ten_times_the_points_are_each_a_tenth_as_dense),
        cmocka_unit_test(a_score_that_falls_out_of_the_course_is_less_likely),
        cmocka_unit_test(pointers_and_sizes_are_checked_first),
        cmocka_unit_test(a_rule_that_is_no_model_of_such_courses_is_refused),
        cmocka_unit_test(courses_are_checked_as_a_scan_checks_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
