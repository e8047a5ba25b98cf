/* Reliable and clinically significant change: published figures, degenerate cases, the checks. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

static attune_constants nothing(void)
{
    return given_constants(ATTUNE_CONSTRUCT_OTHER, NAN, NAN);
}

/* Jacobson & Truax 1991, J Consult Clin Psychol 59:12-19: the marital satisfaction example. */
static attune_constants jacobson_truax(void)
{
    attune_constants c = nothing();
    c.sd = c.clinical_sd = c.functional_sd = 7.5;
    c.reliability = .80;
    c.clinical_mean = 40;
    c.functional_mean = 60;
    return c;
}

static attune_change fit(const attune_constants *c, const attune_change_options *options,
                         double first, double last)
{
    const double scores[2] = { first, last };
    attune_change change = { .struct_size = sizeof change };
    attune_error err = ATTUNE_ERROR_INIT;
    if (attune_change_fit(c, options, scores, 2, &change, &err) != ATTUNE_OK)
        fail_msg("%s: %s", err.key, err.text);
    return change;
}

static attune_change fit_with(const attune_constants *c, int32_t cutoff, int32_t basis, double z,
                              double first, double last)
{
    attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
    o.cutoff_type = cutoff;
    o.basis = basis;
    o.z = z;
    return fit(c, &o, first, last);
}

/* The constant that a basis asked for by name is refused for. */
static const char *lacking(const attune_constants *c, int32_t basis)
{
    static attune_error err;
    const double scores[2] = { 1, 2 };
    attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
    attune_change change = { .struct_size = sizeof change };
    err = (attune_error)ATTUNE_ERROR_INIT;
    o.basis = basis;
    assert_int_equal(attune_change_fit(c, &o, scores, 2, &change, &err), ATTUNE_E_CONSTANT);
    return err.key;
}

static void the_example_of_jacobson_and_truax_comes_out_as_printed(void **state)
{
    attune_constants c = jacobson_truax();
    attune_change change = fit(&c, NULL, 32.5, 47.5);
    (void)state;
    assert_same(change.first, 32.5);
    assert_same(change.last, 47.5);
    assert_same(change.change, 15);
    assert_near(change.rci, 3.1622777, 5e-8);
    assert_near(change.threshold, 1.959963984540054 * 4.7434165, 5e-8);
    assert_int_equal(change.basis, ATTUNE_BASIS_FORMULA);
    assert_int_equal(change.cutoff_type, ATTUNE_CUTOFF_C);
    assert_near(change.cutoff, 50, 1e-12);
    assert_int_equal(change.reliable, ATTUNE_RELIABLE_IMPROVED);
    assert_int_equal(change.class_, ATTUNE_CLASS_IMPROVED); /* 47.5 is still below 50 */
    assert_near(fit_with(&c, ATTUNE_CUTOFF_A, 0, 0, 1, 2).cutoff, 55, 1e-12);
    assert_near(fit_with(&c, ATTUNE_CUTOFF_B, 0, 0, 1, 2).cutoff, 45, 1e-12);
}

/* Where lower is better a and b lie on the other side: 40 and 60 change places. */
static void cutoffs_a_and_b_turn_with_the_direction(void **state)
{
    attune_constants c = jacobson_truax();
    (void)state;
    c.direction = ATTUNE_HIGHER_WORSE;
    c.clinical_mean = 60;
    c.functional_mean = 40;
    assert_near(fit_with(&c, ATTUNE_CUTOFF_A, 0, 0, 1, 2).cutoff, 45, 1e-12);
    assert_near(fit_with(&c, ATTUNE_CUTOFF_B, 0, 0, 1, 2).cutoff, 55, 1e-12);
    assert_near(fit_with(&c, ATTUNE_CUTOFF_C, 0, 0, 1, 2).cutoff, 50, 1e-12);
}

static void the_threshold_takes_the_exact_quantile(void **state)
{
    /* The test vector of CECPfuns: SD 7.5, reliability .8; with 1.96 it would be 9.297096. */
    attune_constants c = jacobson_truax();
    (void)state;
    assert_near(fit(&c, NULL, 1, 2).threshold, 9.296925484568419, 1e-15);
}

