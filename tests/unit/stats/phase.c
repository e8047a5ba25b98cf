/* Two phases: the published examples, what is missing, tied or alone, refusals in order. */
/* SPDX-License-Identifier: MIT */
#include <attune/phase.h>

#include "tests/unit/near.h"

enum { ROOM = 300 };

static double work[ROOM];

static attune_phase fit_of(const double *a, size_t n_a, const double *b, size_t n_b)
{
    attune_phase phase = { .struct_size = sizeof phase };
    assert_int_equal(attune_phase_fit(a, n_a, b, n_b, work, ROOM, &phase, NULL), ATTUNE_OK);
    return phase;
}

/* Scores and pairs of the example of the R package scan, case "bob" (tau_u, private_kendall). */
static void bob_has_the_figures_of_the_package_scan(void **state)
{
    static const double a[] = { 2, 3, 5, 3 }, b[] = { 4, 5, 5, 7, 6 };
    attune_phase p = fit_of(a, 4, b, 5);
    (void)state;
    assert_same(p.s_ab, 16.0);
    assert_near(p.tau_ab, 16.0 / 20, 1e-15);
    assert_near(p.tau_a, 3.0 / 6, 1e-15);
    assert_near(p.tau_b, 7.0 / 10, 1e-15);
    assert_near(p.tau_ab_less_a, 13.0 / 20, 1e-15);
    assert_near(p.tau_ab_and_b, 23.0 / 30, 1e-15);
    assert_near(p.tau_u, 20.0 / 36, 1e-15);
    assert_near(p.tau_ab_ties, 0.63245553, 1e-8);
    assert_near(p.baseline_tau, 0.54772256, 1e-8);
    assert_int_equal(p.corrected, 0);
    assert_same(p.corrected_tau, p.tau_ab_ties);
}

/* Tarlow's procedure as scan carries it out: R 4.2.2, Kendall 2.2.1. */
static void a_baseline_that_falls_is_taken_out(void **state)
{
    static const double a[] = { 33, 25, 17, 25, 14, 13, 15 };
    static const double b[] = { 15, 16, 16, 5, 7, 9, 6, 5, 3, 3, 8, 11, 7 };
    attune_phase p = fit_of(a, 7, b, 13);
    (void)state;
    assert_near(p.baseline_tau, -0.683130051, 1e-9);
    assert_near(p.baseline_p, 0.033440639, 1e-8);
    assert_same(p.baseline_slope, -3.0);
    assert_int_equal(p.corrected, 1);
    assert_near(p.tau_ab_ties, -0.5718763177, 1e-9);
    assert_near(p.corrected_tau, 0.69946216, 1e-8);
    assert_near(p.corrected_z, 3.6109854, 1e-7);
    assert_near(p.corrected_p, 0.00030503581, 1e-10);
}

static void scores_not_completed_keep_their_rows(void **state)
{
    static const double a[] = { 4, NAN, 8, 10 }, b[] = { NAN, 3 };
    attune_phase p = fit_of(a, 4, b, 2);
    (void)state;
    assert_int_equal(p.n_a, 3);
    assert_int_equal(p.n_b, 1);
    assert_same(p.s_ab, -3.0);
    assert_same(p.tau_a, 1.0);
    assert_same(p.baseline_slope, 2.0);
    assert_same(p.tau_b, NAN);
}

static void phases_alone_and_tied_leave_nan(void **state)
{
    static const double a[] = { 5, 5, 5 }, b[] = { 5, 5 }, one[] = { 3 };
    attune_phase p = fit_of(a, 3, b, 2);
    (void)state;
    assert_same(p.tau_ab, 0.0);
    assert_same(p.tau_ab_ties, NAN);
    assert_same(p.baseline_p, NAN);
    assert_same(p.corrected_p, NAN);
    p = fit_of(one, 1, NULL, 0);
    assert_same(p.tau_ab, NAN);
    assert_same(p.baseline_slope, NAN);
    p = fit_of(NULL, 0, a, 3);
    assert_same(p.tau_u, NAN);
    assert_same(p.tau_ab_and_b, NAN);
    assert_same(p.tau_a, NAN);
    p = fit_of((const double[]) { 1, 2 }, 2, NULL, 0);
    assert_same(p.tau_u, NAN);
    assert_same(p.tau_a, 1.0);
    static const double low[] = { 1 }, high[] = { 2 };
    p = fit_of(low, 1, high, 1);
    assert_same(p.tau_ab_ties, 1.0);
}

