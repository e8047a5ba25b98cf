/* The methods beyond Jacobson and Truax, the group they stand on, and conventions. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

/* Thirty couples of Jacobson & Truax: mean and SD before and after, correlation, r .88; 90.5 to 97.
 */
static const attune_change_group couples = {
    .struct_size = sizeof couples,
    .n = 30,
    .pre_mean = 81.58333333333333,
    .pre_sd = 11.82566127,
    .post_mean = 98.05,
    .post_sd = 19.2418142,
    .correlation = .51772136,
};

static attune_constants of_couples(void)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_OTHER, NAN, NAN);
    c.reliability = .88;
    return c;
}

static attune_change_options by(int32_t method)
{
    attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
    o.method = method;
    o.group = &couples;
    return o;
}

static attune_change fit(const attune_constants *c, const attune_change_options *o, double first,
                         double last)
{
    const double scores[2] = { first, last };
    attune_change change = { .struct_size = sizeof change };
    assert_int_equal(attune_change_fit(c, o, scores, 2, &change, NULL), ATTUNE_OK);
    return change;
}

/* clinicalsignificance 2.1.0 on R 4.2.2 for the first couple, nine digits as printed. */
static void the_first_couple_has_the_figures_of_every_method(void **state)
{
    const double rci[] = { 1.12197273, 1.34772380, -1.5839167, 1.84790577, 1.38724784, 1.42211581 };
    attune_constants c = of_couples();
    (void)state;
    for (int32_t m = ATTUNE_METHOD_JT; m <= ATTUNE_METHOD_HA; m++) {
        attune_change_options o = by(m);
        attune_change change = fit(&c, &o, 90.5, 97);
        assert_int_equal(change.method, m);
        assert_near(change.rci, rci[m], 2e-8);
        assert_near(change.rci_p, erfc(fabs(change.rci) / sqrt(2)), 0);
        assert_int_equal(change.basis, ATTUNE_BASIS_FORMULA);
        assert_int_equal(change.reliable, ATTUNE_RELIABLE_UNCHANGED);
    }
}

/* ReliableTrendIndex 0.2.0: rci(-12, SD 6 and 6.78, r .80 and .84). */
static void two_spreads_may_stand_under_the_fraction_line(void **state)
{
    const attune_change_group g = { .struct_size = sizeof g, .pre_sd = 6, .post_sd = 6.78 };
    attune_constants c = of_couples();
    attune_change_options o = by(ATTUNE_METHOD_MAASSEN);
    attune_change change;
    (void)state;
    o.group = &g;
    o.reliability_post = .84;
    c.reliability = .8;
    change = fit(&c, &o, 30, 18);
    assert_near(change.rci, -2.9637599109107544, 1e-14);
    assert_near(change.threshold, 12 * 1.959963984540054 / 2.9637599109107544, 1e-14);
    o.method = ATTUNE_METHOD_MCNEMAR;
    assert_near(fit(&c, &o, 30, 18).rci, -3.1454006820988334, 1e-14);
    o.method = ATTUNE_METHOD_JT;
    assert_near(fit(&c, &o, 30, 18).rci, -3.1622776601683795, 1e-14);
    c.sd = 12; /* a constant goes before the group */
    assert_near(fit(&c, &o, 30, 18).rci, -3.1622776601683795 / 2, 1e-14);
}

static void case_6_without_what_a_method_needs_nothing_is_said(void **state)
{
    const attune_change_group flat = { .struct_size = sizeof flat, .correlation = NAN };
    const attune_change_group close = {
        .struct_size = sizeof close, .pre_sd = 9, .post_sd = 1, .correlation = .5
    }; /* less spread than error */
    const attune_change_group same = {
        .struct_size = sizeof same, .pre_sd = 9, .post_sd = 9, .correlation = 1
    };
    const attune_change_group *groups[] = { NULL, &flat, &close, &same };
    attune_constants c = of_couples();
    (void)state;
    for (size_t i = 0; i < LENGTH(groups); i++) {
        attune_change_options o = by(ATTUNE_METHOD_HA);
        attune_change change;
        o.group = groups[i];
        change = fit(&c, &o, 20, 10);
        assert_near(change.change, -10, 0);
        assert_true(isnan(change.rci) && isnan(change.rci_p) && isnan(change.post_index));
        assert_int_equal(change.reliable, -1);
        assert_int_equal(change.class_, -1);
        assert_int_equal(change.basis, ATTUNE_BASIS_NONE);
        assert_int_equal(change.confirmed_row, -1);
    }
}