static void the_first_couple_of_jacobson_1989_has_the_index_of_clinicalsignificance(void **state)
{
    /* R package clinicalsignificance 2.1.0, data jacobson_1989, method JT */
    attune_constants c = nothing();
    (void)state;
    c.sd = 11.82566127;
    c.reliability = .88;
    assert_near(fit(&c, NULL, 90.5, 97.0).rci, 1.12197273, 5e-9);
    assert_int_equal(fit(&c, NULL, 90.5, 97.0).reliable, ATTUNE_RELIABLE_UNCHANGED);
}

static void the_formula_is_strict(void **state)
{
    attune_constants c = nothing();
    (void)state;
    c.sd = 1;
    c.reliability = .5; /* the standard error of the difference is 1 */
    assert_near(fit_with(&c, -1, ATTUNE_BASIS_FORMULA, 2, 0, 2).rci, 2, 1e-15);
    assert_int_equal(fit_with(&c, -1, 0, 1.5, 0, 2).reliable, ATTUNE_RELIABLE_IMPROVED);
    assert_int_equal(fit_with(&c, -1, 0, 2.5, 0, 2).reliable, ATTUNE_RELIABLE_UNCHANGED);
    assert_near(fit_with(&c, -1, 0, .5, 0, 2).threshold, .5, 1e-15);
    assert_int_equal(fit_with(&c, -1, 0, fit(&c, NULL, 0, 2).rci, 0, 2).reliable,
                     ATTUNE_RELIABLE_UNCHANGED);
}

static void a_published_threshold_counts_as_its_bound_says(void **state)
{
    attune_constants c = nothing();
    (void)state;
    c.change_threshold = 6;
    assert_int_equal(fit(&c, NULL, 10, 16).reliable, ATTUNE_RELIABLE_IMPROVED);
    assert_int_equal(fit(&c, NULL, 16, 10).reliable, ATTUNE_RELIABLE_DETERIORATED);
    assert_int_equal(fit(&c, NULL, 10, 15.9).reliable, ATTUNE_RELIABLE_UNCHANGED);
    c.change_bound = ATTUNE_BOUND_STRICT;
    assert_int_equal(fit(&c, NULL, 10, 16).reliable, ATTUNE_RELIABLE_UNCHANGED);
    assert_int_equal(fit(&c, NULL, 10, 16.1).reliable, ATTUNE_RELIABLE_IMPROVED);
    c.direction = ATTUNE_HIGHER_WORSE;
    assert_int_equal(fit(&c, NULL, 10, 16.1).reliable, ATTUNE_RELIABLE_DETERIORATED);
}

static void the_published_threshold_goes_before_the_formula_unless_asked(void **state)
{
    attune_constants c = jacobson_truax();
    (void)state;
    c.change_threshold = 6;
    assert_int_equal(fit(&c, NULL, 40, 46).basis, ATTUNE_BASIS_PUBLISHED);
    assert_same(fit(&c, NULL, 40, 46).threshold, 6);
    assert_near(fit(&c, NULL, 40, 46).rci, 6 / 4.7434165, 1e-8);
    assert_int_equal(fit_with(&c, -1, ATTUNE_BASIS_FORMULA, NAN, 40, 46).basis,
                     ATTUNE_BASIS_FORMULA);
    assert_int_equal(fit_with(&c, -1, ATTUNE_BASIS_FORMULA, NAN, 40, 46).reliable,
                     ATTUNE_RELIABLE_UNCHANGED);
    assert_int_equal(fit_with(&c, -1, ATTUNE_BASIS_PUBLISHED, NAN, 40, 46).reliable,
                     ATTUNE_RELIABLE_IMPROVED);
}

static void five_classes_follow_from_reliability_and_the_side_of_the_cutoff(void **state)
{
    const struct {
        double first, last;
        int32_t class_;
    } rows[] = {
        { 40, 60, ATTUNE_CLASS_RECOVERED },    { 30, 45, ATTUNE_CLASS_IMPROVED },
        { 55, 70, ATTUNE_CLASS_IMPROVED },     { 49, 51, ATTUNE_CLASS_UNCHANGED },
        { 45, 30, ATTUNE_CLASS_DETERIORATED }, { 70, 55, ATTUNE_CLASS_DETERIORATED },
        { 60, 40, ATTUNE_CLASS_HARMED },       { 50, 65, ATTUNE_CLASS_IMPROVED },
        { 35, 50, ATTUNE_CLASS_IMPROVED },     { 65, 50, ATTUNE_CLASS_DETERIORATED },
        { 50, 35, ATTUNE_CLASS_DETERIORATED },
    };
    attune_constants c = jacobson_truax();
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        assert_int_equal(fit(&c, NULL, rows[i].first, rows[i].last).class_, rows[i].class_);
}

