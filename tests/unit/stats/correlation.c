/* Correlations: worked examples, intervals, cases 1 to 4 of the header, refusals in order. */
/* SPDX-License-Identifier: MIT */
#include <attune/correlation.h>

#include "tests/unit/near.h"

static attune_error err = ATTUNE_ERROR_INIT;

static attune_overlap overlap_of(double jk, double jh, double kh, uint64_t n)
{
    attune_overlap o = { .struct_size = sizeof o };
    assert_int_equal(attune_overlap_compare(jk, jh, kh, n, &o, NULL), ATTUNE_OK);
    return o;
}

/* cocor 1.1-4, cocor.dep.groups.overlap(.2, .5, .1, 315) and (.278, .10, .30, 200), as printed. */
static void two_worked_examples_come_out_as_cocor_prints_them(void **state)
{
    attune_overlap o = overlap_of(.2, .5, .1, 315);
    (void)state;
    assert_near(o.williams_t, -4.4950, 5e-5);
    assert_near(o.dunn_clark_z, -4.4412, 5e-5);
    assert_near(o.steiger_z, -4.4152, 5e-5);
    assert_near(o.meng_z, -4.3899, 5e-5);
    assert_near(o.meng_low, -.5013, 5e-5);
    assert_near(o.meng_high, -.1918, 5e-5);
    assert_near(o.hittner_z, -4.4077, 5e-5);
    assert_near(o.zou_low, -.4307, 5e-5);
    assert_near(o.zou_high, -.1675, 5e-5);
    o = overlap_of(.278, .10, .30, 200);
    assert_near(o.difference, .178, 1e-15);
    assert_near(o.df, 197, 0);
    assert_near(o.williams_t, 2.1906, 5e-5);
    assert_near(o.williams_p, .0297, 5e-5);
    assert_near(o.steiger_z, 2.1712, 5e-5);
    assert_near(o.meng_z, 2.1655, 5e-5);
    assert_near(o.meng_low, .0176, 5e-5);
    assert_near(o.meng_high, .3528, 5e-5);
    assert_near(o.zou_low, .0176, 5e-5);
    assert_near(o.zou_high, .3353, 5e-5);
}

/* Flueckiger, Del Re, Wampold & Horvath 2018: r = .278 is d = .579. */
static void r_turns_into_d_as_published(void **state)
{
    attune_correlation c = { .struct_size = sizeof c };
    (void)state;
    assert_int_equal(attune_correlation_of(.278, 200, 0, &c, NULL), ATTUNE_OK);
    assert_near(c.d, .579, 5e-4);
    assert_same(c.r, .278);
    assert_near(c.df, 198, 0);
    assert_near(c.low, tanh(atanh(.278) - 1.959963984540054 / sqrt(197)), 1e-15);
    assert_near(c.high, tanh(atanh(.278) + 1.959963984540054 / sqrt(197)), 1e-15);
    assert_near(c.t, .278 * sqrt(198 / (1 - .278 * .278)), 1e-14);
}

/* Each variable that is partialled out costs one case. */
static void controls_cost_as_many_cases(void **state)
{
    attune_correlation plain = { .struct_size = sizeof plain }, partial = plain;
    (void)state;
    assert_int_equal(attune_correlation_of(-.4, 20, 0, &plain, NULL), ATTUNE_OK);
    assert_int_equal(attune_correlation_of(-.4, 22, 2, &partial, NULL), ATTUNE_OK);
    assert_memory_equal(&plain, &partial, sizeof plain);
}