static void a_share_of_the_first_score_decides(void **state)
{
    const struct {
        double first, last;
        int32_t reliable;
    } rows[] = {
        { 20, 10, ATTUNE_RELIABLE_IMPROVED },
        { 20, 10.1, ATTUNE_RELIABLE_UNCHANGED },
        { 20, 25, ATTUNE_RELIABLE_DETERIORATED },
        { 20, 24.9, ATTUNE_RELIABLE_UNCHANGED },
        { 20, 20, ATTUNE_RELIABLE_UNCHANGED },
        { -20, -30, ATTUNE_RELIABLE_IMPROVED },
        { 0, 5, -1 },
    };
    attune_constants c = of_couples();
    attune_change_options o = by(ATTUNE_METHOD_PERCENTAGE);
    (void)state;
    c.direction = ATTUNE_HIGHER_WORSE;
    assert_int_equal(fit(&c, &o, 20, 10).reliable, -1);
    o.percent_improved = .5;
    assert_int_equal(fit(&c, &o, 20, 10).basis, ATTUNE_BASIS_NONE);
    o.percent_deteriorated = .25;
    for (size_t i = 0; i < LENGTH(rows); i++)
        assert_int_equal(fit(&c, &o, rows[i].first, rows[i].last).reliable, rows[i].reliable);
    assert_int_equal(fit(&c, &o, 20, 10).basis, ATTUNE_BASIS_SHARE);
    assert_true(isnan(fit(&c, &o, 20, 10).rci));
}

static void points_decide(void **state)
{
    attune_constants c = of_couples();
    attune_change_options o = by(ATTUNE_METHOD_ANCHOR);
    (void)state;
    c.direction = ATTUNE_HIGHER_BETTER;
    assert_int_equal(fit(&c, &o, 20, 25).reliable, -1);
    o.points_improved = 5;
    assert_int_equal(fit(&c, &o, 20, 25).reliable, -1);
    o.points_deteriorated = 4;
    assert_int_equal(fit(&c, &o, 20, 25).reliable, ATTUNE_RELIABLE_IMPROVED);
    assert_int_equal(fit(&c, &o, 20, 24.9).reliable, ATTUNE_RELIABLE_UNCHANGED);
    assert_int_equal(fit(&c, &o, 20, 16).reliable, ATTUNE_RELIABLE_DETERIORATED);
    assert_int_equal(fit(&c, &o, 0, 5).reliable, ATTUNE_RELIABLE_IMPROVED);
}

static void cutoff_b_has_the_functional_spread_unless_the_package_is_asked(void **state)
{
    attune_constants c = of_couples();
    attune_change_options o = by(ATTUNE_METHOD_JT);
    (void)state;
    c.direction = ATTUNE_HIGHER_BETTER;
    c.functional_mean = 114.8;
    c.functional_sd = 10;
    o.cutoff_type = ATTUNE_CUTOFF_B;
    assert_near(fit(&c, &o, 90.5, 97).cutoff, 94.8, 1e-12);
    o.convention = ATTUNE_CHANGE_PACKAGE; /* the clinical population is the group before */
    assert_near(fit(&c, &o, 90.5, 97).cutoff, 114.8 - 2 * 11.82566127, 1e-12);
}

static void nothing_divides_by_two_spreads_of_nothing(void **state)
{
    attune_constants c = of_couples();
    attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
    (void)state;
    c.functional_mean = 20;
    c.clinical_mean = 10;
    c.functional_sd = c.clinical_sd = 0;
    assert_true(isnan(fit(&c, &o, 20, 10).cutoff));
}