static void a_score_on_a_published_cutoff_counts_as_the_cutoff_says(void **state)
{
    attune_constants c = nothing();
    (void)state;
    c.direction = ATTUNE_HIGHER_WORSE;
    c.change_threshold = 5;
    c.cutoff = 10;
    assert_int_equal(fit(&c, NULL, 10, 5).class_, ATTUNE_CLASS_RECOVERED);
    assert_int_equal(fit(&c, NULL, 15, 10).class_, ATTUNE_CLASS_IMPROVED);
    assert_int_equal(fit(&c, NULL, 5, 10).class_, ATTUNE_CLASS_HARMED);
    c.cutoff_bound = ATTUNE_BOUND_STRICT;
    assert_int_equal(fit(&c, NULL, 10, 5).class_, ATTUNE_CLASS_IMPROVED);
    assert_int_equal(fit(&c, NULL, 15, 10).class_, ATTUNE_CLASS_RECOVERED);
    assert_int_equal(fit(&c, NULL, 5, 10).class_, ATTUNE_CLASS_DETERIORATED);
    assert_int_equal(fit(&c, NULL, 5, 11).class_, ATTUNE_CLASS_HARMED);
}

/* Scores below 0 and in tiny units: nothing of the figures hangs on their size. */
static void a_measure_may_have_any_origin_and_any_unit(void **state)
{
    attune_constants c = jacobson_truax();
    attune_change change;
    (void)state;
    c.sd = c.clinical_sd = c.functional_sd = .075;
    c.clinical_mean = -.60;
    c.functional_mean = -.40;
    change = fit(&c, NULL, -.504, -.25);
    assert_near(change.cutoff, -.50, 1e-15);
    assert_near(change.rci, .254 / .047434165, 1e-6);
    assert_int_equal(change.class_, ATTUNE_CLASS_RECOVERED);
    assert_int_equal(fit(&c, NULL, -.496, -.25).class_, ATTUNE_CLASS_IMPROVED);
    assert_int_equal(fit(&c, NULL, -.75, -.496).class_, ATTUNE_CLASS_RECOVERED);
    assert_int_equal(fit(&c, NULL, -.75, -.504).class_, ATTUNE_CLASS_IMPROVED);
    c.cutoff = -.45;
    assert_int_equal(fit(&c, NULL, -.496, -.25).class_, ATTUNE_CLASS_RECOVERED);
    c.sd = .5;
    c.reliability = NAN;
    assert_string_equal(lacking(&c, ATTUNE_BASIS_FORMULA), "reliability");
}

static void only_the_first_and_the_last_observed_score_count(void **state)
{
    const double scores[] = { NAN, 3, 99, NAN, -4, NAN };
    attune_constants c = nothing();
    attune_change change = { .struct_size = sizeof change };
    (void)state;
    assert_int_equal(attune_change_fit(&c, NULL, scores, 6, &change, NULL), ATTUNE_OK);
    assert_same(change.first, 3);
    assert_same(change.last, -4);
    assert_same(change.change, -7);
}