/* Crits-Christoph et al. 2011: .77 of one session; two sessions .87, four .93 by the formula. */
static void a_mean_of_sessions_is_more_dependable(void **state)
{
    double d = 7;
    (void)state;
    assert_int_equal(attune_dependability_of(.77, 2, &d, NULL), ATTUNE_OK);
    assert_near(d, .87, 5e-4);
    assert_int_equal(attune_dependability_of(.77, 4, &d, NULL), ATTUNE_OK);
    assert_near(d, .93, 1e-3);
    assert_int_equal(attune_dependability_of(0, 5, &d, NULL), ATTUNE_OK);
    assert_same(d, 0);
    assert_int_equal(attune_dependability_of(1, 1, &d, NULL), ATTUNE_OK);
    assert_same(d, 1);
    d = 7;
    assert_int_equal(attune_dependability_of(.5, 2, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_dependability_of(-.1, 2, &d, &err), ATTUNE_E_VALUE);
    assert_int_equal(attune_dependability_of(1.1, 2, &d, &err), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "single");
    assert_int_equal(attune_dependability_of(.5, .5, &d, &err), ATTUNE_E_VALUE);
    assert_int_equal(attune_dependability_of(.5, INFINITY, &d, &err), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "sessions");
    assert_same(d, 7);
}

/* Turning all of one measure round turns the sign of every figure about the shared one. */
static void signs_go_with_the_measures(void **state)
{
    attune_overlap a = overlap_of(.3, -.2, .1, 60), b = overlap_of(-.3, .2, .1, 60);
    attune_overlap c = overlap_of(-.2, .3, .1, 60);
    (void)state;
    assert_same(a.williams_t, -b.williams_t);
    assert_same(a.steiger_z, -b.steiger_z);
    assert_same(a.zou_low, -b.zou_high);
    assert_same(a.meng_low, -b.meng_high);
    assert_same(a.williams_t, -c.williams_t);
    assert_near(a.zou_high, -c.zou_low, 1e-15);
    assert_same(a.meng_z, -c.meng_z);
}

static void equal_correlations_do_not_differ(void **state)
{
    attune_overlap o = overlap_of(.3, .3, .5, 4);
    (void)state;
    assert_same(o.williams_t, 0);
    assert_near(o.williams_p, 1, 0);
    assert_near(o.df, 1, 0);
    assert_near(o.zou_low, -o.zou_high, 1e-15);
}

/* Fisher 1925: (atanh .7 - atanh .6) / sqrt(1 / 302 + 1 / 207), 305 and 210 pairs. */
static void two_samples_are_compared_by_their_z(void **state)
{
    attune_independent in = { .struct_size = sizeof in };
    (void)state;
    assert_int_equal(attune_independent_compare(.7, 305, .6, 210, &in, NULL), ATTUNE_OK);
    assert_near(in.z, (atanh(.7) - atanh(.6)) / sqrt(1 / 302.0 + 1 / 207.0), 1e-14);
    assert_near(in.difference, .1, 1e-15);
    assert_true(in.low < .1 && in.high > .1 && in.p > .01 && in.p < .1);
}

static void degrees_of_freedom_beyond_a_million_change_nothing(void **state)
{
    attune_overlap o = overlap_of(.3, .299, .5, 5000000);
    (void)state;
    assert_near(o.williams_p, o.meng_p, 1e-5);
    assert_true(o.williams_p > 0 && o.williams_p < 1);
}

static attune_status compare(double jk, double jh, double kh, uint64_t n)
{
    attune_overlap o = { .struct_size = sizeof o, .df = 77 };
    attune_status status = attune_overlap_compare(jk, jh, kh, n, &o, &err);
    assert_same(o.df, 77);
    return status;
}

static void cases_1_to_3_are_answered_as_the_header_says(void **state)
{
    attune_correlation c = { .struct_size = sizeof c, .d = 77 };
    attune_independent in = { .struct_size = sizeof in, .z = 77 };
    (void)state;
    assert_int_equal(compare(.3, .2, .1, 3), ATTUNE_E_TOO_FEW);
    assert_string_equal(err.key, "n");
    assert_int_equal(attune_correlation_of(.3, 3, 0, &c, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_correlation_of(.3, 5, 2, &c, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_correlation_of(.3, 2, UINT64_MAX, &c, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_independent_compare(.3, 9, .2, 3, &in, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_independent_compare(.3, 3, .2, 9, &in, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_correlation_of(-1, 9, 0, &c, &err), ATTUNE_E_NUMERIC);
    assert_string_equal(err.key, "r");
    assert_int_equal(compare(.3, .3, 1, 9), ATTUNE_E_NUMERIC);
    assert_string_equal(err.key, "r_kh");
    assert_int_equal(compare(.9, -.9, .9, 9), ATTUNE_E_NUMERIC);
    assert_string_equal(err.key, "r");
    assert_int_equal(compare(.6, .8, 0, 9), ATTUNE_E_NUMERIC); /* j follows from k and h */
    assert_same(c.d, 77);
    assert_same(in.z, 77);
}

/* Case 4: with the mean of Fisher's z for both, these three could not be at once. */
static void a_variance_of_an_approximation_may_be_none(void **state)
{
    attune_overlap o = overlap_of(.9999, 0, -.01, 50);
    (void)state;
    assert_true(isnan(o.hittner_z) && isnan(o.hittner_p));
    assert_true(isfinite(o.williams_t) && isfinite(o.zou_low) && isfinite(o.steiger_z));
}

static void correlations_are_within_minus_1_and_1(void **state)
{
    attune_correlation c = { .struct_size = sizeof c };
    (void)state;
    assert_int_equal(compare(NAN, .2, .1, 1), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "r_jk");
    assert_int_equal(compare(.3, 1.5, .1, 9), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "r_jh");
    assert_int_equal(attune_correlation_of(-INFINITY, 9, 0, &c, &err), ATTUNE_E_VALUE);
}

static void rooms_are_checked_first(void **state)
{
    attune_overlap o = { .struct_size = 4 };
    attune_nonoverlap apart = { .struct_size = sizeof apart };
    attune_quartet q = { .struct_size = sizeof q }, small = { .struct_size = 4 };
    attune_independent in = { .struct_size = 8 };
    attune_correlation c = { .struct_size = 8 };
    (void)state;
    assert_int_equal(attune_overlap_compare(7, 7, 7, 1, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_overlap_compare(7, 7, 7, 1, &o, &err), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_nonoverlap_compare(NULL, 1, &apart, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_nonoverlap_compare(&q, 1, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_nonoverlap_compare(&small, 1, &apart, &err), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_independent_compare(7, 1, 7, 1, &in, &err), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_correlation_of(7, 1, 0, &c, &err), ATTUNE_E_STRUCT_SIZE);
}

/* cocor's own example, cocor.dep.groups.nonoverlap(.2, .7, .4, .5, .1, .3, 232): exchange of the
   pairs turns the sign, and of the measures in a pair nothing. */
static void four_measures_may_be_named_in_any_order(void **state)
{
    attune_quartet q = { .struct_size = sizeof q,
                         .r_jk = .2,
                         .r_hm = .7,
                         .r_jh = .4,
                         .r_jm = .5,
                         .r_kh = .1,
                         .r_km = .3 };
    attune_quartet turned = { .struct_size = sizeof q,
                              .r_jk = .7,
                              .r_hm = .2,
                              .r_jh = .4,
                              .r_jm = .1,
                              .r_kh = .5,
                              .r_km = .3 };
    attune_quartet within = { .struct_size = sizeof q,
                              .r_jk = .2,
                              .r_hm = .7,
                              .r_jh = .1,
                              .r_jm = .3,
                              .r_kh = .4,
                              .r_km = .5 };
    attune_nonoverlap a = { .struct_size = sizeof a }, b = a, c = a;
    (void)state;
    assert_int_equal(attune_nonoverlap_compare(&q, 232, &a, NULL), ATTUNE_OK);
    assert_int_equal(attune_nonoverlap_compare(&turned, 232, &b, NULL), ATTUNE_OK);
    assert_int_equal(attune_nonoverlap_compare(&within, 232, &c, NULL), ATTUNE_OK);
    assert_near(a.steiger_z, -b.steiger_z, 1e-14);
    assert_near(a.silver_z, -b.silver_z, 1e-14);
    assert_near(a.pearson_filon_z, -b.pearson_filon_z, 1e-14);
    assert_near(a.zou_low, -b.zou_high, 1e-14);
    assert_near(a.dunn_clark_z, c.dunn_clark_z, 1e-14);
    assert_near(a.silver_z, c.silver_z, 1e-14);
    q.r_km = -.9;
    assert_int_equal(attune_nonoverlap_compare(&q, 232, &a, &err), ATTUNE_E_NUMERIC);
    q.r_km = 2;
    assert_int_equal(attune_nonoverlap_compare(&q, 232, &a, &err), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "r_km");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_worked_examples_come_out_as_cocor_prints_them),
        cmocka_unit_test(r_turns_into_d_as_published),
        cmocka_unit_test(controls_cost_as_many_cases),
        cmocka_unit_test(a_mean_of_sessions_is_more_dependable),
        cmocka_unit_test(signs_go_with_the_measures),
        cmocka_unit_test(equal_correlations_do_not_differ),
        cmocka_unit_test(two_samples_are_compared_by_their_z),
        cmocka_unit_test(degrees_of_freedom_beyond_a_million_change_nothing),
        cmocka_unit_test(cases_1_to_3_are_answered_as_the_header_says),
        cmocka_unit_test(a_variance_of_an_approximation_may_be_none),
        cmocka_unit_test(correlations_are_within_minus_1_and_1),
        cmocka_unit_test(rooms_are_checked_first),
        cmocka_unit_test(four_measures_may_be_named_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