static void ha_asks_more_of_the_last_score(void **state)
{
    attune_constants c = of_couples();
    attune_change_options o = by(ATTUNE_METHOD_HA);
    (void)state;
    c.direction = ATTUNE_HIGHER_BETTER;
    c.cutoff = 95;
    assert_int_equal(fit(&c, &o, 80, 120).class_, ATTUNE_CLASS_RECOVERED);
    assert_int_equal(fit(&c, &o, 80, 96).class_, ATTUNE_CLASS_IMPROVED); /* within error of 95 */
    assert_int_equal(fit(&c, &o, 100, 120).class_, ATTUNE_CLASS_IMPROVED);
    assert_int_equal(fit(&c, &o, 120, 80).class_, ATTUNE_CLASS_HARMED);
    assert_int_equal(fit(&c, &o, 140, 115).class_, ATTUNE_CLASS_DETERIORATED);
    o.convention = ATTUNE_CHANGE_PACKAGE;
    assert_int_equal(fit(&c, &o, 140, 115).class_, ATTUNE_CLASS_HARMED);
    assert_int_equal(fit(&c, &o, 80, 120).class_, ATTUNE_CLASS_RECOVERED);
}

static void a_change_is_confirmed_by_the_next_score(void **state)
{
    const struct {
        double scores[6];
        int64_t row;
    } rows[] = {
        { { 20, 13, 15, 12, NAN, 11 }, 3 }, /* 13 alone is not confirmed */
        { { 20, 27, 13, 20, 20, 20 }, -1 }, /* worse, then better */
        { { NAN, 20, 27, 28, 10, 10 }, 2 },
        { { 20, 20, 20, 20, 20, 10 }, -1 },
    };
    attune_constants c = of_couples();
    (void)state;
    c.change_threshold = 6;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        attune_change change = { .struct_size = sizeof change };
        assert_int_equal(attune_change_fit(&c, NULL, rows[i].scores, 6, &change, NULL), ATTUNE_OK);
        assert_int_equal(change.confirmed_row, rows[i].row);
    }
}

static void a_group_has_its_means_spreads_and_correlation(void **state)
{
    const double pre[] = { 1, 2, NAN, 3, 7 }, post[] = { 2, 4, 5, 6, NAN };
    attune_change_group g = { .struct_size = sizeof g };
    (void)state;
    assert_int_equal(attune_change_group_fit(pre, post, 5, &g, NULL), ATTUNE_OK);
    assert_int_equal(g.n, 3);
    assert_near(g.pre_mean, 2, 0);
    assert_near(g.pre_sd, 1, 0);
    assert_near(g.post_mean, 4, 0);
    assert_near(g.post_sd, 2, 0);
    assert_near(g.correlation, 1, 1e-15);
    assert_int_equal(attune_change_group_fit(pre, (const double[]) { 5, 5, 5, 5, 5 }, 5, &g, NULL),
                     ATTUNE_OK);
    assert_true(isnan(g.correlation));
    assert_int_equal(attune_change_group_fit((const double[]) { 5, 5 }, post, 2, &g, NULL),
                     ATTUNE_OK);
    assert_true(isnan(g.correlation));
}