static void case_1_no_score_or_one_is_too_few(void **state)
{
    const double scores[] = { NAN, 3, NAN };
    attune_constants c = nothing();
    attune_change change = { .struct_size = sizeof change }, before = change;
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    assert_int_equal(attune_change_fit(&c, NULL, scores, 3, &change, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(err.index, 1);
    assert_int_equal(attune_change_fit(&c, NULL, scores, 1, &change, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(err.index, 0);
    assert_int_equal(attune_change_fit(&c, NULL, NULL, 0, &change, NULL), ATTUNE_E_TOO_FEW);
    assert_memory_equal(&change, &before, sizeof change);
}

static void case_2_without_constants_the_change_is_given_and_nothing_is_said(void **state)
{
    attune_constants c = nothing();
    attune_change change = fit(&c, NULL, 3, 5);
    (void)state;
    assert_same(change.change, 2);
    assert_same(change.rci, NAN);
    assert_same(change.threshold, NAN);
    assert_same(change.cutoff, NAN);
    assert_int_equal(change.cutoff_type, -1);
    assert_int_equal(change.reliable, -1);
    assert_int_equal(change.class_, -1);
    assert_int_equal(change.basis, ATTUNE_BASIS_NONE);
    assert_int_equal(change.method, ATTUNE_METHOD_JT);
}

static void case_3_no_spread_or_full_reliability_has_no_index(void **state)
{
    attune_constants c = jacobson_truax();
    (void)state;
    c.sd = 0;
    assert_same(fit(&c, NULL, 3, 5).rci, NAN);
    assert_int_equal(fit(&c, NULL, 3, 5).reliable, -1);
    c = jacobson_truax();
    c.reliability = 1;
    assert_same(fit(&c, NULL, 3, 5).rci, NAN);
    c.change_threshold = 2;
    assert_same(fit(&c, NULL, 3, 5).rci, NAN);
    assert_int_equal(fit(&c, NULL, 3, 5).reliable, ATTUNE_RELIABLE_IMPROVED);
}

static void case_4_without_a_cutoff_nobody_recovers(void **state)
{
    attune_constants c = nothing();
    (void)state;
    c.change_threshold = 2;
    assert_int_equal(fit(&c, NULL, 3, 5).class_, ATTUNE_CLASS_IMPROVED);
    assert_int_equal(fit(&c, NULL, 5, 3).class_, ATTUNE_CLASS_DETERIORATED);
    assert_int_equal(fit(&c, NULL, 3, 4).class_, ATTUNE_CLASS_UNCHANGED);
    assert_int_equal(fit(&c, NULL, 3, 5).cutoff_type, -1);
}

static void case_5_equal_scores_are_unchanged(void **state)
{
    attune_constants c = jacobson_truax();
    (void)state;
    assert_same(fit(&c, NULL, 42, 42).rci, 0);
    assert_int_equal(fit(&c, NULL, 42, 42).class_, ATTUNE_CLASS_UNCHANGED);
    c.change_threshold = 0; /* every change counts, but no change is none */
    assert_int_equal(fit(&c, NULL, 42, 42).reliable, ATTUNE_RELIABLE_UNCHANGED);
    assert_int_equal(fit(&c, NULL, 42, 42.1).reliable, ATTUNE_RELIABLE_IMPROVED);
}

static void a_later_callers_larger_structs_are_taken_and_their_tails_left(void **state)
{
    const double scores[2] = { 10, 20 };
    struct {
        attune_change_options o;
        uint64_t later;
    } options = { ATTUNE_CHANGE_OPTIONS_INIT, 5 };
    struct {
        attune_change c;
        uint64_t later;
    } change = { { .struct_size = sizeof change }, 6 };
    attune_constants c = jacobson_truax();
    (void)state;
    options.o.struct_size = sizeof options;
    options.o.cutoff_type = ATTUNE_CUTOFF_B;
    assert_int_equal(attune_change_fit(&c, &options.o, scores, 2, &change.c, NULL), ATTUNE_OK);
    assert_int_equal(change.c.struct_size, sizeof change);
    assert_int_equal(change.c.cutoff_type, ATTUNE_CUTOFF_B);
    assert_int_equal(change.later, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_jacobson_and_truax_comes_out_as_printed),
        cmocka_unit_test(cutoffs_a_and_b_turn_with_the_direction),
        cmocka_unit_test(the_threshold_takes_the_exact_quantile),
        cmocka_unit_test(the_first_couple_of_jacobson_1989_has_the_index_of_clinicalsignificance),
        cmocka_unit_test(the_formula_is_strict),
        cmocka_unit_test(a_published_threshold_counts_as_its_bound_says),
        cmocka_unit_test(the_published_threshold_goes_before_the_formula_unless_asked),
        cmocka_unit_test(five_classes_follow_from_reliability_and_the_side_of_the_cutoff),
        cmocka_unit_test(a_score_on_a_published_cutoff_counts_as_the_cutoff_says),
        cmocka_unit_test(a_measure_may_have_any_origin_and_any_unit),
        cmocka_unit_test(only_the_first_and_the_last_observed_score_count),
        cmocka_unit_test(case_1_no_score_or_one_is_too_few),
        cmocka_unit_test(case_2_without_constants_the_change_is_given_and_nothing_is_said),
        cmocka_unit_test(case_3_no_spread_or_full_reliability_has_no_index),
        cmocka_unit_test(case_4_without_a_cutoff_nobody_recovers),
        cmocka_unit_test(case_5_equal_scores_are_unchanged),
        cmocka_unit_test(a_later_callers_larger_structs_are_taken_and_their_tails_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