static void calls_that_cannot_be_are_refused_in_order(void **state)
{
    static const double y[] = { 1, INFINITY }, none[] = { NAN }, far[] = { 2e300 };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_phase p = { .struct_size = sizeof p, .n_a = 77 }, small = { .struct_size = 4 };
    const size_t many = ATTUNE_PHASE_ROWS_MAX + 1;
    (void)state;
    assert_int_equal(attune_phase_fit(NULL, 1, y, 1, work, ROOM, &p, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_phase_fit(y, 1, NULL, 1, work, ROOM, &p, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_phase_fit(y, 1, y, 1, NULL, ROOM, &p, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_phase_fit(y, 1, y, 1, work, ROOM, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_phase_fit(y, 1, y, 1, work, ROOM, &small, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_phase_fit(y, many, y, 1, work, ROOM, &p, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_phase_fit(y, 1, y, many, work, ROOM, &p, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_phase_fit(y, 2, y, 2, work, 6, &p, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_phase_fit(y, 2, y, 1, work, ROOM, &p, NULL), ATTUNE_E_VALUE);
    assert_int_equal(attune_phase_fit(y, 1, y, 2, work, ROOM, &p, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 2);
    assert_int_equal(attune_phase_fit(none, 1, NULL, 0, work, ROOM, &p, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_phase_fit(none, 1, far, 1, work, ROOM, &p, NULL), ATTUNE_E_NUMERIC);
    assert_int_equal(p.n_a, 77);
}

static const char *reason_of(const double *a, size_t n_a, const double *b, size_t n_b)
{
    attune_phase p = fit_of(a, n_a, b, n_b);
    const char *reason = attune_phase_reason(&p);
    return reason ? reason : "none";
}

static void the_gravest_reason_is_given_for_what_is_missing(void **state)
{
    static const double y[] = { 1, 2, 4 }, same[] = { 3, 3, 3 };
    (void)state;
    assert_string_equal(reason_of(NULL, 0, y, 3), "the baseline has no completed score");
    assert_string_equal(reason_of(y, 3, NULL, 0), "the second phase has no completed score");
    assert_string_equal(reason_of(same, 2, same, 2), "all scores are equal");
    assert_string_equal(reason_of(y, 1, y, 2), "the baseline has one score alone, and no trend");
    assert_string_equal(reason_of(same, 3, y, 2),
                        "the scores of the baseline are equal: it has no tau");
    assert_string_equal(reason_of(y, 2, y, 1),
                        "the second phase has one score alone, and no trend");
    assert_string_equal(reason_of(y, 2, y, 2), "none");
}

/* Every figure is a column, and what has no reason has no empty one. */
static void every_figure_has_a_column(void **state)
{
    static const double a[] = { 2, 3, 5, 3 }, b[] = { 4, 5, 5, 7, 6 };
    attune_phase p = fit_of(a, 4, b, 5);
    size_t count = 0, reals = 0;
    const attune_field *fields = attune_phase_fields(&count);
    (void)state;
    assert_ptr_equal(attune_phase_fields(NULL), fields);
    for (size_t i = 0; i < count; i++) {
        const char *at = (const char *)&p + fields[i].offset;
        reals += fields[i].type == ATTUNE_FIELD_REAL;
        if (fields[i].type == ATTUNE_FIELD_REAL)
            assert_true(isfinite(*(const double *)(const void *)at));
    }
    assert_int_equal(reals, (sizeof p - offsetof(attune_phase, s_ab)) / sizeof(double));
    assert_int_equal(count - reals, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bob_has_the_figures_of_the_package_scan),
        cmocka_unit_test(a_baseline_that_falls_is_taken_out),
        cmocka_unit_test(scores_not_completed_keep_their_rows),
        cmocka_unit_test(phases_alone_and_tied_leave_nan),
        cmocka_unit_test(the_gravest_reason_is_given_for_what_is_missing),
        cmocka_unit_test(every_figure_has_a_column),
        cmocka_unit_test(calls_that_cannot_be_are_refused_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