static void a_group_that_cannot_be_had_is_refused(void **state)
{
    const double ok[] = { 1, 2 }, infinite[] = { 1, INFINITY }, vast[] = { 1.7e308, -1.7e308 };
    attune_change_group g = { .struct_size = sizeof g, .n = 77 };
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    assert_int_equal(attune_change_group_fit(NULL, ok, 2, &g, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_change_group_fit(ok, NULL, 2, &g, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_change_group_fit(ok, ok, 2, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_change_group_fit(ok, infinite, 2, &g, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 1);
    assert_int_equal(attune_change_group_fit(infinite, ok, 2, &g, &err), ATTUNE_E_VALUE);
    assert_int_equal(attune_change_group_fit(ok, ok, 1, &g, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_change_group_fit(NULL, NULL, 0, &g, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_change_group_fit(ok, vast, 2, &g, &err), ATTUNE_E_NUMERIC);
    assert_int_equal(attune_change_group_fit(vast, ok, 2, &g, &err), ATTUNE_E_NUMERIC);
    assert_int_equal(attune_change_group_fit(ok, ok, (size_t)INT32_MAX + 1, &g, &err),
                     ATTUNE_E_COUNT);
    assert_int_equal(g.n, 77);
    g.struct_size = 8;
    assert_int_equal(attune_change_group_fit(ok, ok, 2, &g, &err), ATTUNE_E_STRUCT_SIZE);
}

/* 30 to 24 over sessions, -1.2 a session, .6 off: index -2; on the average -1 a session, -1/3. */
static void hlm_judges_the_slope_or_what_it_is_beyond_the_average(void **state)
{
    const attune_change_slope slope = { sizeof slope, 6, -1.2, -.2, .6 };
    attune_constants c = of_couples();
    attune_change_options o = by(ATTUNE_METHOD_HLM);
    attune_change change;
    (void)state;
    c.direction = ATTUNE_HIGHER_WORSE;
    c.functional_mean = 60;
    c.functional_sd = 10;
    o.slopes = &slope;
    o.cutoff_type = ATTUNE_CUTOFF_C;
    change = fit(&c, &o, 90, 30);
    assert_near(change.rci, -2, 1e-15);
    assert_int_equal(change.basis, ATTUNE_BASIS_FORMULA);
    assert_int_equal(change.reliable, ATTUNE_RELIABLE_IMPROVED);
    assert_int_equal(change.class_, ATTUNE_CLASS_RECOVERED);
    assert_near(change.cutoff, (11.82566127 * 60 + 10 * 81.58333333333333) / 21.82566127, 1e-15);
    assert_true(isnan(change.threshold) && isnan(change.post_index));
    assert_int_equal(change.confirmed_row, -1);
    o.convention = ATTUNE_CHANGE_PACKAGE;
    change = fit(&c, &o, 90, 30);
    assert_near(change.rci, -1.0 / 3, 1e-15);
    assert_int_equal(change.class_, ATTUNE_CLASS_UNCHANGED);
}

static void case_8_hlm_without_a_measured_slope_says_nothing(void **state)
{
    const attune_change_slope none = { sizeof none, 6, -1.2, 0, NAN };
    const double scores[] = { 30, 24 };
    attune_constants c = of_couples();
    attune_change_options o = by(ATTUNE_METHOD_HLM);
    attune_change change = fit(&c, &o, 30, 24);
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    assert_true(isnan(change.rci));
    assert_int_equal(change.reliable, -1);
    assert_int_equal(change.basis, ATTUNE_BASIS_NONE);
    o.slopes = &none;
    change = fit(&c, &o, 30, 24);
    assert_true(isnan(change.rci));
    assert_int_equal(change.reliable, -1);
    assert_near(change.change, -6, 0);
    o.slopes = NULL;
    o.basis = ATTUNE_BASIS_FORMULA;
    assert_int_equal(attune_change_fit(&c, &o, scores, 2, &change, &err), ATTUNE_E_CONSTANT);
    assert_string_equal(err.key, "slopes");
}

static void further_columns_have_their_names(void **state)
{
    size_t count;
    const attune_field *fields = attune_change_details(&count);
    (void)state;
    assert_int_equal(count, 3);
    assert_string_equal(fields[0].name, "rci_p");
    assert_ptr_equal(attune_change_details(NULL), fields);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_couple_has_the_figures_of_every_method),
        cmocka_unit_test(two_spreads_may_stand_under_the_fraction_line),
        cmocka_unit_test(case_6_without_what_a_method_needs_nothing_is_said),
        cmocka_unit_test(a_share_of_the_first_score_decides),
        cmocka_unit_test(points_decide),
        cmocka_unit_test(cutoff_b_has_the_functional_spread_unless_the_package_is_asked),
        cmocka_unit_test(nothing_divides_by_two_spreads_of_nothing),
        cmocka_unit_test(ha_asks_more_of_the_last_score),
        cmocka_unit_test(a_change_is_confirmed_by_the_next_score),
        cmocka_unit_test(a_group_has_its_means_spreads_and_correlation),
        cmocka_unit_test(a_group_that_cannot_be_had_is_refused),
        cmocka_unit_test(hlm_judges_the_slope_or_what_it_is_beyond_the_average),
        cmocka_unit_test(case_8_hlm_without_a_measured_slope_says_nothing),
        cmocka_unit_test(further_columns_have_their_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
